import type { Actor } from '../access/actor.ts';
import { wholeOffice } from '../access/subject.ts';
import { weekday } from '../kit/time.ts';
import type { CalendarDay } from '../kit/calendar.ts';
import { fault } from '../kit/faults.ts';
import type { Office } from '../office.ts';
import { inUnit } from '../store/unit.ts';
import { calendarDays } from './queries.ts';

/** Sets single days; a day given again is replaced. A weekend needs no entry to be off, a working day none to be worked. */
export async function keepDays(office: Office, actor: Actor, days: readonly CalendarDay[]): Promise<number> {
  return inUnit(office, actor, ['calendar'], async unit => {
    unit.require('calendar.keep', wholeOffice);
    for (const one of days) {
      const isWeekend = [0, 6].includes(weekday(one.day));
      if (one.kind === 'work' && !isWeekend) fault('kind', 'needless', `${one.day} 本来就上班，不用登记。`);
    }
    const known = new Map((await calendarDays(unit.read)).map(one => [one.day, one]));
    const fresh = days.filter(one => { const was = known.get(one.day); return was === undefined || was.kind !== one.kind || was.name !== one.name || was.official !== one.official; });
    if (fresh.length === 0) return unit.nothingNew(0);
    unit.put('holidays', fresh.map(one => ({ day: one.day, kind: one.kind, name: one.name, official: one.official ? 1 : 0 })));
    unit.record({ act: 'calendar.kept', power: 'calendar.keep', subject: wholeOffice });
    return fresh.length;
  });
}

/** Puts a published arrangement in place of everything known about its years. */
export async function replaceYears(office: Office, actor: Actor, days: readonly CalendarDay[]): Promise<number> {
  return inUnit(office, actor, ['calendar'], async unit => {
    unit.require('calendar.keep', wholeOffice);
    const years = new Set(days.map(one => one.day.slice(0, 4)));
    const kept = new Set(days.map(one => one.day));
    const gone = (await calendarDays(unit.read)).filter(one => years.has(one.day.slice(0, 4)) && !kept.has(one.day));
    unit.remove('holidays', gone.map(one => ({ day: one.day })));
    unit.put('holidays', days.map(one => ({ day: one.day, kind: one.kind, name: one.name, official: one.official ? 1 : 0 })));
    unit.record({ act: 'calendar.replaced', power: 'calendar.keep', subject: wholeOffice });
    return days.length;
  });
}

export async function dropDay(office: Office, actor: Actor, day: string): Promise<void> {
  await inUnit(office, actor, ['calendar'], async unit => {
    unit.require('calendar.keep', wholeOffice);
    if (!(await calendarDays(unit.read)).some(one => one.day === day)) return unit.nothingNew(undefined);
    unit.remove('holidays', { day });
    unit.record({ act: 'calendar.day-dropped', power: 'calendar.keep', subject: wholeOffice });
    return undefined;
  });
}
