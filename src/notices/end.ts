import { clockwork, type Actor } from '../access/actor.ts';
import { Refusal } from '../kit/refusal.ts';
import { today } from '../kit/time.ts';
import { placeByNo } from '../places/queries.ts';
import { postedUnder } from '../panels/posted.ts';
import { caseKeys } from '../ratings/run.ts';
import { caseColumns, mark, type Case } from '../rounds/mark.ts';
import { inUnit, type Desk, type Unit } from '../store/unit.ts';
import { isOver, noticeStages } from './notice.ts';
import { noticeSubject } from './post.ts';
import { noticeById, runOut, type Notice } from './queries.ts';
import { notices } from './refusals.ts';

/** Ends a notice whose last day is over, for every household that nothing holds; a held one stays until its answer. Answers how many went on. */
export async function endNotice(desk: Desk, actor: Actor, id: string): Promise<number> {
  const notice = await noticeById(desk.read, id);
  const households: { id: string; subject: number }[] = await desk.read('notice_entries').join('households', 'households.no', 'notice_entries.subject').where('notice_entries.notice', id).select('households.id', 'notice_entries.subject');
  return inUnit(desk, actor, [`notice:${id}`, ...households.flatMap(one => caseKeys(notice.round, one))], async unit => {
    const subject = await noticeSubject(unit, await placeByNo(unit.read, notice.place_no), notice.stage);
    unit.require('notice.post', subject);
    const now = await noticeById(unit.read, id);
    if (now.unposted_on !== null) notices.refuse('notice-down');
    if (!isOver(now.until, unit.day)) notices.refuse('notice-still-running', { until: now.until });
    const free = await hanging(unit, now);
    if (free.length === 0 && now.ended_on !== null) return unit.nothingNew(0);
    if (free.length > 0) mark(unit, free, { mark: 'noticed', track: 'household', body: () => ({ notice: id }) });
    if (now.ended_on === null) unit.change('notices', { id, ended_on: unit.day });
    unit.record({ act: 'notices.end', power: 'notice.post', subject });
    return free.length;
  });
}

/** Cases that hang under this very notice and that no objection holds. */
async function hanging(unit: Unit, notice: Notice): Promise<readonly Case[]> {
  const { hangs } = noticeStages[notice.stage];
  if (hangs === undefined) return [];
  const cases: Case[] = await unit.read('cases').where({ round: notice.round, standing: hangs, held: 0 }).whereIn('subject', unit.read('notice_entries').where({ notice: notice.id }).select('subject')).select(...caseColumns);
  const posted = await postedUnder(unit.read, notice.round, cases.map(one => one.subject));
  return cases.filter(one => posted.get(one.subject)?.notice === notice.id);
}

/** The clock's own round: every notice whose last day is over. One that cannot be ended keeps no other; what went wrong is told at the end, to the log. */
export async function endRunOut(desk: Desk): Promise<number> {
  let ended = 0;
  const failures: unknown[] = [];
  for (const id of await runOut(desk.read, today(desk.clock))) {
    try { ended += await endNotice(desk, clockwork, id); } catch (error) { if (!(error instanceof Refusal)) failures.push(error); }
  }
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} notices could not be ended`);
  return ended;
}
