import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import busboy from 'busboy';
import type { Context } from 'koa';
import type { Raw } from '../kit/form.ts';
import { newId } from '../kit/id.ts';
import { limits } from '../kit/limits.ts';
import { common } from '../kit/refusals.ts';
import type { Upload } from './visit.ts';

export interface Body { readonly raw: Raw; readonly files: readonly Upload[] }
interface Uploads { readonly fields: readonly string[]; readonly mostBytes: number }

/** Reads what was posted into one raw record, whatever its shape; files go to `folder` as they come. */
export async function readBody(ctx: Context, folder: string, uploads?: Uploads): Promise<Body> {
  const type = ctx.request.type;
  if (type === 'application/x-www-form-urlencoded' || type === '') return { raw: fromPairs(new URLSearchParams(await text(ctx))), files: [] };
  if (type === 'application/json') return { raw: fromJson(await text(ctx)), files: [] };
  if (type === 'multipart/form-data') return multipart(ctx, folder, uploads ?? { fields: [], mostBytes: 0 });
  return common.refuse('wrong-type');
}

export async function dropUploads(files: readonly Upload[]): Promise<void> {
  await Promise.all(files.map(file => rm(file.path, { force: true })));
}

async function text(ctx: Context): Promise<string> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of ctx.req as AsyncIterable<Buffer>) {
    bytes += piece.length;
    if (bytes > limits.bodyBytes) common.refuse('too-large', { most: '1 MB' });
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}

function fromPairs(pairs: Iterable<readonly [string, string]>): Raw {
  const raw: Record<string, string | string[]> = Object.create(null) as Record<string, string | string[]>;
  let count = 0;
  for (const [name, value] of pairs) {
    if (++count > limits.fieldsPerForm) common.refuse('too-large', { most: `${limits.fieldsPerForm} 项` });
    const before = raw[name];
    raw[name] = before === undefined ? value : Array.isArray(before) ? [...before, value] : [before, value];
  }
  return raw;
}

function fromJson(source: string): Raw {
  let value: unknown;
  try { value = JSON.parse(source); } catch { common.refuse('bad-request', { say: '内容不是有效的 JSON。' }); }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) common.refuse('bad-request', { say: '内容要是一个 JSON 对象。' });
  return value as Raw;
}

async function multipart(ctx: Context, folder: string, uploads: Uploads): Promise<Body> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const pairs: [string, string][] = [];
  const files: Upload[] = [];
  const writing: Promise<void>[] = [];
  let tooLarge = false;
  const parser = busboy({
    headers: ctx.req.headers, defParamCharset: 'utf8',
    limits: { fields: limits.fieldsPerForm, fieldSize: limits.bodyBytes, files: limits.filesPerForm, fileSize: uploads.mostBytes },
  });
  parser.on('field', (name, value) => { if (name !== undefined) pairs.push([name, value]); });
  parser.on('file', (field, stream, info) => {
    const name: string | undefined = info.filename;   // absent when no file was chosen, whatever its type says
    if (field === undefined || name === undefined || name === '' || !uploads.fields.includes(field)) { stream.resume(); return; }
    const path = join(folder, newId());
    let bytes = 0;
    stream.on('data', (piece: Buffer) => { bytes += piece.length; });
    stream.on('limit', () => { tooLarge = true; });
    writing.push(pipeline(stream, createWriteStream(path, { mode: 0o600 })).then(() => { files.push({ field, name, mime: info.mimeType, path, bytes }); }));
  });
  try {
    await pipeline(ctx.req, parser);
    await Promise.all(writing);
  } catch {
    await dropUploads(files);
    common.refuse('bad-request', { say: '文件没有传完整，请再试一次。' });
  }
  const real = files.filter(file => file.bytes > 0);
  if (tooLarge) {
    await dropUploads(files);
    common.refuse('too-large', { most: `${Math.floor(uploads.mostBytes / 1_048_576)} MB` });
  }
  return { raw: fromPairs(pairs), files: real };
}
