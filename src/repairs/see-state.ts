import { actorId, type Actor } from '../access/actor.ts';
import { changeable, loadHousehold, memberOf } from '../households/load.ts';
import { householdSubject } from '../households/subject.ts';
import { fault } from '../kit/faults.ts';
import { newId } from '../kit/id.ts';
import type { Day } from '../kit/time.ts';
import type { Office } from '../office.ts';
import { inUnit } from '../store/unit.ts';
import type { Platform, StateStanding } from './repair.ts';

/** The person showed how it stands on a platform of the state. What it says is not kept, only how it stands; it is repaired there, never here. */
export async function keepStateItem(office: Office, actor: Actor, given: { readonly household: string; readonly member: string; readonly platform: Platform; readonly standing: StateStanding; readonly seenOn: Day }): Promise<void> {
  await inUnit(office, actor, [`household:${given.household}`], async unit => {
    const loaded = changeable(await loadHousehold(unit.read, given.household));
    const subject = householdSubject(loaded.key);
    unit.require('repair.apply', subject);
    memberOf(loaded, given.member);
    if (given.seenOn > unit.day) fault('seen_on', 'late', '这一天还没到，可能是按错了。');
    unit.insert('state_items', { id: newId(), household: given.household, member: given.member, platform: given.platform, standing: given.standing, seen_on: given.seenOn, salt: newId(), at: unit.at, by: actorId(actor) });
    unit.record({ act: 'repair.state-seen', power: 'repair.apply', subject });
  });
}
