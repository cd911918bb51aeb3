import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { files } from '../kit/file-refusals.ts';
import { limits } from '../kit/limits.ts';
import { tidy } from '../kit/text.ts';
import type { FileSource, SheetLine } from '../kit/xlsx/read.ts';
import { exchange } from './refusals.ts';

/** A column of a file: the stable English key, and the Chinese heading people see. Files may use either, in any order. */
export interface Column {
  readonly key: string;
  readonly heading: string;
  /** Other headings the same column is known under in lists that offices already have. */
  readonly alias?: readonly string[];
}

export type Cells = Readonly<Record<string, string>>;

/** What is wrong with one row already before anybody looks at its meaning. */
export interface RowFault {
  /** The column's key, or `undefined` for the row as a whole. */
  readonly column: string | undefined;
  readonly value: string;
  readonly say: string;
  readonly remedy: string;
}

/** One row; `row` is the number the person sees in the file (line or spreadsheet row). Columns that the file lacks are not in `cells`. */
export interface FileRow {
  readonly row: number;
  readonly cells: Cells;
  readonly faults: readonly RowFault[];
}

export interface Reading {
  /** Keys of columns that the file lacks; the importer knows which of them it needs. */
  readonly missing: readonly string[];
  /** Headings nobody knows: reported, not read. */
  readonly unknown: readonly string[];
  /** Keys whose column stands twice: only the first is read, so the importer should refuse. */
  readonly repeated: readonly string[];
  /** Some at a time, as they are read. */
  readonly rows: AsyncIterable<readonly FileRow[]>;
}

export type Source = FileSource;

export type Values = Readonly<Record<string, string | number | undefined>>;

/** A kind of file. Reading and writing are streams: never a whole file in memory beyond `limits`. Refuses with `exchange` refusals. */
export interface Format {
  readonly name: string;
  readonly title: string;
  readonly mime: string;
  readonly extension: string;
  readonly read: (source: Source, columns: readonly Column[]) => Promise<Reading>;
  readonly write: (columns: readonly Column[], rows: Iterable<Values> | AsyncIterable<Values>) => Readable;
}

export async function* piecesOf(source: Source): AsyncGenerator<Uint8Array> {
  if ('bytes' in source) yield source.bytes;
  else yield* createReadStream(source.path, { highWaterMark: 256 * 1024 }) as AsyncIterable<Uint8Array>;
}

/** A row of a table as it stands, before headings give its cells names. */
export type PlainRow = SheetLine;

/**
 * Finds the headings among the first rows (lists often carry a title above them) and names the cells of all rows below.
 * `fullRows`: a row shorter than the headings is a fault, as in CSV, where it means that something slipped.
 */
export async function readTable(table: AsyncIterable<readonly PlainRow[]>, columns: readonly Column[], fullRows: boolean): Promise<Reading> {
  const parts = table[Symbol.asyncIterator]();
  const begun: PlainRow[] = [];
  while (begun.length < limits.headerSearchRows) {
    const next = await parts.next();
    if (next.done === true) break;
    begun.push(...next.value);
  }
  const above = begun.slice(0, limits.headerSearchRows);
  const known = (row: PlainRow) => new Set(row.cells.map(cell => columnOf(cell, columns)).filter(column => column !== undefined)).size;
  const best = above.reduce((most, row) => Math.max(most, known(row)), 0);
  const at = above.findIndex(row => known(row) === best);
  const heading = above[at];
  if (heading === undefined || best === 0) {
    await parts.return?.();
    return exchange.refuse('headings-missing', { headings: columns.map(column => column.heading).join('、') });
  }
  const keys = heading.cells.map(cell => columnOf(cell, columns)?.key);
  const repeated = keys.filter((key, place) => key !== undefined && keys.indexOf(key) !== place).filter(key => key !== undefined);
  const own = keys.map((key, place) => key === undefined || keys.indexOf(key) !== place ? undefined : key);
  async function* below(): AsyncGenerator<readonly FileRow[]> {
    let count = 0;
    const named = (rows: readonly PlainRow[]): readonly FileRow[] => {
      count += rows.length;
      if (count > limits.fileRows) files.refuse('file-too-large', { what: '行数', most: `${limits.fileRows} 行` });
      return rows.map(row => name(row, own, fullRows));
    };
    try {
      yield named(begun.slice(at + 1));
      for (let next = await parts.next(); next.done !== true; next = await parts.next()) yield named(next.value);
    } finally { await parts.return?.(); }
  }
  return {
    missing: columns.map(column => column.key).filter(key => !own.includes(key)),
    unknown: heading.cells.filter((cell, place) => keys[place] === undefined && cell.trim() !== ''),
    repeated: Array.from(new Set(repeated)),
    rows: below(),
  };
}

/** Headings match without spaces, stars and remarks in brackets: 「户主 *（必填）」 is 户主. */
export function columnOf(heading: string, columns: readonly Column[]): Column | undefined {
  const wanted = bare(heading);
  const wantedShort = bare(heading.replace(/[（(].*?[)）]/gu, ''));
  if (wanted === '') return undefined;
  const names = (column: Column) => [column.key, column.heading, ...(column.alias ?? [])].map(bare);
  return columns.find(column => names(column).includes(wanted)) ?? columns.find(column => wantedShort !== '' && names(column).includes(wantedShort));
}

const bare = (heading: string): string => tidy(heading).replace(/[\s*＊]/gu, '').toLowerCase();

function name(row: PlainRow, keys: readonly (string | undefined)[], fullRows: boolean): FileRow {
  const cells: Record<string, string> = {};
  const faults: RowFault[] = [];
  for (const { at, say, remedy } of row.faults ?? []) faults.push({ column: keys[at], value: row.cells[at] ?? '', say, remedy });
  const extra = row.cells.length > keys.length ? row.cells.slice(keys.length).filter(cell => cell.trim() !== '') : [];
  if (extra.length > 0) faults.push({ column: undefined, value: extra.join(' '), say: `这一行比标题多出 ${extra.length} 格`, remedy: '多半是内容里有逗号没有加引号，请在表格软件里打开核对' });
  if (fullRows && row.cells.length < keys.length) faults.push({ column: undefined, value: '', say: `这一行比标题少 ${keys.length - row.cells.length} 格`, remedy: '请在表格软件里打开，看看是不是断成了两行' });
  for (let at = 0; at < keys.length; at++) {
    const key = keys[at];
    const cell = row.cells[at] ?? '';
    if (key !== undefined) cells[key] = cell;
    if (cell.length > limits.cellCharacters) faults.push({ column: key, value: `${cell.slice(0, 20)}…`, say: '这一格的字太多', remedy: `最多 ${limits.cellCharacters} 个字，请删短` });
  }
  return { row: row.row, cells, faults };
}
