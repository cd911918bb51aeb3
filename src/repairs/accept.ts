import { actorId, type Actor } from '../access/actor.ts';
import { householdKey, householdSubject } from '../households/subject.ts';
import { newId } from '../kit/id.ts';
import type { Office } from '../office.ts';
import { inUnit } from '../store/unit.ts';
import { repairById } from './queries.ts';
import { repairs } from './refusals.ts';
import { standingOf } from './repair.ts';

/** The papers are whole and the application is taken up, or what is missing is said; then the person may ask again at once. */
export async function acceptRepair(office: Office, actor: Actor, given: { readonly id: string; readonly isWhole: boolean; readonly words: string }): Promise<void> {
  const { household } = await repairById(office.read, given.id);
  await inUnit(office, actor, [`household:${household}`], async unit => {
    const subject = householdSubject(await householdKey(unit.read, household));
    unit.require('repair.decide', subject);
    if (standingOf((await repairById(unit.read, given.id)).steps) !== 'applied') repairs.refuse('repair-settled');
    unit.insert('repair_steps', { id: newId(), repair: given.id, step: given.isWhole ? 'accepted' : 'returned', day: unit.day, words: given.words, salt: newId(), at: unit.at, by: actorId(actor) });
    unit.record({ act: given.isWhole ? 'repair.accepted' : 'repair.returned', power: 'repair.decide', subject });
  });
}
