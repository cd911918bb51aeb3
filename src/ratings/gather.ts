import type { Knex } from 'knex';
import { dayNumber } from '../kit/time.ts';
import { engineState, eventFact } from '../standards/dictionary.ts';
import type { EventFact, Facts } from '../standards/facts.ts';
import { states } from '../standards/standard.ts';
import type { Dialect } from '../store/dialect.ts';
import type { Book } from './book.ts';

/** The facts of a run of subjects, one row of numbers each: `at(3)` is a view, valid as long as this is. */
export interface Gathered { readonly at: (index: number) => Facts }

const most = 500;   // Subjects a query: about 15,000 values, which parse in a few milliseconds.
const wide = 4_096;   // More indicators than one dictionary will ever hold.

/** Reads the current values and events of subjects (in rising order) from the compact tables: two queries for each five hundred. */
export async function gather({ read, dialect }: { readonly read: Knex; readonly dialect: Dialect }, round: number, subjects: readonly number[], { standard, positions, coding }: Pick<Book, 'standard' | 'positions' | 'coding'>): Promise<Gathered> {
  const { slots } = positions;
  const values = new Float64Array(subjects.length * slots);
  const known = new Uint8Array(subjects.length * slots).fill(states.notAsked);
  const events = new Map<number, EventFact[]>();
  const indexOf = new Map(subjects.map((subject, index) => [subject, index]));
  const chunks: Promise<void>[] = [];
  for (let from = 0; from < subjects.length; from += most) {
    const chunk = subjects.slice(from, from + most);
    chunks.push(readValues(chunk), readEvents(chunk));
  }
  await Promise.all(chunks);
  return {
    at: index => ({ values: values.subarray(index * slots, (index + 1) * slots), states: known.subarray(index * slots, (index + 1) * slots), events: events.get(index) ?? none }),
  };

  async function readValues(chunk: readonly number[]): Promise<void> {
    const rows: { keys: string; packed: string }[] = await among(read('current_values'), round, chunk)
      .select(read.raw(`${dialect.asJsonList(`subject * ${wide} + indicator`)} as keys`), read.raw(`${dialect.asJsonList('coalesce(value, 0) * 8 + state')} as packed`));
    const keys = JSON.parse(rows[0]?.keys ?? '[]') as number[];
    const packed = JSON.parse(rows[0]?.packed ?? '[]') as number[];
    let last = -1;
    let index: number | undefined;
    for (let at = 0; at < keys.length; at++) {
      const key = keys[at] ?? 0;
      const subject = Math.floor(key / wide);
      if (subject !== last) { index = indexOf.get(subject); last = subject; }
      const slot = positions.slotOf[key - subject * wide] ?? -1;
      if (index === undefined || slot < 0) continue;
      const number = packed[at] ?? 0;
      const value = Math.floor(number / 8);
      const state = number - value * 8;
      put(index * slots + slot, slot, value, state);
    }
  }

  function put(at: number, slot: number, value: number, state: number): void {
    if (state !== 0) { known[at] = engineState(state); return; }
    const options = positions.optionOf[slot];
    const fact = options === undefined ? value : options[value] ?? -1;
    if (options !== undefined && fact < 0) return;   // An option this standard does not offer: it must be asked again.
    values[at] = fact;
    known[at] = states.known;
  }

  async function readEvents(chunk: readonly number[]): Promise<void> {
    if (!standard.indicators.some(indicator => indicator.type === 'events')) return;
    const rows: { list: string }[] = await among(read('events'), round, chunk).whereNull('voided')
      .select(read.raw(`${dialect.asJsonArray(['subject', 'indicator', '"option"', 'day', 'amount'])} as list`));
    for (const [subject, indicator, option, day, amount] of JSON.parse(rows[0]?.list ?? '[]') as [number, number, number, string, number | null][]) {
      const index = indexOf.get(subject);
      const event = eventFact(coding, { indicator, option, day: dayNumber(day), amount });
      if (index === undefined || event === undefined) continue;
      const list = events.get(index);
      if (list === undefined) events.set(index, [event]); else list.push(event);
    }
  }
}

const none: readonly EventFact[] = [];

/** Numbers that lie close together are read as one stretch of the key, others by name. */
function among(query: Knex.QueryBuilder, round: number, subjects: readonly number[]): Knex.QueryBuilder {
  const [first = 0, last = 0] = [subjects[0], subjects.at(-1)];
  const isDense = last - first < subjects.length * 2;
  return isDense ? query.where({ round }).whereBetween('subject', [first, last]) : query.where({ round }).whereIn('subject', [...subjects]);
}
