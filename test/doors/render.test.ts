import { once } from 'node:events';
import { createServer, request, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import test from 'ava';
import type { ExecutionContext } from 'ava';
import Koa from 'koa';
import { loadAssets } from '../../src/web/assets.ts';

const assets = loadAssets('public');
const url = assets.url('css/screen.css');
const plain = assets.size('css/screen.css', 'identity');

test('an asset is kept for good under its hash, compressed as the browser can', async t => {
  const get = await serve(t);
  const br = await get(url, { 'accept-encoding': 'gzip, deflate, br' });
  t.is(br.status, 200);
  t.is(br.headers['cache-control'], 'public, max-age=31536000, immutable');
  t.is(br.headers['content-encoding'], 'br');
  t.is(br.headers['content-type'], 'text/css; charset=utf-8');
  t.is(br.headers.vary, 'Accept-Encoding');
  t.is(brotliDecompressSync(br.body).length, plain);
  const gzip = await get(url, { 'accept-encoding': 'gzip' });
  t.is(gunzipSync(gzip.body).length, plain);
  const bare = await get(url, { 'accept-encoding': 'identity' });
  t.is(bare.headers['content-encoding'], undefined);
  t.is(bare.body.length, plain);
});

test('what is still the same is not sent again; HEAD sends no body', async t => {
  const get = await serve(t);
  const first = await get(url, { 'accept-encoding': 'br' });
  const again = await get(url, { 'accept-encoding': 'br', 'if-none-match': String(first.headers.etag) });
  t.is(again.status, 304);
  t.is(again.body.length, 0);
  t.is((await get(url, { 'accept-encoding': 'gzip', 'if-none-match': String(first.headers.etag) })).status, 200, 'another coding is another body');
  const head = await get(url, { 'accept-encoding': 'br' }, 'HEAD');
  t.is(head.status, 200);
  t.is(head.body.length, 0);
  t.is(Number(head.headers['content-length']), first.body.length);
});

test('an old hash still answers, but is not kept', async t => {
  const answer = await (await serve(t))('/assets/of-last-year/css/screen.css');
  t.is(answer.status, 200);
  t.is(answer.headers['cache-control'], 'no-cache');
});

test('nothing outside the folder is served, and nothing is written to it', async t => {
  const get = await serve(t);
  for (const path of ['/assets/', '/assets/x', '/assets/x/', '/assets/x/css/none.css', '/assets/x/../package.json', '/assets/x/%2e%2e/package.json', '/assets/x/css%2fscreen.css', '/assets/x/constructor', '/elsewhere']) t.is((await get(path)).status, 404, path);
  t.is((await get(url, {}, 'POST')).status, 404);
});

test('htmx comes from its package, under our own address', async t => {
  t.regex((await (await serve(t))(assets.url('js/htmx.min.js'), { 'accept-encoding': 'identity' })).body.toString(), /^var htmx/);
});

interface Answer { readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: Buffer }

/** A bare server with the assets alone; asks with the path exactly as written. */
async function serve(t: ExecutionContext): Promise<(path: string, headers?: Record<string, string>, method?: string) => Promise<Answer>> {
  const app = new Koa();
  app.use((ctx, next) => assets.serve(ctx) ? undefined : next());
  const server = createServer(app.callback()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.teardown(() => { server.close(); server.closeAllConnections(); });
  const { port } = server.address() as AddressInfo;
  return async (path, headers = {}, method = 'GET') => {
    const asked = request({ port, host: '127.0.0.1', path, headers, method }).end();
    const [answer] = await once(asked, 'response') as [import('node:http').IncomingMessage];
    const parts: Buffer[] = [];
    for await (const part of answer) parts.push(part as Buffer);
    return { status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(parts) };
  };
}
