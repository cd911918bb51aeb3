import { form, typed, type Raw } from '../../kit/form.ts';
import { taken } from '../../kit/faults.ts';
import type { Cell } from './cell.ts';
import { joined } from './edit/edges.ts';
import { nameRows } from './edit/keys.ts';
import { dropRow, raiseRow } from './edit/rows.ts';
import { held, put, rows, type Body, type Path } from './edit/path.ts';

/** Fields one under the other. */
export interface Section { readonly kind: 'fields'; /** The list of which this is one row, where rows are too long for a table. */ readonly list?: Path; readonly title: string; readonly hint?: string; readonly cells: readonly Cell[]; /** Seldom needed: folded until it is asked for or faulty. */ readonly isFolded?: boolean }

/** Rows of one kind, with an empty one at the end to write a further row into. */
export interface Table {
  readonly kind: 'table';
  readonly title: string;
  readonly hint?: string;
  readonly path: Path;
  readonly columns: readonly string[];
  readonly row: (at: Path) => readonly Cell[];
  /** Rows are named for programs by this member, made from that one. */
  readonly key?: { readonly member: string; readonly from: string };
  /** Address of a page of its own for what a row cannot hold. */
  readonly more?: (at: number) => string;
  /** Rows are stretches that meet: an edge that is moved on one side moves on the other. */
  readonly isJoined?: boolean;
  /** No rows to add or take away: a row for each key of something else. */
  readonly isFixed?: boolean;
}

/** Columns over the fields of one cell: what must be decided together. */
export interface Grid { readonly kind: 'grid'; readonly title: string; readonly hint?: string; readonly columns: readonly string[]; readonly cell: Cell; readonly lines: readonly (readonly string[])[]; readonly before?: string }

export type Part = Section | Table | Grid;

/** One page of the editor: an address with `#` for positions, the members of a draft that are mended there, and what it asks. */
export interface Pane {
  readonly address: string;
  /** How many steps of the address name the thing whose members are mended. */
  readonly depth: number;
  readonly members: readonly string[];
  readonly title: (body: Body, path: Path) => string;
  readonly parts: (body: Body, path: Path) => readonly Part[];
  /** A choice that decides which questions are asked at all: it is made on its own. */
  readonly turn?: (body: Body, path: Path) => Turn;
}

export interface Turn { readonly label: string; readonly hint?: string; readonly options: readonly { readonly key: string; readonly label: string }[]; readonly now: string; /** The draft turned to another way; an empty key is none. */ readonly to: (key: string) => Body }

const cellsOfPart = (body: Body, part: Part): readonly Cell[] => {
  switch (part.kind) {
    case 'fields': return part.cells;
    case 'grid': return [part.cell];
    default: return rowsOf(body, part).flat();
  }
};

/** The cells of every row, the empty one included. */
export function rowsOf(body: Body, table: Table): readonly (readonly Cell[])[] {
  const count = rows(body, table.path).length + (table.isFixed === true ? 0 : 1);
  return Array.from({ length: count }, (_, at) => table.row([...table.path, at]));
}

export const cellsOf = (body: Body, parts: readonly Part[]): readonly Cell[] => parts.flatMap(part => cellsOfPart(body, part));

/** What the page shows for the draft as it is. */
export const shownOf = (body: Body, cells: readonly Cell[]): Raw => Object.assign({}, ...cells.map(cell => cell.show(held(body, cell.path)))) as Raw;

/** The draft with what was typed. What came back as it was shown is left as it is; what is no number refuses the whole page with its fault. */
export function edited(body: Body, parts: readonly Part[], raw: Raw): Body {
  const touched = cellsOf(body, parts).filter(cell => isTouched(cell.show(held(body, cell.path)), raw));
  const values = taken(form(Object.assign({}, ...touched.map(cell => cell.fields)) as Cell['fields']), raw);
  const made = touched.reduce((so, cell) => put(so, cell.path, cell.hold(values, held(so, cell.path))), body);
  return parts.reduce((so, part) => part.kind === 'table' ? tidied(part.isJoined === true ? joined(body, so, part.path) : so, part) : part.kind === 'fields' && part.list !== undefined ? tidied(so, { path: part.list }) : so, made);
}

/** Rows that were emptied go, and those that came get their names. */
function tidied(body: Body, { path, key, isFixed }: Pick<Table, 'path' | 'key' | 'isFixed'>): Body {
  const list = rows(body, path);
  const full = list.filter(row => Object.entries(row).some(([member, value]) => member !== key?.member && !(Array.isArray(value) && value.length === 0)));
  const kept = isFixed === true || full.length === list.length ? body : put(body, path, full);
  return key === undefined ? kept : nameRows(kept, path, key);
}

const line = (raw: Raw, name: string): string => typed(raw, name).replace(/\r\n?/g, '\n').trim();
const isTouched = (shown: Raw, raw: Raw): boolean => Object.keys(shown).some(name => line(shown, name) !== line(raw, name));

/** The cells whose present state is not what the form shows, for somebody who comes second. */
export const differing = (body: Body, parts: readonly Part[], raw: Raw): readonly Cell[] => cellsOf(body, parts).filter(cell => isTouched(cell.show(held(body, cell.path)), raw));

/** What a button of a row does: `up` and `drop` with the place of the table and of the row. */
export function rowAct(body: Body, parts: readonly Part[], wish: string): Body {
  const [act, place, position] = wish.split(':');
  const table = parts.find(part => part.kind === 'table' && part.path.join('.') === place);
  const at = Number(position);
  if (table?.kind !== 'table' || !Number.isInteger(at)) return body;
  return act === 'up' ? raiseRow(body, table.path, at) : act === 'drop' ? dropRow(body, table.path, at) : body;
}
