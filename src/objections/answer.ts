import type { Knex } from 'knex';
import type { Office } from '../office.ts';
import { actorId, type Actor } from '../access/actor.ts';
import type { Power } from '../access/rules.ts';
import type { Subject } from '../access/subject.ts';
import { newId } from '../kit/id.ts';
import { postedUnder } from '../panels/posted.ts';
import { placeByNo } from '../places/queries.ts';
import { reopen } from '../ratings/reopen.ts';
import { caseKeys } from '../ratings/run.ts';
import { standingAfter, type Track } from '../rounds/case.ts';
import { recalled } from '../rounds/follow-cases.ts';
import { recorderOf } from '../tellings/queries.ts';
import { mark, type Case } from '../rounds/mark.ts';
import { caseOf, roundByNo } from '../rounds/round.ts';
import { emptyBody } from '../observations/observation.ts';
import { isSinceAward } from '../observations/since-award.ts';
import { stageSheet } from '../observations/stage.ts';
import { lastSeq, worldOf } from '../observations/world.ts';
import { inUnit, type Unit } from '../store/unit.ts';
import { markedBy } from '../titles/queries.ts';
import { bankGone, otherBanks } from './bank.ts';
import type { Check } from './check.ts';
import { checkFor, mustTellOnlyOwn, sealedCheck } from './keep-check.ts';
import { isLook } from './look.ts';
import { answerPower, disputedByNo, type Disputed } from './disputed.ts';
import type { Outcome } from './objection.ts';
import { answeredBy, objectionById, recordersOf, type ObjectionRow } from './queries.ts';
import { objections } from './refusals.ts';

export interface Answer { readonly id: string; readonly outcome: Outcome; readonly words: string; /** What was looked into; only what was taken back wants none. */ readonly check?: Check | undefined }

/**
 * Answers an objection in writing, with the record of what was looked into before. Whoever took down or decided what is disputed may not answer it, nor whoever answered it before. Upheld:
 * the household is looked at anew, a title goes back to be reckoned; kept: it goes on, and if a household's notice has run out meanwhile, the
 * notice ends for it now. In a round that is over nobody could rate it anew: there it can only be upheld once the round is open again.
 */
export async function answerObjection(office: Office, actor: Actor, given: Answer): Promise<{ readonly subject: string; readonly reopened: boolean }> {
  const objection = await objectionById(office.read, given.id);
  const disputed = await disputedByNo(office.read, objection.subject);
  const { track } = disputed;
  return inUnit(office, actor, [...caseKeys(objection.round, { subject: disputed.no, id: disputed.id }), `round:${objection.round}`], async unit => {
    const { subject, power } = await answerSeat(unit, objection, disputed);
    unit.require(power, subject);
    if ((await objectionById(unit.read, given.id)).outcome !== null) objections.refuse('objection-answered');
    const check = checkFor(unit, objection, given);
    await mustTellOnlyOwn(unit, objection, disputed, { words: given.words, looked: check?.looked, found: check?.found });
    const one = await caseOf(unit.read, objection.round, objection.subject);
    const rating: { revision: number } | undefined = await unit.read('current_ratings').where({ round: objection.round, subject: objection.subject }).first('revision');
    unit.insert('answers', {
      id: newId(), objection: given.id, outcome: given.outcome, words_sealed: office.secrets.seal(given.words), answered_on: unit.day, ...await sealedCheck(office, unit, disputed, check),
      revision_before: isLook(objection.about) ? null : rating?.revision ?? null, revision_after: null, salt: newId(), at: unit.at, by: actorId(actor),
    });
    const answers = { act: 'objections.answer', power, subject };
    if (isLook(objection.about)) { unit.record(answers); return { subject: disputed.id, reopened: false }; }
    const [answered = one] = mark(unit, [one], { mark: 'answered', track, body: () => ({ objection: given.id, outcome: given.outcome }), held: now => Math.max(0, now.held - 1) });
    const reopened = given.outcome === 'upheld' && !await struck(unit, objection.about, disputed, answered) ? await reopenIfSettled(unit, answered, track) : false;
    if (!reopened) await endIfOver(unit, answered);
    unit.record(answers);
    return { subject: disputed.id, reopened };
  });
}

/** What was written down since the award and is wrong is struck out: the result never rested on it, and nothing is taken from the household. */
async function struck(unit: Unit, about: string, disputed: Disputed, one: Case): Promise<boolean> {
  const event = /^event:(.+)$/.exec(about)?.[1];
  if (event === undefined || disputed.kind !== 'household' || one.standing !== 'published') return false;
  const world = await worldOf(unit.read, one.round, disputed.id);
  if (world.round.closed_on !== null) objections.refuse('round-ended');
  const state = world.picture.events.get(event);
  if (state === undefined || state.voided !== undefined || !await isSinceAward(unit.read, world, [state.seq])) return false;
  stageSheet(unit, { ...world, round: one.round, subject: one.subject }, { id: newId(), base: lastSeq(world), body: { ...emptyBody, voided: [{ id: event, why: '异议成立' }] }, source: 'process', batch: null });
  return true;
}

/** Who answers, and by what power: the bank whose value it is, or the posts of its seat, closed to those whose work is disputed and to whoever answered what is appealed against. */
export async function answerSeat({ read }: Pick<Unit, 'read'>, objection: Pick<ObjectionRow, 'round' | 'subject' | 'about' | 'seat_no' | 'bank' | 'appeals'>, disputed: Disputed): Promise<{ readonly subject: Subject; readonly power: Power }> {
  const seat = await placeByNo(read, objection.seat_no);
  const isGone = objection.bank !== null && await read('objections').where({ round: objection.round, subject: objection.subject, bank: objection.bank, seat_no: objection.seat_no }).where(bankGone(read)).first('id') !== undefined;
  if (objection.bank !== null && !isGone) return { subject: { id: disputed.id, paths: [seat.path], barred: await otherBanks(read, objection.bank) }, power: 'objection.verify' };
  const before = objection.appeals === null ? undefined : await answeredBy(read, objection.appeals);
  const barred = [
    ...before === undefined ? [] : [{ officer: before, why: '上一次是您答复的，请换一位同志核查答复' }],
    ...disputed.kind === 'household' ? await recordersBarred(read, objection) : await stepsBarred(read, objection),
  ];
  return { subject: { id: disputed.id, paths: [seat.path], barred }, power: answerPower(seat.kind) };
}

type Barred = NonNullable<Subject['barred']>;

/** Whoever took down what is disputed, and where the rating itself is, whoever set it by hand. */
async function recordersBarred(read: Knex, { round, subject, about }: Pick<ObjectionRow, 'round' | 'subject' | 'about'>): Promise<Barred> {
  const event = /^event:(.+)$/.exec(about)?.[1];
  const writer = event === undefined ? undefined : await recorderOf(read, subject, event);
  if (writer !== undefined) return [{ officer: writer, why: '有异议的这件事是您记的，请换一位同志核查答复' }];
  const indicator = /^value:(.+)$/.exec(about)?.[1];
  const recorders = await recordersOf(read, { round, subject, ...indicator === undefined ? {} : { indicator } });
  const adjusters: { by: string }[] = indicator === undefined ? await read('adjustments').where({ round, subject }).distinct('by') : [];
  return [
    ...[...recorders].map(officer => ({ officer, why: '有异议的内容是您采集的，请换一位同志核查答复' })),
    ...adjusters.map(({ by }) => ({ officer: by, why: '这一户的等级是您调整的，请换一位同志核查答复' })),
  ];
}

/** Whoever applied for the title or reviewed it. */
async function stepsBarred(read: Knex, one: Pick<ObjectionRow, 'round' | 'subject'>): Promise<Barred> {
  const [applied, reviewed] = [await markedBy(read, one, 'applied'), await markedBy(read, one, 'reviewed')];
  return [
    ...applied === undefined ? [] : [{ officer: applied, why: '这个称号是您申报的，请换一位同志核查答复' }],
    ...reviewed === undefined ? [] : [{ officer: reviewed, why: '这个称号是您审核的，请换一位同志核查答复' }],
  ];
}

/** Back to be checked and rated anew, unless it is there already. */
export async function reopenIfSettled(unit: Unit, one: Case, track: Track, words = '异议成立，重新核实'): Promise<boolean> {
  if (standingAfter(track, one.standing, 'reopened', one.held > 0) === undefined) return false;
  if ((await roundByNo(unit.read, one.round)).closed_on !== null) objections.refuse('round-ended');
  if (track === 'household') { await reopen(unit, [one], words); return true; }
  await recalled(unit, [one], 'reopened');   // A title that was published leaves the roll in the same moment.
  mark(unit, [one], { mark: 'reopened', track, words });
  return true;
}

/** A notice never ends for a held case; once nothing holds it, a clock that has run out counts. */
async function endIfOver(unit: Unit, one: Case): Promise<void> {
  if (one.held > 0 || (one.standing !== 'village-notice' && one.standing !== 'township-notice')) return;
  const posted = (await postedUnder(unit.read, one.round, [one.subject])).get(one.subject);
  if (posted !== undefined && posted.until < unit.day) mark(unit, [one], { mark: 'noticed', track: 'household', body: () => ({ notice: posted.notice }) });
}
