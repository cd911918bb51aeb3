import test from 'ava';
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { addWorkingDays, calendarOf, isWorkingDay, lastDayOfNotice, readCalendar, workingDaysBetween } from '../../src/kit/calendar.ts';
import { addDays, weekday } from '../../src/kit/time.ts';

const days = ['2025', '2026', '2027'].flatMap(year => readCalendar(readFileSync(new URL(`../../seeds/calendar/${year}.csv`, import.meta.url), 'utf8')));
const calendar = calendarOf(days);

for (const [day, working, why] of [
  ['2026-11-23', true, 'a Monday'], ['2026-11-22', false, 'a Sunday'], ['2026-10-01', false, 'National Day'], ['2026-10-10', true, 'a Saturday worked for it'], ['2026-09-20', true, 'a Sunday worked for it'],
  ['2026-02-14', true, 'a Saturday worked for the Spring Festival'], ['2026-02-17', false, 'New Year'], ['2026-02-23', false, 'the last day off'], ['2026-02-24', true, 'the day after'], ['2026-01-04', true, 'a Sunday worked for New Year'],
  ['2025-10-08', false, 'Mid-Autumn'], ['2025-09-28', true, 'a Sunday worked'], ['2024-10-01', true, 'a Tuesday in a year nobody told us about'],
] as const) test(`${day} is ${working ? 'worked' : 'off'}: ${why}`, t => { t.is(isWorkingDay(day, calendar), working); });

for (const [from, n, last] of [
  ['2026-09-30', 5, '2026-10-13'],   // 8, 9, 10 (a Saturday worked), 12, 13 October
  ['2026-09-24', 3, '2026-09-30'],   // across Mid-Autumn
  ['2026-02-13', 2, '2026-02-24'],   // 14 (worked Saturday), then over the Spring Festival
  ['2026-11-23', 7, '2026-12-02'],
  ['2026-11-20', 1, '2026-11-23'],
  ['2026-10-01', 0, '2026-10-08'],
  ['2026-11-23', 0, '2026-11-23'],
] as const) test(`a notice of ${n} working days posted on ${from} ends on ${last}`, t => { t.is(lastDayOfNotice(from, n, calendar), last); });

test('counting and adding agree on any day', t => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 1_000 }), fc.integer({ min: 1, max: 60 }), (start, n) => {
    const from = addDays('2025-01-01', start);
    const to = addWorkingDays(from, n, calendar);
    return workingDaysBetween({ from, to }, calendar) === n && isWorkingDay(to, calendar);
  }), { numRuns: 300 });
  t.is(workingDaysBetween({ from: '2026-11-23', to: '2026-11-20' }, calendar), 0);
});

test('every worked day is a weekend day, no day stands twice, and 2027 is provisional', t => {
  t.deepEqual(days.filter(entry => entry.kind === 'work' && ![0, 6].includes(weekday(entry.day))), []);
  t.is(new Set(days.map(entry => entry.day)).size, days.length);
  t.deepEqual(['2025-05-06', '2026-11-23', '2027-03-01', '2028-03-01'].map(day => calendar.isOfficial(day)), [true, true, false, false]);
});

test('a wrong line stops the start', t => {
  for (const line of ['2026-02-30,off,x,yes', '2026-02-03,holiday,x,yes', '2026-02-03,off,x', 'nonsense']) t.throws(() => readCalendar(`day,kind,name,official\n${line}\n`), { message: /calendar line 2/ });
  t.throws(() => addWorkingDays('2026-11-23', -1, calendar));
  t.throws(() => addWorkingDays('2026-11-23', 0.5, calendar));
});
