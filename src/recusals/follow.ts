import { newId } from '../kit/id.ts';
import { actorId } from '../access/actor.ts';
import type { HouseholdFollower } from '../households/follow.ts';
import type { HouseholdKey } from '../households/subject.ts';
import type { Unit } from '../store/unit.ts';
import { recusalsFrom } from './queries.ts';

/** Kin stay kin when a household splits or joins another: whoever stood aside from the one does from the other. */
async function carry(unit: Unit, from: HouseholdKey, to: HouseholdKey): Promise<void> {
  const [old, there] = [await recusalsFrom(unit.read, [from.id]), await recusalsFrom(unit.read, [to.id])];
  const rows = old.filter(one => !there.some(other => other.officer === one.officer)).map(({ officer, ground, words }) => ({ id: newId(), officer, household: to.id, ground, words, salt: newId(), at: unit.at, by: actorId(unit.actor) }));
  if (rows.length > 0) unit.insert('recusals', rows);
}

export const recusalsFollowHouseholds: HouseholdFollower = {
  merged: (unit, { from, into }) => carry(unit, from, into),
  split: (unit, { from, made }) => carry(unit, from, made),
};
