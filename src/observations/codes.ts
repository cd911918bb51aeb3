import { keptState, type Coding } from '../standards/dictionary.ts';
import { happeningsOf } from '../standards/happening.ts';
import { states, type WrittenFact } from '../standards/standard.ts';
import { valueOf } from '../standards/values.ts';
import type { Row } from '../store/dialect.ts';
import type { EventEntry } from './observation.ts';

/** A fact as `current_values` keeps it. */
export interface Kept { readonly indicator: number; readonly value: number | null; readonly state: number }

/** The kept form of a written fact; undefined for what keeps no row (没问到) or does not fit the indicator. */
export function keptFact(coding: Coding, slot: number, fact: WrittenFact): Kept | undefined {
  const indicator = coding.numbers[slot] ?? -1;
  if (typeof fact === 'object') {
    const state = keptState(states[fact.missing]);
    return state === undefined ? undefined : { indicator, value: null, state };
  }
  const own = coding.standard.indicators[slot];
  const value = own === undefined ? undefined : valueOf(own, fact);
  return value === undefined ? undefined : { indicator, value: coding.keptValue(slot, value), state: 0 };
}

/** An event as the table `events` keeps it, without the case it belongs to. */
export function keptEvent(coding: Coding, entry: EventEntry): Row {
  const slot = coding.standard.indicators.findIndex(indicator => indicator.key === entry.indicator);
  const at = happeningsOf(coding.standard.indicators[slot]).findIndex(each => each.key === entry.option);
  return {
    id: entry.id, indicator: coding.numbers[slot] ?? -1, option: coding.optionOf(slot, at), day: entry.day,
    amount: entry.amount === undefined ? null : Math.round(entry.amount * 100), member: entry.member ?? null, note: entry.note,
    shared: entry.shared === true ? 1 : 0, cured: entry.cured?.on ?? null, counts_from: entry.span?.from ?? null, counts_until: entry.span?.until ?? null,
  };
}
