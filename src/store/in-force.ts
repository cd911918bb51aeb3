import type { Knex } from 'knex';

/** Ratings that a run computed, the standings from which a case may be rated, and when that comes to be. */
export interface Computed { readonly round: number; readonly run: number; readonly standings: readonly string[]; readonly at: string }

const score = ['revision', 'points', 'grade', 'outcome', 'credit'] as const;

/**
 * What a run computed comes into force and its cases are rated: the same words on both databases, and no row passes through here. A case whose
 * facts changed since is left to the next run, and one that a committee passed keeps the rating that the committee saw.
 * Nothing is ever inserted, for whoever is rated has a case, and cases stay: an upsert merely finds each row once, where an update
 * with a join would write the joined rows down first, half as long again.
 */
export async function bringIntoForce(trx: Knex, { round, run, standings, at }: Computed): Promise<void> {
  await trx.raw(`insert into cases (round, subject, village, standing, mark_seq, changed_at, sheet, ${score.join(', ')})
    select r.round, r.subject, r.village, 'rated', 1, cast(? as text), r.sheet, ${score.map(column => `r.${column}`).join(', ')} from ratings as r
    where r.round = ? and r.run = ?
    on conflict (round, subject) do update set standing = excluded.standing, mark_seq = cases.mark_seq + 1, changed_at = excluded.changed_at,
      ${score.map(column => `${column} = excluded.${column}`).join(', ')}
    where cases.standing in (${standings.map(() => '?').join(', ')}) and cases.sheet = excluded.sheet and excluded.revision > coalesce(cases.revision, 0)`, [at, round, run, ...standings]);
}
