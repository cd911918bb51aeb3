import test from 'ava';
import type { ExecutionContext } from 'ava';
import { anyone, atConsole } from '../../src/access/actor.ts';
import { deadlines } from '../../src/deadlines/area.ts';
import '../../src/areas.ts';
import { duesOf, duesRaised } from '../../src/deadlines/queries.ts';
import { remindAll } from '../../src/deadlines/remind.ts';
import { openClockwork } from '../../src/clockwork.ts';
import { keepDays } from '../../src/calendar/keep.ts';
import { verify } from '../../src/audit/verify.ts';
import { newId } from '../../src/kit/id.ts';
import { dayOf } from '../../src/kit/time.ts';
import { openLog } from '../../src/log.ts';
import { answerObjection } from '../support/answering.ts';
import { lodgeObjection } from '../../src/objections/lodge.ts';
import { openCollecting } from '../support/collecting.ts';
import { roundNo, roundUnderWay } from '../support/round.ts';
import { households, openVillage, type Person, type Village } from '../support/village.ts';

const { zhou } = households;

/** An objection at 清河村, to be answered by Wednesday 2026-12-02. */
async function objected(t: ExecutionContext) {
  const village = await openVillage(t);
  await roundUnderWay(village.office, { zhou: { standing: 'village-noticed', grade: 1 } });
  const id = newId();
  await lodgeObjection(village.office, anyone, { id, round: roundNo, subject: zhou.no, notice: null, about: 'rating', words: '劳力少算了', name: undefined, contact: undefined, how: 'web' });
  const { office, clock } = village;
  const told = async (): Promise<readonly string[]> => (await office.read('reminders').orderBy('at').orderBy('step').select<{ step: string; day: string }[]>('step', 'day')).map(row => `${row.day} ${row.step}`);
  return { ...village, id, told, on: async (at: string) => { clock.set(at); return remindAll(office); } };
}
const titlesFor = async (village: Village, who: Person, list = duesOf): Promise<readonly string[]> => (await list(village.office.read, await village.actor(who), dayOf(village.clock.now()))).map(one => `${one.source.name} ${one.due}`);

test('each step of a due day is told once, however often the clock asks, until it is done', async t => {
  const { on, told, office, actor, id } = await objected(t);
  t.is(await on('2026-11-27T02:00:00.000Z'), 0, 'three working days are time enough');
  t.is(await on('2026-11-29T22:15:00.000Z'), 1, 'Monday morning in China');
  t.is(await on('2026-11-29T22:16:00.000Z'), 0);
  t.is(await on('2026-12-02T15:59:59.000Z'), 1, 'the last minute of the day');
  t.is(await on('2026-12-02T16:00:00.000Z'), 1, 'the first of the next');
  t.is(await on('2026-12-04T02:00:00.000Z'), 0, 'still late, told already');
  t.is(await on('2026-12-07T02:00:00.000Z'), 1);
  t.is(await on('2026-12-20T02:00:00.000Z'), 0);
  t.deepEqual(await told(), ['2026-11-30 soon', '2026-12-02 today', '2026-12-03 late', '2026-12-07 raised']);
  t.is((await office.read('ledger').where({ act: 'deadline.reminded' })).length, 4);
  await answerObjection(office, await actor('sun'), { id, outcome: 'kept', words: '核过了' });
  t.is(await on('2026-12-21T02:00:00.000Z'), 0);
  t.deepEqual((await verify(office)).findings.filter(one => one.table === 'reminders'), []);
});

test('after nights without a machine only what was come to is told; a clock set back tells nothing again', async t => {
  const { on, told } = await objected(t);
  t.is(await on('2026-12-08T02:00:00.000Z'), 1);
  t.is(await on('2026-12-02T02:00:00.000Z'), 0);
  t.is(await on('2026-11-30T02:00:00.000Z'), 0);
  t.deepEqual(await told(), ['2026-12-08 raised']);
});

test('two at the same moment, and one that was stopped half way: nothing twice, nothing left out', async t => {
  const { office, clock, told } = await objected(t);
  clock.set('2026-12-02T02:00:00.000Z');
  const stopped = AbortSignal.abort();
  t.is(await remindAll(office, stopped), 0);
  const counts = await Promise.all([remindAll(office), remindAll(office), remindAll(office)]);
  t.is(counts.reduce((sum, n) => sum + n, 0), 1);
  t.deepEqual(await told(), ['2026-12-02 today']);
});

test('a day that the calendar moved is a day of its own', async t => {
  const { office, told, on, actor } = await objected(t);
  await office.store.write('objections').update({ due_on: '2026-12-04' });
  t.is(await on('2026-12-02T02:00:00.000Z'), 1);
  await keepDays(office, await actor('xian'), [{ day: '2026-12-03', kind: 'off', name: '停电放假', official: true }]);
  await office.store.write('objections').update({ due_on: '2026-12-07' });
  t.is(await on('2026-12-03T02:00:00.000Z'), 1, 'two working days before the new one');
  t.deepEqual(await told(), ['2026-12-02 soon', '2026-12-03 soon']);
});

test('the clock does it at its hour and makes up for a missed morning', async t => {
  const { office, clock, told } = await objected(t);
  const work = openClockwork(office, deadlines.jobs ?? [], openLog('silent'));
  await work.beat();
  clock.set('2026-12-01T22:15:00.000Z');
  await work.beat();
  await work.beat();
  clock.set('2026-12-04T01:00:00.000Z');
  await openClockwork(office, deadlines.jobs ?? [], openLog('silent')).beat();
  await work.beat();
  t.deepEqual(await told(), ['2026-12-02 today', '2026-12-04 late']);
  await work.close();
});

test('a due day falls to the place itself; who is above hears of it when it stays undone, and nobody elsewhere', async t => {
  const village = await objected(t);
  t.deepEqual(await titlesFor(village, 'sun'), ['objection 2026-12-02']);
  for (const who of ['gao', 'tan', 'guan', 'xian'] as const) t.deepEqual(await titlesFor(village, who), [], who);
  await village.on('2026-12-04T02:00:00.000Z');
  t.deepEqual(await titlesFor(village, 'gao', duesRaised), [], 'not yet');
  await village.on('2026-12-07T02:00:00.000Z');
  t.deepEqual(await titlesFor(village, 'gao', duesRaised), ['objection 2026-12-02']);
  for (const who of ['sun', 'tan', 'xian'] as const) t.deepEqual(await titlesFor(village, who, duesRaised), [], who);
  await answerObjection(village.office, await village.actor('sun'), { id: village.id, outcome: 'kept', words: '核过了' });
  t.deepEqual(await titlesFor(village, 'gao', duesRaised), [], 'what is done is off the board');
});

test('collecting ends on a day: every grid hears of its own households, the village of all', async t => {
  const village = await openCollecting(t);
  const titles = async (who: Person) => (await duesOf(village.office.read, await village.actor(who), '2026-11-23')).filter(one => one.source.name.startsWith('collect')).map(one => one.title);
  t.true((await titles('mei')).length > 0);
  t.true((await titles('sun')).every(title => /采集：.*还有 \d+ 户/.test(title)) && (await titles('sun')).length === 1);
  t.deepEqual(await titles('gao'), []);
});

test('nobody but the clock and the machine reminds', async t => {
  const { office, clock } = await objected(t);
  clock.set('2026-12-02T02:00:00.000Z');
  const { may } = await import('../../src/access/may.ts');
  t.true(may(atConsole, 'deadline.remind', { id: 'x', paths: ['/'] }));
  t.not(may(anyone, 'deadline.remind', { id: 'x', paths: ['/'] }), true);
  t.is(await remindAll(office), 1);
});
