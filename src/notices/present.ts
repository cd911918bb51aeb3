import type { Knex } from 'knex';
import { calendarNow } from '../calendar/queries.ts';
import { common } from '../kit/refusals.ts';
import type { Day } from '../kit/time.ts';
import { gradesOf, type Grades } from '../panels/grades.ts';
import { placeNames } from '../places/queries.ts';
import { isOver, noticeDays, noticeStages, workingDaysLeft } from './notice.ts';
import { countsOf, roundsShown, type Notice } from './queries.ts';

/** What every page of a notice says: nothing here is about a person. */
export interface Shown {
  readonly id: string; readonly says: string; readonly heading: string; readonly told: string; readonly column: string; readonly village: string; readonly township: string; readonly full: string; readonly year: number; readonly roundId: string; readonly roundName: string;
  readonly posted: Day; readonly until: Day; readonly days: number; readonly left: number; readonly over: boolean; readonly where: string; readonly tel: string; readonly named: number; readonly unnamed: number;
  readonly down: { readonly on: Day; readonly reason: string } | undefined;
}

/** Three queries for any number of notices. */
export async function shownMany(read: Knex, notices: readonly Notice[], day: Day): Promise<readonly Shown[]> {
  const rounds = await roundsShown(read, notices.map(notice => notice.round));
  const places = await placeNames(read, notices.map(notice => notice.place_no));
  const counts = await countsOf(read, notices.map(notice => notice.id));
  const calendar = await calendarNow(read);
  return notices.map(notice => {
    const round = rounds.get(notice.round) ?? common.refuse('not-found');
    const place = places.get(notice.place_no);
    const stage = noticeStages[notice.stage];
    return {
      id: notice.id, says: stage.says, heading: stage.title, told: stage.told, column: stage.column, village: place?.name ?? '', township: place?.township ?? '', full: place?.full ?? '', year: round.year, roundId: round.id, roundName: round.name,
      posted: notice.posted_on, until: notice.until, days: noticeDays(notice.stage, round), left: workingDaysLeft(day, notice.until, calendar), over: isOver(notice.until, day), where: notice.where_posted, tel: notice.phone,
      ...counts.get(notice.id) ?? { named: 0, unnamed: 0 }, down: notice.unposted_on === null ? undefined : { on: notice.unposted_on, reason: notice.unposted_reason ?? '' },
    };
  });
}

export async function shownOf(read: Knex, notice: Notice, day: Day): Promise<Shown> {
  return (await shownMany(read, [notice], day))[0] ?? common.refuse('not-found');
}

export async function gradesFor(read: Knex, notice: Notice): Promise<Grades> {
  const round = (await roundsShown(read, [notice.round])).get(notice.round);
  return gradesOf(read, (round ?? common.refuse('not-found')).household_standard);
}

/** A grade as official paper prints it: the letters, or the words where there are none. */
export const gradeText = (grades: Grades, grade: number): string => { const mark = grades.mark(grade); return mark.code === '' ? mark.words ?? '' : mark.code; };
