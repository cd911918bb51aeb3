import { actorId, type Actor } from '../access/actor.ts';
import { householdKey, householdSubject } from '../households/subject.ts';
import { Faults } from '../kit/faults.ts';
import type { Fault } from '../kit/form.ts';
import { newId } from '../kit/id.ts';
import { common } from '../kit/refusals.ts';
import { factFault, fieldOf } from '../observations/checks.ts';
import { isNotAsked } from '../observations/observation.ts';
import type { Office } from '../office.ts';
import { inUnit, type Unit } from '../store/unit.ts';
import { keyedBy, ownAnswers, type Answers } from './answers.ts';
import type { Seat } from './peer.ts';
import { seatsOf } from './queries.ts';
import { peers } from './refusals.ts';
import { askedFor, groupSubject, scopeOf, type Asked, type Scope } from './scope.ts';

export interface Saving { readonly review: string; readonly household: string; readonly values: Answers }

/** Takes down what an evaluator says of one household, sealed; saying it again replaces it until the sheet is handed in. */
export async function saveAnswers(office: Office, actor: Actor, given: Saving): Promise<void> {
  await inUnit(office, actor, [`peer:${given.review}`], async unit => {
    const { scope, seat } = await ownSeat(unit, given.review);
    const subject = householdSubject(await householdKey(unit.read, given.household));
    unit.require('peer.judge', subject);
    if (seat.done_at !== null) peers.refuse('peer-done');
    const asked = askedFor(scope, actor).find(one => one.id === given.household) ?? peers.refuse('peer-not-asked');
    stage(office, unit, { review: given.review, seat: seat.no, slot: 0 }, asked, given.values);
    unit.record({ act: 'peer.judged', power: 'peer.judge', subject });
  });
}

/** Keys in what an evaluator wrote on paper. Two people do, neither sees what the other read; only what they read alike counts. */
export async function keyAnswers(office: Office, actor: Actor, given: Saving & { readonly no: number }): Promise<void> {
  await inUnit(office, actor, [`peer:${given.review}`], async unit => {
    const scope = await scopeOf(unit.read, given.review);
    const seat = (await seatsOf(unit.read, [given.review])).find(one => one.no === given.no) ?? common.refuse('not-found');
    const subject = { ...groupSubject(scope.group), barred: [{ officer: seat.officer, why: '这张纸是您写的，请别的同志录入' }] };
    unit.require('peer.key', subject);
    if (scope.review.closed_on !== null) peers.refuse('peer-over');
    if (seat.how !== 'paper') peers.refuse('peer-on-tablet');
    const { slot } = await keyedBy(unit.read, office.secrets, { review: given.review, no: given.no }, actorId(actor));
    if (slot === undefined) return peers.refuse('peer-keyed');
    const asked = scope.households.find(one => one.id === given.household) ?? peers.refuse('peer-not-asked');
    stage(office, unit, { review: given.review, seat: given.no, slot }, asked, given.values);
    unit.record({ act: 'peer.keyed', power: 'peer.key', subject });
    return undefined;
  });
}

/** Hands a sheet in: every household answered, 不清楚 among the answers; or takes it back, until the review is over. */
export async function handIn(office: Office, actor: Actor, { review, isDone }: { readonly review: string; readonly isDone: boolean }): Promise<void> {
  await inUnit(office, actor, [`peer:${review}`], async unit => {
    const { scope, seat } = await ownSeat(unit, review);
    const subject = groupSubject(scope.group);
    unit.require('peer.judge', subject);
    if ((seat.done_at !== null) === isDone) return unit.nothingNew(undefined);
    const told = await ownAnswers(unit.read, office.secrets, { review, no: seat.no });
    const left = askedFor(scope, actor).filter(one => !isWhole(one, told.get(one.no)));
    if (isDone && left.length > 0) peers.refuse('peer-unanswered', { left: left.length });
    unit.change('peer_seats', { review, officer: seat.officer, done_at: isDone ? unit.at : null });
    unit.record({ act: isDone ? 'peer.handed-in' : 'peer.taken-back', power: 'peer.judge', subject });
    return undefined;
  });
}

/** The sheet is written on paper instead, before anything was answered on the tablet. */
export async function onPaper(office: Office, actor: Actor, { review, officer }: { readonly review: string; readonly officer: string }): Promise<void> {
  await inUnit(office, actor, [`peer:${review}`], async unit => {
    const scope = await scopeOf(unit.read, review);
    const subject = groupSubject(scope.group);
    unit.require('peer.convene', subject);
    if (scope.review.closed_on !== null) peers.refuse('peer-over');
    const seat = (await seatsOf(unit.read, [review])).find(one => one.officer === officer) ?? common.refuse('not-found');
    if (seat.how === 'paper') return unit.nothingNew(undefined);
    if ((await ownAnswers(unit.read, office.secrets, seat)).size > 0) peers.refuse('peer-seated');
    unit.change('peer_seats', { review, officer, how: 'paper' });
    unit.record({ act: 'peer.on-paper', power: 'peer.convene', subject });
    return undefined;
  });
}

export const isWhole = (asked: Asked, told: Answers | undefined): boolean => asked.questions.every(indicator => { const fact = told?.[indicator.key]; return fact !== undefined && !isNotAsked(fact); });

async function ownSeat(unit: Unit, review: string): Promise<{ readonly scope: Scope; readonly seat: Seat }> {
  const [scope, seats] = [await scopeOf(unit.read, review), await seatsOf(unit.read, [review])];
  const seat = seats.find(one => one.officer === actorId(unit.actor) && one.how === 'tablet') ?? common.refuse('not-allowed', { why: '这次评议没有您的席位' });
  if (scope.review.closed_on !== null) peers.refuse('peer-over');
  return { scope, seat };
}

function stage(office: Office, unit: Unit, at: { readonly review: string; readonly seat: number; readonly slot: number }, asked: Asked, values: Answers): void {
  const faults: Fault[] = asked.questions.flatMap(indicator => {
    const fact = values[indicator.key];
    const say = fact === undefined || isNotAsked(fact) ? '还没有选。不了解的，选“不清楚”。' : factFault({ ...indicator, withoutDontKnow: false }, fact, unit.day);
    return say === undefined ? [] : [{ field: fieldOf(indicator.key), code: 'value', say }];
  });
  if (faults.length > 0) throw new Faults(faults);
  const kept = Object.fromEntries(asked.questions.map(indicator => [indicator.key, values[indicator.key]]));
  unit.insert('peer_answers', { id: newId(), ...at, subject: asked.no, sealed: office.secrets.seal(JSON.stringify(kept)), salt: newId(), at: unit.at, by: actorId(unit.actor) });
}
