import { actorId, type Actor } from '../access/actor.ts';
import { keepEvidence, type EvidenceSource } from '../households/evidence.ts';
import { householdKey, householdSubject } from '../households/subject.ts';
import { newId } from '../kit/id.ts';
import type { Office } from '../office.ts';
import { inUnit } from '../store/unit.ts';
import { standingOf, type Outcome } from './pledge.ts';
import { pledgeById } from './queries.ts';
import { pledges } from './refusals.ts';

export interface Reporting { readonly pledge: string; readonly outcome: Outcome; readonly words: string; readonly evidence?: EvidenceSource | undefined }

/** Says, with something that shows it, whether a pledge was kept. It means nothing until somebody else has looked at it. */
export async function reportPledge(office: Office, actor: Actor, given: Reporting): Promise<void> {
  const { household } = await pledgeById(office.read, given.pledge);
  await inUnit(office, actor, [`household:${household}`], async unit => {
    const subject = householdSubject(await householdKey(unit.read, household));
    unit.require('pledge.keep', subject);
    const standing = standingOf(await pledgeById(unit.read, given.pledge), unit.day);
    if (standing !== 'running' && standing !== 'over') pledges.refuse('pledge-settled');
    if (given.evidence === undefined) return pledges.refuse('pledge-unproved', { field: 'photo' });
    const evidence = await keepEvidence(office, unit, { subject: household, kind: 'photo', source: given.evidence });
    unit.insert('pledge_steps', { id: newId(), pledge: given.pledge, step: 'reported', outcome: given.outcome, day: unit.day, words: given.words, evidence, salt: newId(), at: unit.at, by: actorId(actor) });
    unit.record({ act: 'pledge.reported', power: 'pledge.keep', subject });
    return undefined;
  });
}
