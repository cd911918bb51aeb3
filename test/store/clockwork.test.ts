import test from 'ava';
import { openClockwork } from '../../src/clockwork.ts';
import { openLog } from '../../src/log.ts';
import type { Job } from '../../src/web/area.ts';
import { openVillage } from '../support/village.ts';

const log = openLog('silent');
const counting = (runs: string[], cron = '30 3 * * *'): Job => ({ name: 'count', cron, run: async office => { runs.push(office.clock.now()); } });

test('a job runs once at its hour in China, and not again until the next', async t => {
  const { office, clock } = await openVillage(t);
  const runs: string[] = [];
  const work = openClockwork(office, [counting(runs)], log);
  await work.beat();
  t.deepEqual(runs, [], 'a new job begins with its next time');
  clock.set('2026-11-23T19:29:00.000Z');
  await work.beat();
  t.deepEqual(runs, []);
  clock.set('2026-11-23T19:30:20.000Z');
  await work.beat();
  await work.beat();
  clock.forward(60_000);
  await work.beat();
  t.is(runs.length, 1);
});

test('a night missed is made up for at start, once', async t => {
  const { office, clock } = await openVillage(t);
  const runs: string[] = [];
  await openClockwork(office, [counting(runs)], log).beat();
  clock.set('2026-11-26T02:00:00.000Z');
  const later = openClockwork(office, [counting(runs)], log);
  await later.beat();
  await later.beat();
  t.is(runs.length, 1);
});

test('of two processes only one runs a job, even at the same moment', async t => {
  const { office, clock } = await openVillage(t);
  const runs: string[] = [];
  const slow: Job = { ...counting(runs), run: async () => { runs.push('begun'); await new Promise(resolve => { setTimeout(resolve, 50); }); } };
  const [one, other] = [openClockwork(office, [slow], log), openClockwork(office, [slow], log)];
  await one.beat();
  clock.set('2026-11-23T19:30:00.000Z');
  await Promise.all([one.beat(), other.beat()]);
  await other.beat();
  t.is(runs.length, 1);
});

test('a job that fails neither stops the others nor comes every minute', async t => {
  const { office, clock } = await openVillage(t);
  const runs: string[] = [];
  let fails = 0;
  const bad: Job = { name: 'bad', cron: '30 3 * * *', run: async () => { fails++; throw new Error('no'); } };
  const work = openClockwork(office, [bad, counting(runs)], log);
  await work.beat();
  clock.set('2026-11-23T19:31:00.000Z');
  await work.beat();
  clock.forward(120_000);
  await work.beat();
  t.is(fails, 1);
  t.is(runs.length, 1);
});

test('a process that died in a job leaves it to the next after an hour', async t => {
  const { office, clock } = await openVillage(t);
  const runs: string[] = [];
  const work = openClockwork(office, [counting(runs)], log);
  await work.beat();
  clock.set('2026-11-23T19:30:00.000Z');
  await office.store.write('leases').where({ name: 'count' }).update({ holder: 'dead', until: '2026-11-23T20:30:00.000Z' });
  await work.beat();
  t.is(runs.length, 0);
  clock.set('2026-11-23T20:31:00.000Z');
  await work.beat();
  t.is(runs.length, 1);
});

test('a job that runs longer than its lease keeps it; no second process begins it', async t => {
  const { office, clock } = await openVillage(t);
  const began = Date.now();
  const from = Date.parse('2026-11-23T19:30:00.000Z');
  const leaseMs = 400;
  const runs: string[] = [];
  const long: Job = { ...counting(runs), run: async () => { runs.push('begun'); await new Promise(resolve => { setTimeout(resolve, 5 * leaseMs); }); } };
  const [one, other] = [openClockwork(office, [long], log, { leaseMs }), openClockwork(office, [long], log, { leaseMs })];
  await one.beat();
  const ticking = setInterval(() => { clock.set(new Date(from + Date.now() - began).toISOString()); }, 10);
  t.teardown(() => { clearInterval(ticking); });
  await new Promise(resolve => { setTimeout(resolve, 30); });
  const first = one.beat();
  for (let turn = 0; turn < 4; turn++) { await new Promise(resolve => { setTimeout(resolve, leaseMs); }); await other.beat(); }
  await first;
  await other.beat();
  t.deepEqual(runs, ['begun']);
  t.is((await office.read('leases').where({ name: 'count' }).first('done_for')).done_for, '2026-11-23T19:30:00.000Z');
});

test('a job whose lease went to another process is stopped, and says nothing about being done', async t => {
  const { office, clock } = await openVillage(t);
  const stopped: string[] = [];
  const long: Job = { name: 'long', cron: '30 3 * * *', run: async (_office, stop) => {
    await office.store.write('leases').where({ name: 'long' }).update({ holder: 'another' });   // this machine slept, and another one took over
    await new Promise((_resolve, reject) => { stop.addEventListener('abort', () => { stopped.push('stopped'); reject(stop.reason as Error); }); });
  } };
  const work = openClockwork(office, [long], log, { leaseMs: 40 });
  await work.beat();
  clock.set('2026-11-23T19:30:00.000Z');
  await work.beat();
  t.deepEqual(stopped, ['stopped']);
  const lease: { holder: string; done_for: string } | undefined = await office.read('leases').where({ name: 'long' }).first('holder', 'done_for');
  t.is(lease?.holder, 'another');
  t.not(lease?.done_for, '2026-11-23T19:30:00.000Z');
});

test('an office that closes stops its long job, and the next start makes up for it', async t => {
  const { office, clock } = await openVillage(t);
  const runs: string[] = [];
  let isLong = true;
  const job: Job = { name: 'long', cron: '30 3 * * *', run: async (_office, stop) => {
    runs.push('begun');
    if (isLong) await new Promise((_resolve, reject) => { stop.addEventListener('abort', () => { reject(stop.reason as Error); }); });
  } };
  const work = openClockwork(office, [job], log);
  await work.beat();
  clock.set('2026-11-23T19:30:00.000Z');
  const beat = work.beat();
  while (runs.length === 0) await new Promise(resolve => { setTimeout(resolve, 5); });
  await work.close();
  await beat;
  isLong = false;
  await openClockwork(office, [job], log).beat();
  t.deepEqual(runs, ['begun', 'begun']);
});

test('an hour of beats costs little and misses nothing', async t => {
  const { office, clock } = await openVillage(t);
  clock.set('2026-11-24T18:20:00.000Z');   // 02:20 in China: the last 03:30 is nearly a day ago
  const runs: string[] = [];
  const work = openClockwork(office, [counting(runs)], log);
  await work.beat();
  const begun = process.cpuUsage();
  for (let minute = 0; minute < 80; minute++) { clock.forward(60_000); await work.beat(); }
  const { user, system } = process.cpuUsage(begun);   // The time of this process alone: a busy machine makes no beat dearer.
  t.true((user + system) / 1000 < 2_000);
  t.deepEqual(runs, ['2026-11-24T19:30:00.000Z'], 'and misses none');
  clock.set('2026-11-24T18:00:00.000Z');
  await work.beat();
  t.is(runs.length, 1, 'a clock that was set back repeats nothing');
});
