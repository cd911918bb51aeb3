import { isUtf8 } from 'node:buffer';

/** A file that the fast reader leaves to `readCsv`: it holds quotes, bare returns, rows of another width or bytes that are not UTF-8. */
export class NotSimple extends Error {
  readonly line: number;
  constructor(line: number) {
    super(`not a simple CSV at line ${line}`);
    this.name = 'NotSimple';
    this.line = line;
  }
}

/** Some thousands of rows, still as bytes: cells are turned into values only where somebody asks. Valid until the next batch is read. */
export interface FastRows {
  /** The line of the first row, counted from 1. */
  readonly firstLine: number;
  readonly count: number;
  readonly text: (row: number, column: number) => string;
  /** A whole number of at most 15 digits, or `undefined` for anything else, an empty cell included. */
  readonly whole: (row: number, column: number) => number | undefined;
}

/**
 * Splits a simple UTF-8 CSV of `width` columns, several million fields a second, for imports of a whole county's values.
 * The heading row comes as the first row. Throws `NotSimple` before giving out the batch that holds the trouble.
 */
export async function* fastRows(pieces: AsyncIterable<Uint8Array>, width: number): AsyncGenerator<FastRows> {
  let held: Buffer = Buffer.alloc(0);
  let line = 1;
  for await (const piece of pieces) {
    const bytes = held.length === 0 ? asBuffer(piece) : Buffer.concat([held, piece]);
    const end = bytes.lastIndexOf(newline) + 1;
    if (end > 0) {
      const batch = split(bytes.subarray(0, end), width, line);
      line += batch.count;
      if (batch.count > 0) yield batch;
    }
    held = bytes.subarray(end);
  }
  if (held.length > 0) yield split(Buffer.concat([held, Buffer.of(newline)]), width, line);
}

const newline = 10;
const carriageReturn = 13;
const comma = 44;
const quote = 34;

const asBuffer = (piece: Uint8Array): Buffer => Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);

function split(given: Buffer, width: number, firstLine: number): FastRows {
  const bytes = firstLine === 1 && given[0] === 0xef && given[1] === 0xbb && given[2] === 0xbf ? given.subarray(3) : given;
  if (bytes.includes(quote) || !isUtf8(bytes)) throw new NotSimple(firstLine);
  // Field k of row r is bytes[bounds[at] + 1 … bounds[at + 1]), where the row's first bound is the end of the row before.
  const bounds = new Int32Array(Math.floor(bytes.length / width) * (width + 1) + width + 2);
  let at = 0;
  let count = 0;
  let column = 0;
  let start = -1;
  for (let position = 0; position < bytes.length; position++) {
    const byte = bytes[position];
    if (byte !== comma && byte !== newline) continue;
    if (column === 0) bounds[at++] = start;
    bounds[at++] = byte === newline && bytes[position - 1] === carriageReturn ? position - 1 : position;
    column++;
    if (byte === newline) {
      if (column !== width) throw new NotSimple(firstLine + count);
      count++;
      column = 0;
      start = position;
    } else if (column === width) throw new NotSimple(firstLine + count);
  }
  const stride = width + 1;
  const from = (row: number, wanted: number) => (bounds[row * stride + wanted] ?? 0) + 1;
  const to = (row: number, wanted: number) => bounds[row * stride + wanted + 1] ?? 0;
  return {
    firstLine, count,
    text: (row, wanted) => bytes.toString('utf8', from(row, wanted), to(row, wanted)),
    whole: (row, wanted) => wholeOf(bytes, from(row, wanted), to(row, wanted)),
  };
}

function wholeOf(bytes: Buffer, from: number, to: number): number | undefined {
  const negative = bytes[from] === 45;
  const first = negative ? from + 1 : from;
  if (to <= first || to - first > 15) return undefined;
  let value = 0;
  for (let at = first; at < to; at++) {
    const digit = (bytes[at] ?? 0) - 48;
    if (digit < 0 || digit > 9) return undefined;
    value = value * 10 + digit;
  }
  return negative ? 0 - value : value;
}
