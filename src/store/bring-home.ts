import type { Knex } from 'knex';
import type { Dialect } from './dialect.ts';

const waitMs = 2_000;

/**
 * Brings what was committed from the write-ahead log home into the database file a moment after a commit, on a reading connection: so that nobody
 * who saves waits for it. Where readers or a full pool keep it off for long, the writing connection does it itself (see `open.ts`).
 */
export class BringHome {
  readonly #read: Knex;
  readonly #dialect: Dialect;
  #timer: NodeJS.Timeout | undefined;
  #under: Promise<void> = Promise.resolve();

  constructor(read: Knex, dialect: Dialect) { this.#read = read; this.#dialect = dialect; }

  /** Something was committed. */
  told(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#under = this.#dialect.bringHome(this.#read).catch(() => undefined);   // Put off only: the next commit asks again.
    }, waitMs).unref();
  }

  async close(): Promise<void> {
    clearTimeout(this.#timer);
    await this.#under;
  }
}
