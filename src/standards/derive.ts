import { monthsBetween, yearOf } from './calendar.ts';
import type { Cursor } from './cursor.ts';
import { isRecord } from './cursor.ts';
import { isHeld, itemsOf, type EventFact, type Facts } from './facts.ts';
import { divided } from './fraction.ts';
import type { Around, Setting } from './kinds/kind.ts';
import { meant } from './meant.ts';
import { firstDayBack } from './kinds/window.ts';
import { missingStates, states, valueTypes } from './standard.ts';
import type { Indicator, MissingState, ValueType } from './standard.ts';
import { scaleOf } from './values.ts';

/** 推算: a number made from other facts before anything is scored. It then stands like any fact, in bands, ratios, conditions and checks. */
export type Derive =
  | { readonly sum: readonly string[] }
  | { readonly difference: readonly [string, string] }
  /** The one with the most, or the fewest: a household counts by its larger trade. All of them must be known. */
  | { readonly highest: readonly string[] }
  | { readonly lowest: readonly string[] }
  /** Every part times its own rate, added and rounded once: half a labourer counts 0.5, a mu of orchard 800 yuan. Parts may have other units than the whole. */
  | { readonly weighted: readonly Weighted[] }
  /** The first as a percentage of the second, rounded once; `whenEmpty` says how it stands with nothing, or less, to divide by. */
  | { readonly share: readonly [string, string]; readonly whenEmpty: MissingState }
  /** A total divided by a count, as income per head, or a weighted sum of percentages by its weights; rounded once. */
  | { readonly average: readonly [string, string]; readonly whenEmpty: MissingState }
  /** Whole time passed since a year or day; below nought while it lies ahead. */
  | { readonly since: string; readonly in: Span }
  /** Whole time from one day to another. */
  | { readonly between: readonly [string, string]; readonly in: Span }
  | EventCount
  /** The county's figure of the year. */
  | { readonly base: string };

/** How many events, or the whole units in the sum of their amounts, so many months back from the day of rating: of all that happened, whether they give points or not. */
export interface EventCount { readonly events: string; readonly items?: readonly string[]; readonly of: 'count' | 'amount'; readonly months: number }

export interface Weighted { readonly of: string; readonly times: number }

const spans = ['days', 'months', 'years'] as const;
export type Span = (typeof spans)[number];

/** Keys of the facts it is made from. */
export function deriveParts(derive: Derive): readonly string[] {
  if ('sum' in derive) return derive.sum;
  if ('difference' in derive) return derive.difference;
  if ('highest' in derive) return derive.highest;
  if ('lowest' in derive) return derive.lowest;
  if ('weighted' in derive) return derive.weighted.map(each => each.of);
  if ('share' in derive) return derive.share;
  if ('average' in derive) return derive.average;
  if ('since' in derive) return [derive.since];
  return 'between' in derive ? derive.between : [];
}

/** Facts that the scorer owns and may write into. */
export interface OwnFacts extends Facts { events: readonly EventFact[]; former?: number | undefined }

/** Puts one derived number where facts stand. It is known only if all its parts are. */
export function compileDerive(derive: Derive, indicator: Indicator, setting: Setting): (facts: OwnFacts) => void {
  const slot = setting.slot(indicator.key);
  const parts = deriveParts(derive).map(setting.slot);
  const made = madeFrom(derive, parts, indicator, setting);
  const empty = 'share' in derive || 'average' in derive ? states[derive.whenEmpty] : states.notAsked;
  return facts => {
    let state: number = states.known;
    for (const part of parts) {
      const held = facts.states[part] ?? states.notAsked;
      if (held !== states.known && (state === states.known || held < state)) state = held;
    }
    const value = state === states.known ? made(facts) : 0;
    facts.states[slot] = state === states.known && Number.isNaN(value) ? empty : state;
    facts.values[slot] = Number.isNaN(value) ? 0 : value;
  };
}

/** The number itself; NaN when there is nothing to divide by. */
function madeFrom(derive: Derive, parts: readonly number[], indicator: Indicator, setting: Setting): (facts: Facts) => number {
  const at = (facts: Facts, n: number): number => facts.values[parts[n] ?? -1] ?? 0;
  if ('sum' in derive) return facts => parts.reduce((sum, part) => sum + (facts.values[part] ?? 0), 0);
  if ('difference' in derive) return facts => at(facts, 0) - at(facts, 1);
  if ('highest' in derive || 'lowest' in derive) {
    const isMore = 'highest' in derive;
    return facts => parts.reduce((held, part) => { const value = facts.values[part] ?? 0; return isMore ? Math.max(held, value) : Math.min(held, value); }, at(facts, 0));
  }
  if ('weighted' in derive) return weighed(derive.weighted, parts, indicator, setting);
  if ('share' in derive || 'average' in derive) {
    const scale = 'share' in derive ? 10_000 : 1;
    return facts => {
      const [over, under] = [at(facts, 0), at(facts, 1)];
      if (under <= 0) return NaN;
      const size = divided(Math.abs(over), scale, under, setting.rounding);
      return over < 0 ? 0 - size : size;
    };
  }
  if ('base' in derive) {
    const base = setting.localBase(derive.base);
    const value = Math.round(base.value * scaleOf(base.type));
    return () => value;
  }
  if ('events' in derive) return told(derive, setting);
  if ('between' in derive) return facts => passed(at(facts, 0), at(facts, 1), derive.in);
  const today = setting.dayNumber;
  return setting.indicator(derive.since).type === 'year' ? facts => yearOf(today) - at(facts, 0) : facts => passed(at(facts, 0), today, derive.in);
}

/** Rates are ten-thousandths, and every part is brought to hundredths, so that all of it is one whole number until it is rounded. */
function weighed(rates: readonly Weighted[], parts: readonly number[], { type }: Indicator, setting: Setting): (facts: Facts) => number {
  const times = rates.map(({ of, times: rate }) => BigInt(Math.round(rate * 10_000)) * BigInt(100 / scaleOf(setting.indicator(of).type)));
  const under = BigInt(10_000 * 100 / scaleOf(type));
  return facts => {
    let over = 0n;
    for (let n = 0; n < parts.length; n++) over += BigInt(facts.values[parts[n] ?? -1] ?? 0) * (times[n] ?? 0n);
    const size = divided(over < 0n ? -over : over, 1n, under, setting.rounding);
    return over < 0n ? 0 - size : size;
  };
}

const passed = (from: number, to: number, span: Span): number =>
  span === 'days' ? to - from : Math.floor(monthsBetween(from, to) / (span === 'years' ? 12 : 1));

function told(derive: Extract<Derive, { readonly events: string }>, setting: Setting): (facts: Facts) => number {
  const slot = setting.slot(derive.events);
  const items = itemsOf(setting.indicator(derive.events)).map(item => derive.items === undefined || derive.items.includes(item.key));
  const since = firstDayBack(derive.months, setting.dayNumber);
  return facts => {
    let sum = 0;
    for (const event of facts.events) {
      if (event.slot !== slot || items[event.item] !== true || event.day < since || event.day > setting.dayNumber || !isHeld(event, setting.dayNumber)) continue;
      sum += derive.of === 'count' ? 1 : event.amount;
    }
    return derive.of === 'count' ? sum : Math.floor(sum / 100);
  };
}

/** `earlier` are the indicators written before this one: a number may only be made from what is there already. */
export function checkDerive(place: Cursor, around: Around, earlier: ReadonlyMap<string, ValueType>, itemsAt: (key: string) => readonly string[]): void {
  const { type } = around;
  const wanted = (at: Cursor, types: readonly ValueType[], words: string): ValueType | undefined => {
    const key = at.text();
    if (key === undefined) return undefined;
    const held = earlier.get(key);
    if (held === undefined) return at.fault(`前面没有叫“${key}”的指标`, around.typeOf(key) === undefined ? `写成排在这一项前面的指标的 key${meant(key, [...earlier.keys()])}` : '把它移到这一项前面；几项互相推算的，改掉一项');
    return types.includes(held) ? held : at.fault(`“${key}”不能用在这里`, words);
  };
  const alike = (list: Cursor, least: number): void => {
    const types = list.list(least).map(each => wanted(each, ['whole', 'money', 'percent'], '用整数、金额或百分数指标')).filter(each => each !== undefined);
    if (types.some(each => each !== type)) list.fault('单位和这一项的类型不同', `都用${type === undefined ? '同一种' : valueTypes[type]}指标`);
  };
  const pair = (list: Cursor): void => { if (Array.isArray(list.value) && list.value.length !== 2) list.fault('要写两个', '写成 [前一个, 后一个]'); };
  const inSpan = (): void => {
    place.get('in').oneOf(spans);
    if (type !== 'whole') place.fault('经过的时间是整数', '把 type 改成 whole');
  };
  if (type !== 'whole' && type !== 'money' && type !== 'percent') place.fault('推算出来的只能是整数、金额或百分数', '改 type');
  if (!isRecord(place.value)) { place.record(['sum']); return; }
  if ('sum' in place.value) { place.record(['sum']); alike(place.get('sum'), 2); return; }
  if ('difference' in place.value) { place.record(['difference']); pair(place.get('difference')); alike(place.get('difference'), 2); return; }
  for (const way of ['highest', 'lowest']) if (way in place.value) { place.record([way]); alike(place.get(way), 2); return; }
  if ('weighted' in place.value) {
    place.record(['weighted']);
    for (const each of place.get('weighted').list(1)) {
      each.record(['of', 'times']);
      wanted(each.get('of'), ['whole', 'money', 'percent'], '用整数、金额或百分数指标');
      each.get('times').number({ least: -1e6, most: 1e6, places: 4 });
    }
    return;
  }
  if ('share' in place.value) {
    place.record(['share', 'whenEmpty']);
    pair(place.get('share'));
    const types = place.get('share').list(2).map(each => wanted(each, ['whole', 'money'], '用整数或金额指标'));
    if (new Set(types).size > 1) place.get('share').fault('上下两个数的单位不同', '两个都用金额，或者都用整数');
    if (type !== 'percent') place.fault('占比是百分数', '把 type 改成 percent');
    place.get('whenEmpty').oneOf(missingStates);
    return;
  }
  if ('average' in place.value) {
    place.record(['average', 'whenEmpty']);
    pair(place.get('average'));
    const [over, under] = place.get('average').list(2);
    if (over !== undefined && wanted(over, ['whole', 'money', 'percent'], '用整数、金额或百分数指标') !== type) over.fault('被除的数和这一项的类型不同', '改成同一种');
    if (under !== undefined) wanted(under, ['whole'], '用整数指标');
    place.get('whenEmpty').oneOf(missingStates);
    return;
  }
  if ('since' in place.value) {
    place.record(['since', 'in']);
    const held = wanted(place.get('since'), ['year', 'day'], '用年份或日期指标');
    inSpan();
    if (held === 'year' && place.get('in').value !== 'years') place.get('in').fault('只知道年份，算不出更细的', '改成 years');
    return;
  }
  if ('between' in place.value) {
    place.record(['between', 'in']);
    pair(place.get('between'));
    for (const each of place.get('between').list(2)) wanted(each, ['day'], '用日期指标');
    inSpan();
    return;
  }
  if ('events' in place.value) {
    place.record(['events', 'of', 'months'], ['items']);
    wanted(place.get('events'), ['events'], '用记事指标');
    place.get('of').oneOf(['count', 'amount']);
    place.get('months').months();
    if (!place.get('items').isAbsent) place.get('items').citing(itemsAt(String(place.get('events').value)), '事项');
    if (type !== 'whole') place.fault('记事数出来的是整数', '把 type 改成 whole');
    return;
  }
  if (!('base' in place.value)) return place.fault(`不认识“${Object.keys(place.value).join('、')}”这种算法`, `写其中一种：${ways.join('、')}`);
  if (place.record(['base']) === undefined) return;
  const base = place.get('base').text();
  if (base !== undefined && !around.localBases.includes(base)) place.get('base').unknown('基数', base, around.localBases, `在 localBases 里写好它：${around.localBases.join('、')}`);
  else if (base !== undefined && around.baseTypeOf(base) !== type) place.get('base').fault('基数和这一项的类型不同', '改成同一种');
}

/** Every way a number is made, for whoever wrote another. */
const ways = ['sum', 'difference', 'highest', 'lowest', 'weighted', 'share', 'average', 'since', 'between', 'events', 'base'];

const spanWords: Readonly<Record<Span, string>> = { days: '天', months: '个月', years: '年' };

/** 「家里几口人 + 外出几人」: how the number is made, in plain Chinese. */
export function deriveWords(derive: Derive, indicatorOf: (key: string) => Indicator | undefined, baseOf: (key: string) => string): string {
  const title = (key: string): string => indicatorOf(key)?.title ?? key;
  if ('sum' in derive) return derive.sum.map(title).join(' + ');
  if ('difference' in derive) return derive.difference.map(title).join(' − ');
  if ('highest' in derive) return `${derive.highest.map(title).join('、')}里最大的`;
  if ('lowest' in derive) return `${derive.lowest.map(title).join('、')}里最小的`;
  if ('weighted' in derive) return derive.weighted.map(({ of, times }, n) => `${times < 0 ? '− ' : n === 0 ? '' : '+ '}${title(of)}${Math.abs(times) === 1 ? '' : ` × ${Math.abs(times)}`}`).join(' ');
  if ('share' in derive) return `${title(derive.share[0])} ÷ ${title(derive.share[1])}，取到 0.01%`;   // A threshold that must be met exactly is a rule of its own, `scoring: share`.
  if ('average' in derive) return `${title(derive.average[0])} ÷ ${title(derive.average[1])}`;
  if ('since' in derive) return `从${title(derive.since)}到评定那天，满几${spanWords[derive.in]}`;
  if ('between' in derive) return `从${title(derive.between[0])}到${title(derive.between[1])}，满几${spanWords[derive.in]}`;
  if ('base' in derive) return baseOf(derive.base);
  const items = itemsOf(indicatorOf(derive.events)).filter(item => derive.items === undefined || derive.items.includes(item.key)).map(item => item.label);
  return `${derive.months} 个月内“${derive.items === undefined ? title(derive.events) : items.join('、')}”${derive.of === 'count' ? '的次数' : '的数量合计'}`;
}
