import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { Context } from 'koa';
import { today } from '../kit/time.ts';
import type { Office } from '../office.ts';
import type { TableName } from '../store/tables.ts';
import { setCache } from './headers.ts';
import { wantsRegion } from './htmx.ts';

interface Kept { readonly version: number; readonly type: string; readonly etag: string; readonly plain: Buffer; readonly gzip: Buffer }

/** Public pages as ready buffers. A kept page is sent only while nothing it may show has been written since, and on the same day. */
export interface PageCache {
  /** Answers from what is kept: 200 or 304. False: it must be made. */
  send(ctx: Context, office: Office): boolean;
  /** Keeps a page that was just made, and answers with it. */
  keep(ctx: Context, office: Office, body: Buffer): void;
}

const mostBytes = 24 * 1_048_576;

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

  function answer(ctx: Context, page: Kept): void {
    ctx.status = 200;
    ctx.type = page.type;
    setCache(ctx, 'public');
    ctx.vary('Accept-Encoding');
    ctx.set('ETag', page.etag);
    if (ctx.fresh) { ctx.status = 304; return; }
    if (ctx.acceptsEncodings('gzip', 'identity') === 'gzip') { ctx.set('Content-Encoding', 'gzip'); ctx.body = page.gzip; } else ctx.body = page.plain;
  }

  return {
    send(ctx, office) {
      const version = office.writer.version(tables);
      const page = pages.get(keyOf(ctx, office));
      if (page === undefined || page.version !== version) {
        asked.set(ctx, version);   // what is read from now on is at least as new as this
        return false;
      }
      answer(ctx, page);
      return true;
    },
    keep(ctx, office, body) {
      const key = keyOf(ctx, office);
      const page: Kept = {
        version: asked.get(ctx) ?? -1, type: ctx.type, plain: body, gzip: gzipSync(body, { level: 6 }),
        etag: `W/"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`,
      };
      drop(key);
      pages.set(key, page);
      bytes += page.plain.length + page.gzip.length;
      for (const oldest of pages.keys()) { if (bytes <= mostBytes) break; drop(oldest); }
      answer(ctx, page);
    },
  };
}

/** What a public page depends on besides the tables: the address (QR codes name the origin), the size of type, the day, and region or page. */
const keyOf = (ctx: Context, office: Office): string =>
  `${today(office.clock)} ${ctx.origin} ${ctx.cookies.get('xx_large') === '1' ? 'L' : 'n'}${wantsRegion(ctx) ? 'r' : 'p'} ${ctx.url}`;
