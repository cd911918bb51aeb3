import type { Knex } from 'knex';
import { eventColumns, eventFact, putFact, type Coding, type KeptEvent } from '../standards/dictionary.ts';
import { blankFacts, type EventFact, type Facts } from '../standards/facts.ts';
import { factsBytes } from './facts.ts';

/** Facts of households as the compact tables tell them now, read plainly, row by row: what `recheck` holds against the sheets. */
export async function keptFacts(read: Knex, round: number, subjects: readonly number[], coding: Coding): Promise<ReadonlyMap<number, Facts>> {
  const [values, events] = await Promise.all([
    read('current_values').where({ round }).whereIn('subject', [...subjects]).select<{ subject: number; indicator: number; value: number | null; state: number }[]>('subject', 'indicator', 'value', 'state'),
    read('events').where({ round }).whereIn('subject', [...subjects]).whereNull('voided').select<(KeptEvent & { subject: number })[]>('subject', ...eventColumns),
  ]);
  const told = new Map(subjects.map(subject => [subject, { facts: blankFacts(coding.standard), events: [] as EventFact[] }]));
  for (const row of values) { const own = told.get(Number(row.subject)); if (own !== undefined) putFact(coding, own.facts, row); }
  for (const row of events) { const event = eventFact(coding, row); if (event !== undefined) told.get(Number(row.subject))?.events.push(event); }
  return new Map([...told].map(([subject, own]) => [subject, { ...own.facts, events: own.events }]));
}

/** Bit for bit, in whatever order events were gathered. */
export const sameFacts = (one: Facts, other: Facts): boolean => Buffer.from(factsBytes(one)).equals(factsBytes(other));
