import { workingDaysBetween, type Calendar } from '../kit/calendar.ts';
import type { Day } from '../kit/time.ts';

/** How long there is, in working days, and whether it presses. */
export function timeLeft(due: Day | undefined, day: Day, calendar: Calendar): { readonly words: string; readonly presses: boolean } {
  if (due === undefined) return { words: '', presses: false };
  if (due < day) return { words: `${monthDay(due)}已到期`, presses: true };
  if (due === day) return { words: '今天', presses: true };
  return { words: `还有 ${workingDaysBetween({ from: day, to: due }, calendar)} 个工作日`, presses: false };
}

export const monthDay = (day: Day): string => `${Number(day.slice(5, 7))}月${Number(day.slice(8))}日`;
