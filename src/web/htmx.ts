import type { IncomingHttpHeaders } from 'node:http';
import type { Context } from 'koa';

/** The only file that knows an HX- header. `partial` is the right test: boosted links, history and body targets ask for `full`. */
export const wantsRegion = (ctx: Context): boolean => ctx.get('HX-Request-Type') === 'partial';

/** A header carries plain ASCII only: names in an address are written as a browser would. */
const inHeader = (url: string): string => url.toWellFormed().replace(/[^\x21-\x7e]+/g, part => encodeURIComponent(part));

/** htmx follows a redirect inside fetch, which is right for a region (`inside`); told otherwise it makes the browser go there. */
export function redirect(ctx: Context, url: string, { inside = false } = {}): void {
  if (ctx.get('HX-Request') === 'true' && !inside) {
    ctx.status = 200;
    ctx.set('HX-Redirect', inHeader(url));
    ctx.body = '';
    return;
  }
  ctx.status = 303;
  ctx.set('Location', inHeader(url));
  ctx.type = 'text/html; charset=utf-8';
  ctx.body = '';
}

/** `wantsRegion` of a bare request, before there is a context. */
export const asksForRegion = (headers: IncomingHttpHeaders): boolean => headers['hx-request-type'] === 'partial';
