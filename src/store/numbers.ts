import type { Knex } from 'knex';
import { begun } from '../kit/ahead.ts';

/** A stop of the process leaves at most twice so many numbers unused. */
const mostAhead = 4_096;

interface Block { next: number; readonly end: number; readonly size: number; /** The block after it, asked for when this one is half used. */ following: Promise<Block> | undefined }

/**
 * Small integers for the compact tables: a block is reserved in the database, then handed out from memory.
 * A crash leaves a gap, never a number twice.
 */
export class Numbers {
  readonly #write: Knex;
  readonly #blocks = new Map<string, Block>();
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
      const following = await block?.following?.catch(() => undefined);
      // Each block twice the last: an import would otherwise wait for the writing connection at every step.
      block = following !== undefined && following.next + count <= following.end ? following : await this.#reserve(name, Math.max(count, Math.min(mostAhead, 2 * (block?.size ?? 32))));
      this.#blocks.set(name, block);
    }
    const first = block.next;
    block.next += count;
    // The writing connection is busy with others' rows for a tenth of a second at a time: whoever asked only at the end of a block would stand still.
    if (block.size >= mostAhead && block.end - block.next < block.size / 2) block.following ??= begun(this.#reserve(name, block.size));
    return first;
  }

  async #reserve(name: string, size: number): Promise<Block> {
    const rows: { next: number }[] = await this.#write('counters').insert({ name, next: size + 1 }).onConflict('name')
      .merge({ next: this.#write.raw('counters.next + ?', [size]) }).returning('next');
    const next = rows[0]?.next;
    if (next === undefined) throw new Error(`no number for ${name}`);
    return { next: Number(next) - size, end: Number(next), size, following: undefined };
  }
}
