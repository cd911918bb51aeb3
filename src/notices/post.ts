import { actorId, type Actor } from '../access/actor.ts';
import type { Subject } from '../access/subject.ts';
import { calendarNow } from '../calendar/queries.ts';
import { mayPublish } from '../consents/queries.ts';
import { newId } from '../kit/id.ts';
import { nameFor } from '../kit/mask.ts';
import { common } from '../kit/refusals.ts';
import { gradesOf } from '../panels/grades.ts';
import type { Place } from '../places/place.ts';
import { ancestorNo } from '../places/place.ts';
import { placeByNo, placeSubject } from '../places/queries.ts';
import { caseKeys } from '../ratings/run.ts';
import { caseColumns, mark, type Case } from '../rounds/mark.ts';
import { rounds } from '../rounds/refusals.ts';
import type { Round } from '../rounds/round.ts';
import { inUnit, type Desk, type Unit } from '../store/unit.ts';
import { hashOfNotice, lastDay, leafOfEntry, noticeDays, noticeStages, postingMark, type NoticeStage } from './notice.ts';
import { notices } from './refusals.ts';

export interface Posting { readonly id: string; readonly round: Round; readonly village: Pick<Place, 'no' | 'id' | 'path'>; readonly stage: NoticeStage; readonly where: string; readonly phone: string }
export interface Hung { readonly id: string; readonly named: number; readonly unnamed: number; readonly until: string }

/**
 * Posts what a committee passed, and starts the clock. Only credit households that agreed to be named are named, masked; the others are counted
 * together, so that nobody reads from a missing name whether it was the grade or the consent, and have their letter. What hangs is copied, so that a later change of name or grade never rewrites a notice.
 */
export async function postNotice(desk: Desk, actor: Actor, given: Posting): Promise<Hung> {
  const { round, village, stage, id } = given;
  if (round.closed_on !== null) rounds.refuse('round-closed');
  const waiting = await toPost(desk, given);
  return inUnit(desk, actor, [`notices:${round.no}:${village.no}`, ...waiting.flatMap(one => caseKeys(round.no, one))], async unit => {
    const subject = await noticeSubject(unit, village, stage);
    unit.require('notice.post', subject);
    const again: (Hung & { readonly round: number }) | undefined = await unit.read('notices').where({ id }).first('id', 'named', 'unnamed', 'until', 'round');
    if (again !== undefined) return again.round === round.no ? unit.nothingNew({ id, named: again.named, unnamed: again.unnamed, until: again.until }) : common.refuse('not-found');
    const households = await toPost({ read: unit.read }, given);
    if (households.length === 0) notices.refuse('nothing-to-post');
    const cases: Case[] = await unit.read('cases').where({ round: round.no, village: village.no }).whereIn('subject', households.map(one => one.subject)).select(...caseColumns);
    const grades = await gradesOf(unit.read, round.household_standard);
    const agreed = await mayPublish(unit.read, households.map(one => one.subject), unit.day);
    const entries = households.map((one, at) => {
      const shown = agreed.has(one.subject) && grades.isCredit(one.grade) ? nameFor('public', one.head_name) : '';
      const line = { seq: at + 1, shown, group: one.group_name ?? '', grade: one.grade, salt: newId() };
      return { notice: id, seq: line.seq, subject: one.subject, shown, group_name: line.group, grade: line.grade, salt: line.salt, leaf: leafOfEntry(id, line), withdrawn_at: null };
    });
    const named = entries.filter(entry => entry.shown !== '').length;
    const until = lastDay(unit.day, noticeDays(stage, round), await calendarNow(unit.read));
    unit.put('notices', {
      id, round: round.no, place_no: village.no, stage, posted_on: unit.day, until, where_posted: given.where, phone: given.phone, named, unnamed: entries.length - named,
      hash: hashOfNotice(entries.map(entry => entry.leaf)), photo: null, ended_on: null, unposted_on: null, unposted_reason: null, unit: unit.no, at: unit.at, by: actorId(actor),
    });
    unit.put('notice_entries', entries);
    const step = postingMark(stage);
    if (step !== undefined) mark(unit, cases, { mark: step, track: 'household', body: () => ({ notice: id }) });
    unit.record({ act: 'notices.post', power: 'notice.post', subject });
    return { id, named, unnamed: entries.length - named, until };
  });
}

/** The village's notice is the village's; the second and the third are the township's, although they hang in the village. */
export async function noticeSubject({ read }: Pick<Unit, 'read'>, village: Pick<Place, 'id' | 'path'>, stage: NoticeStage): Promise<Subject> {
  if (stage === 'village') return placeSubject(village);
  return placeSubject(await placeByNo(read, ancestorNo(village.path, 'township') ?? common.refuse('not-found')));
}

export interface ToPost { readonly subject: number; readonly id: string; readonly head_name: string; readonly group_name: string | null; readonly grade: number }

/** Households that would hang if the notice were posted now, by group and number. The final announcement names nobody twice. */
export async function toPost({ read }: Pick<Unit, 'read'>, { round, village, stage }: Pick<Posting, 'round' | 'stage'> & { readonly village: Pick<Place, 'no'> }): Promise<readonly ToPost[]> {
  const query = read('cases').join('households', 'households.no', 'cases.subject').join('current_ratings', join => { join.on('current_ratings.round', 'cases.round').andOn('current_ratings.subject', 'cases.subject'); }).leftJoin('places', 'places.no', 'households.group_no')
    .where({ 'cases.round': round.no, 'cases.village': village.no }).whereIn('cases.standing', [...noticeStages[stage].from]);
  if (stage === 'final') {
    void query.whereNotIn('cases.subject', read('notice_entries').join('notices', 'notices.id', 'notice_entries.notice').where({ 'notices.round': round.no, 'notices.place_no': village.no, 'notices.stage': 'final' }).whereNull('notices.unposted_on').select('notice_entries.subject'));
  }
  return query.orderBy('places.sort').orderBy('households.household_no').select('cases.subject', 'households.id', 'households.head_name', 'places.name as group_name', 'current_ratings.grade');
}
