import type { Knex } from 'knex';
import { numberText } from '../households/household.ts';
import { within } from '../households/queries.ts';
import type { Day } from '../kit/time.ts';
import { never } from '../observations/span.ts';
import { officerNames } from '../people/queries.ts';
import { roundByNo } from '../rounds/round.ts';
import { householdStandard } from '../standards/village-items.ts';
import { loadCoding } from '../standards/dictionary.ts';
import { happeningsOf, type Happening } from '../standards/happening.ts';
import type { Telling } from './telling.ts';

const columns = ['id', 'event', 'step', 'day', 'how', 'words', 'counts_from', 'evidence', 'at', 'by'] as const;

/** What was done about one thing, in order. */
export async function tellingsOf(read: Knex, event: string): Promise<readonly Telling[]> {
  return read('tellings').where({ event }).orderBy('at').orderBy('id').select(...columns);
}

/** Whoever wrote it down first, in whatever round that was: nobody confirms the own word. */
export async function recorderOf(read: Knex, subject: number, event: string): Promise<string | undefined> {
  const row: { by: string } | undefined = await read('sheets').where({ subject }).whereNot({ source: 'carried' }).where('body', 'like', `%"id":"${event}"%`).orderBy('round').orderBy('seq').first('by');
  return row?.by;
}

/** Something that takes points and does not count yet, in a round under way. */
export interface Waiting {
  readonly roundId: string; readonly household: string; readonly event: string; readonly name: string; readonly number: string; readonly village: number; readonly day: Day; readonly note: string; readonly counts_from: Day;
  readonly happening: Happening; readonly confirmed: boolean; readonly by: string;
}
interface Row { readonly round: number; readonly roundId: string; readonly household: string; readonly event: string; readonly head_name: string; readonly household_no: number; readonly village: number; readonly day: Day; readonly note: string; readonly counts_from: Day; readonly indicator: number; readonly option: number; readonly confirmed: string | null; readonly by: string }

/** Those below some paths that begin to count after `day`: to be confirmed, to be told, or still to be answered. In the order of villages and numbers. */
export async function waitingBelow(read: Knex, paths: readonly string[], day: Day, most: number): Promise<readonly Waiting[]> {
  const rows: Row[] = await read('events').join('rounds', 'rounds.no', 'events.round').join('cases', join => join.on('cases.round', 'events.round').andOn('cases.subject', 'events.subject'))
    .join('households', 'households.no', 'events.subject').join('places', 'places.no', 'households.village_no')
    .join('sheets', join => join.on('sheets.round', 'events.round').andOn('sheets.subject', 'events.subject').andOn('sheets.seq', 'events.sheet'))
    .leftJoin('tellings', join => join.on('tellings.event', 'events.id').andOnVal('tellings.step', 'confirmed'))
    .where('events.counts_from', '>', day).whereNull('events.voided').whereNull('rounds.closed_on').whereNot('cases.standing', 'excused')
    .where(within(read, paths))
    .orderBy('places.sort').orderBy('households.household_no').orderBy('events.day').limit(most)
    .select('events.round', 'rounds.id as roundId', 'households.id as household', 'events.id as event', 'households.head_name', 'households.household_no', 'households.village_no as village', 'events.day', 'events.note', 'events.counts_from', 'events.indicator', 'events.option', 'tellings.id as confirmed', 'sheets.by as by');
  const found: Waiting[] = [];
  for (const row of rows) {
    const happening = await happeningAt(read, row);
    if (happening !== undefined) found.push({ ...row, name: row.head_name, number: numberText(row.household_no), happening, confirmed: row.confirmed !== null });
  }
  return found;
}

async function happeningAt(read: Knex, row: Pick<Row, 'round' | 'village' | 'indicator' | 'option'>): Promise<Happening | undefined> {
  const { coding } = await loadCoding(read, await householdStandard(read, await roundByNo(read, row.round), row.village));
  const slot = coding.slots.get(row.indicator);
  return slot === undefined ? undefined : happeningsOf(coding.standard.indicators[slot])[coding.happeningAt(slot, row.option)];
}

export const isUntold = ({ counts_from }: Pick<Waiting, 'counts_from'>): boolean => counts_from === never;

/** Names of whoever did the steps. */
export const namesOf = (read: Knex, list: readonly Telling[]): Promise<ReadonlyMap<string, string>> => officerNames(read, [...new Set(list.map(one => one.by))]);
