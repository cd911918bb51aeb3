import type { Actor } from '../access/actor.ts';
import { reach } from '../access/may.ts';
import type { Subject } from '../access/subject.ts';
import type { Round } from '../rounds/round.ts';

/** Where an import stands in the ledger: the actor's own place, or the round's for posts that reach further. */
export function importSubject(actor: Actor, id: string, round: Pick<Round, 'path'>): Subject {
  const own = reach(actor, 'observation.load').find(path => path.startsWith(round.path));
  return { id, paths: [own ?? round.path] };
}
