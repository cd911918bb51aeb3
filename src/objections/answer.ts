import type { Office } from '../office.ts';
import { actorId, type Actor } from '../access/actor.ts';
import { newId } from '../kit/id.ts';
import { common } from '../kit/refusals.ts';
import type { Subject } from '../access/subject.ts';
import { householdKeys, householdSubject, type HouseholdKey } from '../households/subject.ts';
import { postedUnder } from '../panels/posted.ts';
import { reopen } from '../ratings/reopen.ts';
import { caseKeys } from '../ratings/run.ts';
import { standingAfter } from '../rounds/case.ts';
import { mark, type Case } from '../rounds/mark.ts';
import { caseOf, roundByNo } from '../rounds/round.ts';
import { inUnit, type Unit } from '../store/unit.ts';
import type { Outcome } from './objection.ts';
import { objectionById, recordersOf, type ObjectionRow } from './queries.ts';
import { objections } from './refusals.ts';

export interface Answer { readonly id: string; readonly outcome: Outcome; readonly words: string }

/**
 * Answers an objection in writing. Whoever took down what is disputed may not answer it. Upheld: the household is looked at anew;
 * kept: it goes on, and if its notice has run out meanwhile, the notice ends for it now. In a round that is over nobody could rate it
 * anew: there it can only be upheld once the round is open again.
 */
export async function answerObjection(office: Office, actor: Actor, given: Answer): Promise<{ readonly household: string; readonly reopened: boolean }> {
  const objection = await objectionById(office.read, given.id);
  const household = (await householdKeys(office.read, [objection.subject]))[0] ?? common.refuse('not-found');
  return inUnit(office, actor, [...caseKeys(objection.round, { subject: objection.subject, id: household.id }), `round:${objection.round}`], async unit => {
    const subject = await answerSubject(unit, objection, household);
    unit.require('objection.answer', subject);
    if ((await objectionById(unit.read, given.id)).outcome !== null) objections.refuse('objection-answered');
    const one = await caseOf(unit.read, objection.round, objection.subject);
    const rating: { revision: number } | undefined = await unit.read('current_ratings').where({ round: objection.round, subject: objection.subject }).first('revision');
    unit.insert('answers', {
      id: newId(), objection: given.id, outcome: given.outcome, words_sealed: office.secrets.seal(given.words), answered_on: unit.day,
      revision_before: rating?.revision ?? null, revision_after: null, salt: newId(), at: unit.at, by: actorId(actor),
    });
    const [answered = one] = mark(unit, [one], { mark: 'answered', track: 'household', body: () => ({ objection: given.id, outcome: given.outcome }), held: now => Math.max(0, now.held - 1) });
    const reopened = given.outcome === 'upheld' ? await reopenIfSettled(unit, answered) : false;
    if (!reopened) await endIfOver(unit, answered);
    unit.record({ act: 'objections.answer', power: 'objection.answer', subject });
    return { household: household.id, reopened };
  });
}

/** The household, closed to those who took down what is disputed and, where the rating itself is, to whoever set it by hand. */
export async function answerSubject({ read }: Pick<Unit, 'read'>, objection: Pick<ObjectionRow, 'round' | 'subject' | 'about'>, household: HouseholdKey): Promise<Subject> {
  const indicator = /^value:(.+)$/.exec(objection.about)?.[1];
  const recorders = await recordersOf(read, { round: objection.round, subject: objection.subject, ...indicator === undefined ? {} : { indicator } });
  const adjusters: { by: string }[] = indicator === undefined ? await read('adjustments').where({ round: objection.round, subject: objection.subject }).distinct('by') : [];
  return {
    ...householdSubject(household),
    barred: [
      ...[...recorders].map(officer => ({ officer, why: '有异议的内容是您采集的，请换一位同志核查答复' })),
      ...adjusters.map(({ by }) => ({ officer: by, why: '这一户的等级是您调整的，请换一位同志核查答复' })),
    ],
  };
}

/** Back to be checked and rated anew, unless it is there already. */
async function reopenIfSettled(unit: Unit, one: Case): Promise<boolean> {
  if (standingAfter('household', one.standing, 'reopened', one.held > 0) === undefined) return false;
  if ((await roundByNo(unit.read, one.round)).closed_on !== null) objections.refuse('round-ended');
  await reopen(unit, [one], '异议成立，重新核实');
  return true;
}

/** A notice never ends for a held case; once nothing holds it, a clock that has run out counts. */
async function endIfOver(unit: Unit, one: Case): Promise<void> {
  if (one.held > 0 || (one.standing !== 'village-notice' && one.standing !== 'township-notice')) return;
  const posted = (await postedUnder(unit.read, one.round, [one.subject])).get(one.subject);
  if (posted !== undefined && posted.until < unit.day) mark(unit, [one], { mark: 'noticed', track: 'household', body: () => ({ notice: posted.notice }) });
}
