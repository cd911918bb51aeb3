import type { Actor } from '../access/actor.ts';
import { fault } from '../kit/faults.ts';
import { newId } from '../kit/id.ts';
import type { Office } from '../office.ts';
import { inUnit } from '../store/unit.ts';
import { tell } from './event.ts';
import { householdFollowers, type HouseholdFollower } from './follow.ts';
import { callOf, isAdult, type Relation } from './household.ts';
import { changeable, loadHousehold, memberOf } from './load.ts';
import { nextNumbers } from './numbers.ts';
import { households } from './refusals.ts';
import { standsIn } from './standing-place.ts';
import { householdSubject, type HouseholdKey } from './subject.ts';
import { summaryOf } from './summary.ts';

export interface Splitting {
  readonly household: string; readonly rev: number;
  /** The id of the household to be made, minted by the form. */
  readonly id?: string;
  readonly members: readonly string[]; readonly head: string; readonly relations?: Readonly<Record<string, Relation>>;
  readonly address: string; readonly groupNo: number | null; readonly gridNo: number | null;
}

/** 分户: some members make a household of their own in the same village. Their consents go with them, for a consent is a person's. */
export async function split(office: Office, actor: Actor, given: Splitting, followers: readonly HouseholdFollower[] = householdFollowers()): Promise<{ readonly id: string; readonly householdNo: number }> {
  const id = given.id ?? newId();
  const village = (await loadHousehold(office.read, given.household)).row.village_no;
  return inUnit(office, actor, [`household:${given.household}`, `village-numbers:${village}`], async unit => {
    const loaded = await loadHousehold(unit.read, given.household);
    const subject = householdSubject(loaded.key);
    unit.require('household.reshape', subject);
    const before: { household_no: number } | undefined = await unit.read('households').where({ id }).first('household_no');
    if (before !== undefined) return unit.nothingNew({ id, householdNo: before.household_no });
    changeable(loaded, given.rev);
    const going = given.members.map(member => memberOf(loaded, member));
    if (going.length === 0) fault('members', 'missing', '请选要分出去的人。');
    if (going.some(member => member.relation === 'head')) households.refuse('head-stays');
    const head = going.find(member => member.id === given.head) ?? fault('head', 'missing', '请从分出去的人里选一位新户主。');
    if (!isAdult(head.birth_year, unit.day)) fault('head', 'minor', '新户主要是成年人。');
    await standsIn(unit.read, [{ village_no: village, group_no: given.groupNo, grid_no: given.gridNo }]);
    const [householdNo = 0] = await nextNumbers(unit.read, [{ villageNo: village }]);
    const made: HouseholdKey = { id, no: await unit.number('subject'), village_no: village, group_no: given.groupNo, grid_no: given.gridNo, path: loaded.key.path };
    unit.require('household.reshape', householdSubject(made));
    const there = [head, ...going.filter(member => member.id !== head.id)].map((member, sort) => ({ ...member, household: id, sort, relation: member.id === head.id ? 'head' as const : given.relations?.[member.id] ?? 'other' as const }));
    const staying = loaded.members.filter(member => !going.some(one => one.id === member.id));
    unit.insert('subjects', { no: made.no, id, kind: 'household', place_no: village });
    unit.insert('households', {
      id, no: made.no, village_no: village, group_no: made.group_no, grid_no: made.grid_no, household_no: householdNo, ...summaryOf(there), address: given.address.trim(),
      photo: null, registered_on: unit.day, closed_on: null, closed_reason: null, into: null, rev: 1,
    });
    unit.change('members', there.map(member => ({ id: member.id, household: id, sort: member.sort, relation: member.relation })));
    unit.change('households', { id: given.household, ...summaryOf(staying), rev: loaded.row.rev + 1 });
    const names = going.map(callOf);
    tell(unit, 'split', [{ household: given.household, body: { to: id, household_no: householdNo, people: names } }, { household: id, body: { from: given.household, from_no: loaded.row.household_no, people: names } }]);
    for (const follower of followers) await follower.split?.(unit, { from: loaded.key, made });
    unit.record({ act: 'household.split', power: 'household.reshape', subject });
    unit.record({ act: 'household.registered', power: 'household.reshape', subject: householdSubject(made) });
    return { id, householdNo };
  });
}
