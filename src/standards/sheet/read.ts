import { tidy } from '../../kit/text.ts';
import type { SheetLine } from '../../kit/xlsx/read.ts';
import { checkStandard } from '../check.ts';
import { isRecord, isReserved } from '../cursor.ts';
import type { Standard } from '../standard.ts';
import { readCell } from './cell.ts';
import { columnsOf, readColumn, type Column, type Table } from './columns.ts';
import { namesOf, type Names } from './names.ts';
import { fitsCell, type Shape } from './shape.ts';
import { inSheetWords, tableWords } from './words.ts';
import { entryMeaning, keyColumn, keyMeaning, rootShape } from './write.ts';

/** Something wrong in a sheet; `column` counts from 0, and is missing where the row as a whole is meant, `row` where the whole sheet is. */
export interface SheetFault { readonly row?: number; readonly column?: number; readonly written: string; readonly say: string; readonly remedy: string }
/** `unfinished`: every cell was understood, and only the standard they make is not whole or not right yet. */
export type ReadStandard = { readonly standard: Standard } | { readonly faults: readonly SheetFault[]; readonly unfinished?: unknown };

type At = readonly (string | number)[];
interface Place { readonly row: number; readonly column?: number; readonly written: string }
type Made = Record<string, unknown>;
/** The table that rows belong to just now: its headings, and the record that the last row began. */
interface Open { readonly table: Table; readonly path: string; columns: readonly (Column | undefined)[]; keys: readonly (string | undefined)[]; isMore: boolean; owner: Made; ownerAt: At; record?: Made; recordAt: At }

const pathOf = (at: At): string => at.join('\n');
/** Cells before the first one of a table: the mark and the table's name. */
const before = 2;

/** The standard that a sheet tells, or everything wrong in it with its row and column. */
export function readSheetLines(lines: readonly SheetLine[]): ReadStandard {
  const reading = new Reading();
  for (const line of lines) reading.line(line);
  return reading.end();
}

/** Takes the rows one after another. Cells are understood at the end, when it is known what all keys are called. */
class Reading {
  readonly root: Made = {};
  readonly faults: SheetFault[] = [];
  /** Parts of the standard in which something could not be read: what the check finds wrong there may only follow from it. */
  private readonly spoilt = new Set<string>();
  private part = '';
  private readonly places = new Map<string, Place>();
  private readonly open = new Map<string, Open>();
  private readonly cells: ((names: Names) => void)[] = [];
  private readonly plainCells: ((names: Names) => void)[] = [];
  private last: { readonly path: string; readonly isRow: boolean } | undefined;
  private readonly top = columnsOf('', rootShape);

  line({ row, cells, faults }: SheetLine): void {
    for (const { at, say, remedy } of faults ?? []) this.fault({ row, column: at, written: cells[at] ?? '' }, say, remedy);
    const mark = tidy(cells[0] ?? '').replace(/\s|：/g, found => found === '：' ? ':' : '');
    if (mark.startsWith('#')) return;
    const [, path = '', more, colon] = /^(.*?)(\+?)(:?)$/.exec(mark) ?? [];
    const property = this.top.columns.find(column => column.path.join('.') === path);
    this.part = (path === '' ? this.last?.path ?? '' : path).split('.')[0] ?? '';
    if (path === '' || (property === undefined && this.tableAt(path) === undefined)) { this.unmarked({ row, cells, path }); return; }
    if (property !== undefined) { this.put(property, { row, column: before, written: cells[before] ?? '' }, { owner: this.root, at: [] }); this.last = undefined; return; }
    if (colon === ':') this.heading({ row, cells, path, isMore: more === '+' });
    else this.row({ row, cells, path, isMore: more === '+' });
  }

  /** A row without a mark goes on with the table above; one with a mark nobody knows is told. */
  private unmarked({ row, cells, path }: { readonly row: number; readonly cells: readonly string[]; readonly path: string }): void {
    const place = { row, column: 0, written: path };
    if (path !== '') { this.fault(place, `第一列的“${path}”不认识`, '第一列照同一张小表里别的行写，或者空着'); return; }
    const open = this.last === undefined ? undefined : this.open.get(this.last.path);
    if (this.last === undefined || open === undefined) { this.fault({ row, written: cells.filter(cell => cell.trim() !== '')[0] ?? '' }, '这一行不知道属于哪张小表', '第一列照样子写上，或者把它移到表头的下面'); return; }
    this.row({ row, cells, path: this.last.path, isMore: false });
  }

  private heading({ row, cells, path, isMore }: { readonly row: number; readonly cells: readonly string[]; readonly path: string; readonly isMore: boolean }): void {
    const found = this.tableAt(path);
    const held = this.ownerOf(path, row);
    if (found === undefined || held === undefined) return;
    const { table } = found;
    const earlier = this.open.get(path);
    const isSame = earlier?.owner === held.owner;
    const { columns } = columnsOf(path, table.shape);
    const known = table.way === 'keyed' ? [keyColumn, ...columns] : columns;
    const open: Open = { table, path, columns: [], keys: [], isMore, owner: held.owner, ownerAt: held.at, recordAt: isSame ? earlier.recordAt : [], ...isSame && earlier.record !== undefined ? { record: earlier.record } : {} };
    this.open.set(path, open);
    this.last = { path, isRow: false };
    this.container(open);
    const headings = cells.slice(before).map(cell => tidy(cell));
    if (table.way === 'wide') { open.keys = headings.map(text => text === '' ? undefined : text); return; }
    open.columns = headings.map((text, at) => {
      if (text === '') return undefined;
      const bare = text.replace(/\s|[*＊]/g, '');
      const column = known.find(each => each.heading.replace(/\s/g, '') === bare || each.path.join('.') === bare && each.side === undefined);
      if (column === undefined) this.fault({ row, column: at + before, written: text }, `“${tableWords[path] ?? path}”没有叫“${text}”的列`, `可以写：${known.filter(each => each.side !== undefined || fitsCell(each.shape)).map(each => each.heading).join('、')}`);
      return column;
    });
    open.columns.forEach((column, at) => {
      if (column !== undefined && open.columns.indexOf(column) !== at) this.fault({ row, column: at + before, written: column.heading }, `“${column.heading}”这一列写了两次`, '删去一列');
    });
  }

  private row({ row, cells, path, isMore }: { readonly row: number; readonly cells: readonly string[]; readonly path: string; readonly isMore: boolean }): void {
    const open = this.open.get(path);
    const first = { row, column: before, written: cells[before] ?? '' };
    if (open === undefined || this.ownerOf(path, row)?.owner !== open.owner) { this.fault(first, `这一行上面没有“${tableWords[path] ?? path}”的表头`, '照别处的样子先插一行表头'); return; }
    this.last = { path, isRow: true };
    for (const each of [...this.open.keys()]) if (each.startsWith(`${path}.`)) this.open.delete(each);
    const place: Place = { row, written: '' };
    if (open.table.way === 'wide') { this.wideRow(open, { row, cells }); return; }
    if (isMore || open.isMore) {
      if (open.record === undefined || !isMore) { this.fault(first, '这一行前面少了这一项的头一行', '先写有标识和名称的那一行'); return; }
    } else this.begin(open, place, cells);
    const { record } = open;
    if (record === undefined) return;
    cells.slice(before).forEach((written, at) => {
      if (written.trim() === '') return;
      const column = open.columns[at];
      const here = { row, column: at + before, written };
      if (column === undefined) { if (at >= open.columns.length) this.fault(here, '这一格上面没有列名', '在表头写上列名，或者删去这一格'); return; }
      if (column !== keyColumn) this.put(column, here, { owner: record, at: open.recordAt });
    });
  }

  /** A row begins a new record of its list, or a new entry under its key. */
  private begin(open: Open, place: Place, cells: readonly string[]): void {
    const record: Made = {};
    open.record = record;
    const held = this.container(open);
    if (Array.isArray(held)) {
      open.recordAt = [...open.ownerAt, ...open.table.path, held.length];
      held.push(record);
    } else {
      const at = open.columns.indexOf(keyColumn) + before;
      const key = keyed(cells[at] ?? '');
      if (isReserved(key)) { this.fault({ ...place, column: at, written: cells[at] ?? '' }, `“${key}”不能作名称`, '这个词程序里另有用处，换一个'); return; }
      if (key === '' || Object.hasOwn(held, key)) { this.fault({ ...place, column: at, written: cells[at] ?? '' }, key === '' ? '没写是哪一个' : `“${key}”写了两次`, '每一行写一个，不能重'); return; }
      open.recordAt = [...open.ownerAt, ...open.table.path, key];
      held[key] = record;
    }
    this.places.set(pathOf(open.recordAt), place);
  }

  private wideRow(open: Open, { row, cells }: { readonly row: number; readonly cells: readonly string[] }): void {
    const held = this.container(open);
    const { part } = this;
    cells.slice(before).forEach((written, at) => {
      if (written.trim() === '') return;
      const place = { row, column: at + before, written };
      const heading = open.keys[at];
      if (heading === undefined) { this.fault(place, '这一格上面没有写是哪一项', '在表头写上，或者删去这一格'); return; }
      this.cells.push(names => {
        const read = readCell(heading, keyMeaning(open.path, names));
        const key = 'value' in read ? String(read.value) : heading;
        if (isReserved(key)) { this.fault(place, `“${heading}”不能作名称`, '这个词程序里另有用处，换一个', part); return; }
        if (Array.isArray(held) || Object.hasOwn(held, key)) { this.fault(place, `“${heading}”写了两次`, '删去一格', part); return; }
        const answer = readCell(written, entryMeaning({ path: open.path, key, shape: open.table.shape, names }));
        held[key] = 'value' in answer ? answer.value : written;
        this.places.set(pathOf([...open.ownerAt, ...open.table.path, key]), place);
        if (!('value' in answer)) this.fault(place, answer.say, answer.remedy, part);
      });
    });
  }

  /** A cell of a record, understood at the end: first what names things, then what speaks of them. */
  private put(column: Column, place: Place, { owner, at }: { readonly owner: Made; readonly at: At }): void {
    const isName = column.path.length === 1 && ['key', 'title', 'label'].includes(column.path[0] ?? '');
    const { part } = this;
    (isName ? this.plainCells : this.cells).push(names => {
      if (place.written.trim() === '') return;
      const read = readColumn(column, place.written, names);
      this.places.set(pathOf([...at, ...read.path]), place);
      if ('value' in read) { set(owner, read.path, read.value); return; }
      this.fault(place, read.say, read.remedy, part);
    });
  }

  end(): ReadStandard {
    if (this.cells.length + this.open.size === 0) return { faults: [{ written: '', say: '这张表不像评定标准，没有一行认得出来', remedy: '打开一份标准的页面，下载它的 Excel 表，照着改' }] };
    for (const cell of this.plainCells) cell(namesOf({}));
    const names = namesOf(this.root);
    for (const cell of this.cells) cell(names);
    const checked = checkStandard(this.root);
    if (this.faults.length === 0 && 'standard' in checked) return checked;
    const found = 'faults' in checked ? checked.faults.filter(({ at }) => !this.spoilt.has(String(at[0] ?? ''))) : [];
    const all = [...this.faults, ...found.map(each => ({ ...this.placeOf(each.at), say: inSheetWords(each.say), remedy: inSheetWords(each.remedy) }))];
    return { faults: all.sort((a, b) => (a.row ?? 0) - (b.row ?? 0) || (a.column ?? -1) - (b.column ?? -1)), ...this.faults.length === 0 ? { unfinished: this.root } : {} };
  }

  /** The nearest place that is really written in the sheet. */
  private placeOf(at: At): Partial<Place> & { readonly written: string } {
    for (let depth = at.length; depth > 0; depth--) {
      const place = this.places.get(pathOf(at.slice(0, depth)));
      if (place !== undefined) return place;
    }
    return { written: '' };
  }

  private fault(place: Place, say: string, remedy: string, part = this.part): void {
    this.faults.push({ ...place, written: place.written.slice(0, 80), say, remedy });
    this.spoilt.add(part);
  }

  /** The list or record that the rows of a table go into; it is there as soon as its headings are. */
  private container({ owner, table }: Open): unknown[] | Made {
    const held = table.path.reduce<unknown>((inside, name) => isRecord(inside) ? inside[name] : undefined, owner);
    if (Array.isArray(held) || isRecord(held)) return held as unknown[] | Made;
    const made = table.way === 'rows' ? [] : {};
    set(owner, table.path, made);
    return made;
  }

  /** The record that a table of this path belongs to: the last row of the table around it. */
  private ownerOf(path: string, row: number): { readonly owner: Made; readonly at: At } | undefined {
    const above = this.tableAt(path)?.above ?? '';
    if (above === '') return { owner: this.root, at: [] };
    const around = this.open.get(above);
    if (around?.record !== undefined) return { owner: around.record, at: around.recordAt };
    this.fault({ row, column: 0, written: path }, `“${tableWords[path] ?? path}”上面没有“${tableWords[above] ?? above}”`, '把它移到所属的那一行下面');
    return undefined;
  }

  private tableAt(path: string): { readonly table: Table; readonly above: string } | undefined { return allTables.get(path); }
}

/** Every table there can be, by its path, with the path of the table around it. */
const allTables = new Map<string, { readonly table: Table; readonly above: string }>();
function note(shape: Shape, above: string): void {
  for (const table of columnsOf(above, shape).tables) {
    const path = [...above === '' ? [] : [above], ...table.path].join('.');
    allTables.set(path, { table, above });
    note(table.shape, path);
  }
}
note(rootShape, '');

const keyed = (written: string): string => { const read = readCell(written, { shape: keyColumn.shape, member: '', names: namesOf({}) }); return 'value' in read ? String(read.value) : written; };

/** Records on the way are made as they are needed. */
function set(record: Made, path: readonly string[], value: unknown): void {
  const [name, ...rest] = path;
  if (name === undefined) return;
  if (rest.length === 0) { record[name] = value; return; }
  const held = record[name];
  const inner: Made = isRecord(held) ? held as Made : {};
  record[name] = inner;
  set(inner, rest, value);
}
