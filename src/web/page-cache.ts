import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { Context } from 'koa';
import { dayOf, type Day, type Instant } from '../kit/time.ts';
import type { Office } from '../office.ts';
import type { TableName } from '../store/tables.ts';
import { setCache } from './headers.ts';
import { wantsRegion } from './htmx.ts';

interface Kept { readonly version: number; readonly headers: Readonly<Record<string, string>>; readonly plain: Buffer; readonly gzip: Buffer }

/** Public pages as ready buffers. A kept page is sent only while nothing it may show has been written since, and on the same day. */
export interface PageCache {
  /** Answers from what is kept: 200 or 304. False: whoever was asked must look further. */
  answer(ctx: Context, office: Office): boolean;
  /** The same for a public route; what it is about to make may then be kept. */
  send(ctx: Context, office: Office): boolean;
  /** Answers with a page that was just made, and keeps it if its route is a public one. */
  keep(ctx: Context, office: Office, body: Buffer): void;
}

const mostBytes = 24 * 1_048_576;
const never = -1;

export function openPageCache(tables: readonly TableName[]): PageCache {
  const pages = new Map<string, Kept>();
  const asked = new WeakMap<Context, number>();
  let bytes = 0;

  function drop(key: string): void {
    const page = pages.get(key);
    if (page === undefined) return;
    bytes -= page.plain.length + page.gzip.length;
    pages.delete(key);
  }

  function write(ctx: Context, page: Kept): void {
    ctx.status = 200;   // Koa judges freshness only after a status is set
    ctx.set(page.headers);
    if (ctx.get('If-None-Match') !== '' && ctx.fresh) { ctx.status = 304; return; }
    if (ctx.acceptsEncodings('gzip', 'identity') === 'gzip') { ctx.set('Content-Encoding', 'gzip'); ctx.body = page.gzip; } else ctx.body = page.plain;
  }

  function answer(ctx: Context, office: Office): boolean {
    const page = (ctx.method === 'GET' || ctx.method === 'HEAD') && pages.size > 0 ? pages.get(keyOf(ctx, office)) : undefined;
    if (page === undefined || page.version !== office.writer.version(tables)) return false;
    write(ctx, page);
    return true;
  }

  return {
    answer,
    send(ctx, office) {
      asked.set(ctx, office.writer.version(tables));   // what is read from now on is at least as new as this
      return answer(ctx, office);
    },
    keep(ctx, office, body) {
      const key = keyOf(ctx, office);
      const etag = `W/"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
      setCache(ctx, 'public');
      ctx.vary('Accept-Encoding');
      const page: Kept = {
        version: asked.get(ctx) ?? never, plain: body, gzip: gzipSync(body, { level: 6 }),
        headers: { 'Content-Type': ctx.response.get('Content-Type'), 'Cache-Control': ctx.response.get('Cache-Control'), Vary: ctx.response.get('Vary'), ETag: etag },
      };
      drop(key);
      if (page.version !== never) {
        pages.set(key, page);
        bytes += page.plain.length + page.gzip.length;
        for (const oldest of pages.keys()) { if (bytes <= mostBytes) break; drop(oldest); }
      }
      write(ctx, page);
    },
  };
}

/** What a public page depends on besides the tables: the address (QR codes name the origin), the size of type, the day, and region or page. */
const keyOf = (ctx: Context, office: Office): string =>
  `${dayAt(office.clock.now())} ${ctx.origin} ${ctx.get('Cookie') !== '' && ctx.cookies.get('xx_large') === '1' ? 'L' : 'n'}${wantsRegion(ctx) ? 'r' : 'p'} ${ctx.url}`;

/** The day in China begins on a full hour of UTC: reckoned once an hour instead of with each request. */
function dayAt(at: Instant): Day {
  const hour = at.slice(0, 13);
  if (hour !== lately.hour) lately = { hour, day: dayOf(at) };
  return lately.day;
}
let lately = { hour: '', day: '' };
