import { lastDayOfNotice, workingDaysBetween, type Calendar } from '../kit/calendar.ts';
import type { Day } from '../kit/time.ts';
import type { Mark, Standing } from '../rounds/case.ts';

/** Three successive postings (三榜公示, domain 2.1): after the village's rating, after the township's review, the final result. */
export const noticeStages = {
  village: { says: '村公示', title: '信用户初评结果公示', told: '已经村评议小组评议', column: '初评', from: ['preliminary'], hangs: 'village-notice', next: 'village-noticed' },
  township: { says: '镇公示', title: '信用户评定公示', told: '已经村评议、镇评定委员会审核', column: '拟评', from: ['reviewed'], hangs: 'township-notice', next: 'township-noticed' },
  final: { says: '结果公告', title: '信用户评定结果公告', told: '已经村评议、镇审核和两次公示，由镇评定委员会批准', column: '等级', from: ['approved', 'published'], hangs: undefined, next: undefined },
} as const satisfies Record<string, { readonly says: string; readonly title: string; readonly told: string; readonly column: string; readonly from: readonly Standing[]; readonly hangs: Standing | undefined; readonly next: Standing | undefined }>;
export type NoticeStage = keyof typeof noticeStages;
export const noticeStageNames = Object.keys(noticeStages) as readonly NoticeStage[];
export const isNoticeStage = (text: string): text is NoticeStage => Object.hasOwn(noticeStages, text);

/** What posting does to a case; the final announcement changes nothing any more. */
export const postingMark = (stage: NoticeStage): Mark | undefined => stage === 'final' ? undefined : 'posted';

/** Working days a notice hangs, by the round's own rule. */
export const noticeDays = (stage: NoticeStage, round: { readonly village_days: number; readonly township_days: number }): number => stage === 'village' ? round.village_days : round.township_days;
export const lastDay = (postedOn: Day, days: number, calendar: Calendar): Day => lastDayOfNotice(postedOn, days, calendar);

/** The last day belongs to those who object: the notice is over on the next. */
export const isOver = (until: Day, day: Day): boolean => day > until;
export const workingDaysLeft = (day: Day, until: Day, calendar: Calendar): number => day >= until ? 0 : workingDaysBetween({ from: day, to: until }, calendar);

/** Lines set in three runs read downwards, as the paper shows them. */
export function inThreeRuns<Row>(rows: readonly Row[]): readonly (readonly (Row | undefined)[])[] {
  const length = Math.ceil(rows.length / 3);
  return Array.from({ length }, (_, at) => [rows[at], rows[at + length], rows[at + 2 * length]]);
}
