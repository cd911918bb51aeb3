import { choice } from '../../../kit/fields.ts';
import type { eventFactors } from '../../kinds/event-item.ts';
import { indicatorAt, optionsOf, typeOf } from '../around.ts';
import { lenient, nameOf, type Cell } from '../cell.ts';
import { bounds } from '../cells-bounds.ts';
import { number, pick, text, type Choice } from '../cells.ts';
import { held, isObject, rows, type Body, type Path } from '../edit/path.ts';
import type { Part, Table } from '../pane.ts';

const measures = [{ key: 'value', label: '就看这个数' }, { key: 'years', label: '到评定那天满几年' }, { key: 'months', label: '到评定那天满几个月' }] as const;

/** Rows that multiply: which stretch, by how much. */
export const factorTable = (path: Path): Table => ({
  kind: 'table', title: '乘多少', path, isJoined: true, hint: '从 0 起一段接一段，每个数落在一段里。', columns: ['从哪到哪', '乘多少'], row: at => [bounds(at), number([...at, 'times'], '乘多少', { places: 4 })],
});

/** A factor for each of several keys. */
export const factorKeys = (path: Path, keys: readonly { readonly key: string; readonly label: string }[]): Part =>
  ({ kind: 'fields', title: '乘多少', cells: keys.map(({ key, label }) => number([...path, key], label, { places: 4 })) });

/** One table of a product: over the options of an indicator, or over bands of its number. */
export function factorParts(body: Body, path: Path): readonly Part[] {
  const indicator = indicatorAt(body, held(body, [...path, 'by']));
  const type = indicator === undefined ? undefined : typeOf(indicator);
  if (type === undefined) return [];
  if (type === 'choice') return [factorKeys([...path, 'options'], optionsOf(indicator))];
  return [...type === 'year' || type === 'day' ? [{ kind: 'fields' as const, title: '按什么分段', cells: [pick([...path, 'measure'], '按什么分段', measures, { optional: true })] }] : [], factorTable([...path, 'bands'])];
}

const eventWays: Readonly<Record<(typeof eventFactors)[number], string>> = { level: '这件事的级别', amount: '数量', years: '过了几年', months: '过了几个月', yearsSinceCured: '改正以后过了几年' };

/** The tables that one event is multiplied by; what each multiplies is on a page of its own. */
export const eventFactorTable = (path: Path, address: string): Table => ({
  kind: 'table', title: '再乘的系数表', path, hint: '先选按什么乘，存好以后点“细项”填乘多少。没有就空着。', columns: ['按什么乘'],
  row: at => [factorBy(at, Object.entries(eventWays).map(([key, label]) => ({ key, label })))], more: at => `${address}.factors.${at}`,
});

/** What a table is over; another choice begins it anew, for the rows of one fit no other. */
export function factorBy(path: Path, options: readonly Choice[]): Cell {
  const name = nameOf([...path, 'by']);
  const by = (table: unknown): unknown => isObject(table) ? table['by'] : undefined;
  return {
    path, members: ['by'], fields: { [name]: lenient(choice('按什么乘', options, { select: true }), false) },
    show: table => ({ [name]: String(by(table) ?? '') }), hold: (values, table) => values[name] === by(table) ? table : values[name] === undefined ? undefined : { by: values[name] },
  };
}

/** One table over an event: its levels, or bands of its amount or of the time since. */
export function eventFactorParts(body: Body, path: Path): readonly Part[] {
  const by = held(body, [...path, 'by']);
  if (by === 'level') return [factorKeys([...path, 'levels'], rows(body, [...path.slice(0, -2), 'levels']).flatMap(level => typeof level['key'] === 'string' ? [{ key: level['key'], label: String(level['label'] ?? level['key']) }] : []))];
  if (by === 'amount') return [{ kind: 'fields', title: '数量的单位', cells: [text([...path, 'unit'], '单位', { most: 10 })] }, factorTable([...path, 'bands'])];
  if (by === 'yearsSinceCured') return [{ kind: 'fields', title: '还没改正的', cells: [number([...path, 'open'], '还没改正的，乘多少', { places: 4 })] }, factorTable([...path, 'bands'])];
  return [factorTable([...path, 'bands'])];
}
