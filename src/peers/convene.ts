import { actorId, type Actor } from '../access/actor.ts';
import { fault } from '../kit/faults.ts';
import { newId } from '../kit/id.ts';
import type { Day } from '../kit/time.ts';
import type { Office } from '../office.ts';
import { placeByNo } from '../places/queries.ts';
import { ancestorNo } from '../places/place.ts';
import { roundStillOpen } from '../rounds/round.ts';
import { inUnit, type Unit } from '../store/unit.ts';
import { drawn } from './draw.ts';
import { mostPasses, type Review } from './peer.ts';
import { evaluatorsOf, neighbours, resultsOf, reviewsOf } from './queries.ts';
import { peers } from './refusals.ts';
import { groupSubject, indicatorsOf, isOpen } from './scope.ts';

export interface Convening { readonly id: string; readonly round: number; readonly group: number; readonly until: Day; /** How many are drawn by lot; undefined: everybody who is an evaluator of the group. */ readonly count?: number | undefined }

/** Begins a review of a group, or the next pass where the last one left questions open. Who sits in it is drawn by the review's own id, which everybody may read. */
export async function convene(office: Office, actor: Actor, given: Convening): Promise<Review> {
  return inUnit(office, actor, [`peers:${given.round}:${given.group}`], async unit => {
    const group = await placeByNo(unit.read, given.group);
    const village_no = ancestorNo(group.path, 'village') ?? group.no;
    unit.require('peer.convene', groupSubject(group));
    const round = await roundStillOpen(unit.read, given.round);
    if (given.until < unit.day) fault('until', 'early', '收齐的日子不能早于今天。');
    const indicators = await indicatorsOf(unit.read, round, village_no);
    if (indicators.length === 0) peers.refuse('peer-unasked');
    const [last] = await reviewsOf(unit.read, given.round, [given.group]);
    if (last !== undefined && last.id === given.id) return unit.nothingNew(last);
    if (last !== undefined) await refuseAgain(unit, last, indicators);
    if ((await neighbours(unit.read, { round: given.round, group_no: given.group })).length === 0) peers.refuse('peer-locked');
    const able = await evaluatorsOf(unit.read, { group_no: given.group, village_no }, unit.day);
    const least = Math.max(...indicators.map(indicator => indicator.judged?.least ?? 0));
    if (able.length < least) peers.refuse('peer-few', { least, have: able.length });
    const count = given.count ?? able.length;
    if (count < least || count > able.length) fault('count', 'range', `请填 ${least} 到 ${able.length}。`);
    const review: Review = { id: given.id, round: given.round, village_no, group_no: given.group, pass: (last?.pass ?? 0) + 1, follows: last?.id ?? null, until: given.until, opened_on: unit.day, closed_on: null };
    unit.insert('peer_reviews', { ...review, at: unit.at, by: actorId(actor) });
    // Seat numbers are drawn apart from the names, so that a number on paper does not tell whose it is.
    const seats = drawn(drawn(able.map(one => one.id), given.id, count), newId(), count);
    unit.insert('peer_seats', seats.map((officer, at) => ({ review: given.id, officer, no: at + 1, how: 'tablet', done_at: null })));
    unit.record({ act: 'peer.convened', power: 'peer.convene', subject: groupSubject(group) });
    return review;
  });
}

async function refuseAgain(unit: Unit, last: Review, indicators: Awaited<ReturnType<typeof indicatorsOf>>): Promise<void> {
  if (last.closed_on === null) peers.refuse('peer-under-way');
  if (last.pass >= mostPasses) peers.refuse('peer-passes');
  const results = await resultsOf(unit.read, last.id);
  if (!results.some(result => { const indicator = indicators.find(one => one.key === result.indicator); return indicator !== undefined && isOpen(indicator, result); })) peers.refuse('peer-settled');
}
