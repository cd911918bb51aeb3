import { isRecord } from '../cursor.ts';
import { standardSchema } from '../schema/schema.ts';
import type { Standard } from '../standard.ts';
import { cellOf } from './cell.ts';
import { columnsOf, meaningOf, told, valueAt, type Column, type Table } from './columns.ts';
import { namesOf, type Names } from './names.ts';
import { fitsCell, shapeOf, type Shape } from './shape.ts';
import { cards, tableOrder, tableWords } from './words.ts';

/**
 * One row of the sheet. `mark` is the grey first cell that says in stable words what the row is: the path of its table, `:` behind it for headings,
 * `+` for one more line of the record above; a remark begins with `#`. The cells follow the table's name.
 */
export interface Line {
  readonly mark: string;
  readonly kind: 'remark' | 'property' | 'heading' | 'row';
  readonly depth: number;
  readonly name: string;
  readonly cells: readonly (string | number)[];
  readonly columns?: readonly Column[];
  /** Headings that may be added beside those used. */
  readonly more?: readonly string[];
}

export const rootShape: Shape = shapeOf(standardSchema, standardSchema);
const mapColumnsPerLine = 8;

/** A standard as rows of one sheet, which `readSheetLines` makes the same standard of again. */
export function sheetLines(standard: Standard): readonly Line[] {
  const names = namesOf(standard);
  const { columns, tables } = columnsOf('', rootShape);
  const order = (table: Table): number => { const at = tableOrder.indexOf(table.path.join('.')); return at < 0 ? tableOrder.length - 1.5 : at; };
  return [
    ...remarks.map((text): Line => ({ mark: '#', kind: 'remark', depth: 0, name: text, cells: [] })),
    ...columns.flatMap((column): Line[] => {
      const cell = told(column, standard, names);
      return cell === undefined ? [] : [{ mark: column.path.join('.'), kind: 'property', depth: 0, name: column.heading, cells: [cell], columns: [column] }];
    }),
    ...tables.toSorted((a, b) => order(a) - order(b)).flatMap(table => tableLines(table, { owner: standard, above: '', depth: 0, names })),
  ];
}

const remarks = [
  '这是一份评定标准，改好以后在“评定标准”页面收下。灰色的第一列是给系统认行用的，不要改；要加一行，照样子在下面插一行，第一列可以空着。',
  '要加一列，在那张小表的表头后面写上列名（点开表头的批注看能加哪些）。空格子就是没有写。名称后面〔 〕里的是标识，改名称不用改它。',
];

interface Around { readonly owner: unknown; readonly above: string; readonly depth: number; readonly names: Names }

function tableLines(table: Table, around: Around): readonly Line[] {
  const held = valueAt(around.owner, table.path);
  if (held === undefined) return [];
  const path = [...around.above === '' ? [] : [around.above], ...table.path].join('.');
  const name = tableWords[path] ?? path;
  if (table.way === 'wide') return wideLines(isRecord(held) ? held : {}, { path, name, shape: table.shape, ...around });
  const records = table.way === 'keyed' ? Object.entries(isRecord(held) ? held : {}).map(([key, value]) => ({ key, value })) : (Array.isArray(held) ? held : []).map((value: unknown) => ({ key: undefined, value }));
  const { columns: own, tables } = columnsOf(path, table.shape);
  const all = table.way === 'keyed' ? [keyColumn, ...own] : own;
  const cellsOf = (columns: readonly Column[], { key, value }: (typeof records)[number]): (string | number)[] => columns.map(column => column === keyColumn ? cellOf(key ?? '', meaningOf(keyColumn, around.names)) : told(column, value, around.names) ?? '');
  const used = (among: readonly (typeof records)[number][]): readonly Column[] => all.filter(column => column.isRequired || among.some(({ value }) => told(column, value, around.names) !== undefined));
  const headingOf = (columns: readonly Column[], mark: string): Line => ({ mark: `${mark}:`, kind: 'heading', depth: around.depth, name, cells: columns.map(column => column.heading), columns, more: all.filter(column => !columns.includes(column) && (column.side !== undefined || fitsCell(column.shape))).map(column => column.heading) });
  const card = cards[path];
  const shared = used(records);
  if (records.length === 0) return [headingOf(shared, path)];
  const lines: Line[] = [];
  let isHeaded = false;
  for (const record of records) {
    if (card === undefined) {
      if (!isHeaded) lines.push(headingOf(shared, path));
      lines.push({ mark: path, kind: 'row', depth: around.depth, name: '', cells: cellsOf(shared, record), columns: shared });
    } else {
      cardLines(card, used([record])).forEach((columns, at) => {
        const mark = at === 0 ? path : `${path}+`;
        lines.push(headingOf(columns, mark), { mark, kind: 'row', depth: around.depth, name: '', cells: cellsOf(columns, record), columns });
      });
    }
    const inside = tables.flatMap(inner => tableLines(inner, { ...around, owner: record.value, above: path, depth: around.depth + 1 }));
    lines.push(...inside);
    isHeaded = inside.length === 0;
  }
  return lines;
}

/** The columns of one card, line by line; what no line names comes last. */
function cardLines(card: readonly (readonly string[])[], columns: readonly Column[]): readonly (readonly Column[])[] {
  const inLine = (line: readonly string[]): readonly Column[] => line.flatMap(name => columns.filter(column => column.path[0] === name));
  const named = new Set(card.flat());
  const rest = columns.filter(column => !named.has(column.path[0] ?? ''));
  return [...card.map(inLine), rest].filter((line, at) => at === 0 || line.length > 0);
}

/** The key of an entry of a record with free keys. */
export const keyColumn: Column = { path: [], shape: { choices: [], isNumber: false, isFlag: false, isText: true, isDay: false, isCondition: false }, heading: '哪一个', isRequired: true };

/** A record of single values under free keys: the keys are the headings. */
function wideLines(held: Readonly<Record<string, unknown>>, { path, name, shape, depth, names }: Around & { readonly path: string; readonly name: string; readonly shape: Shape }): readonly Line[] {
  const entries = Object.entries(held);
  const lines: Line[] = [];
  for (let at = 0; at < Math.max(1, entries.length); at += mapColumnsPerLine) {
    const part = entries.slice(at, at + mapColumnsPerLine);
    lines.push({ mark: `${path}:`, kind: 'heading', depth, name, cells: part.map(([key]) => cellOf(key, keyMeaning(path, names))) });
    if (part.length > 0) lines.push({ mark: path, kind: 'row', depth, name: '', cells: part.map(([key, value]) => cellOf(value, entryMeaning({ path, key, shape, names }))) });
  }
  return lines;
}

/** The headings of such a record: examples tell their facts and points by indicator. */
export const keyMeaning = (path: string, names: Names) => ({ shape: keyColumn.shape, member: path === 'examples.facts' || path === 'examples.points' ? 'indicator' : '', names });
export const entryMeaning = ({ path, key, shape, names }: { readonly path: string; readonly key: string; readonly shape: Shape; readonly names: Names }) =>
  ({ shape, member: path.slice(path.lastIndexOf('.') + 1), names, answers: path === 'examples.facts' ? key : undefined });
