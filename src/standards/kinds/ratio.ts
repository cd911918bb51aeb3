import { boundsWords } from '../bounds.ts';
import type { Cursor } from '../cursor.ts';
import type { Facts } from '../facts.ts';
import { compareFractions, compareProducts, divided, fractionOf, fractionWords } from '../fraction.ts';
import type { Fraction, WrittenFraction } from '../fraction.ts';
import { hundredths, pointsText } from '../standard.ts';
import { limits } from '../trace.ts';
import { scaleOf } from '../values.ts';
import { boundKeys, rangeOf } from './bands.ts';
import type { Around, Kind, Setting } from './kind.ts';

/** 比值给分: one fact over another, or over a county mean, compared by cross-multiplying. */
export interface RatioRule {
  readonly kind: 'ratio';
  readonly numerator: string;
  /** A fact, or the county mean of the year, times a fact when the mean is per head. */
  readonly denominator: string | { readonly base: string; readonly times?: string };
  /** Either bands over the ratio, where less than nought stands in the band of nought unless it has one of its own … */
  readonly bands?: readonly RatioBand[];
  /** … or a part of `full` in proportion, never more than `full` or less than none, rounded as the standard declares. */
  readonly full?: number;
  /** Points when the denominator is nought or less. */
  readonly whenEmpty: number;
}
export interface FractionBounds { readonly atLeast?: WrittenFraction; readonly above?: WrittenFraction; readonly atMost?: WrittenFraction; readonly below?: WrittenFraction }
export interface RatioBand extends FractionBounds { readonly points: number }

export const ratio: Kind<RatioRule> = {
  title: '比值给分',
  types: ['derived'],
  check,
  parts: rule => typeof rule.denominator === 'string' ? [rule.numerator, rule.denominator] : rule.denominator.times === undefined ? [rule.numerator] : [rule.numerator, rule.denominator.times],
  compile(rule, indicator, setting) {
    const slot = setting.slot(indicator.key);
    const over = setting.slot(rule.numerator);
    const under = denominator(rule, setting);
    const empty = hundredths(rule.whenEmpty);
    const full = hundredths(rule.full ?? 0);
    const spans = (rule.bands ?? []).map(fractionSpan);
    const bandOf = (value: number, below: number): number => {
      for (let at = 0; at < spans.length; at++) {
        const span = spans[at];
        if (span !== undefined && inFractionSpan(span, value, below)) return at;
      }
      return -1;
    };
    const points = (rule.bands ?? []).map(band => hundredths(band.points));
    return (facts, trace) => {
      const below = under(facts);
      const value = facts.values[over] ?? 0;
      if (below <= 0) { trace.clause[slot] = -2; return empty; }
      if (rule.full !== undefined) {
        trace.clause[slot] = 0;
        if (value > below) { trace.limit[slot] = limits.cap; return full; }
        return value <= 0 ? 0 : divided(value, full, below, setting.rounding);
      }
      const own = bandOf(value, below);
      const at = own < 0 ? bandOf(0, below) : own;
      trace.clause[slot] = at;
      return points[at] ?? 0;
    };
  },
  range: rule => rangeOf([...(rule.bands ?? []).map(band => band.points), ...(rule.full === undefined ? [] : [0, rule.full]), rule.whenEmpty]),
  words: rule => rule.full === undefined
    ? (rule.bands ?? []).map(band => `${boundsWords(fractionBoundsWords(band))}：${pointsText(hundredths(band.points))} 分`)
    : [`按比例给分，满 ${pointsText(hundredths(rule.full))} 分`],
};

function denominator(rule: RatioRule, setting: Setting): (facts: Facts) => number {
  if (typeof rule.denominator === 'string') {
    const slot = setting.slot(rule.denominator);
    return facts => facts.values[slot] ?? 0;
  }
  const base = setting.localBase(rule.denominator.base);
  const value = Math.round(base.value * scaleOf(base.type));
  if (rule.denominator.times === undefined) return () => value;
  const slot = setting.slot(rule.denominator.times);
  return facts => value * (facts.values[slot] ?? 0);
}

/** Bounds of a ratio as they are compared. A side without a bound is 0/0 and takes everything in, for both products are nought. */
export interface FractionSpan { readonly low: Fraction; readonly isLowIn: boolean; readonly high: Fraction; readonly isHighIn: boolean }
const unbound: Fraction = { over: 0, under: 0 };

export function fractionSpan(bounds: FractionBounds): FractionSpan {
  const [atLeast, above, atMost, below] = [bounds.atLeast, bounds.above, bounds.atMost, bounds.below].map(fractionOf);
  return { low: atLeast ?? above ?? unbound, isLowIn: atLeast !== undefined || above === undefined, high: atMost ?? below ?? unbound, isHighIn: atMost !== undefined || below === undefined };
}

/** Whether value ÷ below lies within, without dividing. */
export function inFractionSpan({ low, isLowIn, high, isHighIn }: FractionSpan, value: number, below: number): boolean {
  const above = compareProducts(value, low.under, low.over, below);
  if (above < 0 || above === 0 && !isLowIn) return false;
  const under = compareProducts(value, high.under, high.over, below);
  return under < 0 || under === 0 && isHighIn;
}

export const fractionBoundsWords = (bounds: FractionBounds): { [K in keyof FractionBounds]?: string } =>
  Object.fromEntries(boundKeys.flatMap(key => { const bound = bounds[key]; return bound === undefined ? [] : [[key, fractionWords(bound)]]; }));

function check(rule: Cursor, around: Around): void {
  rule.record(['kind', 'numerator', 'denominator', 'whenEmpty'], ['bands', 'full']);
  rule.get('whenEmpty').points();
  const type = checkCount(rule.get('numerator'), around);
  const under = rule.get('denominator');
  if (typeof under.value === 'string') {
    const other = checkCount(under, around);
    if (type !== undefined && other !== undefined && type !== other) under.fault('上下两个数的单位不同', '两个都用金额，或者都用整数');
  } else if (under.record(['base'], ['times']) !== undefined) {
    const base = under.get('base').text();
    if (base !== undefined && !around.localBases.includes(base)) under.get('base').unknown('基数', base, around.localBases, `在 localBases 里写好它：${around.localBases.join('、')}`);
    else if (base !== undefined && around.baseTypeOf(base) === 'percent') under.get('base').fault('百分数不能作除数', '用整数或金额的基数');
    if (!under.get('times').isAbsent) checkCount(under.get('times'), around);
  }
  if (rule.get('bands').isAbsent === rule.get('full').isAbsent) rule.fault('分段（bands）和按比例（full）要写一个，也只能写一个', '留下其中一个');
  rule.get('full').number({ least: 0, most: 10_000, places: 2 });
  if (!rule.get('bands').isAbsent) checkFractionBands(rule.get('bands'));
}

/** A fact that can stand over or under a line. */
export function checkCount(place: Cursor, around: Around): string | undefined {
  const key = place.text();
  if (key === undefined) return undefined;
  const type = around.typeOf(key);
  if (type === undefined) return place.unknown('指标', key, around.indicatorKeys, '写成本标准里一个整数或金额指标的 key');
  if (type !== 'whole' && type !== 'money') return place.fault(`“${key}”不能拿来相除`, '要用整数或金额');
  return type;
}

export function fractionBoundsAt(band: Cursor): FractionBounds {
  const bounds: Record<string, WrittenFraction> = {};
  for (const key of boundKeys) {
    const { value } = band.get(key);
    if (value === undefined) continue;
    if (fractionOf(value) === undefined) band.get(key).fault(`“${String(value)}”不是比值`, '写成 2/3、70% 或 0.7');
    else if (typeof value === 'string' || typeof value === 'number') bounds[key] = value;
  }
  if (bounds['atLeast'] !== undefined && bounds['above'] !== undefined) band.fault('起点写了两个', 'atLeast（含）和 above（不含）只留一个');
  if (bounds['atMost'] !== undefined && bounds['below'] !== undefined) band.fault('终点写了两个', 'atMost（含）和 below（不含）只留一个');
  return bounds;
}

interface Edge { readonly at: Fraction; readonly isIn: boolean }

/** Bands over ratios leave no gap and never overlap: each begins exactly where another ends, one side open. */
function checkFractionBands(place: Cursor): void {
  const read = place.list(1).map(band => {
    band.record(['points'], boundKeys);
    band.get('points').points();
    const bounds = fractionBoundsAt(band);
    return { band, low: edge(bounds.atLeast, true) ?? edge(bounds.above, false), high: edge(bounds.atMost, true) ?? edge(bounds.below, false) };
  });
  const order = read.toSorted((a, b) => a.low === undefined ? -1 : b.low === undefined ? 1 : compareFractions(a.low.at, b.low.at));
  order.forEach(({ band, low }, n) => {
    const before = order[n - 1];
    if (before === undefined) { if (low !== undefined && !(low.at.over === 0 && low.isIn)) band.fault('最小的一段没有从 0 开始', '去掉它的起点'); return; }
    if (low === undefined || before.high === undefined) { band.fault('和另一段重叠', '给每段写清起点和终点'); return; }
    const sign = compareFractions(before.high.at, low.at);
    if (sign > 0 || sign === 0 && before.high.isIn && low.isIn) band.fault('和前一段重叠', '交界处只让一段包含');
    if (sign < 0 || sign === 0 && !before.high.isIn && !low.isIn) band.fault('和前一段之间有空档', '让这段的起点接上前一段的终点');
  });
  const last = order.at(-1);
  if (last?.high !== undefined) last.band.fault('最大的一段有终点，再大就没有分', '去掉它的终点');
}

function edge(written: WrittenFraction | undefined, isIn: boolean): Edge | undefined {
  const at = written === undefined ? undefined : fractionOf(written);
  return at === undefined ? undefined : { at, isIn };
}
