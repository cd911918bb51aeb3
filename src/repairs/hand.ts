import { actorId, type Actor } from '../access/actor.ts';
import { householdKey, householdSubject } from '../households/subject.ts';
import { newId } from '../kit/id.ts';
import type { Office } from '../office.ts';
import { inUnit } from '../store/unit.ts';
import { repairById } from './queries.ts';
import { repairs } from './refusals.ts';
import { standingOf } from './repair.ts';

/** The decision and the notice went to the person together (两书同达); to whom, and on which day. */
export async function handPapers(office: Office, actor: Actor, given: { readonly id: string; readonly words: string }): Promise<void> {
  const { household } = await repairById(office.read, given.id);
  await inUnit(office, actor, [`household:${household}`], async unit => {
    const subject = householdSubject(await householdKey(unit.read, household));
    unit.require('repair.apply', subject);
    const { steps } = await repairById(unit.read, given.id);
    const standing = standingOf(steps);
    if (standing !== 'granted' && standing !== 'refused' || steps.some(one => one.step === 'handed')) repairs.refuse('repair-settled');
    unit.insert('repair_steps', { id: newId(), repair: given.id, step: 'handed', day: unit.day, words: given.words, salt: newId(), at: unit.at, by: actorId(actor) });
    unit.record({ act: 'repair.handed', power: 'repair.apply', subject });
  });
}
