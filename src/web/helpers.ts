import type Handlebars from 'handlebars';
import { dayOf, isDay, weekday } from '../kit/time.ts';
import { icon } from './icons.ts';
import { escape, markup, type Markup } from './markup.ts';

/** What a grade looks like: letters and words come from the standard's grade table; the fill follows the rank (1 highest). Rank null: no grade reached, said in words. */
export interface GradeMark { readonly code: string; readonly words?: string; readonly rank: number | null }

const space = '\u00a0';   // a true narrow space vanishes at 16 px in the CJK fonts
const nothing = '—';

/** `2 433`: an unbroken space between thousands. */
export function num(value: unknown): string {
  if (value === null || value === undefined) return nothing;
  const [whole = '', part] = String(value).split('.');
  const spaced = whole.replace(/\B(?=(\d{3})+$)/g, space);
  return (part === undefined ? spaced : `${spaced}.${part}`).replace(/^-/, '−');
}

/** A calendar day for people: `11月23日`; form `full` 2026年11月23日, `short` 11-23, `iso` 2026-11-23, `week` 11月23日 星期一. */
export function day(value: unknown, form?: unknown): string {
  if (value === null || value === undefined || value === '') return nothing;
  const text = String(value);
  if (!isDay(text)) throw new Error(`not a day: ${text}`);
  const [year = '', month = '', date = ''] = text.split('-');
  const words = `${Number(month)}月${Number(date)}日`;
  if (form === 'full') return `${year}年${words}`;
  if (form === 'short') return `${month}-${date}`;
  if (form === 'iso') return text;
  if (form === 'week') return `${words} 星期${'日一二三四五六'.charAt(weekday(text))}`;
  return words;
}

/** An instant in China's time: `11月23日 14:05`; form `full` 2026年11月23日 14:05, `iso` 2026-11-23 14:05, `time` 14:05, `day` 11月23日. */
export function moment(value: unknown, form?: unknown): string {
  if (value === null || value === undefined || value === '') return nothing;
  const at = String(value);
  const on = dayOf(at);
  if (form === 'day') return day(on);
  const time = `${String((Number(at.slice(11, 13)) + 8) % 24).padStart(2, '0')}:${at.slice(14, 16)}`;
  return form === 'time' ? time : `${day(on, form)} ${time}`;
}

/** Hundredths of a point: `83.00` in tables; form `say` 83 分, `signed` +0.50. */
export function points(hundredths: unknown, form?: unknown): string {
  if (hundredths === null || hundredths === undefined) return nothing;
  const exact = decimal(wholeOf(hundredths));
  if (form === 'say') return `${exact.replace(/\.?0+$/, '')} 分`;
  return form === 'signed' && Number(hundredths) > 0 ? `+${exact}` : exact;
}

/** Fen as yuan: `1 234.50 元`; form `plain` leaves the unit to the table head. */
export function money(fen: unknown, form?: unknown): string {
  if (fen === null || fen === undefined) return nothing;
  const [whole = '0', cents = '00'] = decimal(wholeOf(fen)).split('.');
  return `${num(whole)}.${cents}${form === 'plain' ? '' : ' 元'}`;
}

/** A share of counts, one decimal, rounded half up: `92.9%`. Thresholds are never judged by it. */
export function percent(numerator: unknown, denominator: unknown): string {
  const [part, all] = [wholeOf(numerator), wholeOf(denominator)];
  if (all <= 0) return nothing;
  const tenths = Math.floor((part * 2000 + all) / (all * 2));
  return `${Math.floor(tenths / 10)}.${tenths % 10}%`;
}

/** A name in an upright list: two-character names take three places, the masking sign is lighter than the name. */
export function name2(name: unknown): Markup {
  const signs = Array.from(String(name));
  const html = signs.map(sign => sign === '＊' ? '<i>＊</i>' : escape(sign)).join('');
  return markup(`<span class="mn">${signs.length === 2 ? `<span class="n2">${html}</span>` : html}</span>`);
}

/** The mark of a grade. Nothing given: 未参评, neutral. Options: `words` puts the word beside it, `hon` honour red, `xl` large. */
export function grade(given: unknown, options: { readonly words?: unknown; readonly hon?: unknown; readonly xl?: unknown } = {}): Markup {
  if (given === null || given === undefined) return markup('<span class="grade none">未参评</span>');
  const { code, words, rank } = given as GradeMark;
  if (rank === null) return markup(`<span class="quiet nb">${escape(words ?? code)}</span>`);
  const fill = ['aaa', 'aa', 'a'][rank - 1] ?? 'b';
  const mark = `<span class="grade ${fill}${options.hon ? ' hon' : ''}${options.xl ? ' xl' : ''}">${escape(code)}</span>`;
  return markup(options.words && words !== undefined && words !== code ? `${mark} ${escape(words)}` : mark);
}

function wholeOf(value: unknown): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) throw new Error(`not a whole number: ${String(value)}`);
  return value;
}

function decimal(hundredths: number): string {
  const size = Math.abs(hundredths);
  return `${hundredths < 0 ? '−' : ''}${Math.floor(size / 100)}.${String(size % 100).padStart(2, '0')}`;
}

/** How many values each helper wants at least: `{{points}}` without one is a field of that name, and must be written `{{this.points}}`. */
const wanted: Readonly<Record<string, number>> = { asset: 1, day: 1, grade: 1, icon: 1, is: 2, moment: 1, money: 1, name2: 1, num: 1, percent: 2, points: 1 };
export const helperNames: readonly string[] = Object.keys(wanted);

/** Registers the whole list, and nothing else, on one Handlebars environment. */
export function registerHelpers(environment: typeof Handlebars, url: (asset: string) => string): void {
  const calls: Readonly<Record<string, (values: readonly unknown[], options: Readonly<Record<string, unknown>>) => unknown>> = {
    asset: ([name]) => url(String(name)),
    day: ([value, form]) => day(value, form),
    grade: ([value], options) => grade(value, options),
    icon: ([name]) => icon(String(name)),
    is: ([one, other]) => one === other,
    moment: ([value, form]) => moment(value, form),
    money: ([value, form]) => money(value, form),
    name2: ([value]) => name2(value),
    num: ([value]) => num(value),
    percent: ([part, all]) => percent(part, all),
    points: ([value, form]) => points(value, form),
  };
  for (const [name, call] of Object.entries(calls)) {
    environment.registerHelper(name, function (...given: unknown[]) {
      const options = given.pop() as Handlebars.HelperOptions;
      if (given.length < (wanted[name] ?? 0)) throw new Error(`{{${name}}} is a helper; a field of that name is {{this.${name}}}`);
      return call(given, options.hash as Readonly<Record<string, unknown>>);
    });
  }
}
