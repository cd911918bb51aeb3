import type { Field, RawValue } from '../../kit/form.ts';
import { stateWords } from '../standard.ts';
import { categoriesOf, gradesOf, indicatorAt, indicatorsOf, optionsOf, typeOf } from './around.ts';
import { good, nameOf, textOf, type Cell } from './cell.ts';
import { pick, written, type Choice } from './cells.ts';
import { held, isObject, type Body, type Path } from './edit/path.ts';
import type { Part } from './pane.ts';

/** One claim as a person writes it: which indicator, how, and what. */
interface Claim { readonly indicator: string; readonly sign: string; readonly value: string }

const signs = [
  { key: 'is', label: '是' }, { key: 'isNot', label: '不是' }, { key: 'atLeast', label: '≥' }, { key: 'above', label: '＞' }, { key: 'atMost', label: '≤' }, { key: 'below', label: '＜' }, { key: 'met', label: '达到要求' },
] as const;
const numeric = ['atLeast', 'above', 'atMost', 'below'];
const former = '(former)';
/** Points of a category; a key has no colon. */
const scored = 'category:';
const least = 3;

/** A condition: claims that must all hold, or of which one must. What is nested deeper is written as in the file. */
export function conditionPart(body: Body, path: Path, title: string, hint?: string): Part {
  const there = held(body, path);
  const own = isObject(there) ? there : undefined;
  const flat = own === undefined ? { how: 'all', claims: [] } : claimsOf(body, own);
  if (flat === undefined) return { kind: 'fields', title, cells: [written(path, title, { hint: '这一条套了几层，表格写不下：在这里照文件的写法改这一段，错在哪一行会说明' })] };
  const name = nameOf(path);
  const count = Math.max(least, flat.claims.length + 1);
  const lines = Array.from({ length: count }, (_, at) => [`${name}.${at}.indicator`, `${name}.${at}.sign`, `${name}.${at}.value`] as const);
  const [how] = Object.entries(pick([...path, 'how'], '几条一起时', [{ key: 'all', label: '都要满足' }, { key: 'any', label: '满足一条就行' }]).fields);
  if (how === undefined) throw new Error('a field that was just made');
  // Points of a block are known only after the vetoes and types.
  const categories = ['vetoes', 'types'].includes(String(path[0])) ? [] : categoriesOf(body).map(({ key, label }) => ({ key: `${scored}${key}`, label: `“${label}”一共几分` }));
  const indicators = [{ key: former, label: '上一次的等级' }, ...categories, ...indicatorsOf(body, undefined, row => !['events', 'day'].includes(typeOf(row) ?? 'events'))];
  const fields: Record<string, Field<unknown>> = { [how[0]]: how[1] };
  lines.forEach(([indicator, sign, value], at) => {
    fields[indicator] = { label: `第 ${at + 1} 条看哪一项`, control: 'select', options: indicators, optional: true, parse: raw => good(textOf(raw)) };
    fields[sign] = { label: `第 ${at + 1} 条怎样`, control: 'select', options: signs, optional: true, parse: raw => good(textOf(raw)) };
    fields[value] = { label: `第 ${at + 1} 条多少或者哪一个`, control: 'text', optional: true, parse: raw => good(textOf(raw)) };
  });
  const cell: Cell = {
    path, fields,
    show: () => Object.fromEntries([[how[0], flat.how], ...lines.flatMap(([indicator, sign, value], at): [string, RawValue][] => { const claim = flat.claims[at]; return [[indicator, claim?.indicator ?? ''], [sign, claim?.sign ?? ''], [value, claim?.value ?? '']]; })]),
    hold: values => conditionFrom(body, String(values[how[0]] ?? 'all') as 'all' | 'any', lines.map(([indicator, sign, value]) => ({ indicator: String(values[indicator] ?? ''), sign: String(values[sign] ?? ''), value: String(values[value] ?? '') }))),
  };
  return { kind: 'grid', title, columns: ['看哪一项', '怎样', '多少，或者哪一个'], cell, lines, before: how[0], hint: hint ?? '是或否的项选“是”“不是”，第三格空着；选一项的写选项，几个用顿号隔开；数字的写数。' };
}

/** The claims of a condition that is no deeper than one list; undefined when it is. */
export function claimsOf(body: Body, condition: Body): { readonly how: 'all' | 'any'; readonly claims: readonly Claim[] } | undefined {
  for (const how of ['all', 'any'] as const) {
    const list = condition[how];
    if (!Array.isArray(list)) continue;
    const claims = list.map((each: unknown) => isObject(each) ? claimOf(body, each) : undefined);
    return claims.every(each => each !== undefined) ? { how, claims } : undefined;
  }
  const claim = claimOf(body, condition);
  return claim === undefined ? undefined : { how: 'all', claims: [claim] };
}

function claimOf(body: Body, { indicator: named, category, ...claim }: Body): Claim | undefined {
  const indicator = typeof category === 'string' ? `${scored}${category}` : named;
  const keys = Object.keys(claim);
  const [key] = keys;
  if (keys.length !== 1 || key === undefined) return undefined;
  if (key === 'not') { const inner = isObject(claim['not']) ? claimOf(body, claim['not']) : undefined; return inner?.sign === 'is' ? { ...inner, sign: 'isNot' } : undefined; }
  if (key === 'former') return { indicator: former, sign: 'atLeast', value: labelled(gradesOf(body), claim['former']) };
  if (typeof indicator !== 'string') return undefined;
  if (key === 'met') return { indicator, sign: 'met', value: '' };
  if (numeric.includes(key)) return { indicator, sign: key, value: String(claim[key]) };
  if (key !== 'is') return undefined;
  const { is } = claim;
  if (typeof is === 'boolean') return { indicator, sign: is ? 'is' : 'isNot', value: '' };
  const options = optionsOf(indicatorAt(body, indicator));
  return { indicator, sign: 'is', value: (Array.isArray(is) ? is : [is]).map(each => labelled(options, each)).join('、') };
}

const labelled = (options: readonly Choice[], key: unknown): string => options.find(option => option.key === key)?.label ?? String(key);
const keyed = (options: readonly Choice[], label: string): string => options.find(option => option.key === label || option.label === label)?.key ?? label;

function conditionFrom(body: Body, how: 'all' | 'any', claims: readonly Claim[]): unknown {
  const made = claims.filter(claim => claim.indicator !== '').map(claim => claimWritten(body, claim));
  return made.length === 0 ? undefined : made.length === 1 ? made[0] : { [how]: made };
}

function claimWritten(body: Body, { indicator, sign, value }: Claim): unknown {
  if (indicator === former) return { former: keyed(gradesOf(body), value) };
  if (indicator.startsWith(scored)) return { category: indicator.slice(scored.length), [sign]: numberOr(value) };
  const row = indicatorAt(body, indicator);
  if (sign === 'met') return { indicator, met: true };
  if (numeric.includes(sign)) return { indicator, [sign]: numberOr(value) };
  if (row?.['type'] === 'flag') return { indicator, is: sign !== 'isNot' && !/^(不是|否|没有)$/.test(value) };
  const named = optionsIn(value, optionsOf(row));
  const is = { indicator, is: named.length === 1 ? named[0] : named };
  return sign === 'isNot' ? { not: is } : is;
}

/** The options that a text names one after another. A label may hold a comma of its own, so the longest that fits is taken; what is none stays as it is typed. */
function optionsIn(text: string, options: readonly Choice[]): readonly string[] {
  const rest = text.replace(/^[、,，;；\s]+/, '');
  if (rest === '') return [];
  const found = options.flatMap(option => [{ key: option.key, word: option.label }, { key: option.key, word: option.key }]).filter(({ word }) => rest.startsWith(word)).sort((a, b) => b.word.length - a.word.length)[0];
  const word = found?.word ?? rest.split(/[、；;]/)[0] ?? rest;
  return [found?.key ?? word.trim(), ...optionsIn(rest.slice(word.length), options)];
}

const numberOr = (typed: string): unknown => { const bare = typed.normalize('NFKC').replace(/[,，\s]/g, ''); return /^-?\d{1,12}(\.\d{1,4})?$/.test(bare) ? Number(bare) : typed; };

/** What each way of not knowing means, one field a way. */
export const missingCells = (path: Path, answers: readonly Choice[]): readonly Cell[] =>
  (['notAsked', 'dontKnow', 'refused', 'noDealings'] as const).map(state => pick([...path, state], `${stateWords[state]}时`, answers));
