import type { Fault } from '../kit/form.ts';
import type { Day } from '../kit/time.ts';
import { happeningsOf, type Happening } from '../standards/happening.ts';
import { isMade, type Indicator, type Standard, type WrittenFact } from '../standards/standard.ts';
import { valueOf, wantedWords } from '../standards/values.ts';
import type { EventEntry } from './observation.ts';
import { isSupplied } from './wanted.ts';

/** Field names of the household form: one for each indicator. */
export const fieldOf = (key: string): string => `v-${key}`;

/** What is wrong with values before they are kept. `isFile`: bank and bureau values come by file and by nothing else. */
export function valueFaults(standard: Standard, values: Readonly<Record<string, WrittenFact>>, { day, isFile }: { readonly day: Day; readonly isFile: boolean }): readonly Fault[] {
  const byKey = indicatorsOf(standard);
  return Object.entries(values).flatMap(([key, fact]): readonly Fault[] => {
    const indicator = byKey.get(key);
    const field = fieldOf(key);
    if (indicator === undefined) return [{ field, code: 'unknown', say: `评定标准里没有“${key}”这一项。` }];
    if (indicator.type === 'events' || isMade(indicator)) return [{ field, code: 'derived', say: `“${indicator.title}”不直接填。` }];
    if (indicator.source === 'reviewers') return [{ field, code: 'reviewers', say: `“${indicator.title}”由评议员背靠背评出来，不在这里填，也不用文件带来。` }];
    if (!isFile && isSupplied(indicator)) return [{ field, code: 'supplied', say: `“${indicator.title}”由${indicator.source === 'bank' ? '银行' : '部门'}的文件带来，不在这里填。` }];
    const say = factFault(indicator, fact, day);
    return say === undefined ? [] : [{ field, code: 'value', say }];
  });
}

/** One fact, in words for the person; undefined when it is right. A year or day that has not come is a slip of the finger. */
export function factFault(indicator: Indicator, fact: WrittenFact, day: Day): string | undefined {
  if (typeof fact === 'object') return fact.missing === 'dontKnow' && indicator.withoutDontKnow === true ? wantedWords(indicator) : undefined;
  if (indicator.type === 'year' && typeof fact === 'number' && fact > Number(day.slice(0, 4))) return `${fact} 年还没到，可能是按错了。`;
  if (indicator.type === 'day' && typeof fact === 'string' && fact > day) return `${fact} 还没到，可能是按错了。`;
  return valueOf(indicator, fact) === undefined ? wantedWords(indicator) : undefined;
}

/** Facts that cannot both be true (more workers than people); shown at the left one. */
export function jointFaults(standard: Standard, facts: Readonly<Record<string, WrittenFact>>): readonly Fault[] {
  return (standard.checks ?? []).flatMap(({ left, atMost, say }): readonly Fault[] => {
    const [one, other] = [facts[left], facts[atMost]];
    return typeof one === 'number' && typeof other === 'number' && one > other ? [{ field: fieldOf(left), code: 'joint', say }] : [];
  });
}

/** What is wrong with an event. */
export function eventFaults(standard: Standard, event: EventEntry, day: Day): readonly Fault[] {
  const indicator = indicatorsOf(standard).get(event.indicator);
  const told = happeningOf(standard, event);
  if (indicator === undefined || told === undefined) return [{ field: 'item', code: 'unknown', say: '评定标准里没有这一项，请重新选。' }];
  const faults: Fault[] = [];
  if (event.day > day) faults.push({ field: 'day', code: 'late', say: '这一天还没到，可能是按错了。' });
  if (told.unit !== undefined && event.amount === undefined) faults.push({ field: 'amount', code: 'missing', say: `请填多少${told.unit}。` });
  if (told.unit === undefined && event.amount !== undefined) faults.push({ field: 'amount', code: 'amount', say: '这一项不用填数量。' });
  if (event.amount !== undefined && !(event.amount > 0 && event.amount <= 1_000_000 && Math.abs(event.amount * 100 - Math.round(event.amount * 100)) < 1e-6)) faults.push({ field: 'amount', code: 'amount', say: '数量要大于 0，最多两位小数。' });
  if (told.item.namedOnly === true && event.shared === undefined) faults.push({ field: 'named', code: 'missing', say: '请选奖状或通报上写没写这一家。' });
  if (told.item.namedOnly !== true && event.shared !== undefined) faults.push({ field: 'named', code: 'named', say: '这一项不分是不是写明的，不用选。' });
  return faults;
}

/** Negative items and items that say so are believed on evidence only. */
export function wantsEvidence(standard: Standard, event: Pick<EventEntry, 'indicator' | 'option'>): boolean {
  return happeningOf(standard, event)?.isNegative === true || indicatorsOf(standard).get(event.indicator)?.evidence === true;
}

/** What an event says happened; undefined when the standard has no such thing. */
export const happeningOf = (standard: Standard, event: Pick<EventEntry, 'indicator' | 'option'>): Happening | undefined =>
  happeningsOf(indicatorsOf(standard).get(event.indicator)).find(each => each.key === event.option);

const kept = new WeakMap<Standard, ReadonlyMap<string, Indicator>>();
/** Indicators by key: asked for every row of a file. */
export function indicatorsOf(standard: Standard): ReadonlyMap<string, Indicator> {
  const known = kept.get(standard);
  if (known !== undefined) return known;
  const made = new Map(standard.indicators.map(indicator => [indicator.key, indicator]));
  kept.set(standard, made);
  return made;
}
