import { assert } from '../kit/assert.ts';
import { dayNumber } from '../kit/time.ts';
import type { EventItem } from './kinds/event-item.ts';
import type { Indicator, Standard, WrittenEvent, WrittenFact } from './standard.ts';
import { states } from './standard.ts';
import { valueOf } from './values.ts';

/** The facts about one subject, by slot (the place of the indicator in its standard). All numbers are integers: see `values.ts`. */
export interface Facts {
  readonly values: Float64Array;
  /** 0 known, else a code of `states`. */
  readonly states: Uint8Array;
  readonly events: readonly EventFact[];
  /** Index of the former round's grade among this standard's, or -1 for none. */
  readonly former?: number | undefined;
}

export interface EventFact {
  readonly slot: number;
  readonly item: number;
  /** Days since 1970-01-01. */
  readonly day: number;
  /** Hundredths of the item's unit; 100 for an event without amount. */
  readonly amount: number;
  /** Index among the item's levels. */
  readonly level?: number;
  /** Day it was put right. */
  readonly cured?: number;
  /** An award to a group in which this subject is not named. */
  readonly shared?: boolean;
  /** First day it counts, where the person must be told before, and first day it counts no longer, where it was repaired. */
  readonly countsFrom?: number;
  readonly countsUntil?: number;
}

/** Whether it may be held for or against anybody on a day: told before, not repaired yet. What else the standard asks of it comes after. */
export const isHeld = (event: EventFact, day: number): boolean =>
  (event.countsFrom === undefined || event.countsFrom <= day) && (event.countsUntil === undefined || day < event.countsUntil);

/** Nothing asked yet. A gatherer keeps one of these and refills it for every subject. */
export const blankFacts = (standard: Standard): Facts => ({
  values: new Float64Array(standard.indicators.length),
  states: new Uint8Array(standard.indicators.length).fill(states.notAsked),
  events: [],
});

/** The state of something made from several facts: known only if all are; else the one that most needs asking, the lowest code. */
export function worstOf(slots: readonly number[], { states: held }: Facts): number {
  let worst: number = states.known;
  for (let n = 0; n < slots.length; n++) {
    const state = held[slots[n] ?? -1] ?? states.notAsked;
    if (state !== states.known && (worst === states.known || state < worst)) worst = state;
  }
  return worst;
}

export const slotsOf = (standard: Standard): ReadonlyMap<string, number> => new Map(standard.indicators.map((indicator, slot) => [indicator.key, slot]));

/** Facts from the words of a file or a test. What is not named was not asked. Unknown keys are our mistake and throw. */
export function factsOf(standard: Standard, written: Readonly<Record<string, WrittenFact>>, events: readonly WrittenEvent[] = [], former?: string): Facts {
  const facts = blankFacts(standard);
  const slots = slotsOf(standard);
  for (const [key, fact] of Object.entries(written)) {
    const slot = slots.get(key);
    const indicator = slot === undefined ? undefined : standard.indicators[slot];
    assert(slot !== undefined && indicator !== undefined, `an indicator ${key}`);
    if (typeof fact === 'object') { facts.states[slot] = states[fact.missing]; continue; }
    const value = valueOf(indicator, fact);
    assert(value !== undefined, `a value for ${key}, not ${JSON.stringify(fact)}`);
    facts.values[slot] = value;
    facts.states[slot] = states.known;
  }
  return { ...facts, events: events.map(event => eventOf(standard, slots, event)), ...former === undefined ? {} : { former: standard.grades.findIndex(grade => grade.code === former) } };
}

function eventOf(standard: Standard, slots: ReadonlyMap<string, number>, event: WrittenEvent): EventFact {
  const slot = slots.get(event.indicator);
  const item = slot === undefined ? -1 : itemsOf(standard.indicators[slot]).findIndex(each => each.key === event.item);
  assert(slot !== undefined && item >= 0, `an event item ${event.indicator}.${event.item}`);
  const level = event.level === undefined ? undefined : itemsOf(standard.indicators[slot])[item]?.levels?.findIndex(each => each.key === event.level);
  assert(level === undefined || level >= 0, `a level ${event.indicator}.${event.item}.${event.level ?? ''}`);
  return {
    slot, item, day: dayNumber(event.on), amount: Math.round((event.amount ?? 1) * 100),
    ...level === undefined ? {} : { level }, ...event.curedOn === undefined ? {} : { cured: dayNumber(event.curedOn) }, ...event.shared === true ? { shared: true } : {},
    ...event.countsFrom === undefined ? {} : { countsFrom: dayNumber(event.countsFrom) }, ...event.countsUntil === undefined ? {} : { countsUntil: dayNumber(event.countsUntil) },
  };
}

export const itemsOf = (indicator: Indicator | undefined): readonly EventItem[] =>
  indicator?.scoring?.kind === 'events' ? indicator.scoring.items : [];
