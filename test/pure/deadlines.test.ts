import { readFileSync } from 'node:fs';
import test from 'ava';
import { bandOf, isFurther, stepOn } from '../../src/deadlines/steps.ts';
import { addWorkingDays, calendarOf, lastDayOfNotice, readCalendar } from '../../src/kit/calendar.ts';
import { addMonths, dayOf, startOf } from '../../src/kit/time.ts';

const calendar = calendarOf(readCalendar(readFileSync(new URL('../../seeds/calendar/2026.csv', import.meta.url), 'utf8')));
const plain = calendarOf([]);

test('two working days ahead, the day itself, the day after, and above when two working days have passed', t => {
  // 2026-11-26 is a Thursday.
  const told = ['2026-11-23', '2026-11-24', '2026-11-25', '2026-11-26', '2026-11-27', '2026-11-28', '2026-11-30', '2026-12-01'].map(day => stepOn('2026-11-26', day, calendar));
  t.deepEqual(told, [undefined, 'soon', 'soon', 'today', 'late', 'late', 'late', 'raised']);
});

test('days off bring no due day nearer, and days worked in exchange do', t => {
  // National Day 2026: off from 10-01 to 10-07, worked on Saturday 10-10.
  t.is(stepOn('2026-10-08', '2026-09-30', calendar), 'soon');
  t.is(stepOn('2026-10-08', '2026-09-28', calendar), undefined);
  t.is(stepOn('2026-09-30', '2026-10-07', calendar), 'late', 'a week of holidays is nobody’s delay');
  t.is(stepOn('2026-10-08', '2026-10-10', calendar), 'late');
  t.is(stepOn('2026-10-08', '2026-10-12', calendar), 'raised', 'the Saturday was worked');
  t.is(stepOn('2026-10-08', '2026-10-12', plain), 'late', 'without the arrangement it is a weekend');
});

test('due days at the edges: month end, leap day, year’s end, the last minute of a China day', t => {
  t.is(addMonths('2028-01-31', 1), '2028-02-29');
  t.is(addMonths('2027-01-31', 1), '2027-02-28');
  t.is(addMonths('2028-02-29', 12), '2029-02-28');
  t.is(addWorkingDays('2028-02-28', 1, plain), '2028-02-29');
  t.is(addWorkingDays('2028-02-28', 2, plain), '2028-03-01');
  t.is(lastDayOfNotice('2026-12-30', 3, calendarOf([{ day: '2027-01-01', kind: 'off', name: '元旦', official: true }])), '2027-01-05');
  t.is(dayOf('2026-11-26T15:59:59.999Z'), '2026-11-26');
  t.is(dayOf('2026-11-26T16:00:00.000Z'), '2026-11-27');
  t.is(dayOf('2028-02-28T16:00:00.000Z'), '2028-02-29');
  t.is(startOf('2028-02-29'), '2028-02-28T16:00:00.000Z');
  t.is(stepOn('2028-02-29', dayOf('2028-02-29T15:59:59.999Z'), plain), 'today');
  t.is(stepOn('2028-02-29', dayOf('2028-02-29T16:00:00.000Z'), plain), 'late');
});

test('bands, and which step is further', t => {
  t.deepEqual(['2026-11-22', '2026-11-23', '2026-11-30', '2026-12-01'].map(due => bandOf(due, '2026-11-23', '2026-11-30')), ['over', 'today', 'week', 'later']);
  t.true(isFurther('raised', 'late') && isFurther('today', 'soon'));
  t.false(isFurther('soon', 'late') || isFurther('late', 'late'));
});
