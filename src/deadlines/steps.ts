import { workingDaysBetween, type Calendar } from '../kit/calendar.ts';
import type { Day } from '../kit/time.ts';

/** How far a due day has come, in order; each is told once. */
export const steps = ['soon', 'today', 'late', 'raised'] as const;
export type Step = (typeof steps)[number];
export const stepWords: Readonly<Record<Step, string>> = { soon: '提醒过', today: '当天提醒过', late: '过期提醒过', raised: '报给上一级了' };

/** Working days before the due day on which it is told first, and after it until whoever is above hears of it. */
export const ahead = 2;
export const patience = 2;

/** The step that a due day has come to on a day; undefined while there is time. Days without work bring nobody nearer. */
export function stepOn(due: Day, day: Day, calendar: Calendar): Step | undefined {
  if (day > due) return workingDaysBetween({ from: due, to: day }, calendar) > patience ? 'raised' : 'late';
  if (day === due) return 'today';
  return workingDaysBetween({ from: day, to: due }, calendar) <= ahead ? 'soon' : undefined;
}

export const isFurther = (step: Step, than: Step): boolean => steps.indexOf(step) > steps.indexOf(than);

export const bands = ['over', 'today', 'week', 'later'] as const;
export type Band = (typeof bands)[number];
export const bandWords: Readonly<Record<Band, string>> = { over: '过期了', today: '今天到期', week: '七天以内', later: '以后' };
export const bandOf = (due: Day, day: Day, weekOn: Day): Band => due < day ? 'over' : due === day ? 'today' : due <= weekOn ? 'week' : 'later';
