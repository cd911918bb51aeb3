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

const fewest = 256;   // Below it they are done here sooner than a thread could be asked.
const idleMs = 10_000;

/** Seals a register's numbers in a thread of its own: half of what reading it takes, and pages are answered meanwhile. The thread begins with the first long list and ends when there is nothing to do. */
export class Sealer {
  readonly #file: SecretsFile;
  readonly #own: Pick<Secrets, 'seal' | 'matchKey'>;
  readonly #waiting = new Map<number, Waiting>();
  #thread: Worker | undefined;
  #idle: NodeJS.Timeout | undefined;
  #last = 0;

  constructor(file: SecretsFile, own: Pick<Secrets, 'seal' | 'matchKey'>) { this.#file = file; this.#own = own; }

  async keep(bare: Bare): Promise<Kept> {
    if (bare.seal.length < fewest) return keptOf(this.#own, bare);
    clearTimeout(this.#idle);
    const thread = this.#thread ??= this.#begin();
    const no = ++this.#last;
    return new Promise<Kept>((done, failed) => {
      this.#waiting.set(no, { done, failed });
      thread.postMessage({ no, bare } satisfies Asked);
    });
  }

  async close(): Promise<void> {
    clearTimeout(this.#idle);
    const thread = this.#thread;
    this.#thread = undefined;
    await thread?.terminate();
  }

  #begin(): Worker {
    const thread = new Worker(new URL('sealing-thread.ts', import.meta.url), { workerData: this.#file });
    thread.unref();
    thread.on('message', ({ no, kept }: Answered) => {
      this.#waiting.get(no)?.done(kept);
      this.#waiting.delete(no);
      if (this.#waiting.size === 0) this.#idle = setTimeout(() => { void this.close(); }, idleMs).unref();
    });
    thread.on('error', error => { this.#end(thread, error); });
    thread.on('exit', () => { this.#end(thread, new Error('the thread that seals has ended')); });
    return thread;
  }

  /** Whoever waits is told; the next list begins a new thread. */
  #end(thread: Worker, error: Error): void {
    if (this.#thread === thread) this.#thread = undefined;
    for (const { failed } of this.#waiting.values()) failed(error);
    this.#waiting.clear();
  }
}
