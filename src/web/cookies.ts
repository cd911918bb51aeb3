import type { Context } from 'koa';
import { isEncrypted } from './origin.ts';

export const sessionCookie = 'xx_s';
export const visitorCookie = 'xx_v';
/** No secret, and one for both doors: pages kept for large type are found by it. */
export const largeCookie = 'xx_large';

/**
 * A browser sends one host's cookies to both our doors, but lets the plain one write over no cookie of the secure one: whoever had been
 * at the secure door could never sign in at the plain one. So each door has names of its own, and `__Host-` keeps the plain one from making one up.
 */
const nameAt = (ctx: Context, name: string): string => isEncrypted(ctx.req) && name !== largeCookie ? `__Host-${name}` : name;

export const cookieOf = (ctx: Context, name: string): string | undefined => ctx.cookies.get(nameAt(ctx, name));

export function keepCookie(ctx: Context, name: string, value: string | null, { days }: { readonly days?: number } = {}): void {
  ctx.cookies.set(nameAt(ctx, name), value, { httpOnly: true, sameSite: 'lax', secure: ctx.secure && name !== largeCookie, overwrite: true, ...days === undefined ? {} : { maxAge: days * 86_400_000 } });
}
