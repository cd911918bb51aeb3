import type { Knex } from 'knex';
import { engineState, eventFact } from '../standards/dictionary.ts';
import type { EventFact, Facts } from '../standards/facts.ts';
import { states } from '../standards/standard.ts';
import type { Dialect } from '../store/dialect.ts';
import type { Book } from './book.ts';

/** The facts of a run of subjects, one row of numbers each: `at(3)` is a view, valid as long as this is. */
export interface Gathered { readonly at: (index: number) => Facts }

const wide = 4_096;   // More indicators than one dictionary will ever hold.

/** Where long jobs read, and how that database says a list. */
export interface Reading { readonly read: Knex; readonly dialect: Dialect }

/** Reads the current values and events of subjects (in rising order) from the compact tables: two queries for any number. */
export async function gather({ read, dialect }: Reading, round: number, subjects: readonly number[], { standard, positions, coding }: Pick<Book, 'standard' | 'positions' | 'coding'>): Promise<Gathered> {
  const { slots } = positions;
  const values = new Float64Array(subjects.length * slots);
  const known = new Uint8Array(subjects.length * slots).fill(states.notAsked);
  const events = new Map<number, EventFact[]>();
  const indexOf = new Map(subjects.map((subject, index) => [subject, index]));
  await readValues();
  await readEvents();
  return {
    at: index => ({ values: values.subarray(index * slots, (index + 1) * slots), states: known.subarray(index * slots, (index + 1) * slots), events: events.get(index) ?? none }),
  };

  /** Two flat lists of numbers, which cross and parse twice as fast as a list of rows: where each value belongs, and the values. */
  async function readValues(): Promise<void> {
    const first = subjects[0] ?? 0;
    const rows: { places: string; told: string }[] = await among(read('current_values'), round, subjects)
      .select(read.raw(`${dialect.asJsonList(`((subject - ${first}) * ${wide} + indicator) * 4 + state`)} as places, ${dialect.asJsonList('value')} as told`));
    const places = JSON.parse(rows[0]?.places ?? '[]') as number[];
    const told = JSON.parse(rows[0]?.told ?? '[]') as (number | null)[];
    let [beside, index]: [number, number | undefined] = [-1, undefined];   // Values of one subject come one after the other.
    for (let at = 0; at < places.length; at++) {
      const place = places[at] ?? 0;
      const rest = Math.floor(place / 4);
      const next = Math.floor(rest / wide);
      if (next !== beside) [beside, index] = [next, indexOf.get(first + next)];
      const slot = positions.slotOf[rest % wide] ?? -1;
      if (index !== undefined && slot >= 0) put(index * slots + slot, slot, told[at] ?? 0, place % 4);
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

  async function readEvents(): Promise<void> {
    if (!standard.indicators.some(indicator => indicator.type === 'events')) return;
    const rows: { list: string }[] = await among(read('events'), round, subjects).whereNull('voided')
      .select(read.raw(`${dialect.asJsonArray(['subject', 'indicator', '"option"', 'day', 'amount', 'shared', 'cured'])} as list`));
    for (const [subject, indicator, option, day, amount, shared, cured] of JSON.parse(rows[0]?.list ?? '[]') as [number, number, number, string, number | null, number, string | null][]) {
      const index = indexOf.get(subject);
      const event = eventFact(coding, { indicator, option, day, amount, shared, cured });
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
  return last !== undefined && last - first < subjects.length * 2 ? query.where({ round }).whereBetween('subject', [first, last]) : query.where({ round }).whereIn('subject', [...subjects]);
}
