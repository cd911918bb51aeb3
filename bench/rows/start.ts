import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, get } from 'node:http';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { runApart } from '../apart.ts';
import { atMost, below, median, type Figure } from '../figure.ts';
import type { Filled } from '../pieces/fill.ts';
import { press } from '../press.ts';
import { inScratch, listen } from '../scratch.ts';
import { dayOfUse } from '../use.ts';

const programs = { ours: fileURLToPath(new URL('../../src/main.ts', import.meta.url)), theirs: fileURLToPath(new URL('../pieces/hello-main.ts', import.meta.url)) };
const requests = 1_000;
const days = 8;
const size = { villages: 20, households: 150, values: 30 };

/** From the start of the program to its first byte, and what it holds: idle, and over days of use. */
export const starting = (): Promise<readonly Figure[]> => inScratch(async dataDir => {
  const filled = await runApart<object, Filled>('./pieces/fill.ts', { dataDir, size });
  const [ours, theirs]: [number[], number[]] = [[], []];
  for (let turn = 0; turn < 8; turn++) {
    for (const [program, times] of [[programs.ours, ours], [programs.theirs, theirs]] as const) {
      const started = await startProgram(program, dataDir);
      if (turn > 0) times.push(started.firstByteMs); else await pause(2_000);   // The first turn fills the caches, for what is loaded after the first pages too.
      await stop(started.child);
    }
  }
  return [
    atMost({ what: 'start to first byte', ours: `${median(ours).toFixed(0)} ms`, baseline: `${median(theirs).toFixed(0)} ms Koa alone`, ratio: median(ours) / median(theirs) }, 2.5),
    ...await memory(dataDir, filled),
  ];
});

async function memory(dataDir: string, filled: Filled): Promise<readonly Figure[]> {
  const { child, port } = await startProgram(programs.ours, dataDir);
  try {
    await pause(5_000);
    const idle = residentMegabytes(child);
    const held: number[] = [];
    const each = dayOfUse(filled, size);
    for (let day = 0; day < 2 * days; day++) {
      await press(`http://127.0.0.1:${port}`, { connections: 8, amount: requests, each });
      await pause(500);
      held.push(residentMegabytes(child));
    }
    const [before, later] = [Math.max(...held.slice(0, days)), Math.max(...held.slice(days))];
    return [
      below('memory when idle', idle, 'MB', 130),
      // The first days fill its caches, and the heap up to where garbage is first collected; what then still grew would grow for ever.
      atMost({ what: `memory over ${days} more days of use, ${requests} requests each`, ours: `${later.toFixed(0)} MB at most`, baseline: `${before.toFixed(0)} MB in the first ${days}`, ratio: later / before }, 1.1),
    ];
  } finally { await stop(child); }
}

interface Started { readonly child: ChildProcess; readonly port: number; readonly firstByteMs: number }

async function startProgram(program: string, dataDir: string): Promise<Started> {
  const free = createServer();
  const port = await listen(free);
  await new Promise(resolve => free.close(resolve));
  const start = performance.now();
  const child = spawn(process.execPath, [...process.execArgv, program], {   // with what `npm start` gives to Node, as this bench was given it
    stdio: 'ignore',
    env: { ...process.env, PORT: String(port), HOST: '127.0.0.1', DATA_DIR: dataDir, DEMO: 'off', LOG_LEVEL: 'silent', DATABASE_URL: '', NODE_COMPILE_CACHE: join(dataDir, 'cache', 'compiled') },
  });
  while (!await answers(port)) {
    if (child.exitCode !== null) throw new Error(`${program} ended with ${child.exitCode}`);
    await pause(2);
  }
  return { child, port, firstByteMs: performance.now() - start };
}

const answers = (port: number): Promise<boolean> => new Promise(resolve => {
  get({ port, host: '127.0.0.1', path: '/' }, answer => { answer.once('data', () => { resolve(true); }).resume(); }).on('error', () => { resolve(false); });
});

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}

const residentMegabytes = (child: ChildProcess): number => Number(spawnSync('ps', ['-o', 'rss=', '-p', String(child.pid)], { encoding: 'utf8' }).stdout) * 1_024 / 1e6;
