import { once } from 'node:events';
import { connect } from 'node:net';
import { performance } from 'node:perf_hooks';
import { percentile } from './figure.ts';

export interface Asked { readonly method: string; readonly path: string; readonly headers: Readonly<Record<string, string>>; readonly body: string }
export interface Pressed { readonly perSecond: number; readonly p99: number }
interface Pressure { readonly connections: number; readonly amount: number; readonly headers?: Readonly<Record<string, string>>; readonly each?: () => Asked }

/**
 * Asks a server as fast as it answers, from plain sockets: whoever presses must cost less than whoever answers, or it would measure itself.
 * Counted from the first byte asked to the last one answered; anything but an answer of the kind wanted spoils the measurement and throws.
 */
export async function press(url: string, { connections, amount, headers = {}, each }: Pressure): Promise<Pressed> {
  const { host, hostname, port, pathname, search } = new URL(url);
  const same = written(host, { method: 'GET', path: pathname + search, headers, body: '' });
  let left = amount;
  const took: number[] = [];
  const next = (): Buffer | undefined => left-- > 0 ? each === undefined ? same : written(host, each()) : undefined;
  const sockets = await Promise.all(Array.from({ length: connections }, async () => { const socket = connect(Number(port), hostname).setNoDelay(true); await once(socket, 'connect'); return socket; }));
  const start = performance.now();
  try {
    await Promise.all(sockets.map(socket => new Promise<void>((done, failed) => {
      let asked = 0;
      const ask = (): void => {
        const request = next();
        if (request === undefined) { done(); return; }
        asked = performance.now();
        socket.write(request);
      };
      const answers = answersOf(status => {
        if (status >= 400) { failed(new Error(`${url}: answered ${status}`)); return; }
        took.push(performance.now() - asked);
        ask();
      });
      socket.on('data', data => { try { answers(data); } catch (error) { failed(error as Error); } });
      socket.on('error', failed).on('close', () => { failed(new Error(`${url}: hung up`)); });
      ask();
    })));
    return { perSecond: amount / (performance.now() - start) * 1_000, p99: percentile(took, 0.99) };
  } finally { for (const socket of sockets) socket.destroy(); }
}

const written = (host: string, { method, path, headers, body }: Asked): Buffer =>
  Buffer.from(`${method} ${path} HTTP/1.1\r\nHost: ${host}\r\n${Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`).join('')}${body === '' ? '' : `Content-Length: ${Buffer.byteLength(body)}\r\n`}\r\n${body}`);

/** Tells the status of each answer once its last byte is there; takes the bytes as they come. */
function answersOf(whole: (status: number) => void): (data: Buffer) => void {
  let head: Buffer = Buffer.alloc(0);
  let missing = 0;
  let status = 0;
  return data => {
    if (missing === 0) {
      head = head.length === 0 ? data : Buffer.concat([head, data]);
      const end = head.indexOf('\r\n\r\n');
      if (end < 0) return;
      const words = head.toString('latin1', 0, end);
      status = Number(words.slice(9, 12));
      const length = /\r\ncontent-length: (\d+)/i.exec(words)?.[1];
      if (length === undefined && status !== 304 && status !== 204) throw new Error('an answer that does not say its length');
      missing = end + 4 + Number(length ?? 0) - head.length;
      head = Buffer.alloc(0);
    } else missing -= data.length;
    if (missing === 0) whole(status); else if (missing < 0) throw new Error('an answer longer than it said');
  };
}
