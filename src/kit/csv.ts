import { pipeline, Readable } from 'node:stream';
import { later } from './later.ts';
import { limits } from './limits.ts';
import { decodeStream, UnreadableText } from './text.ts';

const reading = later<typeof import('csv-parse')>('csv-parse');
const writing = later<typeof import('csv-stringify')>('csv-stringify');

/** One record of a CSV file. `line` is the line it begins on, counted from 1 as a person sees it, heading included. */
export interface CsvRow {
  readonly line: number;
  readonly cells: readonly string[];
}

export type CsvFaultCode = 'quote-open' | 'row-too-long' | 'encoding' | 'broken';

/** A file that cannot be read on from `line` (for a quote left open: where it was opened). Rows shortly before it may be lost with it: a file with such a fault is refused whole. */
export class CsvFault extends Error {
  readonly code: CsvFaultCode;
  readonly line: number;
  constructor(code: CsvFaultCode, line: number) {
    super(`${code} at line ${line}`);
    this.name = 'CsvFault';
    this.code = code;
    this.line = line;
  }
}

/**
 * Reads CSV of any of our encodings as a stream: quotes, line breaks in cells, comma, semicolon or tab (taken from the first line).
 * Empty lines are skipped, rows may be of any width: who knows the headings judges that. Throws `CsvFault`.
 *
 * Lines are simply cut at their separators up to the first quote; from there on, often never, csv-parse reads, at a tenth of the speed.
 */
export async function* readCsv(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<CsvRow> {
  for await (const rows of readCsvParts(pieces)) yield* rows;
}

/** The same, some hundreds or thousands of rows at a time: handing them on one by one costs more than cutting them. */
export async function* readCsvParts(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<readonly CsvRow[]> {
  const text = decodeStream(pieces)[Symbol.asyncIterator]();
  let held = '';
  let line = 1;
  let shape: Shape | undefined;
  for (let isLast = false; !isLast;) {
    try {
      const next = await text.next();
      isLast = next.done === true;
      if (next.done !== true) held += next.value;
    } catch (error) { throw faultOf(error, line); }
    shape ??= shapeOf(held, isLast);
    if (shape === undefined) continue;
    let from = 0;
    const rows: CsvRow[] = [];
    for (let end = held.indexOf(shape.ending); end >= 0 || (isLast && from < held.length); end = held.indexOf(shape.ending, from)) {
      const row = held.slice(from, end < 0 ? held.length : end);
      if (isTangled(row)) {
        if (rows.length > 0) yield rows;
        yield* readQuoted(held.slice(from), text, line, shape);
        return;
      }
      const cells = row.split(shape.separator);
      if (!isBlank(cells)) rows.push({ line, cells: row.includes("'") ? cells.map(unguard) : cells });
      line++;
      from = end < 0 ? held.length : end + shape.ending.length;
    }
    held = held.slice(from);
    if (rows.length > 0) yield rows;
    if (held.length > limits.rowBytes) { yield* readQuoted(held, text, line, shape); return; }
  }
}

/** How lines end and cells are parted: the first line tells both. */
interface Shape { readonly separator: string; readonly ending: '\r\n' | '\n' | '\r' }

/** Undefined while the first line has not come to its end. */
function shapeOf(begun: string, isAll: boolean): Shape | undefined {
  const [ending] = /\r\n|\n|\r(?!$)/.exec(begun) ?? [];
  if (ending === undefined && !isAll && begun.length < limits.rowBytes) return undefined;
  return { separator: separatorOf(begun), ending: ending === '\r\n' || ending === '\r' ? ending : '\n' };
}

/** A line that is more than cells and separators: quotes, an odd line end, or longer than any line should be. */
const isTangled = (row: string): boolean => row.length > limits.rowBytes || row.includes('"') || row.includes('\r') || row.includes('\n');
const isBlank = (cells: readonly string[]): boolean => cells.every(cell => cell === '' || cell.trim() === '');

/** The rest of a file, from a line on. */
async function* readQuoted(begun: string, text: AsyncIterator<string>, first: number, { separator, ending }: Shape): AsyncGenerator<readonly CsvRow[]> {
  const parser = reading().parse({
    delimiter: separator, record_delimiter: ending, info: true, relax_column_count: true, relax_quotes: true, skip_empty_lines: true, max_record_size: limits.rowBytes,
  });
  pipeline(Readable.from(rest(begun, text)), parser, () => undefined);
  let line = first - 1;
  let rows: CsvRow[] = [];
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: { lines: number; empty_lines: number } }>) {
      const inside = record.reduce((sum, cell) => sum + lineBreaks(cell), 0);
      line = first - 1 + info.lines - inside;
      if (!isBlank(record)) rows.push({ line, cells: record.map(unguard) });
      if (rows.length === 256) { yield rows; rows = []; }
    }
    if (rows.length > 0) yield rows;
  } catch (error) { throw faultOf(error, line + 1, first - 1); }
}

async function* rest(begun: string, text: AsyncIterator<string>): AsyncGenerator<string> {
  if (begun !== '') yield begun;
  for (let next = await text.next(); next.done !== true; next = await text.next()) yield next.value;
}

function separatorOf(begun: string): string {
  const heading = begun.trimStart().split('\n', 1)[0]?.replace(/"[^"]*"/g, '') ?? '';
  if (heading.includes('\t')) return '\t';
  return heading.split(';').length > heading.split(',').length ? ';' : ',';
}

const lineBreaks = (cell: string): number => cell.includes('\n') ? cell.split('\n').length - 1 : 0;

/** `above`: lines that the parser has not seen. */
function faultOf(error: unknown, line: number, above = 0): unknown {
  if (error instanceof UnreadableText) return new CsvFault('encoding', line);
  if (!(error instanceof reading().CsvError)) return error;
  const { code } = error;
  const at = typeof error['lines'] === 'number' ? above + error['lines'] : line;
  if (code === 'CSV_QUOTE_NOT_CLOSED') return new CsvFault('quote-open', at);
  if (code === 'CSV_MAX_RECORD_SIZE') return new CsvFault('row-too-long', at);
  return new CsvFault('broken', at);
}

/** Writes CSV as spreadsheets want it: UTF-8 with a byte-order mark, CRLF, formulas disarmed. Rows are taken only as fast as the reader drinks. */
export function writeCsv(headings: readonly string[], rows: Iterable<readonly string[]> | AsyncIterable<readonly string[]>): Readable {
  const guarded = async function* () {
    yield headings.map(guard);
    for await (const row of rows) yield row.map(guard);
  };
  return pipeline(Readable.from(guarded()), writing().stringify({ bom: true, record_delimiter: '\r\n' }), () => undefined);
}

const dangerous = /^'*[=+\-@\t\r＝＋－＠]/u;
const plainNumber = /^[+-]?\d+(\.\d+)?$/;

/** A cell that a spreadsheet would run as a formula gets an apostrophe in front; a plain number (-5) needs none. */
export const guard = (cell: string): string => dangerous.test(cell) && !plainNumber.test(cell) ? `'${cell}` : cell;
/** Takes off what `guard` put on, and nothing else. */
export const unguard = (cell: string): string => cell.startsWith("'") && dangerous.test(cell) ? cell.slice(1) : cell;
