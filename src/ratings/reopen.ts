import type { Actor } from '../access/actor.ts';
import { householdKey, householdSubject } from '../households/subject.ts';
import type { Office } from '../office.ts';
import { recalled } from '../rounds/follow-cases.ts';
import { mark, type Case } from '../rounds/mark.ts';
import { caseOf, roundStillOpen } from '../rounds/round.ts';
import { inUnit, type Unit } from '../store/unit.ts';
import { caseKeys } from './run.ts';

/** Unit-level: the case goes back to its facts; its rating stays kept until a new revision takes its place. */
export async function reopen(unit: Unit, cases: readonly Case[], words: string): Promise<readonly Case[]> {
  await recalled(unit, cases, 'reopened');
  return mark(unit, cases, { mark: 'reopened', track: 'household', words });
}

/** The township opens a decided case again, with its reason. */
export async function reopenCase(office: Office, actor: Actor, given: { readonly round: number; readonly household: string; readonly reason: string }): Promise<void> {
  const { no } = await householdKey(office.read, given.household);
  await inUnit(office, actor, [...caseKeys(given.round, { subject: Number(no), id: given.household }), `round:${given.round}`], async unit => {
    const household = await householdKey(unit.read, given.household);
    const subject = householdSubject(household);
    unit.require('case.review', subject);
    const round = await roundStillOpen(unit.read, given.round);
    await reopen(unit, [await caseOf(unit.read, round.no, Number(household.no))], given.reason);
    unit.record({ act: 'rating.reopened', power: 'case.review', subject });
  });
}
