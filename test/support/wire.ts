import { request } from 'node:http';
import { connect } from 'node:net';

export interface Answer { readonly status: number; readonly body: string; readonly headers: Readonly<Record<string, string | readonly string[] | undefined>> }

/** A request exactly as written: no client tidies its path, headers or body. */
export function wire(origin: string, { method = 'GET', path, headers = {}, body }: { readonly method?: string; readonly path: string; readonly headers?: Readonly<Record<string, string>>; readonly body?: string | Buffer }): Promise<Answer> {
  const { hostname, port } = new URL(origin);
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, method, path, headers: { ...headers, ...body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) } }, agent: false }, answer => {
      const pieces: Buffer[] = [];
      answer.on('data', (piece: Buffer) => { pieces.push(piece); });
      answer.on('end', () => { resolve({ status: answer.statusCode ?? 0, body: Buffer.concat(pieces).toString(), headers: answer.headers }); });
      answer.on('error', reject);
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

/** Bytes on a bare connection; answers what came back until the other side, or we, hung up. */
export function bytes(origin: string, text: string, { hangUp = false } = {}): Promise<string> {
  const { hostname, port } = new URL(origin);
  return new Promise(resolve => {
    let heard = '';
    const socket = connect(Number(port), hostname, () => { socket.write(text, () => { if (hangUp) setTimeout(() => { socket.destroy(); }, 20); }); });
    socket.setEncoding('utf8').on('data', (piece: string) => { heard += piece; });
    socket.on('error', () => undefined);
    socket.on('close', () => { resolve(heard); });
  });
}
