const atOnce = 32;

/** Like `map`, for work of some tens of microseconds an item: every few items others have a turn, so that neither a page nor the writer's next statement waits for the whole list. */
export async function inTurns<T, U>(list: readonly T[], work: (one: T) => U): Promise<U[]> {
  const done: U[] = [];
  for (const one of list) {
    if (done.length % atOnce === atOnce - 1) await new Promise<void>(resolve => { setImmediate(resolve); });
    done.push(work(one));
  }
  return done;
}
