import type { Knex } from 'knex';
import type { Day } from '../kit/time.ts';

export interface Posted { readonly notice: string; readonly stage: string; readonly until: Day }

/** The notice each case hangs under, or hung under last: the one its latest posting names. Taken-down ones are left out. */
export async function postedUnder(read: Knex, round: number, subjects: readonly number[]): Promise<ReadonlyMap<number, Posted>> {
  const rows: { subject: number; seq: number; body: string }[] = await read('marks').where({ round, mark: 'posted' }).whereIn('subject', [...subjects]).orderBy('seq').select('subject', 'seq', 'body');
  const latest = new Map(rows.map(row => [row.subject, (JSON.parse(row.body) as { readonly notice: string }).notice]));
  const notices: { id: string; stage: string; until: Day }[] = latest.size === 0 ? [] : await read('notices').whereIn('id', [...new Set(latest.values())]).whereNull('unposted_on').select('id', 'stage', 'until');
  const byId = new Map(notices.map(row => [row.id, { notice: row.id, stage: row.stage, until: row.until }]));
  const found = new Map<number, Posted>();
  for (const [subject, id] of latest) {
    const posted = byId.get(id);
    if (posted !== undefined) found.set(subject, posted);
  }
  return found;
}
