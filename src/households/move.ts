import type { Actor } from '../access/actor.ts';
import type { Office } from '../office.ts';
import { placeByNo } from '../places/queries.ts';
import { inUnit } from '../store/unit.ts';
import { tell } from './event.ts';
import { householdFollowers, type HouseholdFollower } from './follow.ts';
import { changeable, loadHousehold } from './load.ts';
import { nextNumbers } from './numbers.ts';
import { standsIn } from './standing-place.ts';
import { householdSubject } from './subject.ts';

export interface Moving { readonly household: string; readonly rev: number; readonly villageNo: number; readonly groupNo: number | null; readonly gridNo: number | null; readonly address: string }

/** The household moves to another village: a new number there, the old one is never given out again. Within the village use `revise`. */
export async function move(office: Office, actor: Actor, given: Moving, followers: readonly HouseholdFollower[] = householdFollowers()): Promise<{ readonly householdNo: number }> {
  return inUnit(office, actor, [`household:${given.household}`, `village-numbers:${given.villageNo}`], async unit => {
    const loaded = await loadHousehold(unit.read, given.household);
    const { row, key } = loaded;
    const place = await placeByNo(unit.read, given.villageNo);
    const there = { ...key, village_no: place.no, group_no: given.groupNo, grid_no: given.gridNo, path: place.path };
    unit.require('household.reshape', householdSubject(key));
    unit.require('household.reshape', householdSubject(there));
    if (row.village_no === given.villageNo) return unit.nothingNew({ householdNo: row.household_no });
    changeable(loaded, given.rev);
    await standsIn(unit.read, [there]);
    const [householdNo = 0] = await nextNumbers(unit.read, [{ villageNo: place.no }]);
    unit.insert('vacated_numbers', { village_no: row.village_no, household_no: row.household_no, household: row.id });
    unit.change('subjects', { no: row.no, place_no: place.no });
    unit.change('households', { id: row.id, village_no: place.no, group_no: there.group_no, grid_no: there.grid_no, household_no: householdNo, address: given.address.trim(), rev: row.rev + 1 });
    tell(unit, 'moved', [{ household: row.id, body: { village_no: { was: row.village_no, is: place.no }, household_no: { was: row.household_no, is: householdNo } } }]);
    for (const follower of followers) await follower.moved?.(unit, there);
    unit.record({ act: 'household.moved', power: 'household.reshape', subject: householdSubject(key) });
    return { householdNo };
  });
}
