import type { KeyObject } from 'node:crypto';
import type { Said } from './render.ts';
import { openSealed, sealText } from './sealed.ts';

/** The sentence for the next page travels in a cookie: it survives the redirect and is gone after one look. It may name people, so it is sealed. */
export const saidCookie = 'xx_said';

export const packSaid = (key: KeyObject, said: Said): string => sealText(key, 'said', JSON.stringify(said));

export function unpackSaid(key: KeyObject, cookie: string): Said | undefined {
  const text = openSealed(key, 'said', cookie);
  return text === undefined ? undefined : JSON.parse(text) as Said;
}
