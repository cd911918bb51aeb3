import type { Context } from 'koa';
import { isEncrypted } from './origin.ts';
import type { Cache } from './reply.ts';

const policy = ["default-src 'self'", "script-src 'self'", "style-src 'self'", "img-src 'self' data: blob:", "connect-src 'self'", "object-src 'none'",
  "base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'"].join('; ');

/** Headers of every answer. A fixed list, set once a request: cheaper than a library that builds it anew, and read at a glance. */
const always: Readonly<Record<string, string>> = {
  'Content-Security-Policy': policy,
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'geolocation=(), microphone=(), payment=(), usb=()',
};

/** Behind a proxy with a certificate the world trusts. Our own secure door stands beside plain HTTP under the same name, and this would bar that for the whole name. */
const alwaysSecure = { ...always, 'Strict-Transport-Security': 'max-age=31536000' };

export const headersOf = (ctx: Context): Readonly<Record<string, string>> => ctx.secure && !isEncrypted(ctx.req) ? alwaysSecure : always;
export function setHeaders(ctx: Context): void { ctx.set(headersOf(ctx)); }

export function setCache(ctx: Context, cache: Cache): void {
  ctx.set('Cache-Control', cache === 'public' ? 'public, no-cache' : 'no-store');
  ctx.vary('HX-Request-Type');
}
