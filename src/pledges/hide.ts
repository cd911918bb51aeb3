import { actorId, type Actor } from '../access/actor.ts';
import { householdKey, householdSubject } from '../households/subject.ts';
import { newId } from '../kit/id.ts';
import type { Office } from '../office.ts';
import { inUnit } from '../store/unit.ts';
import { isHidden } from './pledge.ts';
import { pledgeById } from './queries.ts';
import { pledges } from './refusals.ts';

/** The person no longer wants it shown: from now on it is on no public page. The pledge itself stands. */
export async function hidePledge(office: Office, actor: Actor, id: string): Promise<void> {
  const { household } = await pledgeById(office.read, id);
  await inUnit(office, actor, [`household:${household}`], async unit => {
    const subject = householdSubject(await householdKey(unit.read, household));
    unit.require('pledge.keep', subject);
    const pledge = await pledgeById(unit.read, id);
    if (pledge.open !== 1 || isHidden(pledge)) pledges.refuse('pledge-hidden');
    unit.insert('pledge_steps', { id: newId(), pledge: id, step: 'hidden', outcome: '', day: unit.day, words: '', evidence: null, salt: newId(), at: unit.at, by: actorId(actor) });
    unit.record({ act: 'pledge.hidden', power: 'pledge.keep', subject });
  });
}
