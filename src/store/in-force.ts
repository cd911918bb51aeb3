import type { Knex } from 'knex';

/** Ratings that a run computed, the standings from which a case may be rated, and when that comes to be. */
export interface Computed { readonly round: number; readonly run: number; readonly standings: readonly string[]; readonly at: string }

const columns = ['round', 'subject', 'revision', 'village', 'points', 'grade', 'outcome', 'credit'] as const;

/**
 * What a run computed comes into force: the same words on both databases, and no row passes through here. Whoever a committee
 * passed since the run looked keeps the rating that the committee saw. The village is that of the case, which may have moved since.
 */
export async function bringIntoForce(trx: Knex, { round, run, standings }: Computed): Promise<void> {
  const picks = columns.map(column => `${column === 'village' ? 'c' : 'r'}.${column}`).join(', ');
  const sets = columns.slice(2).map(column => `${column} = excluded.${column}`).join(', ');
  // `cross join` keeps SQLite from walking the cases first.
  await trx.raw(`insert into current_ratings (${columns.join(', ')}) select ${picks} from ratings as r cross join cases as c
    where r.round = ? and r.run = ? and c.round = r.round and c.subject = r.subject and c.standing in (${among(standings)})
    on conflict (round, subject) do update set ${sets} where excluded.revision > current_ratings.revision`, [round, run, ...standings]);
}

/** The cases of these ratings are rated, but for those whose facts changed meanwhile: the next run takes them. */
export async function tellRated(trx: Knex, { round, run, standings, at }: Computed): Promise<void> {
  await trx.raw(`update cases set standing = 'rated', mark_seq = mark_seq + 1, changed_at = ? from ratings as r
    where r.round = ? and r.run = ? and cases.round = r.round and cases.subject = r.subject and cases.standing in (${among(standings)})
    and r.sheet = (select coalesce(max(x.seq), 0) from sheets as x where x.round = r.round and x.subject = r.subject)`, [at, round, run, ...standings]);
}

const among = (list: readonly string[]): string => list.map(() => '?').join(', ');
