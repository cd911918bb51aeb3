import test from 'ava';
import { newId } from '../../src/kit/id.ts';
import { openCollecting } from '../support/collecting.ts';
import { openDoors } from '../support/visit.ts';
import { households } from '../support/village.ts';

const { zhou, wu, zheng } = households;

test('nobody at home: two taps, and the work list says so until somebody was met', async t => {
  const village = await openCollecting(t);
  const mei = await (await openDoors(t, village))('mei');
  const sheet = `/observations/${village.round.id}/${zhou.id}`;
  t.true((await mei.get(sheet)).body.includes(`/missed/${zhou.id}`));
  t.notRegex((await mei.get('/today')).body, /上次没人/);
  const page = await mei.get(`/missed/${zhou.id}`);
  t.is(page.status, 200);
  t.regex(page.body, /明天 11月24日/);
  t.regex(page.body, /星期六 11月28日/);
  const saved = await mei.post(`/missed/${zhou.id}`, { id: newId(), next: '2026-11-25', day: '2026-11-23' });
  t.is(saved.location, '/today');
  const list = await mei.get('/today');
  t.regex(list.body, /上次没人 1/);
  t.regex(list.body, /11月23日去过没人，11月25日再去/);
  t.regex(list.body, /今天还有 2 户/, 'the household is still to be visited');
  const only = await mei.get('/today?show=missed');
  t.true(only.body.includes(zhou.head) && !only.body.includes(wu.head));
  t.regex((await mei.get(`${sheet}/history`)).body, /去过没人在家/);
  await mei.post(sheet, { id: newId(), base: '0', then: 'later', 'v-memberCount': '4' });
  village.clock.set('2026-11-24T03:00:00.000Z');
  await mei.post(sheet, { id: newId(), base: '1', then: 'later', 'v-labourCount': '2' });
  t.notRegex((await mei.get('/today')).body, /上次没人/);
});

test('nobody at home by a slip of the finger is taken back', async t => {
  const village = await openCollecting(t);
  const mei = await (await openDoors(t, village))('mei');
  const id = newId();
  await mei.post(`/missed/${zhou.id}`, { id, next: 'open', day: '2026-11-23' });
  t.regex((await mei.get('/today')).body, /上次没人 1/);
  t.is((await mei.post(`/missed/${zhou.id}/undo/${id}`, {})).location, '/today');
  t.notRegex((await mei.get('/today')).body, /上次没人/);
});

test('a faulty form comes back whole, and a household without consent has the way too', async t => {
  const village = await openCollecting(t);
  const doors = await openDoors(t, village);
  const bo = await doors('bo');
  t.true((await bo.get(`/households/${zheng.id}/consents`)).body.includes(`/missed/${zheng.id}`));
  const bad = await bo.post(`/missed/${zheng.id}`, { id: newId(), day: '2026-11-23' });
  t.is(bad.status, 422);
  t.is(bad.field('day').input, '2026-11-23');
  t.is((await bo.post(`/missed/${zheng.id}`, { id: newId(), next: 'open', day: '2026-11-23' })).status, 303);
  t.regex((await bo.get('/today')).body, /11月23日去过没人</);
  t.is((await bo.get(`/missed/${zhou.id}`)).status, 403);
  t.is((await (await doors('lin')).get(`/missed/${zheng.id}`)).status, 403);
});
