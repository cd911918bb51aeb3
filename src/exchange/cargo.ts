import type { Actor } from '../access/actor.ts';
import type { Power } from '../access/rules.ts';
import { Faults } from '../kit/faults.ts';
import { Refusal } from '../kit/refusal.ts';
import type { Day } from '../kit/time.ts';
import type { Office } from '../office.ts';
import type { Column, FileRow, Format, RowFault, Source, Values } from './format.ts';
import type { Report } from './report.ts';

/** A column as it is documented: README's table is made from these. */
export interface CargoColumn extends Column {
  /** The file must have it. Cells may still be empty where `says` allows it. */
  readonly needed?: true;
  readonly says: string;
}

/** A fault with its place: what the person sees in the report. */
export interface Told extends RowFault { readonly row: number }

/** Rows that are one thing (the members of a household), understood; or what is wrong with them. */
export interface Item { readonly rows: readonly FileRow[]; readonly value: unknown; readonly faults: readonly Told[]; /** In the office already: nothing to do. */ readonly same?: boolean }

export interface Done {
  readonly loaded: number;
  /** Items that were not taken although their rows are right, with the reason. */
  readonly left: readonly { readonly item: Item; readonly say: string; readonly remedy: string }[];
  /** What must be handed over once, such as first passwords. */
  readonly told?: readonly Values[];
}

/** Reads and loads one file: made anew for each run, so it may remember what the file said before. */
export interface Loader {
  check(groups: readonly (readonly FileRow[])[]): Promise<readonly Item[]>;
  /** Hands items without faults to the acts of the area. The same items twice load nothing new. */
  load(items: readonly Item[]): Promise<Done>;
}

export interface Asked { readonly office: Office; readonly actor: Actor; readonly day: Day; readonly importId: string; readonly settings: Readonly<Record<string, string>> }
export interface Taken { readonly office: Office; readonly actor: Actor; readonly day: Day; readonly paths: readonly string[]; readonly settings: Readonly<Record<string, string>> }

/** Where a file is and how it is written. Text files, such as standards, have no format. */
export interface Parcel { readonly format: Format | undefined; readonly source: Source; readonly fileName: string }

/** Who listens while a file is read. */
export interface Hear {
  /** Rows read so far. */
  readonly say?: (rows: number) => void;
  /** A row that was left out, with its reason: kept to come back as a file. */
  readonly left?: (row: Values) => Promise<void> | void;
  readonly told?: (rows: readonly Values[]) => void;
}

/** One kind of thing that travels in files. */
export interface Cargo {
  readonly name: string;
  readonly title: string;
  /** What an act of the area will ask for; people without it are not offered the kind. */
  readonly power: Power;
  /** What somebody must be allowed to see, to take it out. */
  readonly reads: Power;
  readonly says: string;
  readonly columns: readonly CargoColumn[];
  /** Settings beside the file: a round, a source. Asked on the page, options on the command line. */
  readonly settings?: readonly ('round' | 'source' | 'year')[];
  /** How many groups are understood and loaded at a time. */
  readonly atOnce?: number;
  /** The next rows may be looked at while these are being written: the loader itself remembers what the file said before. */
  readonly ahead?: true;
  /** Does a row begin a new item, or belong to the one before? Left out: every row stands alone. */
  readonly begins?: (row: FileRow, before: FileRow) => boolean;
  /** Do these rows belong to places of their own? A part that ends between them is written side by side with the next, which else waits for it. */
  readonly apart?: (row: FileRow, before: FileRow) => boolean;
  /** Row by row, in the way all kinds share; or `run`, where the area reads its own files. One of the two, else the kind only goes out. */
  readonly open?: (asked: Asked) => Promise<Loader>;
  readonly run?: (asked: Asked, parcel: Parcel, mode: 'check' | 'load', hear: Hear) => Promise<Report>;
  /** The file holds texts of their own, not a table: how they are named, and how they go out. */
  readonly text?: { readonly extensions: readonly string[]; readonly format: Pick<Format, 'mime' | 'extension' | 'write'> };
  /** Columns that only files coming in have. */
  readonly inOnly?: readonly string[];
  /** Columns that only this round or standard has. */
  readonly columnsFor?: (asked: Pick<Asked, 'office' | 'settings'>) => Promise<readonly CargoColumn[]>;
  /** What the office holds, in the same columns, so that what goes out can come in again. */
  readonly give: (taken: Taken) => AsyncIterable<Values>;
  /** Takes a whole import back as one act; answers in words what was done and what could not be. */
  readonly takeBack?: (asked: Asked) => Promise<string>;
}


export const toldOf = (row: FileRow, column: string | undefined, say: string, remedy = '请改好这一格再导入'): Told =>
  ({ row: row.row, column, value: column === undefined ? '' : row.cells[column] ?? '', say, remedy });

/** Faults that the file itself has, and those of a form, for one row. */
export const formFaults = (row: FileRow, faults: readonly { readonly field: string; readonly say: string }[]): readonly Told[] => faults.map(fault => toldOf(row, fault.field, fault.say));
export const fileFaults = (row: FileRow): readonly Told[] => row.faults.map(fault => ({ ...fault, row: row.row }));

/** Loads in bulk; when the whole is refused, one by one, so that a single bad item never holds up the rest. */
export async function loadEach(items: readonly Item[], bulk: (items: readonly Item[]) => Promise<number>): Promise<Done> {
  if (items.length === 0) return { loaded: 0, left: [] };
  try { return { loaded: await bulk(items), left: [] }; } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (items.length === 1) return { loaded: 0, left: items.map(item => ({ item, say: error instanceof Faults ? error.faults.map(fault => fault.say).join('') : error.words, remedy: '改好以后，把这几行单独再导入一次' })) };
  }
  const left: Done['left'][number][] = [];
  let loaded = 0;
  for (const item of items) {
    const done = await loadEach([item], bulk);
    loaded += done.loaded;
    left.push(...done.left);
  }
  return { loaded, left };
}
