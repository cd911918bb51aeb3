import type { Actor } from '../access/actor.ts';
import { mayRate } from '../consents/queries.ts';
import { householdKey, householdSubject } from '../households/subject.ts';
import type { Office } from '../office.ts';
import { isRated, standingAfter, standingWords } from '../rounds/case.ts';
import { mark, type Case } from '../rounds/mark.ts';
import { caseOf, roundStillOpen } from '../rounds/round.ts';
import { householdStandard } from '../standards/village-items.ts';
import { inUnit, type Unit } from '../store/unit.ts';
import { keepBooks, openBook, type Book } from './book.ts';
import { gather } from './gather.ts';
import { formerCode, isRepeat, scoreOf, type Score } from './outcome.ts';
import { lastRevision, ratingInForce } from './queries.ts';
import { ratings } from './refusals.ts';
import { caseKeys } from './run.ts';

/** Rates one household again after a change or an upheld objection. The same facts give the same result and no new revision. */
export async function rateOne(office: Office, actor: Actor, given: { readonly round: number; readonly household: string }): Promise<Score & { readonly revision: number }> {
  const { no } = await householdKey(office.read, given.household);
  return inUnit(office, actor, [...caseKeys(given.round, { subject: Number(no), id: given.household }), `round:${given.round}`, `ratings:${given.round}`], async unit => {
    const household = await householdKey(unit.read, given.household);
    const subject = householdSubject(household);
    unit.require('rating.run', subject);
    const round = await roundStillOpen(unit.read, given.round);
    const one = await caseOf(unit.read, round.no, Number(household.no));
    if (standingAfter('household', one.standing, 'rated', one.held > 0) === undefined) ratings.refuse('not-rateable', { standing: standingWords[one.standing] });
    if (!(await mayRate(unit.read, [one.subject], unit.day)).has(one.subject)) ratings.refuse('no-consent-to-rate');
    const book = await openBook(unit.read, await householdStandard(unit.read, round, one.village), unit.day);
    const outcome = await stageRating(office, unit, { book, one });
    if (outcome.isNew || !isRated(one.standing)) mark(unit, [one], { mark: 'rated', track: 'household', body: () => ({ revision: outcome.revision }) });
    else return unit.nothingNew(outcome);
    unit.record({ act: 'rating.computed', power: 'rating.run', subject });
    return outcome;
  });
}

/** Unit-level: the household's rating by everything on record today; the same facts leave the one in force. */
export async function stageRating({ store }: Pick<Office, 'store'>, unit: Unit, { book, one }: { readonly book: Book; readonly one: Case }): Promise<Score & { readonly revision: number; readonly isNew: boolean }> {
  const [gathered, before, last, newest] = await Promise.all([
    gather({ read: unit.read, dialect: store.dialect }, one.round, [one.subject], book),
    ratingInForce(unit.read, one.round, one.subject), lastRevision(unit.read, one.round, one.subject),
    unit.read('cases').where({ round: one.round, subject: one.subject }).first<{ sheet: number } | undefined>('sheet'),
  ]);
  const facts = gathered.at(0);
  const score = scoreOf(book.standard, book.scorer.score(facts));
  const sheet = newest?.sheet ?? 0;
  if (before !== undefined && isRepeat({ ...before, ...before.adjusted, seen: before.sheet }, score, book, sheet)) {
    return { points: before.points, grade: before.grade, outcome: before.outcome, credit: before.credit, revision: before.revision, isNew: false };
  }
  const revision = last + 1;
  keepBooks(unit, [book]);
  unit.insert('ratings', {
    round: one.round, subject: one.subject, revision, run: 0, village: one.village, ...score,
    sheet, yardstick: book.yardstick, former: formerCode(book.standard, facts),
  });
  unit.change('cases', { round: one.round, subject: one.subject, revision, ...score });
  return { ...score, revision, isNew: true };
}
