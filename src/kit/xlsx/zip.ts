import { open } from 'node:fs/promises';
import { pipeline, Readable, Transform } from 'node:stream';
import { createInflateRaw } from 'node:zlib';
import { files } from '../file-refusals.ts';
import type { FileSource } from './read.ts';

/** A zip file opened for reading single entries, as far as spreadsheets need it: stored or deflated, below 4 GiB, not encrypted. */
export interface Zip {
  /** The bytes of an entry, or `undefined` when there is none of that name; refuses once they pass `mostBytes`, whatever the file claims. */
  readonly entry: (name: string, mostBytes: number) => Promise<Readable | undefined>;
  readonly close: () => Promise<void>;
}

interface Entry { readonly method: number; readonly flags: number; readonly packedBytes: number; readonly at: number }
interface Bytes { readonly size: number; readonly read: (at: number, length: number) => Promise<Buffer>; readonly stream: (at: number, length: number) => Readable; readonly close: () => Promise<void> }

export async function openZip(source: FileSource): Promise<Zip> {
  const bytes = await bytesOf(source);
  try {
    const entries = await directory(bytes);
    return { entry: (name, mostBytes) => entryStream(bytes, entries.get(name.toLowerCase()), mostBytes), close: bytes.close };
  } catch (error) {
    await bytes.close();
    throw error;
  }
}

async function bytesOf(source: FileSource): Promise<Bytes> {
  if ('bytes' in source) {
    const all = Buffer.from(source.bytes.buffer, source.bytes.byteOffset, source.bytes.byteLength);
    return {
      size: all.length, close: () => Promise.resolve(),
      read: (at, length) => Promise.resolve(all.subarray(at, at + length)),
      stream: (at, length) => Readable.from([all.subarray(at, at + length)]),
    };
  }
  const file = await open(source.path, 'r');
  return {
    size: (await file.stat()).size, close: () => file.close(),
    read: async (at, length) => { const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, at); return buffer.subarray(0, bytesRead); },
    stream: (at, length) => length === 0 ? Readable.from([]) : file.createReadStream({ start: at, end: at + length - 1, autoClose: false }),
  };
}

const endMark = 0x06054b50;
const entryMark = 0x02014b50;
const localMark = 0x04034b50;
const mostDirectoryBytes = 4 * 1024 * 1024;
const broken = () => files.refuse('file-broken', { why: '不是完整的表格文件，可能没有传完' });

/** Reads the list of entries at the end of the file (PKWARE APPNOTE 4.3.12, 4.3.16). */
async function directory(bytes: Bytes): Promise<ReadonlyMap<string, Entry>> {
  const head = await bytes.read(0, 8);
  if (head.toString('hex').startsWith('d0cf11e0')) files.refuse('file-old-or-locked');
  const tail = await bytes.read(Math.max(0, bytes.size - 65_557), Math.min(bytes.size, 65_557));
  let end = tail.length - 22;
  while (end >= 0 && tail.readUInt32LE(end) !== endMark) end--;
  if (end < 0) return broken();
  const size = tail.readUInt32LE(end + 12);
  const at = tail.readUInt32LE(end + 16);
  if (size > mostDirectoryBytes || at + size > bytes.size) return broken();
  const list = await bytes.read(at, size);
  const entries = new Map<string, Entry>();
  for (let place = 0; place + 46 <= list.length && list.readUInt32LE(place) === entryMark;) {
    const nameBytes = list.readUInt16LE(place + 28);
    const name = list.toString('utf8', place + 46, place + 46 + nameBytes);
    entries.set(name.replaceAll('\\', '/').toLowerCase(), {
      flags: list.readUInt16LE(place + 8), method: list.readUInt16LE(place + 10), packedBytes: list.readUInt32LE(place + 20), at: list.readUInt32LE(place + 42),
    });
    place += 46 + nameBytes + list.readUInt16LE(place + 30) + list.readUInt16LE(place + 32);
  }
  return entries;
}

async function entryStream(bytes: Bytes, entry: Entry | undefined, mostBytes: number): Promise<Readable | undefined> {
  if (entry === undefined) return undefined;
  const local = await bytes.read(entry.at, 30);
  if (local.length < 30 || local.readUInt32LE(0) !== localMark || (entry.flags & 1) === 1 || (entry.method !== 0 && entry.method !== 8)) return broken();
  const packed = bytes.stream(entry.at + 30 + local.readUInt16LE(26) + local.readUInt16LE(28), entry.packedBytes);
  let seen = 0;
  const counted = new Transform({
    transform(piece: Buffer, _encoding, done) {
      seen += piece.length;
      if (seen <= mostBytes) { done(null, piece); return; }
      try { files.refuse('file-too-large', { what: '展开后', most: `${Math.round(mostBytes / 1_048_576)} MB` }); } catch (error) { done(error as Error); }
    },
  });
  // Errors travel along the pipeline into whoever reads `counted`.
  return entry.method === 0 ? pipeline(packed, counted, () => undefined) : pipeline(packed, createInflateRaw(), counted, () => undefined);
}
