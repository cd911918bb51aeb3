import test from 'ava';
import type { ExecutionContext } from 'ava';
import type { Refusal } from '../../src/kit/refusal.ts';
import { newId } from '../../src/kit/id.ts';
import { postNotice } from '../../src/notices/post.ts';
import { docketOf } from '../../src/panels/docket.ts';
import { passCases, passRest, type DocketAt } from '../../src/panels/pass.ts';
import { batchesOf, countsIn, gradesCounted, recentReasons, villageStates } from '../../src/panels/queries.ts';
import { returnCases } from '../../src/panels/return.ts';
import type { Stage } from '../../src/panels/stage.ts';
import { undoPass } from '../../src/panels/undo.ts';
import { placeByNo } from '../../src/places/queries.ts';
import { adjust } from '../../src/ratings/adjust.ts';
import { rateOne } from '../../src/ratings/rate-one.ts';
import { publish } from '../../src/rolls/publish.ts';
import { close, reopen } from '../../src/rounds/close.ts';
import { excuse } from '../../src/rounds/excuse.ts';
import { caseOf, roundByNo } from '../../src/rounds/round.ts';
import { roundNo, roundUnderWay } from '../support/round.ts';
import { households, openVillage, placeNos, type Village } from '../support/village.ts';

const { zhou, wu, zheng } = households;
const at = async (village: Village, stage: Stage): Promise<DocketAt> => ({ round: await roundByNo(village.office.read, roundNo), village: await placeByNo(village.office.read, placeNos.qinghe), stage });
const codeOf = async (t: ExecutionContext, run: Promise<unknown>): Promise<string | undefined> => (await t.throwsAsync<Refusal>(run))?.code;
const seen = (one: { readonly no: number; readonly id: string }, mark_seq = 1) => ({ subject: one.no, id: one.id, mark_seq });
const standingOf = async (village: Village, subject: number): Promise<string> => (await caseOf(village.office.read, roundNo, subject)).standing;

test('the rest passes in one act on the list that was shown, and can be taken back', async t => {
  const village = await openVillage(t);
  const { office } = village;
  await roundUnderWay(office, { zhou: { standing: 'rated', grade: 1 }, wu: { standing: 'rated', grade: 2, points: 7_500 }, zheng: { standing: 'collected' } });
  const sitting = await at(village, 'village');
  const docket = await docketOf(office.read, sitting);
  t.deepEqual([docket.alone.length, docket.rest.map(row => row.subject), docket.sample.length], [0, [zhou.no, wu.no], 2]);
  const sun = await village.actor('sun');
  const passed = await passRest(office, sun, { ...sitting, seen: docket.seen, looked: true });
  t.is(passed.count, 2);
  t.is(await village.traces(), 1);
  t.deepEqual(await countsIn(office.read, roundNo, placeNos.qinghe), { collected: 1, preliminary: 2 });
  const [batch] = await batchesOf(office.read, sitting.round, placeNos.qinghe, 'village');
  t.like(batch, { unit: passed.unit, count: 2, name: '孙德明' });
  t.is((await undoPass(office, sun, { ...sitting, unit: passed.unit })).count, 2);
  t.is(await standingOf(village, zhou.no), 'rated');
  t.is(await codeOf(t, undoPass(office, sun, { ...sitting, unit: passed.unit })), 'nothing-to-undo');
});

test('a list that changed, an unseen sample and an empty docket are refused, and nothing is left behind', async t => {
  const village = await openVillage(t);
  const { office } = village;
  await roundUnderWay(office, { zhou: { standing: 'rated', grade: 1 } });
  const sitting = await at(village, 'village');
  const { seen: list } = await docketOf(office.read, sitting);
  const sun = await village.actor('sun');
  t.is(await codeOf(t, passRest(office, sun, { ...sitting, seen: 'older', looked: true })), 'changed-meanwhile');
  t.is(await codeOf(t, passRest(office, sun, { ...sitting, seen: list, looked: false })), 'sample-unseen');
  t.is(await codeOf(t, passRest(office, sun, { ...await at(village, 'township'), seen: list, looked: true })), 'docket-empty');
  t.is(await village.traces(), 0);
  t.is(await standingOf(village, zhou.no), 'rated');
});

test('who may not: another village, the grid worker, the township at the village\'s stage', async t => {
  const village = await openVillage(t);
  await roundUnderWay(village.office, { zhou: { standing: 'rated', grade: 1 } });
  const given = { ...await at(village, 'village'), cases: [seen(zhou)] };
  for (const who of ['tan', 'mei', 'lin', 'ping', 'su'] as const) t.is(await codeOf(t, passCases(village.office, await village.actor(who), given)), 'not-allowed', who);
  t.is(await village.traces(), 0);
});

test('what is held or provisional is not passed by anybody', async t => {
  const village = await openVillage(t);
  const { office } = village;
  await roundUnderWay(office, { zhou: { standing: 'village-noticed', grade: 1, held: 1 }, wu: { standing: 'rated', grade: 1 } });
  await office.store.write('cases').where({ subject: wu.no }).update({ outcome: 'provisional' });
  t.is(await codeOf(t, passCases(office, await village.actor('lin'), { ...await at(village, 'township'), cases: [seen(zhou)] })), 'case-held');
  t.is(await codeOf(t, passCases(office, await village.actor('sun'), { ...await at(village, 'village'), cases: [seen(wu)] })), 'docket-provisional');
  const [row] = (await docketOf(office.read, await at(village, 'village'))).alone;
  t.like(row, { subject: wu.no, blocked: true });
  t.is(await village.traces(), 0);
});

test('two committees at once: the second is told, and nothing is overwritten', async t => {
  const village = await openVillage(t);
  const { office } = village;
  await roundUnderWay(office, { zhou: { standing: 'village-noticed', grade: 1 }, wu: { standing: 'village-noticed', grade: 1 } });
  const sitting = await at(village, 'township');
  const [lin, gao] = [await village.actor('lin'), await village.actor('gao')];
  const [one, other] = await Promise.allSettled([
    passCases(office, lin, { ...sitting, cases: [seen(zhou), seen(wu)] }),
    returnCases(office, gao, { ...sitting, cases: [seen(zhou)], reason: '再核一次' }),
  ]);
  t.is(one.status, 'fulfilled');
  t.is((other as PromiseRejectedResult).reason.code, 'changed-meanwhile');
  t.is(await standingOf(village, zhou.no), 'reviewed');
  t.is(await village.traces(), 1);
});

test('the township returns with a reason, which the village reads on its docket', async t => {
  const village = await openVillage(t);
  const { office } = village;
  await roundUnderWay(office, { zhou: { standing: 'village-noticed', grade: 1 } });
  const sitting = await at(village, 'township');
  const reason = '土地面积和承包合同对不上';
  t.is(await codeOf(t, returnCases(office, await village.actor('sun'), { ...sitting, cases: [seen(zhou)], reason: '不对' })), 'not-allowed');
  await returnCases(office, await village.actor('lin'), { ...sitting, cases: [seen(zhou)], reason });
  const [row] = (await docketOf(office.read, await at(village, 'village'))).alone;
  t.deepEqual(row?.reasons.map(reason => reason.words), [`退回过：${reason}`]);
  t.is((await recentReasons(office.read, roundNo, { parent_no: placeNos.anhe }))[0], reason);
  t.false((await recentReasons(office.read, roundNo, { parent_no: placeNos.pingshan })).includes(reason), 'another township does not read it');
  await passCases(office, await village.actor('sun'), { ...await at(village, 'village'), cases: [seen(zhou, 2)] });
  t.is(await standingOf(village, zhou.no), 'preliminary');
});

test('only the chair approves, and may take it back', async t => {
  const village = await openVillage(t);
  const { office } = village;
  await roundUnderWay(office, { zheng: { standing: 'township-noticed', grade: 0, points: 9_500 } });
  const given = { ...await at(village, 'approval'), cases: [seen(zheng)] };
  t.is(await codeOf(t, passCases(office, await village.actor('lin'), given)), 'not-allowed');
  const { unit } = await passCases(office, await village.actor('gao'), given);
  t.is(await standingOf(village, zheng.no), 'approved');
  await undoPass(office, await village.actor('gao'), { ...given, unit });
  t.is(await standingOf(village, zheng.no), 'township-noticed');
});

test('a round that ends in the moment of an act is judged as it is then, not as the page read it', async t => {
  const village = await openVillage(t);
  const { office } = village;
  await roundUnderWay(office, { zhou: { standing: 'rated', grade: 1 }, wu: { standing: 'preliminary', grade: 1 }, wang: { standing: 'approved', grade: 1 } });
  const [sun, gao, sitting, qinghe] = [await village.actor('sun'), await village.actor('gao'), await at(village, 'village'), await placeByNo(office.read, placeNos.qinghe)];
  const zhouOf = { round: roundNo, household: zhou.id };
  const acts: readonly [string, () => Promise<unknown>][] = [
    ['pass', () => passCases(office, sun, { ...sitting, cases: [seen(zhou)] })],
    ['post', () => postNotice(office, sun, { ...sitting, stage: 'village', id: newId(), where: '村部', phone: '' })],
    ['adjust', () => adjust(office, gao, { ...zhouOf, to: 'A', reason: '再看一次', seen: 1 })],
    ['rate', () => rateOne(office, gao, zhouOf)],
    ['excuse', () => excuse(office, sun, { round: roundNo, households: [zhou.id], reason: 'moved', words: '搬走了' })],
    ['publish', () => publish(office, gao, { round: sitting.round, place: qinghe })],
  ];
  for (const [name, act] of acts) {
    const [, code] = await Promise.all([close(office, gao, roundNo), codeOf(t, act())]);
    t.is(code, 'round-closed', name);
    await reopen(office, gao, roundNo);
  }
  const { unit } = await passCases(office, sun, { ...sitting, cases: [seen(zhou)] });
  const [, late] = await Promise.all([close(office, gao, roundNo), codeOf(t, undoPass(office, sun, { ...sitting, unit }))]);
  t.is(late, 'round-closed', 'undo');
});

test('villages are listed below one\'s places, counted by standing', async t => {
  const village = await openVillage(t);
  const { office } = village;
  await roundUnderWay(office, { zhou: { standing: 'rated', grade: 1 }, wu: { standing: 'village-notice', grade: 1, held: 1 }, wang: { standing: 'rated', grade: 3 } });
  const anhe = await placeByNo(office.read, placeNos.anhe);
  const states = await villageStates(office.read, [anhe.path]);
  t.deepEqual(states.map(state => [state.name, state.counts, state.held]), [['安和镇 清河村', { 'rated': 1, 'village-notice': 1 }, 1], ['安和镇 水口村', { rated: 1 }, 0]]);
  t.deepEqual(await villageStates(office.read, []), []);
  const sums = await gradesCounted(office.read, roundNo, placeNos.qinghe);
  t.like(sums, { rated: 2, credit: 2 });
});
