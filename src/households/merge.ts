import type { Actor } from '../access/actor.ts';
import type { Office } from '../office.ts';
import { inUnit } from '../store/unit.ts';
import { tell } from './event.ts';
import { householdFollowers, type HouseholdFollower } from './follow.ts';
import { callOf, type MemberRow, type Relation } from './household.ts';
import { changeable, loadHousehold } from './load.ts';
import { households } from './refusals.ts';
import { householdSubject } from './subject.ts';
import { summaryOf } from './summary.ts';

export interface Merging {
  readonly from: string; readonly fromRev: number; readonly into: string; readonly intoRev: number;
  readonly relations?: Readonly<Record<string, Relation>>;
}

/** 并户: the people of `from` live on in `into`; `from` is closed and keeps its number. The same person found in both is kept once. */
export async function merge(office: Office, actor: Actor, given: Merging, followers: readonly HouseholdFollower[] = householdFollowers()): Promise<void> {
  if (given.from === given.into) households.refuse('same-household', { field: 'into' });
  await inUnit(office, actor, [`household:${given.from}`, `household:${given.into}`], async unit => {
    const [from, into] = [await loadHousehold(unit.read, given.from), await loadHousehold(unit.read, given.into)];
    unit.require('household.reshape', householdSubject(from.key));
    unit.require('household.reshape', householdSubject(into.key));
    if (from.row.into === given.into) return unit.nothingNew(undefined);
    changeable(from, given.fromRev);
    changeable(into, given.intoRev);
    const twice = from.living.filter(member => into.living.some(other => isSame(member, other)));
    const coming = from.living.filter(member => !twice.includes(member));
    const last = Math.max(-1, ...into.members.map(member => member.sort));
    const joined = coming.map((member, at) => ({ ...member, household: given.into, sort: last + 1 + at, relation: relationOf(given.relations?.[member.id]) }));
    if (joined.length > 0) unit.change('members', joined.map(member => ({ id: member.id, household: member.household, sort: member.sort, relation: member.relation })));
    if (twice.length > 0) unit.change('members', twice.map(member => ({ id: member.id, left_on: unit.day, left_reason: 'duplicate' })));
    const emptied = from.members.filter(member => !coming.includes(member)).map(member => member.left_on === null ? { ...member, left_on: unit.day } : member);
    // The closed household keeps its head's name, so that it can still be found by it.
    unit.change('households', { id: given.from, people: summaryOf(emptied).people, closed_on: unit.day, closed_reason: 'merged', into: given.into, rev: from.row.rev + 1 });
    unit.change('households', { id: given.into, ...summaryOf([...into.members, ...joined]), rev: into.row.rev + 1 });
    tell(unit, 'merged', [
      { household: given.from, body: { into: given.into, into_no: into.row.household_no, people: coming.map(callOf), twice: twice.map(callOf) } },
      { household: given.into, body: { from: given.from, from_no: from.row.household_no, people: coming.map(callOf) } },
    ]);
    for (const follower of followers) await follower.merged?.(unit, { from: from.key, into: into.key });
    unit.record({ act: 'household.merged-away', power: 'household.reshape', subject: householdSubject(from.key) });
    unit.record({ act: 'household.merged', power: 'household.reshape', subject: householdSubject(into.key) });
    return undefined;
  });
}

const isSame = (one: MemberRow, other: MemberRow): boolean =>
  one.id_match !== null && other.id_match !== null ? one.id_match === other.id_match : one.name !== '' && one.name === other.name && one.birth_year === other.birth_year;
const relationOf = (given: Relation | undefined): Relation => given === undefined || given === 'head' ? 'other' : given;
