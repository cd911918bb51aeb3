import { actorId, type Actor } from '../access/actor.ts';
import { may } from '../access/may.ts';
import { common } from '../kit/refusals.ts';
import { newId } from '../kit/id.ts';
import { dayOf, type Day } from '../kit/time.ts';
import type { Office } from '../office.ts';
import type { Place } from '../places/place.ts';
import { placeSubject } from '../places/queries.ts';
import type { Reading } from '../ratings/gather.ts';
import { caseKeys } from '../ratings/run.ts';
import { caseColumns, type Case } from '../rounds/mark.ts';
import { roundStillOpen, type Round } from '../rounds/round.ts';
import { sha256 } from '../store/trace.ts';
import { inUnit } from '../store/unit.ts';
import { isHeardFirst, waitsFor, type Change } from './award.ts';
import { changesOf } from './queries.ts';
import { isAsProposed, reckonHouseholds, type Reckoned } from './reckon.ts';
import { awards } from './refusals.ts';
import { settle } from './settle.ts';

export interface Agreeable { readonly change: Change; readonly found: Reckoned }
interface At { readonly round: Round; readonly village: Place; readonly day: Day; readonly subjects?: readonly number[] }

/** What a chair may agree to with the rest of a village: it takes nothing from anybody, somebody else put it forward, the record still says so, nobody objects, and the chair does not stand aside. Whatever else there is, is looked at alone. */
export async function agreeable(reading: Reading, actor: Actor, { round, village, day, subjects }: At): Promise<readonly Agreeable[]> {
  const found = new Map((await reckonHouseholds(reading, round, village, day, subjects)).map(one => [one.subject, one]));
  const changes = await changesOf(reading.read, round.no, [...found.keys()]);
  return changes.flatMap(change => {
    const own = found.get(change.subject);
    const isFree = own !== undefined && waitsFor(change, day) === 'decision' && !isHeardFirst(change.outcome) && change.by !== actorId(actor) && own.held === 0 && isAsProposed(change, own);
    return isFree && may(actor, 'case.approve', { id: own.id, paths: [village.path] }) === true ? [{ change, found: own }] : [];
  });
}

/** Names exactly the list that was shown. */
export const seenOf = (list: readonly Agreeable[]): string => sha256(list.map(({ change }) => change.id).toSorted().join());

/** All that `agreeable` lists, in one act, on exactly the list that was shown. Answers how many. */
export async function agreeAll(office: Office, actor: Actor, given: { readonly round: number; readonly village: Place; readonly seen: string }): Promise<number> {
  const { village } = given;
  const reading = { read: office.read, dialect: office.store.dialect };
  const before = await agreeable(reading, actor, { round: await roundStillOpen(office.read, given.round), village, day: dayOf(office.clock.now()) });
  return inUnit(office, actor, [`round:${given.round}`, `ratings:${given.round}`, ...before.flatMap(({ found }) => caseKeys(given.round, found))], async unit => {
    const subject = placeSubject(village);
    unit.require('case.approve', subject);
    const round = await roundStillOpen(unit.read, given.round);
    const list = await agreeable({ ...reading, read: unit.read }, actor, { round, village, day: unit.day, subjects: before.map(({ found }) => found.subject) });
    if (list.length === 0) return awards.refuse('award-none');
    if (seenOf(list) !== given.seen) common.refuse('changed-meanwhile');
    const cases: Case[] = await unit.read('cases').where({ round: round.no }).whereIn('subject', list.map(({ found }) => found.subject)).select(...caseColumns);
    const bySubject = new Map(cases.map(one => [one.subject, one]));
    await settle(office, unit, round, 'household', list.map(one => ({ ...one, one: bySubject.get(one.found.subject) ?? common.refuse('not-found') })));
    unit.insert('award_steps', list.map(({ change }) => ({ id: newId(), change: change.id, step: 'agreed', day: unit.day, speak_until: null, words: '', salt: newId(), at: unit.at, by: actorId(actor) })));
    unit.record({ act: 'award.agreed', power: 'case.approve', subject });
    return list.length;
  });
}
