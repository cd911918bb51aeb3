import type { Actor } from '../access/actor.ts';
import { placeByNo } from '../places/queries.ts';
import { postedUnder } from '../panels/posted.ts';
import { caseKeys } from '../ratings/run.ts';
import { caseColumns, mark, type Case } from '../rounds/mark.ts';
import { roundStillOpen } from '../rounds/round.ts';
import { inUnit, type Desk } from '../store/unit.ts';
import { noticeStages } from './notice.ts';
import { noticeSubject } from './post.ts';
import { noticeById } from './queries.ts';
import { notices } from './refusals.ts';

/** Takes a notice down with a reason, while it hangs and before anybody has objected. The page stays and says why. */
export async function unpostNotice(desk: Desk, actor: Actor, given: { readonly id: string; readonly reason: string }): Promise<number> {
  const notice = await noticeById(desk.read, given.id);
  const households: { id: string; subject: number }[] = await desk.read('notice_entries').join('households', 'households.no', 'notice_entries.subject').where('notice_entries.notice', given.id).select('households.id', 'notice_entries.subject');
  return inUnit(desk, actor, [`round:${notice.round}`, `notice:${given.id}`, ...households.flatMap(one => caseKeys(notice.round, one))], async unit => {
    const subject = await noticeSubject(unit, await placeByNo(unit.read, notice.place_no), notice.stage);
    unit.require('notice.post', subject);
    await roundStillOpen(unit.read, notice.round);
    const now = await noticeById(unit.read, given.id);
    if (now.unposted_on !== null || now.ended_on !== null) notices.refuse('notice-down');
    const objected: unknown[] = await unit.read('objections').where({ round: now.round }).where('lodged_on', '>=', now.posted_on).whereIn('subject', unit.read('notice_entries').where({ notice: now.id }).select('subject')).limit(1).select('id');
    if (objected.length > 0) notices.refuse('notice-objected');
    const { hangs } = noticeStages[now.stage];
    const found: Case[] = hangs === undefined ? [] : await unit.read('cases').where({ round: now.round, standing: hangs }).whereIn('subject', unit.read('notice_entries').where({ notice: now.id }).select('subject')).select(...caseColumns);
    const posted = await postedUnder(unit.read, now.round, found.map(one => one.subject));
    const cases = found.filter(one => posted.get(one.subject)?.notice === now.id);
    if (cases.length > 0) mark(unit, cases, { mark: 'unposted', track: 'household', body: () => ({ notice: now.id }), words: given.reason });
    unit.change('notices', { id: now.id, unposted_on: unit.day, unposted_reason: given.reason });
    unit.record({ act: 'notices.unpost', power: 'notice.post', subject });
    return cases.length;
  });
}
