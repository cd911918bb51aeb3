import { checks, choice, day as dayField, text as textField } from '../../kit/fields.ts';
import type { Field } from '../../kit/form.ts';
import { later } from '../../kit/later.ts';
import { lineIn, readText } from '../read.ts';
import { bad, good, lenient, nameOf, textOf, type Cell } from './cell.ts';
import type { Path } from './edit/path.ts';

const yaml = later<typeof import('yaml')>('yaml');

interface Said { readonly hint?: string; readonly optional?: boolean }
export interface Choice { readonly key: string; readonly label: string }

/** A cell with one field. */
function single(path: Path, field: Field<unknown>, { show = plainly, hold = value => value }: { readonly show?: (held: unknown) => string | readonly string[]; readonly hold?: (value: unknown) => unknown } = {}): Cell {
  const name = nameOf(path);
  return { path, fields: { [name]: field }, show: held => ({ [name]: show(held) }), hold: values => hold(values[name]) };
}

const plainly = (held: unknown): string => typeof held === 'string' || typeof held === 'number' || typeof held === 'boolean' ? String(held) : '';

export const text = (path: Path, label: string, { hint, optional = false, most = 200, lines = false }: Said & { readonly most?: number; readonly lines?: boolean } = {}): Cell =>
  single(path, lenient(textField(label, { most, lines, ...hint === undefined ? {} : { hint } }), optional));

/** A number with a few decimals, as the file writes it. */
export function number(path: Path, label: string, { hint, optional = false, unit, places = 2 }: Said & { readonly unit?: string; readonly places?: number } = {}): Cell {
  const shape = new RegExp(`^-?\\d{1,12}${places === 0 ? '' : `(\\.\\d{1,${places}})?`}$`);
  return single(path, {
    label, control: 'number', optional, ...hint === undefined ? {} : { hint }, ...unit === undefined ? {} : { unit },
    parse(raw) {
      const typed = textOf(raw).normalize('NFKC').replace(/[,，\s]/g, '').replace(/^[−–]/, '-');
      if (typed === '') return good(undefined);
      return shape.test(typed) ? good(Number(typed)) : bad('number', `${label}要填${places === 0 ? '整数' : `数，最多 ${places} 位小数`}。`);
    },
  });
}

export const day = (path: Path, label: string, { hint, optional = false }: Said = {}): Cell => single(path, lenient(dayField(label, hint === undefined ? {} : { hint }), optional));

/** One of a few. What is held but not offered stays on offer, so that it is seen to be wrong. */
export function pick(path: Path, label: string, options: readonly Choice[], { hint, optional = false }: Said = {}): Cell {
  return single(path, lenient(choice(label, options, { select: true, ...hint === undefined ? {} : { hint } }), optional));
}

/** Several of a few, kept as a list in the order they are offered. */
export function ticks(path: Path, label: string, options: readonly Choice[], { hint, optional = false }: Said = {}): Cell {
  return single(path, checks(label, options, { optional: true, ...hint === undefined ? {} : { hint } }), {
    show: held => Array.isArray(held) ? held.map(String) : [],
    hold: value => Array.isArray(value) && (value.length > 0 || !optional) ? value : undefined,
  });
}

/** Yes, or nothing is said. */
export const yes = (path: Path, label: string, { hint }: Said = {}): Cell => single(path, checks(label, [{ key: 'yes', label }], { optional: true, ...hint === undefined ? {} : { hint } }), {
  show: held => held === true ? ['yes'] : [], hold: value => Array.isArray(value) && value.includes('yes') ? true : undefined,
});

/** Yes or no, both said. */
export const either = (path: Path, label: string, words: readonly [string, string] = ['是', '不是']): Cell => single(path, lenient(choice(label, [{ key: 'yes', label: words[0] }, { key: 'no', label: words[1] }], { select: true }), false), {
  show: held => held === true ? 'yes' : held === false ? 'no' : '', hold: value => value === undefined ? undefined : value === 'yes',
});

/** Points, or that somebody must ask. */
export function consequence(path: Path, label: string): Cell {
  return single(path, {
    label, control: 'text', optional: false, hint: '填几分，或者写“补问”',
    parse(raw) {
      const typed = textOf(raw).normalize('NFKC');
      if (typed === '') return good(undefined);
      if (typed === '补问' || typed === 'ask') return good('ask');
      return /^-?\d{1,5}(\.\d{1,2})?$/.test(typed) ? good(Number(typed)) : bad('number', `${label}要填几分，或者写“补问”。`);
    },
  }, { show: held => held === 'ask' ? '补问' : plainly(held) });
}

/** Numbers one after another: 1、2、3. */
export function numbers(path: Path, label: string, { hint }: Said = {}): Cell {
  return single(path, {
    label, control: 'text', optional: true, hint: hint ?? '用顿号隔开',
    parse(raw) {
      const parts = textOf(raw).normalize('NFKC').split(/[、,，;；\s]+/).filter(part => part !== '');
      if (parts.length === 0) return good(undefined);
      return parts.every(part => /^\d{1,6}$/.test(part)) ? good(parts.map(Number)) : bad('number', `${label}要填整数，用顿号隔开，例如 1、2。`);
    },
  }, { show: held => Array.isArray(held) ? held.join('、') : '' });
}

/** Whatever has no form of its own, as the file writes it; every fault in it is told by its line. */
export function written(path: Path, label: string, { hint }: Said = {}): Cell {
  const shown = (held: unknown): string => held === undefined ? '' : yaml().stringify(held, { lineWidth: 0 }).trim();
  const cell = single(path, {
    label, control: 'textarea', optional: true, ...hint === undefined ? {} : { hint },
    parse(raw) {
      const typed = textOf(raw);
      if (typed === '') return good(undefined);
      const read = readText(typed);
      if ('held' in read) return good(read.held);
      const [first] = read.faults;
      return bad('yaml', `${label}第 ${first?.line ?? 1} 行：${first?.say ?? ''}。${first?.remedy ?? ''}。`);
    },
  }, { show: shown });
  return { ...cell, lineOf: (held, inside) => lineIn(shown(held), inside) };
}
