import test from 'ava';
import { goOn, rateRound } from '../../src/ratings/rate.ts';
import { openRun } from '../../src/ratings/run.ts';
import type { Collecting } from '../support/collecting.ts';
import { change, openCollected } from '../support/rating.ts';
import { openDoors, type Page, type Visitor } from '../support/visit.ts';
import { households, placeId, placeNos } from '../support/village.ts';

const { zhou, wu, wang, zheng } = households;

test('why this grade: rule, fact, source and day, points, and the distance to the next grade', async t => {
  const village = await openCollected(t);
  await rateRound(village.office, await village.actor('gao'), { round: village.round.no });
  const enter = await openDoors(t, village);
  const page = await (await enter('sun')).get(`/ratings/${village.round.id}/${zhou.id}`);
  t.is(page.status, 200);
  for (const words of ['周大山户为什么是 AA', '银行贷款履约', '银行 11-23', '网格员入户 11-23', '84', '离 AAA 还差 6 分', '4 人', '信用户']) t.true(page.body.includes(words), words);
  t.false(page.body.includes('调整等级，写明理由'), 'a village committee adjusts nothing');
  t.is((await (await enter('mei')).get(`/ratings/${village.round.no}/${zhou.id}`)).status, 200);
  const sheet = await (await enter('mei')).get(`/ratings/${village.round.id}/${zhou.id}/print`);
  t.is(sheet.status, 200);
  t.true(sheet.body.includes('信用评定结果说明') && sheet.body.includes('84 分'));
});

test('foreign households are refused, unknown ones not found, unrated ones say so', async t => {
  const village = await openCollected(t);
  await rateRound(village.office, await village.actor('gao'), { round: village.round.no });
  const enter = await openDoors(t, village);
  t.is((await (await enter('tan')).get(`/ratings/${village.round.id}/${zhou.id}`)).status, 403);
  t.is((await (await enter('bo')).get(`/ratings/${village.round.id}/${wu.id}/print`)).status, 403);
  t.is((await (await enter('sun')).get(`/ratings/${village.round.id}/${wang.id}`)).status, 403);
  t.is((await (await enter('sun')).get(`/ratings/${village.round.id}/00000000-0000-7000-8000-000000000999`)).status, 404);
  t.is((await (await enter('sun')).get(`/ratings/nowhere/${zhou.id}`)).status, 404);
  const page = await (await enter('sun')).get(`/ratings/${village.round.id}/${zheng.id}`);
  t.is(page.status, 200);
  t.true(page.body.includes('还没有算分'));
});

test('a faulty adjustment comes back with its reason, a good one shows both grades', async t => {
  const village = await openCollected(t);
  await rateRound(village.office, await village.actor('gao'), { round: village.round.no });
  const lin = await (await openDoors(t, village))('lin');
  const here = `/ratings/${village.round.id}/${zhou.id}`;
  t.true((await lin.get(here)).body.includes('调整等级，写明理由'));
  const faulty = await lin.post(`${here}/adjust`, { reason: '去年欠款今年才还', seen: '1' });
  t.is(faulty.status, 422);
  t.true(faulty.body.includes('去年欠款今年才还') && faulty.body.includes('<details class="block" open>'));
  const late = await lin.post(`${here}/adjust`, { to: 'A', reason: '去年欠款今年才还', seen: '9' });
  t.is(late.status, 409);
  t.true(late.body.includes('别人已经改过'));
  const good = await lin.post(`${here}/adjust`, { to: 'A', reason: '去年欠款今年才还', seen: '1' });
  t.is(good.status, 303);
  t.true((await lin.get(here)).body.includes('AA 调成 A'));
  t.is((await lin.post(`${here}/reopen`, { why: '' })).status, 422);
});

test('changed facts are said to wait for a new calculation', async t => {
  const village = await openCollected(t);
  await rateRound(village.office, await village.actor('gao'), { round: village.round.no });
  await change(village, 'wu', { debtBurden: 'middle' });
  const sun = await (await openDoors(t, village))('sun');
  const here = `/ratings/${village.round.id}/${wu.id}`;
  t.true((await sun.get(here)).body.includes('还没有重新算'));
  t.is((await sun.post(`${here}/rate`)).status, 303);
  const page = await sun.get(here);
  t.true(page.body.includes('历次结果') && page.body.includes('80.00'));
});

test('a place starts its calculation and shows the shares of its title', async t => {
  const village = await openCollected(t);
  const enter = await openDoors(t, village);
  const gao = await enter('gao');
  const here = `/ratings/${village.round.id}/places/${placeId(placeNos.anhe)}`;
  t.is((await gao.get(here)).status, 200);
  t.is((await gao.post(`${here}/runs`)).status, 303);
  const page = await once(gao, here, '算好 3 户，信用户 3 户');
  t.true(page.body.includes('算好 3 户，信用户 3 户') && page.body.includes('水口村'));
  const own = await once(await enter('sun'), `/ratings/${village.round.id}/places/${placeId(placeNos.qinghe)}`, '2 户 ÷ 2 户 &#x3D; 100%');
  t.is(own.status, 200);
  t.true(own.body.includes('信用村的算法') && own.body.includes('照现在算好的看') && own.body.includes('2 户 ÷ 2 户 &#x3D; 100%'));
  t.true(own.body.includes('还差什么，能做什么') && own.body.includes('算好了还没批准的有 2 户'), 'what a village may do about it, in counts');
  const sheet = await (await enter('sun')).get(`/ratings/${village.round.id}/places/${placeId(placeNos.qinghe)}/print`);
  t.true(sheet.status === 200 && sheet.body.includes('算好了还没批准的有 2 户'), 'the paper says it too');
  const told = JSON.parse((await (await enter('sun')).get(`/ratings/${village.round.id}/places/${placeId(placeNos.qinghe)}.json`)).body) as { readonly isCredit: boolean; readonly conditions: readonly object[]; readonly steps: readonly string[] };
  t.false(told.isCredit);
  t.true(told.conditions.length > 0 && told.steps.some(step => step.includes('算好了还没批准的有 2 户')), 'and programs');
  t.is((await (await enter('tan')).get(`/ratings/${village.round.id}/places/${placeId(placeNos.qinghe)}.json`)).status, 403);
  t.is((await (await enter('sun')).post(`/ratings/${village.round.id}/places/${placeId(placeNos.qinghe)}/count`)).status, 303);
  t.is((await (await enter('tan')).get(`/ratings/${village.round.id}/places/${placeId(placeNos.qinghe)}`)).status, 403);
  t.is((await (await enter('mei')).post(`${here}/runs`)).status, 403);
  t.is((await gao.get(`/ratings/${village.round.id}/places/${placeId(placeNos.pingshan)}`)).status, 403);
  await ended(village);
});

test('a run shows how far it is, as a page and as the part that asks for itself', async t => {
  const village = await openCollected(t);
  const run = await openRun(village.office, await village.actor('gao'), { round: village.round.no });
  const enter = await openDoors(t, village);
  const gao = await enter('gao');
  const page = await gao.get(`/ratings/runs/${run.id}`);
  t.is(page.status, 200);
  t.true(page.body.includes('0 / 3 户') && page.body.includes('every 2s'));
  const part = await gao.get(`/ratings/runs/${run.id}`, { 'hx-request': 'true', 'hx-request-type': 'partial' });
  t.true(part.body.trim().startsWith('<section') && !part.body.includes('<html'));
  t.is((await (await enter('tan')).get(`/ratings/runs/${run.id}`)).status, 403);
  t.is((await (await enter('ping')).post(`/ratings/runs/${run.id}/stop`)).status, 403);
  t.is((await gao.post(`/ratings/runs/${run.id}/stop`)).status, 303);
  t.true((await gao.get(`/ratings/runs/${run.id}`)).body.includes('停下了'));
  t.is((await gao.post(`/ratings/runs/${run.id}/go-on`)).status, 303);
  t.true((await once(gao, `/ratings/${village.round.id}/places/${placeId(placeNos.anhe)}`, '算好 3 户')).body.includes('算好 3 户'));
  await ended(village);
});

/** Villages are rolled up when the page says that the households are done: an office that closes meanwhile would wait for it in vain. */
async function ended({ office, actor }: Collecting): Promise<void> {
  const runs: { id: string }[] = await office.read('rating_runs').where({ kind: 'household' }).select('id');
  for (const { id } of runs) await goOn(office, await actor('gao'), id);
}

/** A run goes on after its answer was sent, on a busy machine for a while: looks until the page says so. */
async function once(person: Visitor, path: string, words: string): Promise<Page> {
  for (let tries = 0; ; tries++) {
    const page = await person.get(path);
    if (page.body.includes(words) || tries === 100) return page;
    await new Promise(resolve => { setTimeout(resolve, 100); });
  }
}

test('what would lift the grade: on the page, on the sheet, read aloud, and as JSON with the page’s own power', async t => {
  const village = await openCollected(t);
  await rateRound(village.office, await village.actor('gao'), { round: village.round.no });
  const enter = await openDoors(t, village);
  const mei = await enter('mei');
  const here = `/ratings/${village.round.id}/${zhou.id}`;
  t.true((await mei.get(here)).body.includes(`hx-get="${here}/lift"`), 'asked for once the page stands');
  const page = await mei.get(`${here}/lift`);
  for (const words of ['离 AAA 还差 6 分', '自己能做的，选一个就行', '修路清沟等公共活再有 2 次，加 6 分', '读给他听', '您家这次得 84 分，等级是良好。']) t.true(page.body.includes(words), words);
  const sheet = await mei.get(`${here}/print`);
  t.true(sheet.body.includes('（一）修路清沟等公共活再有 2 次'));
  const told = await mei.get(`${here}.json`);
  t.is(told.status, 200);
  t.regex(told.headers.get('content-type') ?? '', /^application\/json/);
  const { points, grade, lift } = JSON.parse(told.body) as { points: number; grade: string; lift: { next: string; ways: { grade: string; total: number; from: string; changes: { indicator: string; item: string; times: number; gain: number }[] }[] } };
  t.deepEqual([points, grade, lift.next, lift.ways[0]?.grade, lift.ways[0]?.total, lift.ways[0]?.from], [8_400, 'AA', 'AAA', 'AAA', 9_000, '2026-11-23']);
  t.like(lift.ways[0]?.changes[0], { indicator: 'publicSpirit', item: 'publicWork', times: 2, gain: 600 });
  t.is((await (await enter('tan')).get(`${here}.json`)).status, 403);
  t.is((await (await enter('sun')).get(`/ratings/${village.round.id}/${zheng.id}.json`)).status, 404);
  t.is((await (await enter('wei')).get(`${here}.json`)).status, 403);
});
