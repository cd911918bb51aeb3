import { actorId, type Actor } from '../access/actor.ts';
import { householdKey, householdSubject } from '../households/subject.ts';
import { newId } from '../kit/id.ts';
import type { Office } from '../office.ts';
import { inUnit } from '../store/unit.ts';
import { rightById } from './queries.ts';
import { rights } from './refusals.ts';
import { standingOf } from './right.ts';

/** The person no longer asks for it. They may ask again whenever they like. */
export async function dropRight(office: Office, actor: Actor, given: { readonly id: string }): Promise<void> {
  const { household } = await rightById(office.read, given.id);
  await inUnit(office, actor, [`household:${household}`], async unit => {
    const subject = householdSubject(await householdKey(unit.read, household));
    unit.require('right.open', subject);
    if (standingOf(await rightById(unit.read, given.id)) !== 'open') rights.refuse('right-settled');
    unit.insert('rights_steps', { id: newId(), request: given.id, step: 'dropped', day: unit.day, words: '', salt: newId(), at: unit.at, by: actorId(actor) });
    unit.record({ act: 'right.dropped', power: 'right.open', subject });
  });
}
