import { actorId, type Actor } from '../access/actor.ts';
import { fault } from '../kit/faults.ts';
import { newId } from '../kit/id.ts';
import { common } from '../kit/refusals.ts';
import type { Office } from '../office.ts';
import { inUnit } from '../store/unit.ts';
import { loadHousehold } from './load.ts';
import { openNumbers } from './member.ts';
import { householdSubject } from './subject.ts';

/** Shows one sealed number of one person, once, with a reason that is kept: who looked, when, why (征信业管理条例 22). */
export async function reveal(office: Office, actor: Actor, given: { readonly household: string; readonly member: string; readonly field: 'id_number' | 'phone'; readonly reason: string }): Promise<string> {
  const reason = given.reason.trim();
  return inUnit(office, actor, [], async unit => {
    const loaded = await loadHousehold(unit.read, given.household);
    const subject = householdSubject(loaded.key);
    unit.require('household.reveal', subject);
    if ([...reason].length < 2) fault('reason', 'missing', '请写明为什么要看。');
    const member = loaded.members.find(one => one.id === given.member) ?? common.refuse('not-found');
    const { number, phone } = openNumbers(office.secrets, member.numbers_sealed);
    const shown = given.field === 'phone' ? phone : number;
    if (shown === undefined) return common.refuse('not-found');
    unit.insert('reveals', { id: newId(), member: member.id, field: given.field, reason, salt: newId(), at: unit.at, by: actorId(actor) });
    unit.record({ act: 'household.revealed', power: 'household.reveal', subject });
    return shown;
  });
}
