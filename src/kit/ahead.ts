/**
 * What `read` answers for each part, in the order of the parts, while the next `most` parts are being read already.
 * A failure is told when its turn comes. Whoever leaves early waits for the reads that are under way.
 */
export async function* ahead<Part, Answer>(parts: readonly Part[], most: number, read: (part: Part) => Promise<Answer>): AsyncGenerator<Answer, void, undefined> {
  const underWay: Promise<Answer>[] = [];
  const left = parts.values();
  const begin = (): void => { const next = left.next(); if (next.done !== true) underWay.push(begun(read(next.value))); };
  try {
    for (let n = 0; n < most; n++) begin();
    for (let first = underWay.shift(); first !== undefined; first = underWay.shift()) {
      const answer = await first;
      begin();
      yield answer;
    }
  } finally { await Promise.allSettled(underWay); }
}

/** Awaited in a later turn; until then a failure is nobody's news. */
export function begun<T>(work: Promise<T>): Promise<T> {
  work.catch(() => undefined);
  return work;
}
