import { fastRows, NotSimple, type FastRows } from '../kit/fast-csv.ts';
import type { Coding } from '../standards/dictionary.ts';
import { isMade } from '../standards/standard.ts';
import { observations } from './refusals.ts';
import type { RowProblem, Unmatched } from './load.ts';
import type { Roster } from './roster.ts';
import type { SheetSource } from './sheet.ts';

/** A column a file may have: stable key, Chinese heading, other names it is known under. */
export interface ValueColumn { readonly key: string; readonly heading: string; readonly alias?: readonly string[] }

/** A file under those columns, row by row; what `exchange` calls a reading. */
export interface ValueTable {
  readonly missing: readonly string[];
  readonly unknown: readonly string[];
  readonly repeated: readonly string[];
  readonly rows: AsyncIterable<readonly { readonly row: number; readonly cells: Readonly<Record<string, string>>; readonly faults: readonly { readonly column: string | undefined; readonly value: string; readonly say: string; readonly remedy: string }[] }[]>;
}

export interface ValueSource {
  readonly fileName: string;
  /** The bytes of a CSV file, from the start at each call: read the fast way if it is a simple one. */
  readonly pieces?: () => AsyncIterable<Uint8Array>;
  readonly table: (columns: readonly ValueColumn[]) => Promise<ValueTable>;
}

/** Who takes the cells in. */
export interface Taker {
  readonly isFull: boolean;
  isGathering(subject: number): boolean;
  row(): void;
  value(row: number, subject: number, slot: number, text: string): void;
  problem(problem: RowProblem): void;
  unmatched(one: Unmatched): void;
  flush(): Promise<void>;
}
export interface Around { readonly coding: Coding; readonly roster: Roster; readonly source: SheetSource }

const naming: readonly ValueColumn[] = [
  { key: 'household', heading: '户标识', alias: ['household_id'] },
  { key: 'village', heading: '村', alias: ['村名', '行政村', '村代码'] },
  { key: 'number', heading: '户号', alias: ['household_no', '户编号'] },
  { key: 'idNumber', heading: '证件号', alias: ['id_number', '身份证号', '身份证号码'] },
  { key: 'name', heading: '姓名', alias: ['户主', '户主姓名'] },
];
const long: readonly ValueColumn[] = [{ key: 'indicator', heading: '项目', alias: ['指标', '采集项目'] }, { key: 'value', heading: '值', alias: ['内容', '取值'] }];

/** Every column a file of values may have under a standard: who, then either 项目 and 值, or one column for each indicator. */
export function valueColumns(coding: Coding): readonly ValueColumn[] {
  const taken = new Set([...naming, ...long].flatMap(column => [column.key, column.heading]));
  return [...naming, ...long, ...coding.standard.indicators.filter(indicator => indicator.type !== 'events' && !isMade(indicator) && !taken.has(indicator.title))
    .map(indicator => ({ key: keyFor(indicator.key), heading: indicator.title, alias: [indicator.key] }))];
}
const keyFor = (indicator: string): string => `v.${indicator}`;

/** Any table: CSV with quotes, a spreadsheet, JSON lines. Answers the headings it did not know. */
export async function readSlow(file: ValueSource, { coding, roster, source }: Around, taker: Taker): Promise<readonly string[]> {
  const columns = valueColumns(coding);
  const table = await file.table(columns);
  const headings = new Map(columns.map(column => [column.key, column.heading]));
  if (table.repeated.length > 0) observations.refuse('value-headings-repeated', { columns: table.repeated.map(key => headings.get(key) ?? key).join('、') });
  const has = (key: string): boolean => !table.missing.includes(key);
  const isLong = has('indicator') && has('value');
  const wide = coding.standard.indicators.flatMap((indicator, slot) => headings.has(keyFor(indicator.key)) && has(keyFor(indicator.key)) ? [{ key: keyFor(indicator.key), slot }] : []);
  refuseHeadings(has, isLong || wide.length > 0);
  const slots = slotNames(coding);
  // JSON lines have no heading that says which form is meant: there, each row does.
  const saysLong = (cells: Readonly<Record<string, string | undefined>>): boolean => isLong && (wide.length === 0 || (cells['indicator'] ?? cells['value'] ?? '') !== '');
  for await (const rows of table.rows) for (const { row, cells, faults } of rows) {
    taker.row();
    for (const fault of faults) taker.problem({ row, column: headings.get(fault.column ?? '') ?? '整行', value: fault.value, say: fault.say, remedy: fault.remedy });
    if (faults.length > 0) continue;
    const matched = await roster.match(cells);
    if (!('subject' in matched)) {
      taker.unmatched({ row, cells, why: matched.say });
      taker.problem({ row, column: headings.get(matched.column) ?? '', value: cells[matched.column] ?? '', say: matched.say, remedy: matched.remedy });
      continue;
    }
    if (taker.isFull && !taker.isGathering(matched.subject)) await taker.flush();
    if (saysLong(cells)) {
      const slot = slots.get((cells['indicator'] ?? '').trim());
      take(taker, { row, subject: matched.subject, slot, name: cells['indicator'] ?? '', text: cells['value'] ?? '' }, coding, source);
    } else for (const { key, slot } of wide) if ((cells[key] ?? '').trim() !== '') take(taker, { row, subject: matched.subject, slot, name: '', text: cells[key] ?? '' }, coding, source);
  }
  return table.unknown;
}

/** A simple CSV in the long form: millions of rows, each looked at as bytes. Anything else is not simple. */
export async function readFast(file: ValueSource, { coding, roster, source }: Around, taker: Taker): Promise<readonly string[]> {
  const { pieces, columns } = await begun(file);
  const at = (key: string): number => columns.findIndex(column => column === key);
  const [byId, village, number, indicator, value] = [at('household'), at('village'), at('number'), at('indicator'), at('value')];
  if (indicator < 0 || value < 0 || (byId < 0 && (village < 0 || number < 0))) throw new NotSimple(1);
  const slots = slotNames(coding);
  let [place, name] = ['', ''];
  let matched: ReturnType<Roster['byNumber']> | undefined;
  const matchedIn = (batch: FastRows, row: number): ReturnType<Roster['byNumber']> => {
    const [where, who] = byId >= 0 ? ['', batch.text(row, byId)] : [batch.text(row, village), batch.text(row, number)];
    if (matched !== undefined && who === name && where === place) return matched;   // Rows of one household mostly follow each other.
    [place, name] = [where, who];
    if (byId < 0) return matched = roster.byNumber(where, who);
    const subject = roster.byId(who.trim());
    return matched = subject === undefined ? { column: 'household', say: '这一轮里没有这个户标识', remedy: '用系统导出的表填写，不要改户标识' } : { subject };
  };
  for await (const batch of fastRows(pieces, columns.length)) {
    for (let row = batch.firstLine === 1 ? 1 : 0; row < batch.count; row++) {
      taker.row();
      const line = batch.firstLine + row;
      const found = matchedIn(batch, row);
      if (!('subject' in found)) {
        taker.unmatched({ row: line, cells: Object.fromEntries(columns.map((column, place) => [column, batch.text(row, place)])), why: found.say });
        taker.problem({ row: line, column: naming.find(column => column.key === found.column)?.heading ?? '', value: `${place} ${name}`.trim(), say: found.say, remedy: found.remedy });
        continue;
      }
      if (taker.isFull && !taker.isGathering(found.subject)) await taker.flush();
      const item = batch.text(row, indicator);
      take(taker, { row: line, subject: found.subject, slot: slots.get(item), name: item, text: batch.text(row, value) }, coding, source);
    }
  }
  return columns.filter(column => ![...naming, ...long].some(known => known.key === column));
}

interface Given { readonly row: number; readonly subject: number; readonly slot: number | undefined; readonly name: string; readonly text: string }

/** Bank values come in a bank's file and bureau values in a bureau's; a paper form may bring all. */
function take(taker: Taker, { row, subject, slot, name, text }: Given, coding: Coding, source: SheetSource): void {
  const indicator = slot === undefined ? undefined : coding.standard.indicators[slot];
  if (slot === undefined || indicator === undefined || indicator.type === 'events' || isMade(indicator)) {
    taker.problem({ row, column: '项目', value: name, say: '评定标准里没有这一项，或者它不直接填', remedy: '照标准里的名称写' });
  } else if ((source === 'bank' || source === 'bureau') && indicator.source !== source) {
    taker.problem({ row, column: indicator.title, value: text, say: `“${indicator.title}”不由这种文件带来`, remedy: '删去这一列，或者换一种来源再导入' });
  } else taker.value(row, subject, slot, text);
}

/** Indicators by key and by title. */
function slotNames(coding: Coding): ReadonlyMap<string, number> {
  const names = new Map<string, number>();
  coding.standard.indicators.forEach((indicator, slot) => { names.set(indicator.key, slot); if (!names.has(indicator.title)) names.set(indicator.title, slot); });
  return names;
}

function refuseHeadings(has: (key: string) => boolean, hasValues: boolean): void {
  const lacks: string[] = [];
  if (!has('household') && !has('number') && !has('idNumber')) lacks.push('户号（或户标识、证件号）');
  if (!hasValues) lacks.push('项目和值（或者标准里的任何一项）');
  if (lacks.length > 0) observations.refuse('value-headings-missing', { columns: lacks.join('；') });
}

/** The first line tells the columns; the bytes are then read from their start. */
async function begun(file: ValueSource): Promise<{ readonly pieces: AsyncIterable<Uint8Array>; readonly columns: readonly string[] }> {
  const { pieces } = file;
  if (pieces === undefined) throw new NotSimple(1);
  let first = '';
  for await (const piece of pieces()) { first = new TextDecoder('utf-8').decode(piece.subarray(0, 4_096)); break; }
  const heading = first.replace(/^\ufeff/, '').split(/\r?\n/, 1)[0] ?? '';
  const names = heading.split(',').map(name => name.trim());
  const columns = names.map(name => [...naming, ...long].find(column => column.key === name || column.heading === name || column.alias?.includes(name))?.key ?? name);
  if (new Set(columns).size < columns.length) throw new NotSimple(1);
  return { pieces: pieces(), columns };
}
