import type { Day } from './time.ts';
import { addDays, isDay, weekday } from './time.ts';

/** One line of the published holiday arrangement: a day off, or a weekend day worked in exchange (调休). */
export interface CalendarDay {
  readonly day: Day;
  readonly kind: 'off' | 'work';
  readonly name: string;
  /** False for a year whose arrangement is not published yet: only the statutory days are known. */
  readonly official: boolean;
}

export interface Calendar {
  readonly kindOf: (day: Day) => 'off' | 'work' | undefined;
  /** Whether the arrangement of the day's year is the published one; pages say so when a due day may still move. */
  readonly isOfficial: (day: Day) => boolean;
}

export function calendarOf(days: readonly CalendarDay[]): Calendar {
  const kinds = new Map(days.map(entry => [entry.day, entry.kind]));
  const provisional = new Set(days.filter(entry => !entry.official).map(entry => entry.day.slice(0, 4)));
  const years = new Set(days.map(entry => entry.day.slice(0, 4)));
  return {
    kindOf: day => kinds.get(day),
    isOfficial: day => years.has(day.slice(0, 4)) && !provisional.has(day.slice(0, 4)),
  };
}

/** Reads `day,kind,name,official` lines; `#` begins a comment. A wrong line stops the start: a calendar with a hole would move deadlines. */
export function readCalendar(csv: string): readonly CalendarDay[] {
  return csv.replace(/^\ufeff/, '').split(/\r?\n/).flatMap((line, at) => {
    if (line.trim() === '' || line.startsWith('#') || line.startsWith('day,')) return [];
    const [day = '', kind, name = '', official] = line.split(',').map(cell => cell.trim());
    if (!isDay(day) || (kind !== 'off' && kind !== 'work') || (official !== 'yes' && official !== 'no')) throw new Error(`calendar line ${at + 1}: ${line}`);
    return [{ day, kind, name, official: official === 'yes' }];
  });
}

/** The arrangement first, then the week: Saturday and Sunday are off. */
export function isWorkingDay(day: Day, calendar: Calendar): boolean {
  const kind = calendar.kindOf(day);
  if (kind !== undefined) return kind === 'work';
  const at = weekday(day);
  return at !== 0 && at !== 6;
}

/** The nth working day after `day`; `n` 0 is the day itself, or the next working day if it is off. */
export function addWorkingDays(day: Day, n: number, calendar: Calendar): Day {
  if (!Number.isSafeInteger(n) || n < 0 || n > 1_000) throw new Error(`working days out of bounds: ${n}`);
  let at = day;
  if (n === 0) while (!isWorkingDay(at, calendar)) at = addDays(at, 1);
  for (let left = n; left > 0;) {
    at = addDays(at, 1);
    if (isWorkingDay(at, calendar)) left--;
  }
  return at;
}

/** Working days after `from` up to and with `to`; 0 when `to` is not later. */
export function workingDaysBetween(span: { readonly from: Day; readonly to: Day }, calendar: Calendar): number {
  let count = 0;
  for (let at = addDays(span.from, 1); at <= span.to; at = addDays(at, 1)) if (isWorkingDay(at, calendar)) count++;
  return count;
}

/** The last day of a notice of `n` working days: the day of posting is not counted (Civil Code, art. 201), and the last one is a working day (art. 203). */
export const lastDayOfNotice = (postedOn: Day, n: number, calendar: Calendar): Day => addWorkingDays(postedOn, n, calendar);
