import { isRecord } from '../cursor.ts';
import { boundSign, readBound, type BoundName } from './bounds.ts';
import { cellOf, readCell, type Meaning, type ReadCell } from './cell.ts';
import type { Names } from './names.ts';
import { boundMembers, fitsCell, hasBounds, wrappedChoice, type Shape } from './shape.ts';
import { boundHeadings, heading } from './words.ts';

/** One column of a table: where its value stands in the record. A column of bounds tells one side of them, the sign in the cell says which bound it is. */
export interface Column {
  readonly path: readonly string[];
  readonly shape: Shape;
  readonly heading: string;
  readonly isRequired: boolean;
  readonly side?: 'from' | 'to';
}
/** A list of records inside a record, or a record with free keys: a table of its own under the row. */
export interface Table { readonly path: readonly string[]; readonly shape: Shape; readonly way: 'rows' | 'keyed' | 'wide' }

const sides = { from: ['atLeast', 'above'], to: ['atMost', 'below'] } as const satisfies Record<string, readonly BoundName[]>;

/** Everything that a record may hold, as columns and tables of its own. */
export function columnsOf(table: string, shape: Shape, path: readonly string[] = []): { readonly columns: readonly Column[]; readonly tables: readonly Table[] } {
  const columns: Column[] = [];
  const tables: Table[] = [];
  const isBounded = hasBounds(shape);
  if (isBounded) for (const side of ['from', 'to'] as const) columns.push({ path, shape: shape.members?.get('atLeast')?.shape ?? shape, side, isRequired: path.length === 0, heading: [...path.length === 0 ? [] : [heading(table, path)], boundHeadings[side]].join('·') });
  for (const [name, member] of shape.members ?? []) {
    if (isBounded && (boundMembers as readonly string[]).includes(name)) continue;
    const at = [...path, name];
    const { shape: own } = member;
    const inner = own.members === undefined || wrappedChoice(own) !== undefined ? undefined : columnsOf(table, own, at);
    if (fitsCell(own) || inner !== undefined) columns.push({ path: at, shape: own, heading: heading(table, at), isRequired: member.isRequired && inner === undefined });
    if (own.entries !== undefined) tables.push({ path: at, shape: own.entries, way: fitsCell(own.entries) ? 'wide' : 'keyed' });
    if (own.items !== undefined && !fitsCell(own)) tables.push({ path: at, shape: own.items, way: 'rows' });
    columns.push(...inner?.columns.map(column => ({ ...column, isRequired: column.isRequired && member.isRequired })) ?? []);
    tables.push(...inner?.tables ?? []);
  }
  return { columns: path.length > 0 ? columns : columns.toSorted((a, b) => rank(a) - rank(b)), tables };
}

/** What names a row comes first, then the bounds it is chosen by. */
const rank = ({ path, side }: Column): number => side !== undefined ? 1 : path.length === 1 && ['key', 'id', 'code', 'title', 'label'].includes(path[0] ?? '') ? 0 : 2;

export const valueAt = (record: unknown, path: readonly string[]): unknown => path.reduce<unknown>((held, name) => isRecord(held) ? held[name] : undefined, record);

export const meaningOf = (column: Column, names: Names): Meaning => ({ shape: column.shape, member: column.path.at(-1) ?? '', names });

/** What a record has to say in a column; undefined when nothing, or when other columns say it. */
export function told(column: Column, record: unknown, names: Names): string | number | undefined {
  if (column.side !== undefined) {
    const held = valueAt(record, column.path);
    const bound = sides[column.side].find(name => isRecord(held) && held[name] !== undefined);
    return bound === undefined || !isRecord(held) ? undefined : `${boundSign(bound)} ${cellOf(held[bound], meaningOf(column, names))}`;
  }
  const value = valueAt(record, column.path);
  if (value === undefined) return undefined;
  const isElsewhere = isRecord(value) && !column.shape.isCondition && wrappedChoice(column.shape) === undefined && Object.keys(value).length > 0;
  return isElsewhere || Array.isArray(value) && !fitsCell(column.shape) ? undefined : cellOf(value, meaningOf(column, names));
}

/** What a cell of the column says, and at which place of the record. */
export function readColumn(column: Column, text: string, names: Names): ReadCell & { readonly path: readonly string[] } {
  if (column.side === undefined) return { ...readCell(text, meaningOf(column, names)), path: column.path };
  const bound = readBound(text.normalize('NFKC'));
  const wrong = (say: string): ReadCell & { readonly path: readonly string[] } => ({ say, remedy: column.side === 'from' ? '含这个数写 ≥ 3，不含写 > 3' : '含这个数写 ≤ 5，不含写 < 5', path: column.path });
  if (bound === undefined) return wrong(`“${text}”没说含不含这个数`);
  if (!(sides[column.side] as readonly BoundName[]).includes(bound.name)) return wrong(`“${text}”写反了边`);
  // A number of a percentage is typed with its sign as often as without; a share keeps it.
  const rest = column.shape.isText ? bound.rest : bound.rest.replace(/%$/, '');
  return { ...readCell(rest, meaningOf(column, names)), path: [...column.path, bound.name] };
}
