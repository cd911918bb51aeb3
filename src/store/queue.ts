/**
 * One at a time per subject: an act waits until the acts before it on the same subjects are committed, so that the world
 * is settled while it decides. All keys are taken in one turn, hence no two acts can wait for each other.
 */
export class Queue {
  readonly #tails = new Map<string, Promise<void>>();

  async run<T>(keys: readonly string[], act: () => Promise<T>): Promise<T> {
    const own = new Set(keys);
    let leave: () => void = () => undefined;
    const gate = new Promise<void>(resolve => { leave = resolve; });
    const before = new Set<Promise<void>>();
    for (const key of own) {
      const tail = this.#tails.get(key);
      if (tail !== undefined) before.add(tail);
      this.#tails.set(key, gate);
    }
    await Promise.all(before);
    try {
      return await act();
    } finally {
      leave();
      for (const key of own) if (this.#tails.get(key) === gate) this.#tails.delete(key);
    }
  }
}
