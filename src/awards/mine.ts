import type { Actor } from '../access/actor.ts';
import { may } from '../access/may.ts';
import type { Day } from '../kit/time.ts';
import { waitsFor } from './award.ts';
import type { Placed } from './queries.ts';
import { powerTo } from './target.ts';

/** Is the next step of it the reader's? */
export function isMine({ actor, day }: { readonly actor: Actor; readonly day: Day }, change: Placed): boolean {
  const waits = waitsFor(change, day);
  if (waits === undefined || waits === 'decision' && actor.kind === 'officer' && change.by === actor.id) return false;
  const { power, subject } = powerTo(waits === 'decision' ? 'decide' : 'hear', { kind: change.kind, id: change.subjectId, path: change.path });
  return may(actor, power, subject) === true;
}
