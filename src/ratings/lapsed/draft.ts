import { clockwork, type Actor } from '../../access/actor.ts';
import { wholeOffice } from '../../access/subject.ts';
import { may } from '../../access/may.ts';
import { common } from '../../kit/refusals.ts';
import { dayOf, type Day } from '../../kit/time.ts';
import type { Office } from '../../office.ts';
import { inUnit } from '../../store/unit.ts';
import { affectedBy } from './affected.ts';
import { recomputations, roundsInForce, type Recomputation } from './recomputations.ts';

/**
 * Counts, village by village, whose result would change because a legal basis ended, and drafts the recomputation for the committees.
 * What was computed anew since is crossed off. Ratings stay as they are. Answers the number of households.
 */
export async function draftRecomputations(office: Office, actor: Actor, stop?: AbortSignal): Promise<number> {
  const leave = may(actor, 'law.keep', wholeOffice);
  if (leave !== true) common.refuse('not-allowed', { why: leave });   // Before the counting, which takes a while.
  const counted = await count(office, dayOf(office.clock.now()), stop);
  return inUnit(office, actor, ['recomputations'], async unit => {
    unit.require('law.keep', wholeOffice);
    const known = new Map((await recomputations(unit.read)).map(one => [keyOf(one), one]));
    const fresh = counted.filter(one => { const was = known.get(keyOf(one)); return was === undefined || was.households !== one.households || was.bases.join() !== one.bases.join(); });
    const still = new Set(counted.map(keyOf));
    const done = [...known.values()].filter(one => !still.has(keyOf(one)));
    const sum = counted.reduce((all, one) => all + one.households, 0);
    if (fresh.length === 0 && done.length === 0) return unit.nothingNew(sum);
    unit.remove('recomputations', done.map(({ round, village }) => ({ round, village })));
    unit.put('recomputations', fresh.map(one => ({ ...one, bases: one.bases.join('\n') })));
    unit.record({ act: 'rating.recomputation-drafted', power: 'law.keep', subject: wholeOffice });
    return sum;
  });
}

const keyOf = ({ round, village }: Recomputation): string => `${round} ${village}`;

async function count(office: Office, day: Day, stop: AbortSignal | undefined): Promise<readonly Recomputation[]> {
  const { dialect } = office.store;
  const found = new Map<string, Recomputation>();
  for (const round of await roundsInForce(office.jobs, day)) {
    for (const { village, ended } of await affectedBy({ read: office.jobs, dialect }, { round, day, stop })) {
      const key = `${round.no} ${village}`;
      const was = found.get(key);
      found.set(key, { round: round.no, village, day, households: (was?.households ?? 0) + 1, bases: [...new Set([...was?.bases ?? [], ...ended])].sort() });
    }
  }
  return [...found.values()];
}

/** Every night: a last day may have come, or a committee may have computed anew. */
export async function draftNightly(office: Office, stop?: AbortSignal): Promise<void> { await draftRecomputations(office, clockwork, stop); }
