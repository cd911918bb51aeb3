import type { Knex } from 'knex';

type Part = string | number;
/** Reads many keys of one scope (a round, a day, …) by one statement; what was not found is left out. */
type ReadAll<Scope extends Part, Key extends Part, Answer> = (read: Knex, scope: Scope, keys: readonly Key[]) => Promise<ReadonlyMap<Key, Answer>>;

/**
 * Group commit's twin on the reading side: makes of a read for many a read for one, and whoever asks while a statement is
 * under way goes with the next. Fifty people who save at once cost a handful of statements, one person waits no longer.
 * An answer is read after it was asked for, never kept: nothing can be stale.
 */
export function together<Scope extends Part, Key extends Part, Answer>(readAll: ReadAll<Scope, Key, Answer>): (read: Knex, scope: Scope, key: Key) => Promise<Answer | undefined> {
  const byHandle = new WeakMap<Knex, Map<Scope, Waiting<Key, Answer>[]>>();
  return (read, scope, key) => {
    let scopes = byHandle.get(read);
    if (scopes === undefined) { scopes = new Map(); byHandle.set(read, scopes); }
    const [crowds, waiting] = [scopes, scopes.get(scope)];
    return new Promise((done, failed) => {
      if (waiting !== undefined) { waiting.push({ key, done, failed }); return; }
      const crowd = [{ key, done, failed }];
      crowds.set(scope, crowd);
      // At the end of the turn: the other requests that came with this one are in the crowd by then.
      setImmediate(() => { void answerAll(crowd, keys => readAll(read, scope, keys), () => { crowds.delete(scope); }); });
    });
  };
}

interface Waiting<Key, Answer> { readonly key: Key; readonly done: (answer: Answer | undefined) => void; readonly failed: (error: unknown) => void }
const mostAtOnce = 256;

async function answerAll<Key, Answer>(crowd: Waiting<Key, Answer>[], readAll: (keys: readonly Key[]) => Promise<ReadonlyMap<Key, Answer>>, disperse: () => void): Promise<void> {
  while (crowd.length > 0) {
    const served = crowd.splice(0, mostAtOnce);
    try {
      const found = await readAll([...new Set(served.map(one => one.key))]);
      for (const one of served) one.done(found.get(one.key));
    } catch (error) { for (const one of served) one.failed(error); }
  }
  disperse();   // In the same breath as the last look: whoever comes later begins a crowd of their own.
}
