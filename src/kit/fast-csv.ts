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

/** Some thousands of rows in one text; a cell becomes a string of its own only where somebody asks. Valid until the next batch is read. */
export interface FastRows {
  /** The line of the first row, counted from 1. */
  readonly firstLine: number;
  readonly count: number;
  readonly text: (row: number, column: number) => string;
}

/**
 * Splits a simple UTF-8 CSV of `width` columns, several million fields a second, for imports of a whole county's values.
 * The heading row comes as the first row. Throws `NotSimple` before giving out the batch that holds the trouble.
 */
export async function* fastRows(pieces: AsyncIterable<Uint8Array>, width: number): AsyncGenerator<FastRows> {
  let held: Buffer = Buffer.alloc(0);
  let line = 1;
  const cutter = new Cutter(width);
  for await (const piece of pieces) {
    const bytes = held.length === 0 ? asBuffer(piece) : Buffer.concat([held, piece]);
    const end = bytes.lastIndexOf(newline) + 1;
    if (end > 0) {
      const batch = cutter.cut(bytes.subarray(0, end), line);
      line += batch.count;
      if (batch.count > 0) yield batch;
    }
    held = bytes.subarray(end);
  }
  if (held.length > 0) yield cutter.cut(Buffer.concat([held, Buffer.of(newline)]), line);
}

const newline = 10;
const carriageReturn = 13;
const comma = 44;
const quote = 34;

const asBuffer = (piece: Uint8Array): Buffer => Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);

/** Cuts batch after batch with one list of bounds. */
class Cutter {
  readonly #width: number;
  /** Field k of row r is text[bounds[at] + 1 … bounds[at + 1]), where the row's first bound is the end of the row before. */
  #bounds = new Int32Array(0);
  constructor(width: number) { this.#width = width; }

  cut(given: Buffer, firstLine: number): FastRows {
    const width = this.#width;
    const stride = width + 1;
    const bytes = firstLine === 1 && given[0] === 0xef && given[1] === 0xbb && given[2] === 0xbf ? given.subarray(3) : given;
    if (bytes.includes(quote) || !isUtf8(bytes)) throw new NotSimple(firstLine);
    // One decoding for all: a call for each cell costs more than everything else that is done with it.
    const text = bytes.toString('utf8');
    let bounds = this.#room((Math.floor(text.length / 16) + 1) * stride);
    let at = 0;
    let count = 0;
    let column = 0;
    let start = -1;
    for (let position = 0; position < text.length; position++) {
      const code = text.charCodeAt(position);
      if (code !== comma && code !== newline) continue;
      if (column === 0) {
        if (at + stride > bounds.length) bounds = this.#room(bounds.length * 2 + stride);
        bounds[at++] = start;
      }
      bounds[at++] = code === newline && text.charCodeAt(position - 1) === carriageReturn ? position - 1 : position;
      column++;
      if (code === newline) {
        if (column !== width) throw new NotSimple(firstLine + count);
        count++;
        column = 0;
        start = position;
      } else if (column === width) throw new NotSimple(firstLine + count);
    }
    return { firstLine, count, text: (row, wanted) => text.slice((bounds[row * stride + wanted] ?? 0) + 1, bounds[row * stride + wanted + 1] ?? 0) };
  }

  /** The list with room for so many bounds, those found so far kept. */
  #room(wanted: number): Int32Array<ArrayBuffer> {
    if (this.#bounds.length < wanted) {
      const larger = new Int32Array(wanted);
      larger.set(this.#bounds);
      this.#bounds = larger;
    }
    return this.#bounds;
  }
}
