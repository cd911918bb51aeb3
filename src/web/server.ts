import type { RequestListener, Server } from 'node:http';
import type { Server as SecureServer } from 'node:https';
import type { Socket } from 'node:net';
import { later } from '../kit/later.ts';

/** An `import` would read whatever node:http offers, its web sockets and fetch too: 40 ms of the start for what nobody uses. */
const http = later<typeof import('node:http')>('node:http');
const https = later<typeof import('node:https')>('node:https');

/** A photograph of some megabytes over a village line takes minutes; Node's own patience is five. */
const requestMs = 20 * 60_000;
const patience = { requestTimeout: requestMs, headersTimeout: 30_000 };

/** The HTTP server around the app: patient with slow lines, and with words for what never becomes a request. */
export function openServer(listener: RequestListener): Server {
  return withWords(http().createServer(patience, listener));
}

/** The same over TLS, with a certificate and its key as PEM. */
export function openSecureServer({ cert, key }: { readonly cert: string; readonly key: string }, listener: RequestListener): SecureServer {
  return withWords(https().createServer({ ...patience, cert, key, minVersion: 'TLSv1.2' }, listener));
}

function withWords<One extends Server>(server: One): One {
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    if (error.code === 'ECONNRESET' || !socket.writable) { socket.destroy(); return; }
    const [status, words] = wordsFor(error.code);
    const body = Buffer.from(`<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>${words}</title><h1>${words}</h1><p><a href="/">回到首页</a></p></html>`);
    socket.end(`HTTP/1.1 ${status} ${http().STATUS_CODES[status] ?? ''}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: ${body.length}\r\nCache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n${body.toString()}`);
  });
  return server;
}

function wordsFor(code: string | undefined): readonly [number, string] {
  if (code === 'HPE_HEADER_OVERFLOW') return [431, '地址或请求太长，请从页面上重新操作'];
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return [408, '传得太慢，连接断开了，请再试一次'];
  return [400, '这个请求看不懂，请从页面上重新操作'];
}
