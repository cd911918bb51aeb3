import { choice } from '../../kit/fields.ts';
import type { Field, RawValue } from '../../kit/form.ts';
import { good, lenient, nameOf, textOf, type Cell } from './cell.ts';
import { written } from './cells.ts';
import { held, isObject, type Body, type Path } from './edit/path.ts';
import type { Part } from './pane.ts';

/** What a village or township counts from below is asked by another standard, which this draft does not have: its items are named by their English names. */
const said = (label: string, hint?: string): Field<unknown> => ({ label, control: 'text', optional: true, ...hint === undefined ? {} : { hint }, parse: raw => good(textOf(raw)) });
const chosen = (label: string, options: readonly { readonly key: string; readonly label: string }[]): Field<unknown> => ({ ...lenient(choice(label, options, { select: true }), true) });
const word = (value: unknown): string => typeof value === 'string' || typeof value === 'number' ? String(value) : '';
const listed = (typed: string): readonly string[] => typed.split(/[、,，;；\s]+/).filter(part => part !== '');
const numberOr = (typed: string): unknown => { const bare = typed.normalize('NFKC').replace(/[,，\s]/g, ''); return /^-?\d{1,12}(\.\d{1,4})?$/.test(bare) ? Number(bare) : typed; };

const values = [{ key: 'total', label: '总分' }, { key: 'openObjections', label: '没办完的异议' }, { key: 'indicator', label: '下一级标准里的一项' }, { key: 'count', label: '下一级一项记事的次数' }, { key: 'amount', label: '下一级一项记事的数量' }] as const;

/** What is added up of each below. */
export function valueCell(path: Path): Cell {
  const [what, name, items, months] = ['what', 'name', 'items', 'months'].map(part => `${nameOf(path)}.${part}`) as [string, string, string, string];
  return {
    path,
    fields: { [what]: chosen('加什么', values), [name]: said('下一级的哪一项', '写它的英文名称，下一级标准打印件上项目名称后面的小字'), [items]: said('只数哪几种记事', '写英文名称，用顿号隔开；都数的空着'), [months]: said('记事往回几个月') },
    show(value) {
      const own = isObject(value) ? value : {};
      const isCounted = own['events'] !== undefined || own['of'] !== undefined;
      return { [what]: isObject(value) ? isCounted ? word(own['of']) : 'indicator' : word(value), [name]: word(isCounted ? own['events'] : own['indicator']), [items]: Array.isArray(own['items']) ? own['items'].map(String).join('、') : '', [months]: word(own['months']) };
    },
    hold(typed) {
      const kind = word(typed[what]);
      if (kind === '') return undefined;
      if (kind === 'indicator') return { indicator: word(typed[name]) };
      if (kind !== 'count' && kind !== 'amount') return kind;
      const only = listed(word(typed[items]));
      return { events: word(typed[name]), of: kind, months: numberOr(word(typed[months])), ...only.length === 0 ? {} : { items: only } };
    },
  };
}

interface Claim { readonly what: string; readonly name: string; readonly sign: string; readonly value: string }
const whats = [{ key: 'credit', label: '是不是信用户、信用村' }, { key: 'grade', label: '等级，这一级或者更好' }, { key: 'total', label: '总分' }, { key: 'indicator', label: '下一级标准里的一项' }] as const;
const bounds = [{ key: 'atLeast', label: '≥' }, { key: 'above', label: '＞' }, { key: 'atMost', label: '≤' }, { key: 'below', label: '＜' }] as const;
const signs = [{ key: 'is', label: '是' }, { key: 'isNot', label: '不是' }, ...bounds] as const;
const isBound = (key: string): boolean => bounds.some(bound => bound.key === key);
const least = 2;

/** Whom of those below is looked at: claims that must all hold, or of which one must. What is nested deeper is written as in the file. */
export function memberPart(body: Body, path: Path, title: string): Part {
  const there = held(body, path);
  const flat = there === undefined ? { how: 'all', claims: [] } : flattened(there);
  if (flat === undefined) return { kind: 'fields', title, cells: [written(path, title, { hint: '这一条套了几层，表格写不下：在这里照文件的写法改这一段，错在哪一行会说明' })] };
  const name = nameOf(path);
  const lines = Array.from({ length: Math.max(least, flat.claims.length + 1) }, (_, at) => ['what', 'name', 'sign', 'value'].map(part => `${name}.${at}.${part}`) as [string, string, string, string]);
  const how = `${name}.how`;
  const fields: Record<string, Field<unknown>> = { [how]: { ...chosen('几条一起时', [{ key: 'all', label: '都要满足' }, { key: 'any', label: '满足一条就行' }]), optional: false } };
  lines.forEach(([what, item, sign, value], at) => Object.assign(fields, { [what]: chosen(`第 ${at + 1} 条看什么`, whats), [item]: said(`第 ${at + 1} 条下一级的哪一项`), [sign]: chosen(`第 ${at + 1} 条怎样`, signs), [value]: said(`第 ${at + 1} 条多少或者哪一个`) }));
  const cell: Cell = {
    path, fields,
    show: () => Object.fromEntries([[how, flat.how], ...lines.flatMap(([what, item, sign, value], at): [string, RawValue][] => { const claim = flat.claims[at]; return [[what, claim?.what ?? ''], [item, claim?.name ?? ''], [sign, claim?.sign ?? ''], [value, claim?.value ?? '']]; })]),
    hold(typed) {
      const claims = lines.map(([what, item, sign, value]) => ({ what: word(typed[what]), name: word(typed[item]), sign: word(typed[sign]), value: word(typed[value]) })).filter(claim => claim.what !== '').map(conditionOf);
      return claims.length === 0 ? undefined : claims.length === 1 ? claims[0] : { [word(typed[how]) === 'any' ? 'any' : 'all']: claims };
    },
  };
  return { kind: 'grid', title, columns: ['看什么', '下一级的哪一项', '怎样', '多少，或者哪一个'], cell, lines, before: how, hint: '不挑的空着。第二格只有看“下一级标准里的一项”时写，写它的英文名称；是或否的项第四格空着，选一项的写选项的英文名称。' };
}

function flattened(condition: unknown): { readonly how: string; readonly claims: readonly Claim[] } | undefined {
  if (!isObject(condition)) return undefined;
  const how = ['all', 'any'].find(key => Array.isArray(condition[key]));
  const list: readonly unknown[] = how === undefined ? [condition] : condition[how] as readonly unknown[];
  const claims = list.map(claimOf);
  return claims.every(claim => claim !== undefined) && (how === undefined || claims.length > 1) ? { how: how ?? 'all', claims } : undefined;
}

function claimOf(condition: unknown): Claim | undefined {
  if (!isObject(condition)) return undefined;
  const { indicator, ...rest } = condition;
  const [[key, value] = ['', undefined], ...more] = Object.entries(rest);
  if (more.length > 0) return undefined;
  const claim = (what: string, sign: string, own: unknown, name = ''): Claim => ({ what, name, sign, value: word(own) });
  if (typeof indicator === 'string') {
    if (isBound(key) && typeof value === 'number') return claim('indicator', key, value, indicator);
    if (key !== 'is') return undefined;
    return typeof value === 'boolean' ? claim('indicator', value ? 'is' : 'isNot', '', indicator) : claim('indicator', 'is', Array.isArray(value) ? value.join('、') : value, indicator);
  }
  if (key === 'credit' && typeof value === 'boolean') return claim('credit', value ? 'is' : 'isNot', '');
  if (key === 'grade' && typeof value === 'string') return claim('grade', 'is', value);
  const [bound, second] = key === 'total' && isObject(value) ? Object.entries(value) : [];
  return bound !== undefined && second === undefined && isBound(bound[0]) && typeof bound[1] === 'number' ? claim('total', bound[0], bound[1]) : undefined;
}

function conditionOf({ what, name, sign, value }: Claim): Body {
  if (what === 'credit') return { credit: sign !== 'isNot' };
  if (what === 'grade') return { grade: value };
  if (what === 'total') return { total: { [isBound(sign) ? sign : 'atLeast']: numberOr(value) } };
  if (isBound(sign)) return { indicator: name, [sign]: numberOr(value) };
  const options = listed(value);
  return { indicator: name, is: options.length === 0 ? sign !== 'isNot' : options.length === 1 ? options[0] : options };
}
