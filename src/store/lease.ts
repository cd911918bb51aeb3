import type { Knex } from 'knex';
import type { Instant } from '../kit/time.ts';

export interface Wanted { readonly name: string; readonly holder: string; readonly now: Instant; readonly until: Instant; readonly due: Instant }

/** Takes the lease of a job for one due time, in one statement, so that of two processes only one gets it: nobody holds it and it was not done yet. */
export async function takeLease(write: Knex, { name, holder, now, until, due }: Wanted): Promise<boolean> {
  const rows: { holder: string }[] = await write('leases').insert({ name, holder, until, done_for: null }).onConflict('name').merge({ holder, until })
    .where('leases.until', '<=', now).where(open => { void open.whereNull('leases.done_for').orWhere('leases.done_for', '<', due); }).returning('holder');
  return rows.length > 0;
}

/** Holds a lease for longer. False: somebody else has it now. */
export async function renewLease(write: Knex, { name, holder, until }: Pick<Wanted, 'name' | 'holder' | 'until'>): Promise<boolean> {
  return await write('leases').where({ name, holder }).update({ until }) > 0;
}

/** Gives a lease back as it was taken: what it was for is not done. Only its holder can. */
export async function dropLease(write: Knex, { name, holder, now }: Pick<Wanted, 'name' | 'holder' | 'now'>): Promise<void> {
  await write('leases').where({ name, holder }).update({ until: now });
}

/** Gives a lease back, done for its due time. Only its holder can. */
export async function endLease(write: Knex, { name, holder, now, due }: Omit<Wanted, 'until'>): Promise<void> {
  await write('leases').where({ name, holder }).update({ until: now, done_for: due });
}

/** A job seen for the first time begins with its next due time. Answers which due time each job was last done for. */
export async function doneFor(write: Knex, jobs: readonly { readonly name: string; readonly due: Instant }[], now: Instant): Promise<ReadonlyMap<string, Instant>> {
  if (jobs.length > 0) await write('leases').insert(jobs.map(({ name, due }) => ({ name, holder: '', until: now, done_for: due }))).onConflict('name').ignore();
  const rows: { name: string; done_for: Instant | null }[] = await write('leases').whereIn('name', jobs.map(job => job.name)).select('name', 'done_for');
  return new Map(rows.map(row => [row.name, row.done_for ?? '']));
}
