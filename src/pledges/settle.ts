import { actorId, type Actor } from '../access/actor.ts';
import type { Subject } from '../access/subject.ts';
import { householdKey, householdSubject, type HouseholdKey } from '../households/subject.ts';
import { newId } from '../kit/id.ts';
import type { Office } from '../office.ts';
import { inUnit } from '../store/unit.ts';
import { reportOf, type Pledge } from './pledge.ts';
import { pledgeById } from './queries.ts';
import { pledges } from './refusals.ts';

/** Somebody else agrees with what was reported, or does not; then the pledge goes on as if nothing had been said. */
export async function settlePledge(office: Office, actor: Actor, given: { readonly pledge: string; readonly agrees: boolean; readonly words: string }): Promise<void> {
  const { household } = await pledgeById(office.read, given.pledge);
  await inUnit(office, actor, [`household:${household}`], async unit => {
    const pledge = await pledgeById(unit.read, given.pledge);
    const subject = settleSubject(await householdKey(unit.read, household), pledge);
    unit.require('pledge.judge', subject);
    const report = reportOf(pledge);
    if (report === undefined) return pledges.refuse('pledge-settled');
    unit.insert('pledge_steps', { id: newId(), pledge: given.pledge, step: given.agrees ? 'settled' : 'dropped', outcome: given.agrees ? report.outcome : '', day: unit.day, words: given.words, evidence: null, salt: newId(), at: unit.at, by: actorId(actor) });
    unit.record({ act: given.agrees ? 'pledge.settled' : 'pledge.dropped', power: 'pledge.judge', subject });
    return undefined;
  });
}

/** The household, closed to whoever reported. */
export function settleSubject(household: HouseholdKey, pledge: Pick<Pledge, 'steps'>): Subject {
  const report = reportOf(pledge);
  return { ...householdSubject(household), barred: report === undefined ? [] : [{ officer: report.by, why: '履行情况是您报的，请换一位同志核定' }] };
}
