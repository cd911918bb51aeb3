/**
 * One at a time per subject: an act waits until the acts before it on the same subjects are committed, so that the world
 * is settled while it decides. Keys are taken together in order, hence no two acts can wait for each other.
 */
export class Queue {
  readonly #tails = new Map<string, Promise<void>>();

  async run<T>(keys: readonly string[], act: () => Promise<T>): Promise<T> {
    const own = [...new Set(keys)].sort();
    let leave: () => void = () => undefined;
    const gate = new Promise<void>(resolve => { leave = resolve; });
    const before = own.map(key => this.#tails.get(key)).filter(tail => tail !== undefined);
    for (const key of own) this.#tails.set(key, gate);
    await Promise.all(before);
    try {
      return await act();
    } finally {
      leave();
      for (const key of own) if (this.#tails.get(key) === gate) this.#tails.delete(key);
    }
  }
}
