import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import busboy from 'busboy';
import type { Context } from 'koa';
import { newId } from '../kit/id.ts';
import { limits } from '../kit/limits.ts';
import { common } from '../kit/refusals.ts';
import type { Upload } from './visit.ts';

/** Files that a form may carry, by field name; `photo-*` stands for all names that begin so. */
export interface Uploads { readonly fields: readonly string[]; readonly mostBytes: number }
export interface Multipart { readonly pairs: readonly (readonly [string, string])[]; readonly files: readonly Upload[] }

/** Of a longer file name the end is kept, for it tells the kind. */
const nameCharacters = 120;

const brokenOff = (): never => common.refuse('bad-request', { say: '文件没有传完整，请再试一次。' });
const megabytes = (bytes: number): string => `${Math.max(1, Math.floor(bytes / 1_048_576))} MB`;

/** Where files lie while their form is being read and acted on. */
export const uploadFolder = (dataDir: string): string => join(dataDir, 'uploads');

export async function dropUploads(files: readonly Pick<Upload, 'path'>[]): Promise<void> {
  await Promise.all(files.map(file => rm(file.path, { force: true })));
}

/**
 * Reads a form with files. Too much of anything is read on but not kept, so that the sender gets the answer.
 * A form cut off, or a disk that is full, leaves no file behind; the disk's own error goes up as it is.
 */
export async function readMultipart(ctx: Context, folder: string, uploads: Uploads): Promise<Multipart> {
  const most = limits.bodyBytes + uploads.mostBytes * (uploads.fields.length === 0 ? 0 : limits.filesPerForm);
  if (Number(ctx.get('Content-Length')) > most) common.refuse('too-large', { most: megabytes(uploads.mostBytes) });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const parser = parserFor(ctx, uploads);
  const pairs: [string, string][] = [];
  const begun: Upload[] = [];
  const writing: Promise<void>[] = [];
  let textBytes = 0;
  let tooMuch: string | undefined;
  parser.on('field', (name, value, info) => {
    textBytes += name?.length ?? 0;
    textBytes += value.length;
    if (textBytes > limits.bodyBytes || info.valueTruncated) tooMuch ??= '1 MB'; else if (name !== undefined) pairs.push([name, value]);
  });
  parser.on('fieldsLimit', () => { tooMuch ??= `${limits.fieldsPerForm} 项`; });
  parser.on('filesLimit', () => { tooMuch ??= `${limits.filesPerForm} 个文件`; });
  parser.on('file', (field, stream, info) => {
    const name: string | undefined = info.filename;   // absent when no file was chosen, whatever its type says
    if (field === undefined || name === undefined || name === '' || !isTaken(uploads, field)) { stream.on('error', () => undefined).resume(); return; }
    const file = { field, name: name.replaceAll('\0', '').slice(-nameCharacters).toWellFormed(), mime: info.mimeType, path: join(folder, newId()), bytes: 0 };
    begun.push(file);
    stream.on('data', (piece: Buffer) => { file.bytes += piece.length; });
    stream.on('limit', () => { tooMuch ??= megabytes(uploads.mostBytes); });
    const kept = keep(stream, file.path);
    kept.catch(() => undefined);   // told below; an error that nobody awaits yet would end the process
    writing.push(kept);
  });
  try {
    await drained(ctx, parser).catch(brokenOff);
    await Promise.all(writing);
    if (tooMuch !== undefined) common.refuse('too-large', { most: tooMuch });
  } catch (error) {
    await Promise.allSettled(writing);
    await dropUploads(begun);
    throw error;
  }
  await dropUploads(begun.filter(file => file.bytes === 0));
  return { pairs, files: begun.filter(file => file.bytes > 0) };
}

const isTaken = ({ fields }: Uploads, name: string): boolean => fields.some(own => own.endsWith('*') ? name.startsWith(own.slice(0, -1)) : own === name);

function parserFor(ctx: Context, uploads: Uploads): busboy.Busboy {
  try {
    return busboy({
      headers: ctx.req.headers, defParamCharset: 'utf8',
      limits: { fields: limits.fieldsPerForm, fieldSize: limits.bodyBytes, files: limits.filesPerForm, fileSize: uploads.mostBytes },
    });
  } catch { return brokenOff(); }
}

/** Feeds the request to the parser. `pipeline` would tear the connection down at the first fault, and the answer with it. */
function drained(ctx: Context, parser: busboy.Busboy): Promise<void> {
  const { req } = ctx;
  return new Promise<void>((resolve, reject) => {
    const fail = (error: unknown): void => { req.unpipe(parser); req.resume(); parser.destroy(); reject(error instanceof Error ? error : new Error('cut off')); };
    parser.on('close', resolve);
    parser.on('error', fail);
    req.on('error', fail);
    req.on('close', () => { if (!req.complete) fail(undefined); });
    req.pipe(parser);
  });
}

/** A disk that takes no more must not stop the reading: the parser waits for every file to be drunk. */
function keep(stream: Readable, path: string): Promise<void> {
  return new Promise<void>((resolve, reject) => {
    const out = createWriteStream(path, { mode: 0o600, flags: 'wx' });
    out.on('error', error => { stream.unpipe(out); stream.resume(); reject(error); });
    out.on('close', resolve);
    stream.on('error', error => { out.destroy(); reject(error); });
    stream.pipe(out);
  });
}
