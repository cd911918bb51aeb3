import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import type { Context } from 'koa';
import { today, type Day } from '../kit/time.ts';
import type { Office } from '../office.ts';
import type { TableName } from '../store/tables.ts';
import { headersOf, setCache } from './headers.ts';
import { asksForRegion } from './htmx.ts';
import { originOf } from './origin.ts';
import { saidCookie } from './said.ts';

/** Public pages ready to send. A kept page is sent only while nothing it may show has been written since, and on the same day. */
export interface PageCache {
  /** Answers a request from what is kept, before Koa makes its context: a board asked by a whole village costs no more than sending it. False: the request goes on. */
  answer(request: IncomingMessage, response: ServerResponse): boolean;
  /** Said before anything is read for a public page: what is read from now on is at least as new as this moment. A page on which midnight passes is yesterday's. */
  begin(ctx: Context): void;
  /** Answers with a page that was just made, and keeps it if it was begun. */
  keep(ctx: Context, body: Buffer): void;
}

/** An answer as Node sends it fastest: one flat list of headers, and the bytes as a string of one byte a letter, which leaves in one write with them; a Buffer is a second one. */
interface Ready { readonly headers: readonly string[]; readonly body: string }
interface Made { readonly etag: string; readonly unchanged: readonly string[]; readonly plain: Ready; readonly gzip: Ready }
interface Moment { readonly version: number; readonly day: Day }
type Kept = Moment & Made;

const mostBytes = 24 * 1_048_576;

export function openPageCache(office: Office, tables: readonly TableName[]): PageCache {
  const pages = new Map<string, Kept>();
  const begun = new WeakMap<Context, Moment>();
  let bytes = 0;

  /** What a public page depends on besides tables and day: the address (QR codes name the origin), the size of type, and region or page. */
  const keyOf = (request: IncomingMessage): string => {
    const { headers, url = '/' } = request;
    return `${asksForRegion(headers) ? 'region' : 'page'} ${headers.cookie !== undefined && largeType.test(headers.cookie) ? 'large' : 'usual'} ${originOf(request, office.config)} ${url}`;
  };

  function put(key: string, page: Kept | undefined): void {
    const before = pages.get(key);
    if (before !== undefined) { bytes -= sizeOf(before); pages.delete(key); }
    if (page !== undefined) { bytes += sizeOf(page); pages.set(key, page); }
  }

  return {
    answer(request, response) {
      if (pages.size === 0 || (request.method !== 'GET' && request.method !== 'HEAD') || request.headers.cookie?.includes(saidCookie) === true) return false;   // a sentence for this visitor is on no kept page
      const page = pages.get(keyOf(request));
      if (page?.version !== office.writer.version(tables) || page.day !== today(office.clock)) return false;
      send(page, request, response);
      return true;
    },
    begin(ctx) { begun.set(ctx, { version: office.writer.version(tables), day: today(office.clock) }); },
    keep(ctx, body) {
      setCache(ctx, 'public');
      ctx.vary('Accept-Encoding');
      const etag = `W/"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
      const validators = ['ETag', etag, 'Cache-Control', ctx.response.get('Cache-Control'), 'Vary', ctx.response.get('Vary')];
      const common = [...Object.entries(headersOf(ctx)).flat(), 'Content-Type', ctx.response.get('Content-Type'), ...validators];
      const packed = gzipSync(body, { level: 6 });
      const page: Made = {
        etag, unchanged: validators,
        plain: { headers: [...common, 'Content-Length', String(body.length)], body: body.toString('latin1') },
        gzip: { headers: [...common, 'Content-Encoding', 'gzip', 'Content-Length', String(packed.length)], body: packed.toString('latin1') },
      };
      const moment = begun.get(ctx);
      if (moment !== undefined) put(keyOf(ctx.req), { ...moment, ...page });
      for (const oldest of pages.keys()) { if (bytes <= mostBytes) break; put(oldest, undefined); }
      ctx.respond = false;   // sent here, as it will be from now on
      send(page, ctx.req, ctx.res);
    },
  };
}

function send(page: Made, { method, headers }: IncomingMessage, response: ServerResponse): void {
  if (hasIt(page.etag, headers)) { response.writeHead(304, page.unchanged as string[]).end(); return; }
  const ready = takesGzip.test(String(headers['accept-encoding'] ?? '')) ? page.gzip : page.plain;
  response.writeHead(200, ready.headers as string[]);
  if (method === 'HEAD') response.end(); else response.end(ready.body, 'latin1');
}

const largeType = /(?:^|[;\s])xx_large=1(?:;|$)/;
/** Browsers ask for more than gzip only over TLS, and a proxy that speaks it packs for itself. */
const takesGzip = /(?:^|[,\s])gzip(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))/;
const hasIt = (etag: string, headers: IncomingHttpHeaders): boolean =>
  headers['if-none-match']?.includes(etag.slice(2)) === true && headers['cache-control']?.includes('no-cache') !== true;   // compared weakly, as asked of GET
const sizeOf = (page: Made): number => page.plain.body.length + page.gzip.body.length;
