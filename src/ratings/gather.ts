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
const span = 1_024;   // Wider than a dense stretch of them.
const wide = 4_096;   // More indicators than one dictionary will ever hold.
const mostPacked = 2 ** 53 / (span * wide * 4) - 1;   // Beyond it a packed number would not be exact.

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

  /** One number a value while they are small, as nearly all are: half the text to carry, half to parse. */
  async function readValues(chunk: readonly number[]): Promise<void> {
    const first = chunk[0] ?? 0;
    // Too large a value is not multiplied at all: PostgreSQL would refuse the whole query (bigint out of range).
    const packed = `((case when value between 0 and ${mostPacked} then value else 0 end * ${span} + (subject - ${first})) * ${wide} + indicator) * 4 + state`;
    const rows: { list: string | null; largest: number | null; least: number | null }[] = isDense(chunk)
      ? await among(read('current_values'), round, chunk).select(read.raw(`${dialect.asJsonList(packed)} as list`), read.raw('max(value) as largest'), read.raw('min(value) as least')) : [];
    const [row] = rows;
    if (row === undefined || (row.largest ?? 0) > mostPacked || (row.least ?? 0) < 0) return readLarge(chunk);
    const list = JSON.parse(row.list ?? '[]') as number[];
    for (let at = 0; at < list.length; at++) {
      const number = list[at] ?? 0;
      const rest = Math.floor(number / 4);
      const upper = Math.floor(rest / wide);
      const value = Math.floor(upper / span);
      take(first + upper - value * span, rest - upper * wide, value, number - rest * 4);
    }
  }

  async function readLarge(chunk: readonly number[]): Promise<void> {
    const rows: { list: string }[] = await among(read('current_values'), round, chunk).select(read.raw(`${dialect.asJsonArray(['subject', 'indicator', 'value', 'state'])} as list`));
    for (const [subject, indicator, value, state] of JSON.parse(rows[0]?.list ?? '[]') as [number, number, number | null, number][]) take(subject, indicator, value ?? 0, state);
  }

  function take(subject: number, indicator: number, value: number, state: number): void {
    const index = indexOf.get(subject);
    const slot = positions.slotOf[indicator] ?? -1;
    if (index !== undefined && slot >= 0) put(index * slots + slot, slot, value, state);
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

const isDense = (subjects: readonly number[]): boolean => (subjects.at(-1) ?? 0) - (subjects[0] ?? 0) < subjects.length * 2;

/** Numbers that lie close together are read as one stretch of the key, others by name. */
function among(query: Knex.QueryBuilder, round: number, subjects: readonly number[]): Knex.QueryBuilder {
  const [first = 0, last = 0] = [subjects[0], subjects.at(-1)];
  return isDense(subjects) ? query.where({ round }).whereBetween('subject', [first, last]) : query.where({ round }).whereIn('subject', [...subjects]);
}
