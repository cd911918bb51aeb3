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
import { placeByNo, placeNames, placeSubject } from '../places/queries.ts';
import { caseKeys } from '../ratings/run.ts';
import { caseColumns, mark, type Case } from '../rounds/mark.ts';
import { roundStillOpen, type Round } from '../rounds/round.ts';
import { inUnit, type Desk, type Unit } from '../store/unit.ts';
import { tellsResult, type Withdrawal } from './follow.ts';
import { headText, leafOfEntry, treeOfNotice } from './proof.ts';
import { lastDay, noticeDays, noticeStages, postingMark, type NoticeStage } from './notice.ts';
import { notices } from './refusals.ts';

export interface Posting { readonly id: string; readonly round: Round; readonly village: Pick<Place, 'no' | 'id' | 'path'>; readonly stage: NoticeStage; readonly where: string; readonly phone: string }
export interface Hung { readonly id: string; readonly named: number; readonly unnamed: number; readonly until: string }

/**
 * Posts what a committee passed, and starts the clock. Only credit households that agreed to be named are named, masked; the others are counted
 * together, so that nobody reads from a missing name whether it was the grade or the consent, and have their letter. What hangs is copied, so that a later change of name or grade never rewrites a notice.
 */
export async function postNotice(desk: Desk, actor: Actor, given: Posting): Promise<Hung> {
  const { round, village, stage, id } = given;
  const waiting = await toPost(desk, given);
  return inUnit(desk, actor, [`round:${round.no}`, `notices:${round.no}:${village.no}`, ...waiting.flatMap(one => caseKeys(round.no, one))], async unit => {
    const subject = await noticeSubject(unit, village, stage);
    unit.require('notice.post', subject);
    const again: (Hung & { readonly round: number }) | undefined = await unit.read('notices').where({ id }).first('id', 'named', 'unnamed', 'until', 'round');
    if (again !== undefined) return again.round === round.no ? unit.nothingNew({ id, named: again.named, unnamed: again.unnamed, until: again.until }) : common.refuse('not-found');
    await roundStillOpen(unit.read, round.no);
    const households = await toPost({ read: unit.read }, given);
    if (households.length === 0) notices.refuse('nothing-to-post');
    const cases: Case[] = await unit.read('cases').where({ round: round.no, village: village.no }).whereIn('subject', households.map(one => one.subject)).select(...caseColumns);
    const grades = await gradesOf(unit.read, round.household_standard);
    const agreed = await mayPublish(unit.read, households.map(one => one.subject), unit.day);
    const shown = households.map(one => ({ ...one, shown: agreed.has(one.subject) && grades.isCredit(one.grade) ? nameFor('public', one.head_name) : '' }));
    // The named have the numbers from 1: a gap among them would tell where somebody is left out.
    const entries = [...shown.filter(one => one.shown !== ''), ...shown.filter(one => one.shown === '')].map((one, at) => {
      const line = { seq: at + 1, shown: one.shown, group: one.group_name ?? '', grade: one.grade, salt: newId() };
      return { notice: id, seq: line.seq, subject: one.subject, shown: line.shown, group_name: line.group, grade: line.grade, salt: line.salt, leaf: leafOfEntry(id, line), withdrawn_at: null, withdrawn_for: null, corrects: one.corrects };
    });
    const named = entries.filter(entry => entry.shown !== '').length;
    const until = lastDay(unit.day, noticeDays(stage, round), await calendarNow(unit.read));
    unit.put('notices', {
      id, round: round.no, place_no: village.no, stage, posted_on: unit.day, until, where_posted: given.where, phone: given.phone, named, unnamed: entries.length - named,
      photo: null, ended_on: null, unposted_on: null, unposted_reason: null, unit: unit.no, at: unit.at, by: actorId(actor),
    });
    unit.put('notice_entries', entries);
    const { title, told } = noticeStages[stage];
    const head = headText({ notice: id, place: (await placeNames(unit.read, [village.no])).get(village.no)?.full ?? '', year: round.year, title, told, posted: unit.day, until, where: given.where, phone: given.phone });
    const { root, size } = treeOfNotice(head, entries.map(entry => entry.leaf));
    unit.insert('notice_heads', { notice: id, head, size, root, at: unit.at, by: actorId(actor) });
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

export interface ToPost { readonly subject: number; readonly id: string; readonly head_name: string; readonly group_name: string | null; readonly grade: number; /** The announcement in which the household stood with a result that holds no longer. */ readonly corrects: string | null }

/** Households that would hang if the notice were posted now, by group and number. The final announcement names nobody twice, unless the result was looked at anew since. */
export async function toPost({ read }: Pick<Unit, 'read'>, { round, village, stage }: Pick<Posting, 'round' | 'stage'> & { readonly village: Pick<Place, 'no'> }): Promise<readonly ToPost[]> {
  const waiting: Omit<ToPost, 'corrects'>[] = await read('cases').join('households', 'households.no', 'cases.subject').join('current_ratings', join => { join.on('current_ratings.round', 'cases.round').andOn('current_ratings.subject', 'cases.subject'); }).leftJoin('places', 'places.no', 'households.group_no')
    .where({ 'cases.round': round.no, 'cases.village': village.no }).whereIn('cases.standing', [...noticeStages[stage].from]).whereNull('households.closed_on')
    .orderBy('places.sort', 'asc', 'last').orderBy('households.household_no').select('cases.subject', 'households.id', 'households.head_name', 'places.name as group_name', 'current_ratings.grade');
  if (stage !== 'final') return waiting.map(one => ({ ...one, corrects: null }));
  const announced: { subject: number; notice: string; withdrawn_for: Withdrawal | null }[] = await read('notice_entries').join('notices', 'notices.id', 'notice_entries.notice')
    .where({ 'notices.round': round.no, 'notices.stage': 'final' }).whereNull('notices.unposted_on').whereIn('notice_entries.subject', waiting.map(one => one.subject)).orderBy('notices.posted_on').orderBy('notices.at')
    .select('notice_entries.subject', 'notice_entries.notice', 'notice_entries.withdrawn_for');
  const latest = new Map(announced.map(row => [row.subject, row]));
  return waiting.flatMap((one): readonly ToPost[] => {
    const before = latest.get(one.subject);
    return before === undefined ? [{ ...one, corrects: null }] : tellsResult(before.withdrawn_for) ? [] : [{ ...one, corrects: before.notice }];
  });
}
