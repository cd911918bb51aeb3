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
 */
export async function* readCsv(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<CsvRow> {
  const text = decodeStream(pieces)[Symbol.asyncIterator]();
  let begun = '';
  try {
    while (!begun.includes('\n') && begun.length < limits.rowBytes) {
      const next = await text.next();
      if (next.done === true) break;
      begun += next.value;
    }
  } catch (error) { throw faultOf(error, 1); }
  const parser = reading().parse({
    delimiter: delimiterOf(begun), info: true, relax_column_count: true, relax_quotes: true, skip_empty_lines: true, max_record_size: limits.rowBytes,
  });
  pipeline(Readable.from(rest(begun, text)), parser, () => undefined);
  let line = 0;
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: { lines: number; empty_lines: number } }>) {
      const inside = record.reduce((sum, cell) => sum + lineBreaks(cell), 0);
      line = info.lines - inside;
      if (record.every(cell => cell.trim() === '')) continue;
      yield { line, cells: record.map(unguard) };
    }
  } catch (error) { throw faultOf(error, line + 1); }
}

async function* rest(begun: string, text: AsyncIterator<string>): AsyncGenerator<string> {
  if (begun !== '') yield begun;
  for (let next = await text.next(); next.done !== true; next = await text.next()) yield next.value;
}

function delimiterOf(begun: string): string {
  const heading = begun.trimStart().split('\n', 1)[0]?.replace(/"[^"]*"/g, '') ?? '';
  if (heading.includes('\t')) return '\t';
  return heading.split(';').length > heading.split(',').length ? ';' : ',';
}

const lineBreaks = (cell: string): number => cell.includes('\n') ? cell.split('\n').length - 1 : 0;

function faultOf(error: unknown, line: number): unknown {
  if (error instanceof UnreadableText) return new CsvFault('encoding', line);
  if (!(error instanceof reading().CsvError)) return error;
  const { code } = error;
  const at = typeof error['lines'] === 'number' ? error['lines'] : line;
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
