import { createHash } from 'node:crypto';
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import type { Context } from 'koa';
import { dayOf, type Day, type Instant } from '../kit/time.ts';
import type { Office } from '../office.ts';
import type { TableName } from '../store/tables.ts';
import { always, setCache } from './headers.ts';
import { asksForRegion, wantsRegion } from './htmx.ts';

interface Kept {
  readonly version: number; readonly headers: Readonly<Record<string, string>>; readonly plain: Buffer; readonly gzip: Buffer;
  /** Whole header blocks, for answers that never see Koa. */
  readonly ready: { readonly plain: OutgoingHttpHeaders; readonly gzip: OutgoingHttpHeaders; readonly unchanged: OutgoingHttpHeaders };
}

/** Public pages as ready buffers. A kept page is sent only while nothing it may show has been written since, and on the same day. */
export interface PageCache {
  /** The same before Koa makes its context: a board asked by a whole village costs no more than sending it. Only where nothing of a proxy must be believed. */
  ahead(request: IncomingMessage, response: ServerResponse, office: Office): boolean;
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
    ahead(request, response, office) {
      if (pages.size === 0 || office.config.trustProxy || (request.method !== 'GET' && request.method !== 'HEAD')) return false;
      const { headers } = request;
      if (headers.host === undefined || /large|q=/.test(`${headers.cookie ?? ''}${headers['accept-encoding'] ?? ''}`)) return false;   // the rare cases are Koa's
      const page = pages.get(keyFrom(office, { origin: `http://${headers.host}`, isLarge: false, isRegion: asksForRegion(headers), url: request.url ?? '/' }));
      if (page === undefined || page.version !== office.writer.version(tables)) return false;
      const etag = page.headers['ETag'] ?? '';
      if (headers['if-none-match']?.includes(etag.slice(2)) === true && !/no-cache/.test(headers['cache-control'] ?? '')) { response.writeHead(304, page.ready.unchanged).end(); return true; }
      const isPacked = /\bgzip\b/.test(String(headers['accept-encoding'] ?? ''));
      response.writeHead(200, isPacked ? page.ready.gzip : page.ready.plain);
      if (request.method === 'HEAD') response.end(); else response.end(isPacked ? page.gzip : page.plain);
      return true;
    },
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
      const gzip = gzipSync(body, { level: 6 });
      const headers = { 'Content-Type': ctx.response.get('Content-Type'), 'Cache-Control': ctx.response.get('Cache-Control'), Vary: ctx.response.get('Vary'), ETag: etag };
      const page: Kept = {
        version: asked.get(ctx) ?? never, plain: body, gzip, headers,
        ready: { plain: { ...always, ...headers, 'Content-Length': body.length }, gzip: { ...always, ...headers, 'Content-Encoding': 'gzip', 'Content-Length': gzip.length }, unchanged: { ...always, ...headers } },
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
  keyFrom(office, { origin: ctx.origin, isLarge: ctx.get('Cookie') !== '' && ctx.cookies.get('xx_large') === '1', isRegion: wantsRegion(ctx), url: ctx.url });

interface Asked { readonly origin: string; readonly isLarge: boolean; readonly isRegion: boolean; readonly url: string }
const keyFrom = (office: Office, { origin, isLarge, isRegion, url }: Asked): string => `${dayAt(office.clock.now())} ${origin} ${isLarge ? 'L' : 'n'}${isRegion ? 'r' : 'p'} ${url}`;

/** The day in China begins on a full hour of UTC: reckoned once an hour instead of with each request. */
function dayAt(at: Instant): Day {
  const hour = at.slice(0, 13);
  if (hour !== lately.hour) lately = { hour, day: dayOf(at) };
  return lately.day;
}
let lately = { hour: '', day: '' };
