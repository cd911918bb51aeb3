import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Said } from './render.ts';

/** The sentence for the next page travels in a signed cookie: it survives the redirect and is gone after one look. */
export const saidCookie = 'xx_said';

export function packSaid(key: Buffer, said: Said): string {
  const body = Buffer.from(JSON.stringify(said)).toString('base64url');
  return `${body}.${sign(key, body)}`;
}

export function unpackSaid(key: Buffer, cookie: string): Said | undefined {
  const [body = '', signature = ''] = cookie.split('.');
  const wanted = Buffer.from(sign(key, body));
  const got = Buffer.from(signature);
  if (wanted.length !== got.length || !timingSafeEqual(wanted, got)) return undefined;
  return JSON.parse(Buffer.from(body, 'base64url').toString()) as Said;
}

const sign = (key: Buffer, body: string): string => createHmac('sha256', key).update(`said ${body}`).digest('base64url');
