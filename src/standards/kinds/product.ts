import { monthsBetween, yearOf } from '../calendar.ts';
import type { Cursor } from '../cursor.ts';
import { isRecord } from '../cursor.ts';
import type { Facts } from '../facts.ts';
import { hundredths, pointsText } from '../standard.ts';
import { limits } from '../trace.ts';
import { scaleOf } from '../values.ts';
import { bandFactor, checkFactorBands, checkFactorTable, factorBandWords, multiplied, tableFactor } from './factor.ts';
import type { FactorBand } from './factor.ts';
import type { Around, Find, Kind, Setting } from './kind.ts';

/** 系数连乘: base points × a factor from each of several tables, as a deduction by days late × years since it was cured × kind. */
export interface ProductRule {
  readonly kind: 'product';
  readonly base: number;
  readonly factors: readonly Factor[];
  readonly floor: number;
  readonly cap: number;
}

/** A table over one fact: by option, or by bands of a number or of the time passed since a day. */
export type Factor =
  | { readonly by: string; readonly options: Readonly<Record<string, number>> }
  | { readonly by: string; readonly measure?: 'value' | 'years' | 'months'; readonly bands: readonly FactorBand[] };

export const product: Kind<ProductRule> = {
  title: '系数连乘',
  types: ['derived'],
  check,
  parts: rule => rule.factors.map(factor => factor.by),
  compile(rule, indicator, setting) {
    const slot = setting.slot(indicator.key);
    const tables = rule.factors.map(factor => compiled(factor, setting));
    const factors = new Array<number>(tables.length).fill(0);
    const [base, floor, cap] = [rule.base, rule.floor, rule.cap].map(hundredths) as [number, number, number];
    return (facts, trace) => {
      tables.forEach((table, at) => { factors[at] = table(facts); });
      const points = multiplied(base, factors, setting.rounding);
      trace.clause[slot] = 0;
      if (points > cap) { trace.limit[slot] = limits.cap; return cap; }
      if (points < floor) { trace.limit[slot] = limits.floor; return floor; }
      return points;
    };
  },
  range: rule => ({ least: hundredths(rule.floor), most: hundredths(rule.cap) }),
  words: (rule, _indicator, find) => [
    [`${pointsText(hundredths(rule.base))} 分，乘下面每张表里的一个系数`, ...rule.factors.map(factor => factorWords(factor, find)), `最少 ${pointsText(hundredths(rule.floor))} 分，最多 ${pointsText(hundredths(rule.cap))} 分`].join('；'),
  ],
};

function compiled(factor: Factor, setting: Setting): (facts: Facts) => number {
  const slot = setting.slot(factor.by);
  const indicator = setting.indicator(factor.by);
  if ('options' in factor) {
    const times = tableFactor((indicator.options ?? []).map(option => option.key), factor.options);
    return facts => times(facts.values[slot] ?? 0);
  }
  const measure = factor.measure ?? 'value';
  const times = bandFactor(factor.bands, measure === 'value' ? scaleOf(indicator.type) : 1);
  if (measure === 'value') return facts => times(facts.values[slot] ?? 0);
  const today = setting.dayNumber;
  if (indicator.type === 'year') return facts => times(yearOf(today) - (facts.values[slot] ?? 0));
  const each = measure === 'years' ? 12 : 1;
  return facts => times(Math.floor(monthsBetween(facts.values[slot] ?? 0, today) / each));
}

function check(rule: Cursor, around: Around): void {
  rule.record(['kind', 'base', 'factors', 'floor', 'cap']);
  const [, floor, cap] = [rule.get('base').points(), rule.get('floor').points(), rule.get('cap').points()];
  if (floor !== undefined && cap !== undefined && floor > cap) rule.get('floor').fault('保底比封顶还高', `保底不能超过 ${cap}`);
  for (const factor of rule.get('factors').list(1)) checkFactor(factor, around);
}

function checkFactor(factor: Cursor, around: Around): void {
  const key = factor.get('by').text();
  const type = key === undefined ? undefined : around.typeOf(key);
  if (!isRecord(factor.value) || key === undefined) { factor.record(['by']); return; }
  if (type === undefined) { factor.get('by').unknown('指标', key, around.indicatorKeys, '写成本标准里一个指标的 key'); return; }
  if (type === 'choice') { factor.record(['by', 'options']); checkFactorTable(factor.get('options'), around.optionsOf(key)); return; }
  if (type === 'events' || type === 'derived' || type === 'flag') { factor.get('by').fault(`“${key}”没有系数可查`, '用选项、数字、年份或日期指标'); return; }
  factor.record(['by', 'bands'], ['measure']);
  const measure = factor.get('measure').oneOf(['value', 'years', 'months']) ?? 'value';
  if (measure !== 'value' && type !== 'year' && type !== 'day') factor.get('measure').fault('只有年份或日期才能按过去的时间算', '删去 measure');
  if (measure === 'months' && type === 'year') factor.get('measure').fault('只知道年份，算不出月数', '改成 years');
  if (measure === 'value' && type === 'day') factor.get('measure').fault('日期要按过去的时间算', '写 measure: years 或 months');
  checkFactorBands(factor.get('bands'), { scale: measure === 'value' ? scaleOf(type) : 1, least: 0 });
}

function factorWords(factor: Factor, find: Find): string {
  const indicator = find(factor.by);
  const unit = 'options' in factor || factor.measure === undefined || factor.measure === 'value' ? indicator?.unit ?? '' : factor.measure === 'years' ? '年' : '个月';
  const table = 'options' in factor
    ? Object.entries(factor.options).map(([key, times]) => `${indicator?.options?.find(option => option.key === key)?.label ?? key}乘 ${times}`).join('，')
    : factorBandWords(factor.bands, unit === '' ? '' : ` ${unit}`);
  return `${indicator?.title ?? factor.by}：${table}`;
}
