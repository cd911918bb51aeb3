import test from 'ava';
import type { Actor } from '../../src/access/actor.ts';
import { newId } from '../../src/kit/id.ts';
import type { Faults } from '../../src/kit/faults.ts';
import type { Refusal } from '../../src/kit/refusal.ts';
import { missVisit, type Miss } from '../../src/observations/miss.ts';
import { lastMissed, missedAt } from '../../src/observations/missed.ts';
import { undoMiss } from '../../src/observations/undo-miss.ts';
import { recordSheet } from '../../src/observations/record.ts';
import { close } from '../../src/rounds/close.ts';
import { caseOf } from '../../src/rounds/round.ts';
import { openCollecting, type Collecting } from '../support/collecting.ts';
import { households } from '../support/village.ts';

const { zhou, zheng } = households;
const miss = (village: Collecting, actor: Actor, given: Partial<Miss> = {}) =>
  missVisit(village.office, actor, { id: newId(), round: village.round.no, household: zhou.id, day: '2026-11-23', ...given });
const last = async (village: Collecting) => lastMissed(village.office.read, { round: village.round.no, reach: ['/'] });

test('a visit that met nobody is kept with the day of the next, leaves one entry, and says nothing about the household', async t => {
  const village = await openCollecting(t);
  const before = [await village.traces(), await caseOf(village.office.read, village.round.no, zhou.no)];
  await miss(village, await village.actor('mei'), { nextOn: '2026-11-25' });
  t.like((await last(village)).get(zhou.no), { day: '2026-11-23', next_on: '2026-11-25', times: 1 });
  t.is(await village.traces(), Number(before[0]) + 1);
  t.deepEqual(await caseOf(village.office.read, village.round.no, zhou.no), before[1]);
  t.is((await village.office.read('sheets').where({ subject: zhou.no })).length, 0);
});

test('nobody need have agreed to anything: a locked door tells nothing about anybody', async t => {
  const village = await openCollecting(t);
  await miss(village, await village.actor('bo'), { household: zheng.id });
  t.true((await last(village)).has(zheng.no));
});

test('Bo has no visits to tell of in Mei’s grid', async t => {
  const village = await openCollecting(t);
  const before = await village.traces();
  t.is((await t.throwsAsync<Refusal>(miss(village, await village.actor('bo'))))?.code, 'not-allowed');
  t.is(await village.traces(), before);
  t.is((await last(village)).size, 0);
});

test('the same sent twice is one visit; another day is another', async t => {
  const village = await openCollecting(t);
  const mei = await village.actor('mei');
  const id = newId();
  await miss(village, mei, { id });
  await miss(village, mei, { id });
  t.is((await missedAt(village.office.read, village.round.no, zhou.no)).length, 1);
  village.clock.set('2026-11-24T03:00:00.000Z');
  await miss(village, mei, { day: '2026-11-24', nextOn: '2026-11-28' });
  t.like((await last(village)).get(zhou.no), { times: 2, next_on: '2026-11-28' });
});

test('whoever was met since is missed no more', async t => {
  const village = await openCollecting(t);
  const mei = await village.actor('mei');
  await miss(village, mei);
  village.clock.set('2026-11-25T03:00:00.000Z');
  await recordSheet(village.office, mei, { id: newId(), round: village.round.no, household: zhou.id, base_seq: 0, source: 'grid', values: { memberCount: 4 } });
  t.is((await last(village)).size, 0);
  t.is((await missedAt(village.office.read, village.round.no, zhou.no)).length, 1, 'but it stays written down');
});

test('said by mistake: taken back by who said it, while nothing came after; the row stays', async t => {
  const village = await openCollecting(t);
  const { office, round } = village;
  const [mei, sun, id] = [await village.actor('mei'), await village.actor('sun'), newId()];
  await miss(village, mei, { id });
  const undo = (actor: Actor, which = id) => undoMiss(office, actor, { round: round.no, household: zhou.id, id: which });
  const codeOf = async (run: Promise<unknown>) => (await t.throwsAsync<Refusal>(run))?.code;
  t.is(await codeOf(undo(await village.actor('bo'))), 'not-allowed');
  t.is(await codeOf(undo(sun)), 'undo-late', 'it is not hers');
  const before = await village.traces();
  await undo(mei);
  t.is(await village.traces(), before + 1);
  t.is((await last(village)).size, 0);
  t.deepEqual(await missedAt(office.read, round.no, zhou.no), []);
  t.is((await office.read('missed_visits').select('id')).length, 2);
  t.is(await codeOf(undo(mei)), 'undo-late', 'twice');
  const later = newId();
  await miss(village, mei, { id: later });
  village.clock.set('2026-11-24T03:00:00.000Z');
  await recordSheet(office, mei, { id: newId(), round: round.no, household: zhou.id, base_seq: 0, source: 'grid', values: { memberCount: 4 } });
  t.is(await codeOf(undo(mei, later)), 'undo-late', 'somebody was met since');
});

test('days that cannot be are told at their fields; a round that is over takes no visits', async t => {
  const village = await openCollecting(t);
  const mei = await village.actor('mei');
  const faults = await t.throwsAsync<Faults>(miss(village, mei, { day: '2026-11-24', nextOn: '2026-11-22' }));
  t.deepEqual(faults?.faults.map(fault => fault.field), ['day', 'next']);
  await close(village.office, await village.actor('gao'), village.round.no);
  t.is((await t.throwsAsync<Refusal>(miss(village, mei)))?.code, 'round-closed');
});
