import test from 'ava';
import { declare } from '../../src/recusals/declare.ts';
import { openCollecting } from '../support/collecting.ts';
import { roundId, roundUnderWay } from '../support/round.ts';
import { openDoors } from '../support/visit.ts';
import { cast, households, officerId, openVillage, placeId, placeNos } from '../support/village.ts';

const { zhou, wu } = households;
const form = `/recusals/new?household=${zhou.id}`;

test('from the household\'s page: one choice, and the sheet tells who does it instead', async t => {
  const village = await openCollecting(t);
  const mei = await (await openDoors(t, village))('mei');
  t.true((await mei.get(`/households/${zhou.id}`)).body.includes('/recusals/new?household'));
  t.is((await mei.get(form)).status, 200);
  const empty = await mei.post(form, {});
  t.is(empty.status, 422);
  t.is((await mei.post(form, { ground: 'kin' })).location, '/recusals');
  const list = await mei.get('/recusals');
  t.true(list.body.includes('001 周大山家') && list.body.includes('三代以内亲属'));
  const sheet = await mei.get(`/observations/${village.round.id}/${zhou.id}`);
  t.is(sheet.status, 200);
  t.regex(sheet.body, /您对这一户回避/);
  t.true(sheet.body.includes(cast.sun.name), 'the village\'s committee may record, and is proposed');
  t.notRegex(sheet.body, /name="v-/, 'no question to answer');
  t.regex((await mei.get(form)).body, /已经登记过回避/);
  t.regex((await mei.post(form, { ground: 'kin' })).body, /已经登记过/);
  const end = /\/recusals\/[^"]+\/end/.exec(list.body)?.[0] ?? '';
  t.is((await mei.post(end, {})).status, 422);
  t.is((await mei.post(end, { words: '点错了户' })).location, '/recusals');
  t.regex((await mei.get(`/observations/${village.round.id}/${zhou.id}`)).body, /name="v-/);
});

test('on the docket the household stands alone, and its page names a colleague; the session that was open knows at once', async t => {
  const village = await openVillage(t);
  await roundUnderWay(village.office, { zhou: { standing: 'village-noticed', grade: 1 }, wu: { standing: 'village-noticed', grade: 1 } });
  const lin = await (await openDoors(t, village))('lin');
  const docket = `/reviews/${roundId}/${placeId(placeNos.qinghe)}/township`;
  t.regex((await lin.get(docket)).body, /2 户可以一起/);
  await declare(village.office, await village.actor('lin'), { household: wu.id, ground: 'kin' });
  const after = await lin.get(docket);
  t.regex(after.body, /您对这一户回避，由别的同志办/);
  const one = await lin.get(`${docket}/cases/${wu.id}`);
  t.true(one.body.includes(`<b>${cast.gao.name}</b>（镇评定委员会主任）`));
  t.notRegex(one.body, /\/pass"/);
});

test('whose kin is whose is told to those who watch over it, and to nobody else', async t => {
  const village = await openVillage(t);
  await declare(village.office, await village.actor('sun'), { household: zhou.id, ground: 'kin' });
  const visitor = await openDoors(t, village);
  for (const who of ['gao', 'shen'] as const) t.true((await (await visitor(who)).get('/recusals')).body.includes(cast.sun.name), who);
  for (const who of ['lin', 'mei', 'tan', 'ping', 'wei', 'hua'] as const) t.false((await (await visitor(who)).get('/recusals')).body.includes('周大山'), who);
  const lin = await visitor('lin');
  t.is((await lin.get(`${form}&for=other`)).status, 403);
  t.is((await lin.post(`${form}&for=other`, { officer: officerId('mei'), ground: 'kin', words: '听说是亲戚' })).status, 403);
  const gao = await visitor('gao');
  t.true((await gao.get(form)).body.includes(cast.sun.name));
  const own = await gao.get(`${form}&for=other`);
  t.true(own.body.includes(cast.mei.name) && !own.body.includes(cast.tan.name), 'only those who judge this household');
  t.is((await gao.post(`${form}&for=other`, { officer: officerId('mei'), ground: 'kin', words: '本户提出' })).location, '/recusals');
  const end = [...(await gao.get('/recusals')).body.matchAll(/\/recusals\/[^"]+\/end/g)].map(([href]) => href);
  t.is(end.length, 2);
  t.is((await lin.get(end[0] ?? '')).status, 403);
  t.is((await gao.post(end[0] ?? '', { words: '核过，不是亲属' })).location, '/recusals');
});
