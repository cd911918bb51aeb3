import { readdirSync, readFileSync } from 'node:fs';
import { atConsole } from '../src/access/actor.ts';
import { replaceYears } from '../src/calendar/keep.ts';
import { calendarDays } from '../src/calendar/queries.ts';
import { readCalendar } from '../src/kit/calendar.ts';
import type { Office } from '../src/office.ts';
import { establishRegister, readRegister } from '../src/places/register.ts';

const here = new URL('./', import.meta.url);
const textOf = (name: string): string => readFileSync(new URL(name, here), 'utf8');

/** What every office needs before its first day: the holiday table and the division register. What is there already is left alone. */
export async function loadRequired(office: Office): Promise<void> {
  if ((await calendarDays(office.read)).length === 0) {
    const files = readdirSync(new URL('calendar/', here)).filter(name => name.endsWith('.csv')).sort();
    await replaceYears(office, atConsole, files.flatMap(name => readCalendar(textOf(`calendar/${name}`))));
  }
  if (await office.read('places').first('no') === undefined) {
    await establishRegister(office, atConsole, readRegister(textOf('places/huaian.csv')), { day: '2023-06-30', reason: '国家统计局统计用区划代码，2023 年 6 月 30 日' });
  }
}
