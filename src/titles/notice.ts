import type { Knex } from 'knex';
import { calendarNow } from '../calendar/queries.ts';
import { lastDayOfNotice, workingDaysBetween } from '../kit/calendar.ts';
import { dayOf, type Day } from '../kit/time.ts';
import type { Case } from '../rounds/mark.ts';
import type { TitleStep } from './title.ts';
import { titlesBelow, type Placed, type Title } from './queries.ts';

/**
 * A title hangs on the public pages from its review on, for the township's days of the round, before the county names it (domain 1.4).
 * Nothing is kept for it: the mark of the review is the posting.
 */
export interface TitleNotice { readonly postedOn: Day; readonly until: Day; readonly over: boolean; readonly left: number }

type Reviewed = Pick<Case, 'round' | 'subject' | 'standing'>;
const keyOf = ({ round, subject }: Pick<Case, 'round' | 'subject'>): string => `${round}:${subject}`;

/** The notices of those titles that stand between review and roll. */
export async function titleNotices(read: Knex, titles: readonly Reviewed[], day: Day): Promise<(title: Reviewed) => TitleNotice | undefined> {
  const found = titles.filter(one => one.standing === 'reviewed' || one.standing === 'approved');
  if (found.length === 0) return () => undefined;
  const rounds = [...new Set(found.map(one => one.round))];
  const marks: { round: number; subject: number; at: string; days: number }[] = await read('marks').join('rounds', 'rounds.no', 'marks.round').where('marks.mark', 'reviewed').whereIn('marks.round', rounds)
    .whereIn('marks.subject', found.map(one => one.subject)).orderBy('marks.seq').select('marks.round', 'marks.subject', 'marks.at', 'rounds.township_days as days');
  const calendar = await calendarNow(read);
  const wanted = new Set(found.map(keyOf));
  const notices = new Map(marks.filter(one => wanted.has(keyOf(one))).map(one => {
    const postedOn = dayOf(one.at);
    const until = lastDayOfNotice(postedOn, one.days, calendar);
    return [keyOf(one), { postedOn, until, over: day > until, left: workingDaysBetween({ from: day, to: until }, calendar) }];
  }));
  return title => title.standing === 'reviewed' || title.standing === 'approved' ? notices.get(keyOf(title)) : undefined;
}

/** What a step waits for: the answer to an objection, or the end of the days. */
export function waitsFor(title: Pick<Title, 'held'>, step: TitleStep, notice: TitleNotice | undefined): 'answer' | 'days' | undefined {
  if (step === 'apply') return undefined;
  return title.held > 0 ? 'answer' : step === 'approve' && notice !== undefined && !notice.over ? 'days' : undefined;
}

export interface HangingTitle { readonly title: Placed; readonly notice: TitleNotice; /** The round's id. */ readonly round: string }
/** Titles that hang on a day at a place or below: what anyone may read and object to. */
export async function titlesHanging(read: Knex, path: string, day: Day): Promise<readonly HangingTitle[]> {
  const titles = await titlesBelow(read, [path], 2_000, 'reviewed');
  const noticeOf = await titleNotices(read, titles, day);
  return titles.flatMap(title => { const notice = noticeOf(title); return notice === undefined || notice.over ? [] : [{ title, notice, round: title.roundId }]; });
}
