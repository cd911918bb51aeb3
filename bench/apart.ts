import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** A piece of a benchmark in a process of its own, so that its memory and its event loop are its own. */
export interface Apart<Answer> {
  readonly pid: number;
  /** What it says next. */
  next(): Promise<Answer>;
  /** Lets a piece that waits for it go on. */
  go(): void;
  stop(): Promise<void>;
}

/** Starts the default export of a module under `bench/` with what it needs to know; its answer, and all it says later, come by `next`. */
export function startApart<Given, Answer>(piece: string, given: Given, environment: NodeJS.ProcessEnv = {}): Apart<Answer> {
  const child = fork(new URL('./apart-child.ts', import.meta.url), [piece, JSON.stringify(given)], { execPath: process.execPath, env: { ...process.env, ...environment } });
  const said: Answer[] = [];
  const waiting: { done: (answer: Answer) => void; failed: (error: Error) => void }[] = [];
  let end: Error | undefined;
  child.on('message', (answer: Answer) => { const first = waiting.shift(); if (first === undefined) said.push(answer); else first.done(answer); });
  child.on('exit', code => { end = new Error(`${piece} ended with ${code ?? 'a signal'}`); for (const one of waiting) one.failed(end); });
  return {
    pid: child.pid ?? 0,
    next: () => new Promise((done, failed) => {
      const [first] = said.splice(0, 1);
      if (first !== undefined) done(first); else if (end !== undefined) failed(end); else waiting.push({ done, failed });
    }),
    go() { child.send('go'); },
    stop: () => stopped(child),
  };
}

async function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}

/** Runs a piece to its only answer. */
export async function runApart<Given, Answer>(piece: string, given: Given): Promise<Answer> {
  const child = startApart<Given, Answer>(piece, given);
  try { return await child.next(); } finally { await child.stop(); }
}
