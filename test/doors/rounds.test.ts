import test from 'ava';
import { adoptPresets, opening, openRound } from '../support/standards.ts';
import { households, openVillage, placeId, placeNos } from '../support/village.ts';
import { openDoors } from '../support/visit.ts';

const strings = (given: object): Record<string, string> => Object.fromEntries(Object.entries(given).map(([name, value]) => [name, String(value)]));

test('Gao opens a round by hand and finds his villages in it', async t => {
  const village = await openVillage(t);
  const gao = await (await openDoors(t, village))('gao');
  const lonely = await gao.get('/rounds/new');
  t.regex(lonely.body, /农户、村、乡镇还没有正在用的标准/);
  const given = strings(opening(await adoptPresets(village.office)));
  const form = await gao.get('/rounds/new');
  t.is(form.status, 200);
  t.is(form.field('village_days').input, '5');
  const faulty = await gao.post('/rounds', { ...given, collect_until: '2026-02-30', name: '' });
  t.is(faulty.status, 422);
  t.is(faulty.field('collect_until').input, '2026-02-30');
  t.truthy(faulty.field('name').fault);
  const opened = await gao.post('/rounds', given);
  t.is(opened.status, 303);
  const page = await gao.get(opened.location ?? '');
  t.regex(page.body, /安和镇，4 户参评，采集了 0 户/);
  t.regex(page.body, /清河村/);
  t.regex((await gao.get('/rounds')).body, /2026 年度信用评定/);
  t.is((await gao.post('/rounds', given)).status, 409);
});

test('who sees a round, and what of it', async t => {
  const village = await openVillage(t);
  const round = await openRound(village.office);
  const doors = await openDoors(t, village);
  for (const who of ['mei', 'sun', 'su', 'pi', 'hua', 'lin', 'gao', 'xian', 'ling', 'shen'] as const) t.is((await (await doors(who)).get(`/rounds/${round.id}`)).status, 200, who);
  for (const who of ['ping', 'guan', 'wei'] as const) t.is((await (await doors(who)).get(`/rounds/${round.id}`)).status, 403, who);
  t.is((await (await doors()).get(`/rounds/${round.id}`)).status, 303);
  const mei = await (await doors('mei')).get(`/rounds/${round.no}`);
  t.regex(mei.body, /清河村/);
  t.notRegex(mei.body, /水口村/);
  t.notRegex((await (await doors('ping')).get('/rounds')).body, /2026 年度信用评定/);
  t.is((await (await doors('gao')).get('/rounds/no-such-round')).status, 404);
});

test('a village page lists the households one looks after; foreign villages are refused', async t => {
  const village = await openVillage(t);
  const round = await openRound(village.office);
  const doors = await openDoors(t, village);
  const here = `/rounds/${round.id}/villages/${placeId(placeNos.qinghe)}`;
  const sun = await (await doors('sun')).get(here);
  t.regex(sun.body, /周大山[\s\S]*吴秀兰[\s\S]*郑𬭼/u);
  const mei = await (await doors('mei')).get(here);
  t.regex(mei.body, /周大山/);
  t.notRegex(mei.body, /郑𬭼/u);
  const xian = await (await doors('xian')).get(here);
  t.is(xian.status, 200);
  t.notRegex(xian.body, /周大山/);
  t.regex((await (await doors('sun')).get(`${here}?standing=excused`)).body, /这样的户没有/);
  t.notRegex((await (await doors('sun')).get(`${here}?group=${placeNos.group2}`)).body, /周大山/);
  t.is((await (await doors('tan')).get(here)).status, 403);
  t.is((await (await doors('gao')).get(`/rounds/${round.id}/villages/${placeId(placeNos.qingheOfPingshan)}`)).status, 404);
  t.is((await (await doors('gao')).get(`/rounds/${round.id}/villages/none`)).status, 404);
});

test('Mei excuses a household with a reason, sees it on the case, and takes it back', async t => {
  const village = await openVillage(t);
  const round = await openRound(village.office);
  const doors = await openDoors(t, village);
  const mei = await doors('mei');
  const here = `/rounds/${round.id}/cases/${households.zhou.id}`;
  t.regex((await mei.get(here)).body, /周大山户/);
  const faulty = await mei.post(`${here}/excuse`, { reason: 'lazy' });
  t.is(faulty.status, 422);
  t.regex(faulty.body, /为什么不评里没有/);
  t.is((await mei.post(`${here}/excuse`, { reason: 'absent' })).status, 303);
  const excused = await mei.get(here);
  t.regex(excused.body, /全家长期在外/);
  t.regex(excused.body, /梅小兰 登记为未参评/);
  t.is((await mei.post(`${here}/readmit`)).status, 303);
  t.is((await mei.post(`${here}/readmit`)).status, 409);
  const bo = await doors('bo');
  t.is((await bo.get(here)).status, 403);
  t.is((await bo.post(`${here}/excuse`, { reason: 'absent' })).status, 403);
  t.is((await mei.get(`/rounds/${round.id}/cases/none`)).status, 404);
});

test('ending a round says what it means first; afterwards it is only read, and the ending can be taken back', async t => {
  const village = await openVillage(t);
  const round = await openRound(village.office);
  const doors = await openDoors(t, village);
  const gao = await doors('gao');
  t.regex((await gao.get(`/rounds/${round.id}/close`)).body, /4 户还没走完/);
  t.is((await gao.post(`/rounds/${round.id}/close`)).status, 303);
  const mei = await doors('mei');
  t.regex((await mei.get(`/rounds/${round.id}/cases/${households.zhou.id}`)).body, /已经结束，只能看/);
  t.is((await mei.post(`/rounds/${round.id}/cases/${households.zhou.id}/excuse`, { reason: 'absent' })).status, 409);
  t.is((await gao.post(`/rounds/${round.id}/reopen`)).status, 303);
  t.is((await gao.post(`/rounds/${round.id}/reopen`)).status, 409);
  t.is((await gao.post(`/rounds/${round.id}/admit`)).status, 303);
  t.is((await mei.post(`/rounds/${round.id}/close`)).status, 403);
});
