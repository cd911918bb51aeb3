import test from 'ava';
import { openVillage, placeId, placeNos as P } from '../support/village.ts';
import { openDoors } from '../support/visit.ts';

const q = placeId(P.qinghe);

test('Gao browses from the township down, and names that repeat carry the township', async t => {
  const open = await openDoors(t, await openVillage(t));
  const gao = await open('gao');
  const top = await gao.get('/places');
  t.is(top.status, 200);
  t.regex(top.body, /2 个村（社区）/);
  t.regex(top.body, /2 个组，2 个网格/);
  const page = await gao.get(`/places/${q}`);
  t.regex(page.body, /<h1>安和镇 清河村<\/h1>/);
  t.regex(page.body, /清河一网格/);
  t.is((await gao.get(`/places/${placeId(P.qingheOfPingshan)}`)).status, 403);
  t.is((await gao.get('/places/none')).status, 404);
});

test('search finds by name and code within reach only', async t => {
  const open = await openDoors(t, await openVillage(t));
  t.regex((await (await open('guan')).get('/places?q=清河村')).body, /找到 2 个地方/);
  t.regex((await (await open('gao')).get('/places?q=清河村')).body, /找到 1 个地方/);
  t.regex((await (await open('gao')).get('/places?q=320899101202')).body, /水口村/);
  t.regex((await (await open('gao')).get('/places?q=100%25')).body, /没有叫/);
});

test('Mei sees her village and is offered no change', async t => {
  const open = await openDoors(t, await openVillage(t));
  const page = await (await open('mei')).get('/places');
  t.regex(page.body, /安和镇 清河村/);
  t.notRegex(page.body, /并入别处/);
});

test('a faulty form comes back whole, each fault at its field', async t => {
  const village = await openVillage(t);
  const gao = await (await openDoors(t, village))('gao');
  const page = await gao.post(`/places/${q}/new`, { kind: 'group', names: '第7组\n第7组', day: '2026-11-20', reason: '' });
  t.is(page.status, 422);
  t.is(page.field('reason').fault, '请填写为什么。');
  t.regex(page.body, /第7组\n第7组<\/textarea>/);
  t.is((await gao.post(`/places/${q}/new`, { kind: 'group', names: '第7组\n第7组', day: '2026-11-20', reason: '新设' })).field('names').fault, '“第7组”写了两遍。');
  t.is((await gao.post(`/places/${q}/new`, { kind: 'group', names: '第1组', day: '2026-11-20', reason: '新设' })).status, 409);
  t.is(await village.traces(), 0);
});

test('every change can be made by its form', async t => {
  const village = await openVillage(t);
  const gao = await (await openDoors(t, village))('gao');
  const on = { day: '2026-11-20', reason: '民政批复' };
  t.is((await gao.post(`/places/${q}/new`, { kind: 'grid', names: '清河三网格\n清河四网格', ...on })).location, `/places/${q}`);
  t.is((await gao.post(`/places/${q}/rename`, { name: '清水村', code: '320899101201', ...on })).status, 303);
  t.is((await gao.post(`/places/${placeId(P.grid1)}/merge`, { to: placeId(P.grid2), ...on })).status, 303);
  t.is((await gao.post(`/places/${placeId(P.shuikou)}/close`, on)).status, 409);
  const page = await gao.get(`/places/${q}`);
  t.regex(page.body, /由“清河村”更名为“清水村”/);
  t.regex(page.body, /显示虚拟单位和已撤销的（1 个）/);
  t.regex((await gao.get(`/places/${q}?all=yes`)).body, /已撤销/);
  const guan = await (await openDoors(t, village))('guan');
  t.is((await guan.post(`/places/${placeId(P.shuikou)}/move`, { to: placeId(P.pingshan), ...on })).status, 303);
  t.is((await guan.post(`/places/${q}/merge`, { to: 'elsewhere', ...on })).status, 422);
});

test('settings and the calendar are kept on their pages', async t => {
  const village = await openVillage(t);
  const guan = await (await openDoors(t, village))('guan');
  t.regex((await guan.get('/settings')).body, /样板县 安和镇/);
  t.is((await guan.post('/settings', { title: '', place: String(P.anhe) })).status, 422);
  t.is((await guan.post('/settings', { title: '安和镇信用办', place: String(P.anhe) })).location, '/settings');
  t.is((await guan.post('/calendar', { day: '2027-01-01', kind: 'off', name: '元旦' })).location, '/calendar?year=2027');
  t.regex((await guan.get('/calendar?year=2027')).body, /元旦/);
  t.is((await guan.post('/calendar', { day: '2027-01-04', kind: 'work', name: '班' })).status, 422);
  t.is((await guan.upload('/calendar/file', {}, { file: { name: 'a.csv', type: 'text/csv', body: 'day,kind,name,official\n2027-02-08,holiday,春节,yes' } })).status, 422);
  t.is((await guan.upload('/calendar/file', {}, {})).status, 422);
  t.is((await guan.upload('/calendar/file', {}, { file: { name: 'a.csv', type: 'text/csv', body: '2027-02-08,off,春节,yes\n' } })).status, 303);
  t.is((await guan.post('/calendar/2027-02-08/drop')).status, 303);
  t.regex((await guan.get('/calendar?year=2027')).body, /还没有录入/);
});
