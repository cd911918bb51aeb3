import { begun } from './ahead.ts';

/** Hands on what is added, one lot at a time: what comes while a lot is under way is the next one. So the slower the handing on, the larger the lots and the fewer. */
export class Lots<One> {
  readonly #most: number;
  readonly #handOn: (lot: readonly One[]) => Promise<void>;
  #next: One[] = [];
  #underWay: Promise<void> = Promise.resolve();
  #isUnderWay = false;

  constructor(most: number, handOn: (lot: readonly One[]) => Promise<void>) { this.#most = most; this.#handOn = handOn; }

  /** Waits only where `most` lie ready already. Tells of a lot before that failed. */
  async add(one: One): Promise<void> {
    this.#next.push(one);
    if (!this.#isUnderWay || this.#next.length >= this.#most) await this.#begin();
  }

  /** Waits until all is handed on. */
  async end(): Promise<void> {
    await this.#begin();
    await this.#underWay;
  }

  async #begin(): Promise<void> {
    await this.#underWay;
    if (this.#next.length === 0) return;
    const lot = this.#next;
    this.#next = [];
    this.#isUnderWay = true;
    this.#underWay = begun(this.#handOn(lot).finally(() => { this.#isUnderWay = false; }));
  }
}
