import type { Knex } from 'knex';
import { NumberLists } from '../kit/number-lists.ts';
import { formerGrades } from '../rounds/former.ts';
import { engineState, eventFact, type Coding } from '../standards/dictionary.ts';
import type { EventFact, Facts } from '../standards/facts.ts';
import { states, type Standard } from '../standards/standard.ts';
import type { Dialect } from '../store/dialect.ts';
import type { Book } from './book.ts';
import type { Positions } from './positions.ts';

/** The facts of a run of subjects, one row of numbers each: `at(3)` is a view, valid as long as this is. */
export interface Gathered { readonly at: (index: number) => Facts }

/** Where long jobs read, and how that database says a list. */
export interface Reading { readonly read: Knex; readonly dialect: Dialect }

/**
 * Reads the current values and events of subjects (in rising order) from the compact tables: two queries for any number. `by` is the standard that may look back
 * on former grades, where it is not the one the facts are told in; `codingAt` tells what can happen to a subject, where its village added to that.
 */
export async function gather({ read, dialect }: Reading, round: number, subjects: readonly number[], { standard, positions, coding }: Pick<Book, 'standard' | 'positions' | 'coding'>, { by = standard, codingAt = () => coding, room = new Room() }: Ways = {}): Promise<Gathered> {
  const { slots } = positions;
  const { values, known } = room.cleared(subjects.length * slots);
  const events = new Map<number, EventFact[]>();
  const indexOf = new Map(subjects.map((subject, index) => [subject, index]));
  await readValues();
  await readEvents();
  const former = await formerGrades(read, round, subjects, by);
  const placeOf = new Map(standard.grades.map((grade, place) => [grade.code, place]));
  return {
    at: index => ({
      values: values.subarray(index * slots, (index + 1) * slots), states: known.subarray(index * slots, (index + 1) * slots), events: events.get(index) ?? none,
      former: placeOf.get(former.get(subjects[index] ?? -1) ?? '') ?? -1,
    }),
  };

  /** For each subject its number, the values, their indicators and the states of those without a value: numbers alone cross and are read in a third of the time of rows. */
  async function readValues(): Promise<void> {
    const own = read('current_values as v').where('v.round', round).whereRaw('v.subject = s.no')
      .select(read.raw([dialect.asJsonList('value'), dialect.asJsonList('indicator'), dialect.asJsonList('state', 'value is null')].join(' || ')));
    const rows: { told: string | null }[] = await among(read('subjects as s'), 's.no', subjects).select(read.raw(`string_agg(s.no || (?), '') as told`, [own]));
    const told = new NumberLists(rows[0]?.told ?? '');
    const [own_, indicators, without] = [new Float64Array(most), new Float64Array(most), new Float64Array(most)];
    while (!told.isOver) {
      const index = indexOf.get(told.number());
      const count = told.list(own_);
      told.list(indicators);
      told.list(without);
      if (index === undefined) continue;
      put({ values, known }, index * slots, { count, told: own_, indicators, without }, positions);
    }
  }

  async function readEvents(): Promise<void> {
    if (!standard.indicators.some(indicator => indicator.type === 'events')) return;
    const rows: { list: string }[] = await among(read('events').where({ round }), 'subject', subjects).whereNull('voided')
      .select(read.raw(`${dialect.asJsonArray(['subject', 'indicator', '"option"', 'day', 'amount', 'shared', 'cured', 'counts_from', 'counts_until'])} as list`));
    for (const [subject, indicator, option, day, amount, shared, cured, counts_from, counts_until] of JSON.parse(rows[0]?.list ?? '[]') as [number, number, number, string, number | null, number, string | null, string | null, string | null][]) {
      const index = indexOf.get(subject);
      const event = index === undefined ? undefined : eventFact(codingAt(index), { indicator, option, day, amount, shared, cured, counts_from, counts_until });
      if (index === undefined || event === undefined) continue;
      const list = events.get(index);
      if (list === undefined) events.set(index, [event]); else list.push(event);
    }
  }
}

const most = 4_096;   // Indicators: no dictionary ever held as many.
const none: readonly EventFact[] = [];

interface Ways { readonly by?: Standard; readonly codingAt?: (index: number) => Coding; /** What was gathered in it before is gone. */ readonly room?: Room }

interface Columns { readonly values: Float64Array; readonly known: Uint8Array }

/** Where facts are put. Who gathers many times lends it again: new arrays each time would lie about until the whole heap is swept. */
export class Room {
  #values = new Float64Array(0);
  #known = new Uint8Array(0);

  cleared(size: number): Columns {
    if (this.#values.length < size) { this.#values = new Float64Array(size); this.#known = new Uint8Array(size); }
    this.#values.fill(0, 0, size);
    this.#known.fill(states.notAsked, 0, size);
    return { values: this.#values, known: this.#known };
  }
}

/** The values of one subject as they are kept; those without one are NaN, and their states follow each other. */
interface Told { readonly count: number; readonly told: Float64Array; readonly indicators: Float64Array; readonly without: Float64Array }

/** Puts what was told of one subject where its standard asks it, from `first` on. */
function put({ values, known }: Columns, first: number, { count, told, indicators, without }: Told, { slotOf, optionOf }: Positions): void {
  let missing = 0;
  for (let at = 0; at < count; at++) {
    const value = told[at] ?? 0;
    const state = value === value ? 0 : without[missing++] ?? 0;
    const slot = slotOf[indicators[at] ?? 0] ?? -1;
    if (slot < 0) continue;
    if (state !== 0) { known[first + slot] = engineState(state); continue; }
    const options = optionOf[slot];
    const fact = options === undefined ? value : options[value] ?? -1;
    if (options !== undefined && fact < 0) continue;   // An option this standard does not offer: it must be asked again.
    values[first + slot] = fact;
    known[first + slot] = states.known;
  }
}

/** Numbers that lie close together are read as one stretch of the key, others by name. */
export function among(query: Knex.QueryBuilder, column: string, subjects: readonly number[]): Knex.QueryBuilder {
  const [first = 0, last = 0] = [subjects[0], subjects.at(-1)];
  return last - first < subjects.length * 2 ? query.whereBetween(column, [first, last]) : query.whereIn(column, [...subjects]);
}
