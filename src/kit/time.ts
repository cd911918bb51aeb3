/** A moment, ISO text in UTC with milliseconds: sorts, hashes and compares alike on every database. */
export type Instant = string;
/** A calendar day in China, `YYYY-MM-DD`. */
export type Day = string;

/** The only source of "now". Tests hand in a fixed one; nothing else may call `new Date()`. */
export interface Clock { now(): Instant }

export const systemClock: Clock = { now: () => new Date().toISOString() };

const chinaOffsetMs = 8 * 3_600_000;   // China has one zone and no summer time since 1991.
const dayMs = 86_400_000;

/** The day on which an instant falls in China. It begins on a full hour of UTC, so it is reckoned once an hour instead of several times a request. */
export function dayOf(at: Instant): Day {
  const hour = at.slice(0, 13);
  if (hour !== lately.hour) lately = { hour, day: new Date(Date.parse(at) + chinaOffsetMs).toISOString().slice(0, 10) };
  return lately.day;
}
let lately = { hour: '', day: '' };
/** The hour of the day in China, 0 to 23. */
export const chinaHour = (at: Instant): number => (Number(at.slice(11, 13)) + 8) % 24;
export const today = (clock: Clock): Day => dayOf(clock.now());
/** The first instant of a China day. */
export const startOf = (day: Day): Instant => new Date(Date.parse(`${day}T00:00:00.000Z`) - chinaOffsetMs).toISOString();

export const dayNumber = (day: Day): number => Math.round(Date.parse(`${day}T00:00:00Z`) / dayMs);
export const dayFromNumber = (number: number): Day => new Date(number * dayMs).toISOString().slice(0, 10);
export const addDays = (day: Day, days: number): Day => dayFromNumber(dayNumber(day) + days);
export const daysBetween = (from: Day, to: Day): number => dayNumber(to) - dayNumber(from);
/** 0 Sunday … 6 Saturday. */
export const weekday = (day: Day): number => new Date(`${day}T00:00:00Z`).getUTCDay();

/** Adds whole months; the last day of a short month stands in for a day it lacks. */
export function addMonths(day: Day, months: number): Day {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const first = new Date(Date.UTC(year, month - 1 + months, 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  return new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth(), Math.min(date, last))).toISOString().slice(0, 10);
}

/** A real calendar day written `YYYY-MM-DD` (2026-02-30 is none). */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const [year, month, date] = [Number(text.slice(0, 4)), Number(text.slice(5, 7)), Number(text.slice(8))];
  return date >= 1 && date <= (month === 2 ? (year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28) : [0, 31, 0, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month] ?? 0);
}

export const addMinutes = (at: Instant, minutes: number): Instant => new Date(Date.parse(at) + minutes * 60_000).toISOString();
