import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { extname, join, relative, sep } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { Context } from 'koa';

export interface Assets {
  readonly names: readonly string[];
  /** The address of a file as it is now: `/assets/<hash>/css/screen.css`. An unknown name is a bug in a view. */
  url(name: string): string;
  /** Answers `/assets/…` requests. False: the path is not ours, or no such file. */
  serve(ctx: Context): boolean;
  /** Compressed bytes of one file, for the budget test. */
  size(name: string, coding: Coding): number;
}

type Coding = 'br' | 'gzip' | 'identity';
interface Asset { readonly name: string; readonly hash: string; readonly type: string; readonly bodies: { identity: Buffer; br?: Buffer; gzip?: Buffer } }

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.svg': 'image/svg+xml; charset=utf-8', '.png': 'image/png',
  '.webmanifest': 'application/manifest+json; charset=utf-8', '.txt': 'text/plain; charset=utf-8',
};

/** One request instead of three: on a village connection each costs a third of a second. */
const bundles: Readonly<Record<string, readonly string[]>> = { 'css/screen.css': ['css/tokens.css', 'css/base.css', 'css/office.css'] };

/** Reads everything under the public folder, and htmx from its package; compresses on first use and keeps the bytes. */
export function loadAssets(publicFolder: string): Assets {
  const assets = new Map<string, Asset>();
  for (const file of readdirSync(publicFolder, { recursive: true, withFileTypes: true })) {
    if (!file.isFile()) continue;
    const path = join(file.parentPath, file.name);
    add(relative(publicFolder, path).split(sep).join('/'), readFileSync(path));
  }
  add('js/htmx.min.js', readFileSync(createRequire(import.meta.url).resolve('htmx.org/dist/htmx.min.js')));
  for (const [name, parts] of Object.entries(bundles)) add(name, Buffer.concat(parts.map(part => find(part).bodies.identity)));

  function add(name: string, body: Buffer): void {
    const type = types[extname(name)];
    if (type === undefined) return;   // notes and sources lying beside the files are not served
    const hash = createHash('sha256').update(body).digest('base64url').slice(0, 12);
    assets.set(name, { name, hash, type, bodies: { identity: body } });
  }
  function find(name: string): Asset {
    const asset = assets.get(name);
    if (asset === undefined) throw new Error(`no asset is called ${name}`);
    return asset;
  }
  return {
    names: [...assets.keys()],
    url: name => `/assets/${find(name).hash}/${name}`,
    size: (name, coding) => bodyIn(find(name), coding).length,
    serve(ctx) {
      if ((ctx.method !== 'GET' && ctx.method !== 'HEAD') || !ctx.path.startsWith('/assets/')) return false;
      const [, , hash = '', ...rest] = ctx.path.split('/');
      const asset = assets.get(rest.join('/'));
      if (asset === undefined) return false;
      send(ctx, asset, hash === asset.hash);
      return true;
    },
  };
}

function send(ctx: Context, asset: Asset, isCurrent: boolean): void {
  // Browsers name gzip first without meaning it; the smaller one is taken wherever it is understood.
  const chosen: Coding = ctx.acceptsEncodings('br') === 'br' ? 'br' : ctx.acceptsEncodings('gzip') === 'gzip' ? 'gzip' : 'identity';
  const body = bodyIn(asset, chosen);
  ctx.status = 200;   // Koa judges freshness only after a status is set
  ctx.set('Vary', 'Accept-Encoding');
  // An address with an old hash still answers, with today's bytes: a page opened before an update keeps its clothes, but keeps nothing for good.
  ctx.set('Cache-Control', isCurrent ? 'public, max-age=31536000, immutable' : 'no-cache');
  ctx.set('ETag', `"${asset.hash}-${chosen}"`);
  if (ctx.fresh) {
    ctx.status = 304;
    return;
  }
  ctx.set('Content-Type', asset.type);
  if (chosen !== 'identity') ctx.set('Content-Encoding', chosen);
  ctx.body = body;
}

function bodyIn(asset: Asset, coding: Coding): Buffer {
  return asset.bodies[coding] ??= coding === 'br'
    ? brotliCompressSync(asset.bodies.identity, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } })
    : gzipSync(asset.bodies.identity, { level: 9 });
}
