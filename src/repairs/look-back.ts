import { actorId, type Actor } from '../access/actor.ts';
import { householdKey, householdSubject } from '../households/subject.ts';
import { newId } from '../kit/id.ts';
import type { Office } from '../office.ts';
import { inUnit } from '../store/unit.ts';

/** Opens what is no longer shown, to somebody who says why; that it was opened is kept. Answers the id under which it may be seen today. */
export async function lookBack(office: Office, actor: Actor, given: { readonly household: string; readonly reason: string }): Promise<string> {
  return inUnit(office, actor, [`household:${given.household}`], async unit => {
    const subject = householdSubject(await householdKey(unit.read, given.household));
    unit.require('repair.look-back', subject);
    const id = newId();
    unit.insert('lookbacks', { id, household: given.household, reason: given.reason, salt: newId(), at: unit.at, by: actorId(actor) });
    unit.record({ act: 'repair.looked-back', power: 'repair.look-back', subject });
    return id;
  });
}
