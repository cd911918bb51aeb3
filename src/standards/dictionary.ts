import type { Knex } from 'knex';
import { assert } from '../kit/assert.ts';
import { dayNumber, type Day } from '../kit/time.ts';
import type { Compiled } from './compile.ts';
import type { EventFact, Facts } from './facts.ts';
import { happeningsOf } from './happening.ts';
import { loadStandard } from './load.ts';
import { states, type Indicator, type Standard } from './standard.ts';

/**
 * The small numbers that stand for indicators and options in the compact tables, one dictionary for every standard of the office.
 * It only grows, so a value kept last year still means the same answer this year.
 */
export interface Dictionary {
  readonly indicators: ReadonlyMap<string, number>;
  /** By the indicator's number: option or event-item key → number. */
  readonly options: ReadonlyMap<number, ReadonlyMap<string, number>>;
}

const kept = new WeakMap<Knex, Dictionary>();

/** `fresh` reads again: adoption adds entries, and another process may have adopted meanwhile. */
export async function dictionary(read: Knex, fresh = false): Promise<Dictionary> {
  const known = kept.get(read);
  if (known !== undefined && !fresh) return known;
  const [indicators, options] = await Promise.all([
    read('indicators').select<{ no: number; key: string }[]>('no', 'key'),
    read('indicator_options').select<{ indicator: number; no: number; key: string }[]>('indicator', 'no', 'key'),
  ]);
  const byIndicator = new Map<number, Map<string, number>>();
  for (const { indicator, no, key } of options) {
    const held = byIndicator.get(indicator) ?? new Map<string, number>();
    held.set(key, no);
    byIndicator.set(indicator, held);
  }
  const made = { indicators: new Map(indicators.map(({ no, key }) => [key, no])), options: byIndicator };
  kept.set(read, made);
  return made;
}

/** Keys of an indicator that need a number: the options of a choice, what can happen under events. */
export const optionKeys = (indicator: Indicator): readonly string[] =>
  indicator.type === 'events' ? happeningsOf(indicator).map(each => each.key) : (indicator.options ?? []).map(option => option.key);

/** How the facts of one standard stand in the compact tables. Slots are places in the standard, numbers those of the dictionary. */
export interface Coding {
  readonly standard: Standard;
  /** By slot. */
  readonly numbers: readonly number[];
  /** Slot of an indicator's number; undefined for one this standard does not ask. */
  readonly slots: ReadonlyMap<number, number>;
  /** The engine's integer as it is kept: the index of an option becomes its number, all else stays. */
  readonly keptValue: (slot: number, value: number) => number;
  /** The kept integer as the engine wants it; undefined when this standard has no such option. */
  readonly engineValue: (slot: number, kept: number) => number | undefined;
  /** Number of what can happen, by its place in `happeningsOf`, and back (-1 when this standard has none such). */
  readonly optionOf: (slot: number, happening: number) => number;
  readonly happeningAt: (slot: number, option: number) => number;
}

/** The coding of an adopted standard. */
export function codingOf(standard: Standard, words: Dictionary): Coding | undefined {
  const numbers: number[] = [];
  const forward: (readonly number[])[] = [];
  const back: ReadonlyMap<number, number>[] = [];
  for (const indicator of standard.indicators) {
    const no = words.indicators.get(indicator.key);
    if (no === undefined) return undefined;
    const options = optionKeys(indicator).map(key => words.options.get(no)?.get(key));
    const known = options.filter(option => option !== undefined);
    if (known.length < options.length) return undefined;
    numbers.push(no);
    forward.push(known);
    back.push(new Map(known.map((option, at) => [option, at])));
  }
  const isChoice = standard.indicators.map(indicator => indicator.type === 'choice');
  return {
    standard, numbers, slots: new Map(numbers.map((no, slot) => [no, slot])),
    keptValue: (slot, value) => isChoice[slot] === true ? forward[slot]?.[value] ?? -1 : value,
    engineValue: (slot, value) => isChoice[slot] === true ? back[slot]?.get(value) : value,
    optionOf: (slot, happening) => forward[slot]?.[happening] ?? -1,
    happeningAt: (slot, option) => back[slot]?.get(option) ?? -1,
  };
}

const codings = new WeakMap<Compiled, Coding>();

/** The standard with this hash, compiled, and its coding. It must have been adopted: adoption gives the numbers. */
export async function loadCoding(read: Knex, hash: string): Promise<{ readonly compiled: Compiled; readonly coding: Coding }> {
  const compiled = await loadStandard(read, hash);
  // A process may serve several offices (tests do), each with numbers of its own: the coding goes with the dictionary it was made from.
  const known = codings.get(compiled);
  const words = await dictionary(read);
  if (known !== undefined && madeFrom.get(known) === words) return { compiled, coding: known };
  const coding = codingOf(compiled.standard, words) ?? codingOf(compiled.standard, await dictionary(read, true));
  assert(coding !== undefined, 'an adopted standard has its numbers');
  codings.set(compiled, coding);
  madeFrom.set(coding, await dictionary(read));
  return { compiled, coding };
}
const madeFrom = new WeakMap<Coding, Dictionary>();

/** What `current_values.state` says; a fact that was not asked has no row. */
export const keptStates = { known: 0, dontKnow: 1, refused: 2, noDealings: 3 } as const;
/** The engine's code of a kept state. */
export const engineState = (kept: number): number => kept === 0 ? 0 : kept + 1;
/** The kept state of the engine's code; undefined for `notAsked`, which keeps no row. */
export const keptState = (state: number): number | undefined => state === states.known ? 0 : state === states.notAsked ? undefined : state - 1;

/** One row of `current_values` into facts: an indicator or option this standard does not know counts as not asked. */
export function putFact(coding: Coding, facts: Facts, row: { readonly indicator: number; readonly value: number | null; readonly state: number }): void {
  const slot = coding.slots.get(row.indicator);
  if (slot === undefined) return;
  if (row.state !== keptStates.known) { facts.states[slot] = engineState(row.state); return; }
  const value = row.value === null ? undefined : coding.engineValue(slot, row.value);
  if (value === undefined) return;
  facts.values[slot] = value;
  facts.states[slot] = states.known;
}

/** A row of `events` as rating reads it: `amount` hundredths of the item's unit (null: one), `shared` 1 for an award to a group that does not name the household, `cured` the day it was put right, `counts_from` and `counts_until` the days between which it counts (null: without a bound). */
export interface KeptEvent { readonly indicator: number; readonly option: number; readonly day: Day; readonly amount: number | null; readonly shared: number; readonly cured: Day | null; readonly counts_from: Day | null; readonly counts_until: Day | null }
export const eventColumns = ['indicator', 'option', 'day', 'amount', 'shared', 'cured', 'counts_from', 'counts_until'] as const;

/** The same as a fact. Undefined when the standard has no such item. */
export function eventFact(coding: Coding, row: KeptEvent): EventFact | undefined {
  const slot = coding.slots.get(row.indicator);
  const told = slot === undefined ? undefined : happeningsOf(coding.standard.indicators[slot])[coding.happeningAt(slot, row.option)];
  if (slot === undefined || told === undefined) return undefined;
  return {
    slot, item: told.at, day: dayNumber(row.day), amount: row.amount ?? 100, ...told.level === undefined ? {} : { level: told.level },
    ...row.cured === null ? {} : { cured: dayNumber(row.cured) }, ...row.shared === 1 ? { shared: true } : {},
    ...row.counts_from === null ? {} : { countsFrom: dayNumber(row.counts_from) }, ...row.counts_until === null ? {} : { countsUntil: dayNumber(row.counts_until) },
  };
}
