import { indicatorAt, optionsOf, typeOf } from '../around.ts';
import { bounds } from '../cells-bounds.ts';
import { number, pick } from '../cells.ts';
import { held, type Body, type Path } from '../edit/path.ts';
import type { Part, Table } from '../pane.ts';

const measures = [{ key: 'value', label: '就看这个数' }, { key: 'years', label: '到评定那天满几年' }, { key: 'months', label: '到评定那天满几个月' }] as const;

/** Rows that multiply: which stretch, by how much. */
export const factorTable = (path: Path): Table => ({
  kind: 'table', title: '乘多少', path, hint: '从 0 起一段接一段，每个数落在一段里。', columns: ['从哪到哪', '乘多少'], row: at => [bounds(at), number([...at, 'times'], '乘多少', { places: 4 })],
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
