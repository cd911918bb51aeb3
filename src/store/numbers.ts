import type { Knex } from 'knex';

/** A stop of the process leaves at most so many numbers unused. */
const mostAhead = 4_096;

/**
 * Small integers for the compact tables: a block is reserved in the database, then handed out from memory.
 * A crash leaves a gap, never a number twice.
 */
export class Numbers {
  readonly #write: Knex;
  readonly #blocks = new Map<string, { next: number; readonly end: number; readonly size: number }>();
  #reserving: Promise<unknown> = Promise.resolve();

  constructor(write: Knex) { this.#write = write; }

  async take(name: string, count = 1): Promise<number> {
    const turn = this.#reserving.then(() => this.#take(name, count));
    this.#reserving = turn.catch(() => undefined);
    return turn;
  }

  async #take(name: string, count: number): Promise<number> {
    let block = this.#blocks.get(name);
    if (block === undefined || block.next + count > block.end) {
      // Each block twice the last: an import would otherwise wait for the writing connection at every step.
      const size = Math.max(count, Math.min(mostAhead, 2 * (block?.size ?? 32)));
      const end = await this.#reserve(name, size);
      block = { next: end - size, end, size };
      this.#blocks.set(name, block);
    }
    const first = block.next;
    block.next += count;
    return first;
  }

  async #reserve(name: string, size: number): Promise<number> {
    const rows: { next: number }[] = await this.#write('counters').insert({ name, next: size + 1 }).onConflict('name')
      .merge({ next: this.#write.raw('counters.next + ?', [size]) }).returning('next');
    const next = rows[0]?.next;
    if (next === undefined) throw new Error(`no number for ${name}`);
    return Number(next);
  }
}
