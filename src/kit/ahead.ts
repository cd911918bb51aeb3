/**
 * What `read` answers for each part, in the order of the parts, while the next `most` parts are being read already.
 * Parts may be found one by one as they are wanted. A failure is told when its turn comes. Whoever leaves early waits for the reads that are under way.
 */
export async function* ahead<Part, Answer>(parts: Iterable<Part> | AsyncIterable<Part>, most: number, read: (part: Part) => Promise<Answer>): AsyncGenerator<Answer, void, undefined> {
  const underWay: Promise<readonly [Answer] | undefined>[] = [];
  const left = each(parts);   // Asked again before it has answered, a generator answers in turn.
  const begin = (): void => { underWay.push(begun(left.next().then(async next => next.done === true ? undefined : [await read(next.value)]))); };
  try {
    for (let n = 0; n < most; n++) begin();
    for (let first = await underWay.shift(); first !== undefined; first = await underWay.shift()) {
      begin();
      yield first[0];
    }
  } finally { await Promise.allSettled(underWay); }
}

async function* each<Part>(parts: Iterable<Part> | AsyncIterable<Part>): AsyncGenerator<Part, void, undefined> { yield* parts; }

/** Awaited in a later turn; until then a failure is nobody's news. */
export function begun<T>(work: Promise<T>): Promise<T> {
  work.catch(() => undefined);
  return work;
}
