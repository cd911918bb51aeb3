import type { Knex } from 'knex';
import { calendarOf, type Calendar, type CalendarDay } from '../kit/calendar.ts';

/** All kept days, in order. */
export async function calendarDays(read: Knex): Promise<readonly CalendarDay[]> {
  const rows: { day: string; kind: 'off' | 'work'; name: string; official: number }[] = await read('holidays').select('day', 'kind', 'name', 'official').orderBy('day');
  return rows.map(row => ({ day: row.day, kind: row.kind, name: row.name, official: row.official === 1 }));
}

/** The calendar every due day is counted by. */
export const calendarNow = async (read: Knex): Promise<Calendar> => calendarOf(await calendarDays(read));

/** Is anything known about the year? Where not, only Saturdays and Sundays are off, and a notice's end may be wrong. */
export async function knowsYear(read: Knex, year: string): Promise<boolean> {
  return await read('holidays').where('day', 'like', `${year}-%`).first('day') !== undefined;
}
