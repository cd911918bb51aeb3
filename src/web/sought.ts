import type { KeyObject } from 'node:crypto';
import type { Instant } from '../kit/time.ts';
import { openSealed, sealText } from './sealed.ts';

/**
 * Addresses are logged, remembered and passed on, so what somebody was looked for by never stands in one: a search is posted to `/find`,
 * which leads on to the page with everything that was asked in one sealed part. It opens at that page only, and for half a day.
 */
const part = 'sought';
const lastsMs = 12 * 3_600_000;

type Fields = Readonly<Record<string, string | undefined>>;
interface Place { readonly key: KeyObject; readonly at: Instant; readonly path: string }

/** The address of a page of ours, asked with these fields; empty ones are left out. */
export function addressOf({ key, at, path }: Place, fields: Fields): string {
  const asked = Object.entries(fields).filter((field): field is [string, string] => field[1] !== undefined && field[1] !== '');
  return asked.length === 0 ? path : `${path}?${part}=${sealText(key, `sought ${path}`, JSON.stringify([at, ...asked]))}`;
}

/** The fields of an address: those in the sealed part first, then what stands beside it. */
export function askedIn({ key, at, path }: Place, querystring: string): readonly (readonly [string, string])[] {
  const given = [...new URLSearchParams(querystring)];
  const sealed = given.find(([name]) => name === part)?.[1];
  const text = sealed === undefined ? undefined : openSealed(key, `sought ${path}`, sealed);
  const beside = given.filter(([name]) => name !== part);
  if (text === undefined) return beside;
  const [since, ...asked] = JSON.parse(text) as [Instant, ...[string, string][]];
  return Date.parse(at) - Date.parse(since) > lastsMs ? beside : [...asked, ...beside];
}
