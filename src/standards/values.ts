import { addMonths, dayFromNumber, dayNumber, isDay } from '../kit/time.ts';
import type { Indicator, MissingState, ValueType } from './standard.ts';
import { missingStates, stateWords } from './standard.ts';

/** Largest magnitude of any fact (9 billion yuan in fen): products with points and small fractions stay exact. */
export const largestFact = 900_000_000_000;

/** How many integers make one written unit: money is kept in fen, percentages in hundredths of a percent. */
export const scaleOf = (type: ValueType): number => type === 'money' || type === 'percent' ? 100 : 1;

/** A written fact as the integer that is kept: option index, 0/1, fen, day number … Undefined when it does not fit the indicator. */
export function valueOf(indicator: Indicator, written: number | boolean | string): number | undefined {
  switch (indicator.type) {
    case 'flag': return typeof written === 'boolean' ? Number(written) : undefined;
    case 'choice': { const at = (indicator.options ?? []).findIndex(option => option.key === written); return at < 0 ? undefined : at; }
    case 'day': return typeof written === 'string' && isDay(written) ? dayNumber(written) : undefined;
    case 'events': case 'derived': return undefined;
    default: {
      if (typeof written !== 'number' || !Number.isFinite(written)) return undefined;
      if (indicator.least !== undefined && written < indicator.least || indicator.most !== undefined && written > indicator.most) return undefined;
      const scale = scaleOf(indicator.type);
      const value = Math.round(written * scale);
      return Math.abs(value - written * scale) < 1e-6 && Math.abs(value) <= largestFact ? value : undefined;
    }
  }
}

/** The kept integer in the file's own words again. */
export function writtenOf(indicator: Indicator, value: number): number | boolean | string {
  switch (indicator.type) {
    case 'flag': return value === 1;
    case 'choice': return indicator.options?.[value]?.key ?? String(value);
    case 'day': return dayFromNumber(value);
    default: return value / scaleOf(indicator.type);
  }
}

/** The kept integer for people: `4 人`, `正常`, `有`. */
export function valueWords(indicator: Indicator, value: number): string {
  switch (indicator.type) {
    case 'flag': return value === 1 ? '是' : '不是';
    case 'choice': return indicator.options?.[value]?.label ?? '';
    case 'day': return dayFromNumber(value);
    case 'year': return `${value} 年`;
    case 'percent': return `${value / 100}%`;
    // Nobody counts the noughts of 6110000: whole hundreds of yuan from ten thousand on are told in 万元.
    case 'money': return (indicator.unit ?? '元') === '元' && value >= 1_000_000 && value % 10_000 === 0 ? `${value / 1_000_000} 万元` : `${value / 100} ${indicator.unit ?? '元'}`;
    default: return indicator.unit === undefined ? String(value) : `${value} ${indicator.unit}`;
  }
}

export type ReadValue = { readonly value: number } | { readonly missing: MissingState } | { readonly fault: string };

/** One typed cell of a form or file: a value, a way of not knowing (不清楚), or what is wrong with it. Option keys and labels are both understood. */
export function readValue(indicator: Indicator, text: string): ReadValue {
  const cell = text.normalize('NFKC').trim();
  if (cell === '') return { missing: 'notAsked' };
  const missing = missingStates.find(state => cell === state || cell === stateWords[state]);
  if (missing !== undefined) return { missing };
  const value = valueOf(indicator, writtenCell(indicator, cell));
  return value === undefined ? { fault: wantedWords(indicator) } : { value };
}

function writtenCell(indicator: Indicator, cell: string): number | boolean | string {
  switch (indicator.type) {
    case 'flag': return /^(是|有|1|true|yes|on)$/i.test(cell) ? true : /^(不是|否|没有|无|0|false|no)$/i.test(cell) ? false : cell;
    case 'choice': return indicator.options?.find(option => option.key === cell || option.label.normalize('NFKC') === cell)?.key ?? cell;
    case 'day': case 'events': case 'derived': return cell;
    default: {
      const bare = cell.replace(/[,\s]/g, '').replace(/%$/, '');
      return /^-?\d+(\.\d+)?$/.test(bare) ? Number(bare) : cell;
    }
  }
}

/** What would be right, for a fault beside the field. */
export function wantedWords(indicator: Indicator): string {
  const { least, most } = indicator;
  const range = least !== undefined && most !== undefined ? `，${least} 到 ${most}` : least !== undefined ? `，不小于 ${least}` : most !== undefined ? `，不大于 ${most}` : '';
  switch (indicator.type) {
    case 'flag': return '请填“是”或“否”。';
    case 'choice': return `请从这些里选：${(indicator.options ?? []).map(option => option.label).join('、')}。`;
    case 'day': return '请填日期，如 2026-05-01。';
    case 'year': return `请填年份，如 2018${range}。`;
    case 'money': return `请填${indicator.unit === undefined || indicator.unit === '元' ? '金额，单位元' : `数字，单位${indicator.unit}`}，最多两位小数${range}。`;
    case 'percent': return `请填百分数，如 4.5${range}。`;
    case 'events': case 'derived': return '这一项不直接填。';
    default: return `请填整数${range}。`;
  }
}

/** A fact seen too long ago stands as not asked. */
export const isStale = (indicator: Indicator, { seenOn, day }: { readonly seenOn: string; readonly day: string }): boolean =>
  indicator.validityMonths !== undefined && addMonths(seenOn, indicator.validityMonths) <= day;
