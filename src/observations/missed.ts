import type { Knex } from 'knex';
import { within } from '../households/queries.ts';
import type { Day } from '../kit/time.ts';
import { bySight } from './follow.ts';

/** A visit that met nobody; `next_on` when somebody goes again, if that was settled. */
export interface MissedVisit { readonly subject: number; readonly day: Day; readonly next_on: Day | null; readonly at: string; readonly by: string }

/** Visits that nobody took back. */
export const openMisses = (read: Knex): Knex.QueryBuilder => read('missed_visits').whereNull('missed_visits.takes_back')
  .whereNotExists(read('missed_visits as u').whereRaw('u.round = missed_visits.round and u.subject = missed_visits.subject and u.takes_back = missed_visits.id').select(read.raw('1')));

/** The last visit that met nobody, of each household where nobody wrote anything down since. Counts the visits, too. */
export async function lastMissed(read: Knex, given: { readonly round: number; readonly reach: readonly string[] }): Promise<ReadonlyMap<number, MissedVisit & { readonly times: number }>> {
  const rows: MissedVisit[] = await openMisses(read).join('households', 'households.no', 'missed_visits.subject').where('missed_visits.round', given.round).where(within(read, given.reach))
    .whereNotExists(read('sheets').whereRaw('sheets.round = missed_visits.round and sheets.subject = missed_visits.subject and sheets.at > missed_visits.at').whereIn('sheets.source', [...bySight]).select(read.raw('1')))
    .orderBy('missed_visits.at').select('missed_visits.subject', 'missed_visits.day', 'missed_visits.next_on', 'missed_visits.at', 'missed_visits.by');
  const last = new Map<number, MissedVisit & { readonly times: number }>();
  for (const row of rows) last.set(row.subject, { ...row, times: (last.get(row.subject)?.times ?? 0) + 1 });
  return last;
}

/** Every such visit to one household in a round, newest first. */
export async function missedAt(read: Knex, round: number, subject: number): Promise<readonly MissedVisit[]> {
  return openMisses(read).where({ round, subject }).orderBy('at', 'desc').select('subject', 'day', 'next_on', 'at', 'by');
}
