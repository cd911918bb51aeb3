import { chmodSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { createConnection, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { ExitCode, Words } from './commands/command.ts';
import { command } from './commands/refusals.ts';
import { sha256 } from './store/trace.ts';

/** A command line on its way to the process that owns the data folder. */
export interface Handed { readonly args: readonly string[]; readonly cwd: string }
type Run = (handed: Handed, words: Words) => Promise<ExitCode>;

const pathMost = 100;   // a socket's path has about 108 bytes on Linux, 104 elsewhere

/** The local socket of an office; only the account that owns the folder can reach it. */
export function socketPath(dataDir: string): string {
  const path = join(dataDir, 'office.sock');
  return Buffer.byteLength(path) <= pathMost ? path : join(tmpdir(), `xiangxin-${sha256(dataDir).slice(0, 16)}`, 'office.sock');
}

/** Lets the server carry out commands that write, one after the other. The caller holds the lock, so an old socket is nobody's. */
export async function openHandover(dataDir: string, run: Run): Promise<{ close(): Promise<void> }> {
  const path = socketPath(dataDir);
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  rmSync(path, { force: true });
  const sockets = new Set<Socket>();
  let turn: Promise<unknown> = Promise.resolve();
  const server: Server = createServer(socket => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => socket.destroy());
    const say = (line: Readonly<Record<string, unknown>>): void => { if (!socket.destroyed) socket.write(`${JSON.stringify(line)}\n`); };
    createInterface({ input: socket }).once('line', line => {
      turn = turn.then(async () => {
        const code = await run(handedIn(line), { out: text => { say({ out: text }); }, err: text => { say({ err: text }); } });
        say({ code });
        socket.end();
      }).catch((error: unknown) => { say({ err: String(error) }); say({ code: 1 }); socket.end(); });
    });
  });
  await new Promise<void>((resolve, reject) => { server.once('error', reject); server.listen(path, resolve); });
  chmodSync(path, 0o600);
  return {
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>(resolve => { server.close(() => { resolve(); }); });
      rmSync(path, { force: true });
    },
  };
}

function handedIn(line: string): Handed {
  const read = JSON.parse(line) as Partial<Handed>;
  if (!Array.isArray(read.args) || typeof read.cwd !== 'string') throw new Error('not a command line');
  return { args: (read.args as readonly unknown[]).map(String), cwd: read.cwd };
}

/** Hands a command to the running server; its words come back line by line. Refuses with `server-silent` when nobody listens. */
export async function handOver(dataDir: string, handed: Handed, words: Words): Promise<ExitCode> {
  const path = socketPath(dataDir);
  if (!existsSync(path)) command.refuse('server-silent');
  const socket = createConnection(path);
  const connected = await new Promise<boolean>(resolve => { socket.once('connect', () => { resolve(true); }); socket.once('error', () => { resolve(false); }); });
  if (!connected) command.refuse('server-silent');
  socket.on('error', () => socket.destroy());
  socket.write(`${JSON.stringify(handed)}\n`);
  let code: ExitCode | undefined;
  for await (const line of createInterface({ input: socket })) {
    const said = JSON.parse(line) as { out?: string; err?: string; code?: number };
    if (said.out !== undefined) words.out(said.out);
    if (said.err !== undefined) words.err(said.err);
    if (said.code !== undefined) code = said.code === 0 ? 0 : said.code === 2 ? 2 : 1;
  }
  return code ?? command.refuse('server-silent');
}
