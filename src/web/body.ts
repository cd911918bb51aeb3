import type { Context } from 'koa';
import type { Raw, RawValue } from '../kit/form.ts';
import { limits } from '../kit/limits.ts';
import { Refusal } from '../kit/refusal.ts';
import { common } from '../kit/refusals.ts';
import { readMultipart, type Uploads } from './multipart.ts';
import type { Upload } from './visit.ts';

export interface Body { readonly raw: Raw; readonly files: readonly Upload[] }

/** Reads what was posted into one raw record, whatever its shape; files go to `folder` as they come. */
export async function readBody(ctx: Context, folder: string, uploads: Uploads = { fields: [], mostBytes: 0 }): Promise<Body> {
  const type = ctx.request.type;
  if (type === 'application/x-www-form-urlencoded' || type === '') return { raw: fromPairs(new URLSearchParams(await text(ctx))), files: [] };
  if (type === 'application/json') return { raw: fromJson(await text(ctx)), files: [] };
  if (type !== 'multipart/form-data') return common.refuse('wrong-type');
  const { pairs, files } = await readMultipart(ctx, folder, uploads);
  return { raw: fromPairs(pairs), files };
}

/** The person must still get the answer: what they send is read on and dropped, the connection is not torn down. */
async function text(ctx: Context): Promise<string> {
  if (Number(ctx.get('Content-Length')) > limits.bodyBytes) common.refuse('too-large', { most: '1 MB' });
  const pieces: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const piece of ctx.req.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      bytes += piece.length;
      if (bytes > limits.bodyBytes) common.refuse('too-large', { most: '1 MB' });
      pieces.push(piece);
    }
  } catch (error) {
    if (error instanceof Refusal) throw error;
    common.refuse('bad-request', { say: '内容没有传完整，请再试一次。' });   // the line broke: nobody may be left to hear it
  }
  return Buffer.concat(pieces).toString('utf8');
}

/** No database keeps a NUL, and PostgreSQL no half of a surrogate pair: neither gets further than the door. */
export const clean = (value: string): string => value.replaceAll('\0', '').toWellFormed();

function fromPairs(pairs: Iterable<readonly [string, string]>): Raw {
  const raw: Record<string, string | string[]> = Object.create(null) as Record<string, string | string[]>;
  let count = 0;
  for (const [name, given] of pairs) {
    if (++count > limits.fieldsPerForm) common.refuse('too-large', { most: `${limits.fieldsPerForm} 项` });
    const [key, value] = [clean(name), clean(given)];
    const before = raw[key];
    if (before === undefined) raw[key] = value; else if (Array.isArray(before)) before.push(value); else raw[key] = [before, value];
  }
  return raw;
}

function fromJson(source: string): Raw {
  let value: unknown;
  try { value = JSON.parse(source); } catch { common.refuse('bad-request', { say: '内容不是有效的 JSON。' }); }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) common.refuse('bad-request', { say: '内容要是一个 JSON 对象。' });
  const raw: Record<string, RawValue> = Object.create(null) as Record<string, RawValue>;
  const members = Object.entries(value as object);
  if (members.length > limits.fieldsPerForm) common.refuse('too-large', { most: `${limits.fieldsPerForm} 项` });
  for (const [name, member] of members) raw[clean(name)] = rawOf(member);
  return raw;
}

/** What a form field can carry, and nothing else: a parser that asks an object for its text would run into what the sender wrote there. */
function rawOf(member: unknown): RawValue {
  if (typeof member === 'string') return clean(member);
  if (member === null || typeof member === 'number' || typeof member === 'boolean') return member;
  if (Array.isArray(member) && member.every(one => typeof one === 'string' || typeof one === 'number')) return member.map(one => clean(String(one)));
  return common.refuse('bad-request', { say: '每一项只能是文字、数、是或否，或者一列文字。' });
}
