import test from 'ava';
import { closeReview } from '../../src/peers/close.ts';
import { seatsOf } from '../../src/peers/queries.ts';
import { rateOne } from '../../src/ratings/rate-one.ts';
import { openPeers } from '../support/peers.ts';
import { households, placeNos } from '../support/village.ts';
import { openDoors } from '../support/visit.ts';

const { zhou, wu } = households;
/** What a person reads, without addresses and ids. */
const textOf = (html: string): string => html.replace(/<[^>]*>/g, ' ').replace(/[0-9a-f-]{36}/g, '');

test('a review from the lot to the result, through the pages of each who takes part', async t => {
  const village = await openPeers(t);
  const { office, round, judge } = village;
  const doors = await openDoors(t, village);
  const [sun, pi, hua, gao, shen, tan, mei] = [await doors('sun'), await doors('pi'), await doors('hua'), await doors('gao'), await doors('shen'), await doors('tan'), await doors('mei')];
  t.regex((await sun.get('/desk')).body, /href="\/peers"/);
  const start = `/peers/new?round=${round.no}&group=${placeNos.group1}`;
  t.true((await sun.get('/peers')).body.replaceAll('&amp;', '&').replaceAll('&#x3D;', '=').includes(start), 'the page leads to the form');
  const form = (await sun.get(start)).body;
  t.regex(form, /村组评议[\s\S]*评议员a/);
  const id = /name="id" value="([^"]+)"/.exec(form)?.[1] ?? '';
  const wrong = await sun.post('/peers/new', { id, round: String(round.no), group: String(placeNos.group1), count: '3', until: '2026-11-30' });
  t.is(wrong.status, 422);
  t.is(wrong.field('count').input, '3');
  t.is((await sun.post('/peers/new', { id, round: String(round.no), group: String(placeNos.group1), count: '6', until: '2026-11-30' })).location?.split('?')[0], `/peers/${id}`);
  t.is((await tan.get(`/peers/${id}`)).status, 403);
  t.is((await gao.get(`/peers/${id}`)).status, 403);

  t.regex((await pi.get('/desk')).body, /等您评/);
  t.true((await pi.get('/due')).body.includes(`/peers/${id}/sheet`));
  const sheet = `/peers/${id}/sheet`;
  t.true((await pi.get('/peers')).body.includes(sheet));
  t.regex((await pi.get(sheet)).body, /周大山[\s\S]*吴秀兰/);
  t.is((await sun.get(sheet)).status, 403);
  const bare = await pi.post(`${sheet}/${zhou.id}`, {});
  t.is(bare.status, 422);
  t.regex(bare.body, /不了解的，选“不清楚”/);
  t.is((await pi.post(`${sheet}/${zhou.id}`, { 'v-regard': '25' })).status, 422);
  t.is((await pi.post(`${sheet}/${zhou.id}`, { 'v-regard': '17' })).location?.split('?')[0], `${sheet}/${wu.id}`);
  t.is((await pi.post(`${sheet}/hand-in`)).status, 422);
  t.is((await pi.post(`${sheet}/${wu.id}`, { 'v-regard': '不清楚' })).location?.split('?')[0], sheet);
  t.is((await pi.post(`${sheet}/hand-in`)).status, 303);
  t.false((await pi.get('/due')).body.includes(sheet), 'what is handed in is off the board');
  t.regex((await pi.get(sheet)).body, /交上去了[\s\S]*拿回来改/);
  t.is((await pi.post(`${sheet}/take-back`)).status, 303);
  t.is((await pi.post(`${sheet}/hand-in`)).status, 303);

  const here = (await sun.get(`/peers/${id}`)).body;
  t.regex(here, /谁都看不到谁评了什么，您也看不到/);
  t.notRegex(textOf(here), /17/);
  t.is((await sun.post(`/peers/${id}/paper`, { officer: village.idOf('e') })).status, 303);
  const no = (await seatsOf(office.read, [id])).find(one => one.how === 'paper')?.no ?? 0;
  const papers = await sun.get(`/peers/${id}/papers`);
  t.regex(papers.body, /背靠背评议表[\s\S]*周大山/);
  t.notRegex(papers.body, /\d{17}[\dXx]|王小川/);
  const key = `/peers/${id}/key/${no}`;
  t.true((await hua.get('/peers')).body.includes(key));
  t.is((await pi.get(key)).status, 403);
  t.is((await mei.get(key)).status, 403);
  t.is((await hua.post(`${key}/${zhou.id}`, { 'v-regard': '15' })).status, 303);
  t.is((await sun.post(`${key}/${zhou.id}`, { 'v-regard': '14' })).status, 303);
  const differs = (await sun.get(key)).body;
  t.regex(differs, /1 户两遍不一样/);
  t.notRegex(textOf(differs), /15/);
  t.is((await sun.post(`${key}/${zhou.id}`, { 'v-regard': '15' })).status, 303);

  for (const name of ['a', 'b', 'c', 'd']) await judge(id, name, { zhou: 16, wu: 12 });
  t.is((await sun.post(`/peers/${id}/end`)).status, 303);
  const over = (await sun.get(`/peers/${id}`)).body;
  t.regex(over, /周大山[\s\S]*6 人评，最高最低差 2/);
  t.regex(over, /人数不够，没有结果[\s\S]*可以再评/);
  t.true(over.includes('再评一轮'));
  t.is((await pi.get(sheet)).status, 409);
  t.regex((await sun.get(`/observations/${round.id}/${zhou.id}/history`)).body, /背靠背评议/);

  t.regex((await shen.get('/peers/sums')).body, /太少，不显示/);
  for (const other of [sun, pi, gao, hua]) t.is((await other.get('/peers/sums')).status, 403);
  await office.store.write('cases').where({ round: round.no, subject: zhou.no }).update({ standing: 'collected' });   // As if the household had signed its sheet.
  await rateOne(office, await village.actor('gao'), { round: round.no, household: zhou.id });
  const why = (await gao.get(`/ratings/${round.id}/${zhou.id}`)).body;
  t.regex(why, /背靠背评议 11-23，6 人评，最高最低差 2/);
  t.notRegex(why, /评议员[a-e]|皮友福/);
  t.is(await closeReview(office, await village.actor('sun'), id).catch(() => 'over'), 'over');
});

test('where the standard asks evaluators nothing, the page says so', async t => {
  const { openCollecting } = await import('../support/collecting.ts');
  const village = await openCollecting(t);
  t.regex((await (await (await openDoors(t, village))('sun')).get('/peers')).body, /没有要评议员评的项/);
});
