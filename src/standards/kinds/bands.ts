import { yearOf, monthsBetween } from '../calendar.ts';
import { boundsWords, coverage, spanOf } from '../bounds.ts';
import type { Bounds } from '../bounds.ts';
import type { Cursor } from '../cursor.ts';
import type { Facts } from '../facts.ts';
import { hundredths, pointsText } from '../standard.ts';
import type { Indicator } from '../standard.ts';
import { scaleOf } from '../values.ts';
import type { Around, Kind, Setting } from './kind.ts';

/** 分段给分: points by the band a number falls in, or the time passed since a year or day. */
export interface BandsRule {
  readonly kind: 'bands';
  /** The number itself (default), or whole years or months from it to the day of rating. */
  readonly measure?: 'value' | 'years' | 'months';
  readonly bands: readonly Band[];
}
export interface Band extends Bounds { readonly points: number }

export const boundKeys = ['atLeast', 'above', 'atMost', 'below'] as const;

export const bands: Kind<BandsRule> = {
  title: '分段给分',
  types: ['whole', 'money', 'percent', 'year', 'day'],
  check,
  parts: () => [],
  compile(rule, indicator, setting) {
    const scale = scaleFor(rule, indicator);
    const spans = rule.bands.map(band => spanOf(band, scale));
    const from = spans.map(span => span.from);
    const to = spans.map(span => span.to);
    const points = rule.bands.map(band => hundredths(band.points));
    const slot = setting.slot(indicator.key);
    const measured = measure(rule, indicator, setting, slot);
    return (facts, trace) => {
      const value = measured(facts);
      for (let at = 0; at < points.length; at++) {
        if (value >= (from[at] ?? 0) && value <= (to[at] ?? 0)) { trace.clause[slot] = at; return points[at] ?? 0; }
      }
      return 0;
    };
  },
  range: rule => rangeOf(rule.bands.map(band => band.points)),
  words: (rule, indicator) => rule.bands.map(band => `${boundsWords(band, unitWords(rule, indicator))}：${pointsText(hundredths(band.points))} 分`),
};

export const rangeOf = (points: readonly number[]): { least: number; most: number } =>
  ({ least: hundredths(Math.min(...points)), most: hundredths(Math.max(...points)) });

const scaleFor = (rule: BandsRule, indicator: Indicator): number => rule.measure === undefined || rule.measure === 'value' ? scaleOf(indicator.type) : 1;

const unitWords = (rule: BandsRule, indicator: Indicator): string =>
  rule.measure === 'years' ? ' 年' : rule.measure === 'months' ? ' 个月' : indicator.type === 'percent' ? '%' : indicator.unit === undefined ? '' : ` ${indicator.unit}`;

function measure(rule: BandsRule, indicator: Indicator, { dayNumber }: Setting, slot: number): (facts: Facts) => number {
  if (rule.measure === undefined || rule.measure === 'value') return facts => facts.values[slot] ?? 0;
  if (indicator.type === 'year') {
    const year = yearOf(dayNumber);
    return facts => year - (facts.values[slot] ?? 0);
  }
  const each = rule.measure === 'years' ? 12 : 1;
  return facts => Math.floor(monthsBetween(facts.values[slot] ?? 0, dayNumber) / each);
}

function check(rule: Cursor, around: Around): void {
  rule.record(['kind', 'bands'], ['measure']);
  const measure = rule.get('measure').oneOf(['value', 'years', 'months']) ?? 'value';
  if (measure !== 'value' && around.type !== 'year' && around.type !== 'day') rule.get('measure').fault('只有年份或日期才能按过去的时间算', '删去 measure，或把 type 改成 year 或 day');
  if (measure === 'months' && around.type === 'year') rule.get('measure').fault('只知道年份，算不出月数', '改成 years，或把 type 改成 day');
  if (measure === 'value' && around.type === 'day') rule.get('measure').fault('日期要按过去的时间分段', '写 measure: years 或 months');
  const scale = measure === 'value' && around.type !== undefined ? scaleOf(around.type) : 1;
  const whole = measure === 'value' ? spanOf({ atLeast: numeric(around.indicator['least']), atMost: numeric(around.indicator['most']) }, scale) : { from: -Infinity, to: Infinity };
  const read = rule.get('bands').list(1).map(band => {
    band.record(['points'], boundKeys);
    band.get('points').points();
    return spanOf(boundsAt(band, scale === 100 ? 2 : 0), scale);
  });
  read.forEach((span, at) => { if (span.from > span.to) rule.get('bands').fault(`第 ${at + 1} 段里没有数`, '起点要小于终点'); });
  checkCoverage(rule.get('bands'), read, whole, scale);
}

const numeric = (value: unknown): number | undefined => typeof value === 'number' ? value : undefined;

/** Reads bounds; each side has at most one. */
export function boundsAt(band: Cursor, places: number): Bounds {
  const [atLeast, above, atMost, below] = boundKeys.map(key => band.get(key).number({ least: -1e10, most: 1e10, places }));
  if (atLeast !== undefined && above !== undefined) band.fault('起点写了两个', 'atLeast（含）和 above（不含）只留一个');
  if (atMost !== undefined && below !== undefined) band.fault('终点写了两个', 'atMost（含）和 below（不含）只留一个');
  return { atLeast, above, atMost, below };
}

export function checkCoverage(place: Cursor, spans: Parameters<typeof coverage>[0], whole: Parameters<typeof coverage>[1], scale: number): void {
  const { gaps, overlaps } = coverage(spans, whole);
  for (const gap of gaps) place.fault(`有空档：${gap.from === gap.to ? '' : `${edge(gap.from, scale)} 到 `}${edge(gap.to, scale)} 没有分`, '让前一段的终点接上后一段的起点（一边含，一边不含）');
  for (const [a, b] of overlaps) place.fault(`第 ${Math.min(a, b) + 1} 段和第 ${Math.max(a, b) + 1} 段重叠`, '同一个数只能落在一段里，改其中一段的起点或终点');
}
const edge = (value: number, scale: number): string => value === -Infinity ? '最小' : value === Infinity ? '最大' : String(value / scale);
