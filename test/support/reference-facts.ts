import { addMonths, daysBetween } from '../../src/kit/time.ts';
import type { Derive } from '../../src/standards/derive.ts';
import type { Indicator, MissingState, Standard, WrittenEvent, WrittenFact } from '../../src/standards/standard.ts';
import { compare, floor, least, minus, most, over, plus, q, rounded, sum, times, whole, zero } from './reference-number.ts';
import type { Q } from './reference-number.ts';

export type Held = { readonly missing: MissingState } | { readonly value: Q | boolean | string };
/** In the order of who must be asked first. */
export const stateOrder: readonly MissingState[] = ['notAsked', 'dontKnow', 'refused', 'noDealings'];

/** Every fact by key as exact numbers, with the derived ones made in the order of the file; what was given for those is nobody's. */
export function heldFacts(standard: Standard, facts: Readonly<Record<string, WrittenFact>>, events: readonly WrittenEvent[], day: string): ReadonlyMap<string, Held> {
  const held = new Map<string, Held>();
  for (const { key, derive } of standard.indicators) {
    const fact = facts[key];
    if (derive === undefined) held.set(key, fact === undefined ? { missing: 'notAsked' } : typeof fact === 'object' ? fact : { value: typeof fact === 'number' ? q(fact) : fact });
  }
  for (const indicator of standard.indicators) if (indicator.derive !== undefined) held.set(indicator.key, made(indicator, indicator.derive, held, { standard, events, day }));
  return held;
}

export function worstOf(keys: readonly string[], held: ReadonlyMap<string, Held>): MissingState | undefined {
  const states = keys.map(key => held.get(key)).map(each => each === undefined ? 'notAsked' : 'missing' in each ? each.missing : undefined);
  return stateOrder.find(state => states.includes(state));
}
export function numberOf(key: string, held: ReadonlyMap<string, Held>): Q {
  const each = held.get(key);
  return each !== undefined && 'value' in each && typeof each.value === 'object' ? each.value : zero;
}

interface Around { readonly standard: Standard; readonly events: readonly WrittenEvent[]; readonly day: string }

function made(indicator: Indicator, derive: Derive, held: ReadonlyMap<string, Held>, { standard, events, day }: Around): Held {
  const parts = 'sum' in derive ? derive.sum : 'difference' in derive ? derive.difference : 'highest' in derive ? derive.highest : 'lowest' in derive ? derive.lowest : 'weighted' in derive ? derive.weighted.map(each => each.of) : 'share' in derive ? derive.share : 'average' in derive ? derive.average : 'between' in derive ? derive.between : 'since' in derive ? [derive.since] : [];
  const state = worstOf(parts, held);
  if (state !== undefined) return { missing: state };
  const [first = zero, second = zero] = parts.map(key => numberOf(key, held));
  const dayAt = (key: string): string => { const each = held.get(key); return each !== undefined && 'value' in each ? String(each.value) : ''; };
  if ('sum' in derive) return { value: sum(parts.map(key => numberOf(key, held))) };
  if ('weighted' in derive) return { value: rounded(sum(derive.weighted.map(each => times(numberOf(each.of, held), q(each.times)))), standard.rounding, indicator.type === 'whole' ? 0 : 2) };
  if ('highest' in derive) return { value: parts.map(key => numberOf(key, held)).reduce(most) };
  if ('lowest' in derive) return { value: parts.map(key => numberOf(key, held)).reduce(least) };
  if ('difference' in derive) return { value: plus(first, minus(second)) };
  if ('share' in derive || 'average' in derive) {
    if (compare(second, zero) <= 0n) return { missing: derive.whenEmpty };
    const exact = 'share' in derive ? times(over(first, second), whole(100)) : over(first, second);
    return { value: rounded(exact, standard.rounding, indicator.type === 'whole' ? 0 : 2) };
  }
  if ('base' in derive) return { value: q(standard.localBases?.find(each => each.key === derive.base)?.value ?? 0) };
  if ('between' in derive) return { value: whole(span(dayAt(derive.between[0]), dayAt(derive.between[1]), derive.in)) };
  if ('since' in derive) {
    const from = standard.indicators.find(each => each.key === derive.since);
    return { value: from?.type === 'year' ? plus(q(day.slice(0, 4)), minus(first)) : whole(span(dayAt(derive.since), day, derive.in)) };
  }
  const seen = events.filter(event => event.indicator === derive.events && (derive.items === undefined || derive.items.includes(event.item)) && event.on <= day && addMonths(event.on, derive.months) > day);
  return { value: derive.of === 'count' ? whole(seen.length) : whole(floor(sum(seen.map(event => q(event.amount ?? 1))))) };
}

/** Whole days, months or years from one day to another; a month is complete on the same date of a later one. */
export function span(from: string, to: string, unit: 'days' | 'months' | 'years'): number {
  if (unit === 'days') return daysBetween(from, to);
  const months = (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) * 12 + Number(to.slice(5, 7)) - Number(from.slice(5, 7)) - (to.slice(8) < from.slice(8) ? 1 : 0);
  return unit === 'months' ? months : Math.floor(months / 12);
}
