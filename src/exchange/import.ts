import { limits } from '../kit/limits.ts';
import { fileFaults, type Asked, type Cargo, type CargoColumn, type Hear, type Item, type Parcel, type Told } from './cargo.ts';
import type { FileRow } from './format.ts';
import { exchange } from './refusals.ts';
import { Tally, type Report } from './report.ts';

/** What the rows that were left out look like when they come back: their own cells, the row they had, and why. */
export const leftColumns = (columns: readonly CargoColumn[]): readonly CargoColumn[] => [
  { key: 'row', heading: '原行号', says: '' }, { key: 'why', heading: '原因', says: '' }, { key: 'remedy', heading: '怎么改', says: '' }, ...columns,
];

/** Reads a whole file and says what would happen; nothing is written. */
export const check = (asked: Asked, cargo: Cargo, parcel: Parcel, hear: Hear = {}): Promise<Report> => run(asked, cargo, parcel, 'check', hear);

/**
 * Loads a file chunk by chunk, each chunk a unit of its own. What is in the office already is passed over, so a load that was
 * interrupted is simply begun again, and the same file twice loads nothing new. Rows with faults are left out and told.
 */
export const load = (asked: Asked, cargo: Cargo, parcel: Parcel, hear: Hear = {}): Promise<Report> => run(asked, cargo, parcel, 'load', hear);

async function run(asked: Asked, cargo: Cargo, parcel: Parcel, mode: 'check' | 'load', hear: Hear): Promise<Report> {
  for (const setting of cargo.settings ?? []) if ((asked.settings[setting] ?? '') === '') exchange.refuse('setting-missing', { what: settingWords[setting], field: setting });
  if (cargo.run !== undefined) return cargo.run(asked, parcel, mode, hear);
  return rowByRow(asked, cargo, parcel, mode, hear);
}

export const settingWords = { round: '是哪一个评定批次', source: '内容是谁提供的', year: '是哪一年' } as const;

/** Parts understood while earlier ones are being written: the writer takes less time than whoever understands, so that more would only fill memory. */
const partsAhead = 2;

async function rowByRow(asked: Asked, cargo: Cargo, { format, source }: Parcel, mode: 'check' | 'load', { say, left, told }: Hear): Promise<Report> {
  if (cargo.open === undefined || format === undefined) return exchange.refuse('cargo-only-out', { what: cargo.title });
  const columns = [...cargo.columns, ...await cargo.columnsFor?.(asked) ?? []];
  const reading = await format.read(source, columns);
  const missing = columns.filter(column => column.needed === true && reading.missing.includes(column.key));
  if (missing.length > 0) exchange.refuse('columns-missing', { columns: missing.map(column => column.heading).join('、') });
  const headingOf = (key: string): string => columns.find(column => column.key === key)?.heading ?? key;
  if (reading.repeated.length > 0) exchange.refuse('column-twice', { columns: reading.repeated.map(headingOf).join('、') });
  const loader = await cargo.open(asked);
  const tally = new Tally();
  async function leave(item: Item, faults: readonly Told[]): Promise<void> {
    tally.left(faults);
    if (left === undefined) return;
    for (const row of item.rows) {
      const own = faults.filter(fault => fault.row === row.row);
      const words = own.length > 0 ? own : [{ say: '同一户的另一行有错，一起退回', remedy: '' }];
      await left({ ...row.cells, row: row.row, why: words.map(fault => fault.say).join('；'), remedy: words.map(fault => fault.remedy).join('；') });
    }
  }
  const onTheWay: Promise<void>[] = [];
  async function write(items: readonly Item[]): Promise<void> {
    const done = await loader.load(items);
    tally.loaded(done.loaded);
    if (done.told !== undefined) told?.(done.told);
    for (const one of done.left) await leave(one.item, one.item.rows.slice(0, 1).map(row => ({ row: row.row, column: undefined, value: '', say: one.say, remedy: one.remedy })));
  }
  try {
    for await (const groups of groupsOf(reading.rows, cargo)) {
      const items = (await loader.check(groups)).map(item => { const own = item.rows.flatMap(fileFaults); return own.length === 0 ? item : { ...item, faults: [...own, ...item.faults] }; });
      tally.read(groups.reduce((sum, rows) => sum + rows.length, 0), items.length);
      const good = items.filter(item => item.faults.length === 0 && item.same !== true);
      tally.good(good.length);
      tally.same(items.filter(item => item.faults.length === 0 && item.same === true).length);
      for (const item of items) if (item.faults.length > 0) await leave(item, item.faults);
      if (mode === 'load' && good.length > 0) {
        const writing = write(good);
        writing.catch(() => undefined);   // Somebody will wait for it: a failure in between is heard then.
        onTheWay.push(writing);
      }
      while (onTheWay.length > (cargo.ahead === true ? partsAhead : 0)) await onTheWay.shift();
      say?.(tally.rows);
    }
    await Promise.all(onTheWay);
  } finally { await Promise.allSettled(onTheWay); }
  return tally.report(reading.unknown);
}

function isBlank({ cells }: FileRow): boolean {
  for (const key in cells) if (cells[key]?.trim() !== '') return false;
  return true;
}

/** Rows that belong together, some hundreds of such groups at a time; blank rows are passed over. */
async function* groupsOf(parts: AsyncIterable<readonly FileRow[]>, cargo: Cargo): AsyncGenerator<readonly (readonly FileRow[])[]> {
  const atOnce = cargo.atOnce ?? limits.householdsPerUnit;
  let groups: FileRow[][] = [];
  for await (const rows of parts) for (const row of rows) {
    if (row.faults.length === 0 && isBlank(row)) continue;
    const open = groups[groups.length - 1];
    const before = open?.[open.length - 1];
    if (open !== undefined && before !== undefined && cargo.begins !== undefined && !cargo.begins(row, before) && open.length < 200) { open.push(row); continue; }
    const isGoodCut = groups.length >= atOnce * 3 / 4 && before !== undefined && cargo.apart?.(row, before) === true;
    if (groups.length >= atOnce || isGoodCut) { yield groups; groups = []; }
    groups.push([row]);
  }
  if (groups.length > 0) yield groups;
}
