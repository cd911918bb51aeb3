import { createHash, type Hash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';

/** A file of an archive: how long it is, and its digest. The last entry, the manifest, lists all before it. */
export interface Listed { readonly name: string; readonly bytes: number; readonly sha256: string }

const block = 512;
const manifestName = 'manifest.json';

/** The archive is cut off, changed, or none of ours. */
export class Damaged extends Error {
  constructor(message: string) { super(message); this.name = 'Damaged'; }
}

/** Writes a gzipped tar file (ustar) entry by entry; any tar program opens it. */
export class ArchiveWriter {
  readonly #gzip = createGzip({ level: 6 });
  readonly #out;
  readonly #listed: Listed[] = [];

  constructor(path: string) {
    this.#out = createWriteStream(path, { mode: 0o600, flags: 'wx' });
    // An error of either end reaches the one who writes.
    this.#out.on('error', error => this.#gzip.destroy(error));
    // A disk that fills up between two entries finds nobody waiting: the next write tells it, and the process lives.
    this.#gzip.on('error', () => undefined);
    this.#gzip.pipe(this.#out);
  }

  get listed(): readonly Listed[] { return this.#listed; }

  async add(name: string, bytes: Uint8Array): Promise<void> {
    await this.#entry(name, bytes.length, (async function* () { yield bytes; })());
  }

  /** A file whose length is known beforehand; bytes that come later than its length are not taken. */
  async addFile(name: string, path: string, bytes: number): Promise<void> {
    await this.#entry(name, bytes, bytes === 0 ? (async function* () { /* empty */ })() : createReadStream(path, { end: bytes - 1 }) as AsyncIterable<Uint8Array>);
  }

  /** Ends the archive with its manifest; resolves when everything is on the disk's way. */
  async close(manifest: Readonly<Record<string, unknown>>): Promise<void> {
    await this.add(manifestName, Buffer.from(JSON.stringify({ ...manifest, files: this.#listed }, null, 1)));
    await this.#write(Buffer.alloc(block * 2));
    this.#gzip.end();
    await finished(this.#out);
  }

  destroy(): void { this.#gzip.destroy(); this.#out.destroy(); }

  async #entry(name: string, bytes: number, pieces: AsyncIterable<Uint8Array>): Promise<void> {
    await this.#write(header(name, bytes));
    const hash = createHash('sha256');
    let written = 0;
    for await (const piece of pieces) { hash.update(piece); written += piece.length; await this.#write(piece); }
    if (written !== bytes) throw new Error(`${name} changed while it was copied`);
    await this.#write(Buffer.alloc((block - bytes % block) % block));
    this.#listed.push({ name, bytes, sha256: hash.digest('hex') });
  }

  async #write(piece: Uint8Array): Promise<void> {
    if (this.#gzip.destroyed) throw this.#gzip.errored ?? new Error('the archive cannot be written');
    if (piece.length > 0 && !this.#gzip.write(piece)) await once(this.#gzip, 'drain');
  }
}

/** An entry as it is read; its pieces must be taken before the next one. */
export interface ArchiveEntry { readonly name: string; readonly bytes: number; readonly pieces: AsyncIterable<Buffer> }

/** Reads an archive entry by entry and checks each against the manifest; throws `Damaged` for anything that is not exactly what was written. Answers the manifest. */
export async function readArchive(path: string, take: (entry: ArchiveEntry) => Promise<void>): Promise<Readonly<Record<string, unknown>>> {
  const source = new Source(path);
  const seen = new Map<string, { bytes: number; sha256: string }>();
  let manifest: Readonly<Record<string, unknown>> | undefined;
  try {
    for (;;) {
      const head = await source.exactly(block);
      if (head.every(byte => byte === 0)) break;
      const { name, bytes } = readHeader(head);
      if (manifest !== undefined) throw new Damaged('entries after the manifest');
      const hash = createHash('sha256');
      if (name === manifestName) {
        if (bytes > 64 * 1024 * 1024) throw new Damaged('the manifest is too long');
        manifest = JSON.parse((await source.exactly(bytes)).toString('utf8')) as Readonly<Record<string, unknown>>;
      } else {
        const pieces = hashed(source.upTo(bytes), hash);
        await take({ name, bytes, pieces });
        for await (const _rest of pieces) { /* what nobody took still counts for the digest */ }
        seen.set(name, { bytes, sha256: hash.digest('hex') });
      }
      await source.exactly((block - bytes % block) % block);
    }
  } catch (error) {
    throw error instanceof SyntaxError ? new Damaged('the manifest cannot be read') : error;
  } finally { source.destroy(); }
  if (manifest === undefined) throw new Damaged('no manifest: the file is cut off');
  const files = Array.isArray(manifest['files']) ? manifest['files'] as readonly Listed[] : [];
  if (files.length !== seen.size) throw new Damaged('files are missing');
  for (const file of files) {
    const found = seen.get(file.name);
    if (found?.bytes !== file.bytes || found.sha256 !== file.sha256) throw new Damaged(`${file.name} was changed`);
  }
  return manifest;
}

async function* hashed(pieces: AsyncGenerator<Buffer>, hash: Hash): AsyncGenerator<Buffer> {
  for await (const piece of pieces) { hash.update(piece); yield piece; }
}

class Source {
  readonly #file;
  readonly #pieces: AsyncIterator<Buffer>;
  #held: Buffer = Buffer.alloc(0);

  constructor(path: string) {
    this.#file = createReadStream(path);
    const unzipped = createGunzip();
    this.#file.on('error', error => unzipped.destroy(error));
    this.#file.pipe(unzipped);
    this.#pieces = unzipped[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  }

  destroy(): void { this.#file.destroy(); }

  async exactly(bytes: number): Promise<Buffer> {
    const parts: Buffer[] = [];
    for await (const piece of this.upTo(bytes)) parts.push(piece);
    return Buffer.concat(parts);
  }

  async *upTo(bytes: number): AsyncGenerator<Buffer> {
    let left = bytes;
    while (left > 0) {
      if (this.#held.length === 0) this.#held = await this.#next();
      const piece = this.#held.subarray(0, left);
      this.#held = this.#held.subarray(piece.length);
      left -= piece.length;
      yield piece;
    }
  }

  async #next(): Promise<Buffer> {
    try {
      const next = await this.#pieces.next();
      if (next.done === true) throw new Damaged('the file is cut off');
      return next.value;
    } catch (error) {
      if (error instanceof Damaged || (error as NodeJS.ErrnoException).code === 'ENOENT') throw error;
      throw new Damaged(error instanceof Error ? error.message : 'unreadable');
    }
  }
}

function header(name: string, bytes: number): Buffer {
  if (Buffer.byteLength(name) > 100) throw new Error(`too long a name for the archive: ${name}`);
  const head = Buffer.alloc(block);
  head.write(name, 0, 'utf8');
  head.write('0000600\0', 100, 'latin1');
  head.write('0000000\0', 108, 'latin1');
  head.write('0000000\0', 116, 'latin1');
  head.write(`${bytes.toString(8).padStart(11, '0')}\0`, 124, 'latin1');
  head.write('00000000000\0', 136, 'latin1');
  head.write('        0', 148, 'latin1');
  head.write('ustar\x0000', 257, 'latin1');
  head.write(`${sumOf(head).toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return head;
}

const sumOf = (head: Buffer): number => head.reduce((sum, byte, at) => sum + (at >= 148 && at < 156 ? 32 : byte), 0);

function readHeader(head: Buffer): { readonly name: string; readonly bytes: number } {
  if (head.toString('latin1', 257, 262) !== 'ustar' || Number.parseInt(head.toString('latin1', 148, 154), 8) !== sumOf(head)) throw new Damaged('not an archive of ours, or damaged');
  const name = head.toString('utf8', 0, 100).replace(/\0.*$/s, '');
  const bytes = Number.parseInt(head.toString('latin1', 124, 135), 8);
  // The names become paths below a scratch folder: nothing may lead out of it.
  if (!/^[\w-]+(\/[\w-]+)*(\.[\w]+)?$/.test(name) || !Number.isSafeInteger(bytes)) throw new Damaged('a name or length that we never write');
  return { name, bytes };
}
