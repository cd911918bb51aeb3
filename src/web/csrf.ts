import { createHmac, timingSafeEqual, type KeyObject } from 'node:crypto';
import type { Context } from 'koa';

/** A token bound to the visitor's own cookie: another site can neither read nor make it. */
export function tokenFor(key: KeyObject, cookie: string): string {
  const own = made.get(key) ?? new Map<string, string>();
  made.set(key, own);
  const known = own.get(cookie);
  if (known !== undefined) return known;
  const token = createHmac('sha256', key).update(cookie).digest('base64url').slice(0, 32);
  if (own.size >= mostKept) own.clear();
  own.set(cookie, token);
  return token;
}

/** Asked for at every page and every save of one person, made once: it hangs on the cookie alone. */
const made = new WeakMap<KeyObject, Map<string, string>>();
const mostKept = 1_000;

export function isToken(token: string, given: unknown): boolean {
  const wanted = Buffer.from(token);
  const got = Buffer.from(typeof given === 'string' ? given : '');
  return got.length === wanted.length && timingSafeEqual(got, wanted);
}

/** What the browser says about where a request comes from; plain HTTP in a LAN sends no Sec-Fetch-Site, then Origin decides. */
export function isOwnSite(ctx: Context): boolean {
  const site = ctx.get('Sec-Fetch-Site');
  if (site !== '') return site === 'same-origin' || site === 'none';
  const origin = ctx.get('Origin');
  if (origin === '' || origin === 'null') return origin === '';
  try { return new URL(origin).host === ctx.host; } catch { return false; }
}
