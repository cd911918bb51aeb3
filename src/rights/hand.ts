import { actorId, type Actor } from '../access/actor.ts';
import { householdKey, householdSubject } from '../households/subject.ts';
import { newId } from '../kit/id.ts';
import type { Office } from '../office.ts';
import { inUnit } from '../store/unit.ts';
import { rightById } from './queries.ts';
import { rights } from './refusals.ts';
import { isToHand } from './right.ts';

/** The reply went to the person: to whom, and on which day. */
export async function handReply(office: Office, actor: Actor, given: { readonly id: string; readonly words: string }): Promise<void> {
  const { household } = await rightById(office.read, given.id);
  await inUnit(office, actor, [`household:${household}`], async unit => {
    const subject = householdSubject(await householdKey(unit.read, household));
    unit.require('right.open', subject);
    if (!isToHand(await rightById(unit.read, given.id))) rights.refuse('right-settled');
    unit.insert('rights_steps', { id: newId(), request: given.id, step: 'handed', day: unit.day, words: given.words, salt: newId(), at: unit.at, by: actorId(actor) });
    unit.record({ act: 'right.handed', power: 'right.open', subject });
  });
}
