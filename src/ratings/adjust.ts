import { actorId, type Actor } from '../access/actor.ts';
import { householdKey, householdSubject } from '../households/subject.ts';
import { newId } from '../kit/id.ts';
import { common } from '../kit/refusals.ts';
import type { Office } from '../office.ts';
import { mark } from '../rounds/mark.ts';
import { caseOf, roundStillOpen } from '../rounds/round.ts';
import { loadStandard } from '../standards/load.ts';
import { inUnit } from '../store/unit.ts';
import { mayAdjust } from './adjustment.ts';
import type { RatingOutcome } from './outcome.ts';
import { lastRevision, ratingInForce } from './queries.ts';
import { ratings } from './refusals.ts';
import { caseKeys } from './run.ts';

/** `to` is a grade code of the standard or `none`; `seen` the revision that the officer had before them. */
export interface Adjusting { readonly round: number; readonly household: string; readonly to: string; readonly reason: string; readonly seen: number }

/**
 * Moves a grade by hand, as far as the standard allows from what was computed, and keeps both. Points stay as computed.
 * Moving it back to the computed grade ends the adjustment.
 */
export async function adjust(office: Office, actor: Actor, given: Adjusting): Promise<{ readonly revision: number }> {
  const { no } = await householdKey(office.read, given.household);
  return inUnit(office, actor, [...caseKeys(given.round, { subject: Number(no), id: given.household }), `round:${given.round}`, `ratings:${given.round}`], async unit => {
    const household = await householdKey(unit.read, given.household);
    const subject = householdSubject(household);
    unit.require('rating.adjust', subject);
    const round = await roundStillOpen(unit.read, given.round);
    const one = await caseOf(unit.read, round.no, Number(household.no));
    const before = await ratingInForce(unit.read, round.no, one.subject);
    if (before === undefined) return ratings.refuse('not-rated');
    if (before.outcome === 'provisional') ratings.refuse('still-provisional');
    if (before.revision !== given.seen) common.refuse('changed-meanwhile');
    const { standard } = await loadStandard(unit.read, before.standard);
    const computed = before.adjusted ?? before;
    const [from, to] = [codeOf(computed.grade), standard.grades.findIndex(grade => grade.code === given.to)];
    const isBack = before.adjusted !== undefined && from === given.to;
    if (!isBack && !mayAdjust(standard, { from, to: given.to })) ratings.refuse('adjusted-too-far', { most: standard.adjustment?.grades ?? 0, field: 'to' });
    if (!isBack && codeOf(before.grade) === given.to) return unit.nothingNew({ revision: before.revision });
    const outcome: RatingOutcome = isBack ? computed.outcome : 'adjusted';
    const isCredit = standard.grades[to]?.credit === true && (outcome === 'adjusted' || outcome === 'graded');
    const score = { points: computed.points, grade: to, outcome, credit: isCredit ? 1 : 0 };
    const revision = await lastRevision(unit.read, round.no, one.subject) + 1;
    const { sheet, yardstick, former } = before;
    unit.insert('ratings', { round: round.no, subject: one.subject, revision, run: 0, village: one.village, ...score, sheet, yardstick, former });
    unit.change('cases', { round: round.no, subject: one.subject, revision, ...score });
    unit.insert('adjustments', {
      id: newId(), round: round.no, subject: one.subject, revision, outcome_before: computed.outcome, points_before: computed.points, points_after: score.points,
      grade_before: computed.grade, grade_after: to, reason: given.reason, salt: newId(), at: unit.at, by: actorId(unit.actor),
    });
    // The reason stands with the adjustment, which can be erased; a mark cannot.
    mark(unit, [one], { mark: 'adjusted', track: 'household', body: () => ({ revision, from: codeOf(before.grade), to: given.to }) });
    unit.record({ act: 'rating.adjusted', power: 'rating.adjust', subject });
    return { revision };

    function codeOf(grade: number): string { return standard.grades[grade]?.code ?? 'none'; }
  });
}
