import test from 'ava';
import { addWorkingDays } from '../../src/kit/calendar.ts';
import type { Refusal } from '../../src/kit/refusal.ts';
import { dropDay, keepDays, replaceYears } from '../../src/calendar/keep.ts';
import { calendarDays, calendarNow, knowsYear } from '../../src/calendar/queries.ts';
import { loadRequired } from '../../seeds/required.ts';
import { openOffice } from '../support/office.ts';
import { openVillage } from '../support/village.ts';

const newYear = { day: '2027-01-01', kind: 'off', name: '元旦', official: true } as const;

test('a kept day moves due days; the same again is nothing new; dropped, the week counts', async t => {
  const village = await openVillage(t);
  const { office } = village;
  const guan = await village.actor('guan');
  t.is(await keepDays(office, guan, [newYear]), 1);
  t.is(await keepDays(office, guan, [newYear]), 0);
  t.is(addWorkingDays('2026-12-31', 1, await calendarNow(office.read)), '2027-01-04');
  await dropDay(office, guan, '2027-01-01');
  await dropDay(office, guan, '2027-01-01');
  t.is(addWorkingDays('2026-12-31', 1, await calendarNow(office.read)), '2027-01-01');
  t.is((await t.throwsAsync<Refusal>(keepDays(office, guan, [{ day: '2027-01-04', kind: 'work', name: '调休', official: true }])))?.code, 'faults');
  t.is(await village.traces(), 2);
});

test('a published arrangement takes the place of its years only', async t => {
  const village = await openVillage(t);
  const { office } = village;
  const xian = await village.actor('xian');
  await keepDays(office, xian, [{ ...newYear, official: false }, { day: '2026-10-01', kind: 'off', name: '国庆节', official: true }]);
  t.false((await calendarNow(office.read)).isOfficial('2027-05-01'));
  await replaceYears(office, xian, [{ day: '2027-02-08', kind: 'off', name: '春节', official: true }]);
  t.deepEqual((await calendarDays(office.read)).map(one => one.day), ['2026-10-01', '2027-02-08']);
  t.true(await knowsYear(office.read, '2027'));
  t.false(await knowsYear(office.read, '2030'));
});

test('others keep no calendar', async t => {
  const village = await openVillage(t);
  const sun = await village.actor('sun');
  for (const act of [() => keepDays(village.office, sun, [newYear]), () => replaceYears(village.office, sun, [newYear]), () => dropDay(village.office, sun, '2027-01-01')]) t.is((await t.throwsAsync<Refusal>(act()))?.code, 'not-allowed');
  t.is(await village.traces(), 0);
});

test('a new office gets calendar and register, once', async t => {
  const { office } = await openOffice(t);
  await loadRequired(office);
  const count = async (): Promise<number> => Number(((await office.read('places').count({ n: '*' }).first()) as { n: number } | undefined)?.n ?? 0);
  t.is(await count(), 1724);
  t.is(Number(((await office.read('subjects').count({ n: '*' }).first()) as { n: number } | undefined)?.n ?? 0), 1714);
  t.true((await calendarDays(office.read)).length > 60);
  await loadRequired(office);
  t.is(await count(), 1724);
});
