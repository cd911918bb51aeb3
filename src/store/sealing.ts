import { Worker } from 'node:worker_threads';
import type { Secrets, SecretsFile } from './secrets.ts';

/** Texts to be sealed, and others that match keys are wanted of, by kind; null stays null. */
export interface Bare { readonly seal: readonly (string | null)[]; readonly match: Readonly<Record<string, readonly (string | null)[]>> }
/** The same places, sealed and as match keys. */
export type Kept = Bare;

export const keptOf = ({ seal, matchKey }: Pick<Secrets, 'seal' | 'matchKey'>, bare: Bare): Kept => ({
  seal: bare.seal.map(text => text === null ? null : seal(text)),
  match: Object.fromEntries(Object.entries(bare.match).map(([kind, texts]) => [kind, texts.map(text => text === null ? null : matchKey(kind, text))])),
});

export interface Asked { readonly no: number; readonly bare: Bare }
export interface Answered { readonly no: number; readonly kept: Kept }
interface Waiting { readonly done: (kept: Kept) => void; readonly failed: (error: Error) => void }

interface Thread { readonly worker: Worker; readonly waiting: Map<number, Waiting> }

const fewest = 256;   // Below it they are done here sooner than a thread could be asked.
const idleMs = 10_000;

/** Seals a register's numbers in a thread of its own: half of what reading it takes, and pages are answered meanwhile. The thread begins with the first long list and ends when there is nothing to do. */
export class Sealer {
  readonly #file: SecretsFile;
  readonly #own: Pick<Secrets, 'seal' | 'matchKey'>;
  #thread: Thread | undefined;
  #idle: NodeJS.Timeout | undefined;
  #last = 0;

  constructor(file: SecretsFile, own: Pick<Secrets, 'seal' | 'matchKey'>) { this.#file = file; this.#own = own; }

  async keep(bare: Bare): Promise<Kept> {
    if (bare.seal.length < fewest) return keptOf(this.#own, bare);
    clearTimeout(this.#idle);
    const thread = this.#thread ??= this.#begin();
    const no = ++this.#last;
    return new Promise<Kept>((done, failed) => {
      thread.waiting.set(no, { done, failed });
      thread.worker.postMessage({ no, bare } satisfies Asked);
    });
  }

  async close(): Promise<void> {
    clearTimeout(this.#idle);
    const thread = this.#thread;
    this.#thread = undefined;
    await thread?.worker.terminate();
  }

  #begin(): Thread {
    const worker = new Worker(new URL('sealing-thread.ts', import.meta.url), { workerData: this.#file });
    const thread: Thread = { worker, waiting: new Map() };
    worker.unref();
    worker.on('message', ({ no, kept }: Answered) => {
      thread.waiting.get(no)?.done(kept);
      thread.waiting.delete(no);
      if (thread.waiting.size === 0 && this.#thread === thread) this.#idle = setTimeout(() => { void this.close(); }, idleMs).unref();
    });
    worker.on('error', error => { this.#end(thread, error); });
    worker.on('exit', () => { this.#end(thread, new Error('the thread that seals has ended')); });
    return thread;
  }

  /** Whoever waits for this thread is told, and nobody else: another may have begun while it ended. */
  #end(thread: Thread, error: Error): void {
    if (this.#thread === thread) this.#thread = undefined;
    for (const { failed } of thread.waiting.values()) failed(error);
    thread.waiting.clear();
  }
}
