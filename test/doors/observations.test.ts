import test from 'ava';
import { newId } from '../../src/kit/id.ts';
import { recordSheet } from '../../src/observations/record.ts';
import { factsIn } from '../../src/observations/observation.ts';
import { worldOf } from '../../src/observations/world.ts';
import { openCollecting, wholeValues, type Collecting } from '../support/collecting.ts';
import { openDoors } from '../support/visit.ts';
import { households } from '../support/village.ts';

const { zhou, wu, zheng } = households;
const sheetHref = (village: Collecting, household: string): string => `/observations/${village.round.id}/${household}`;
const factsOf = async (village: Collecting, household: string): Promise<Readonly<Record<string, unknown>>> => factsIn((await worldOf(village.office.read, village.round.no, household)).picture);
const typedIn = (values: Readonly<Record<string, unknown>>): Record<string, string> => Object.fromEntries(Object.entries(values).map(([key, value]) => [`v-${key}`, String(value)]));
const hidden = (body: string, name: string): string => new RegExp(`name="${name}" value="([^"]*)"`).exec(body)?.[1] ?? '';

test('the work list: who is left, what is missing, and nobody of another grid', async t => {
  const village = await openCollecting(t);
  const mei = await (await openDoors(t, village))('mei');
  const page = await mei.get('/today');
  t.is(page.status, 200);
  t.regex(page.body, /今天还有 2 户/);
  t.true(page.body.includes('周大山') && page.body.includes('吴秀兰') && !page.body.includes('王小川'));
  t.regex(page.body, /12月4日截止，还有 <b>9<\/b> 个工作日/);
  await recordSheet(village.office, await village.actor('mei'), { id: newId(), round: village.round.no, household: zhou.id, base_seq: 0, source: 'grid', values: { ...wholeValues, livelihood: { missing: 'notAsked' } } });
  const after = await mei.get('/today');
  t.regex(after.body, /做了一半/);
  t.regex(after.body, /差 <b>1<\/b> 项：这份活稳不稳/);
  t.regex((await mei.get('/today?q=%E5%91%A8%E5%A4%A7')).body, /周大山/);
  t.notRegex((await mei.get('/today?q=%E5%91%A8%E5%A4%A7')).body, /吴秀兰/);
});

test('whoever has not signed is told so first', async t => {
  const village = await openCollecting(t);
  const bo = await (await openDoors(t, village))('bo');
  t.regex((await bo.get('/today')).body, /还没签授权书/);
  const page = await bo.get(sheetHref(village, zheng.id));
  t.is(page.status, 200);
  t.regex(page.body, /先签授权，才能登记/);
  t.is((await bo.post(sheetHref(village, zheng.id), { 'v-memberCount': '3', then: 'whole', base: '0', id: newId() })).status, 409);
});

test('one save for the household, without scripts: what is missing is said, then the check and the signature', async t => {
  const village = await openCollecting(t);
  const mei = await (await openDoors(t, village))('mei');
  const href = sheetHref(village, zhou.id);
  const page = await mei.get(href);
  t.is(page.status, 200);
  t.regex(page.body, /暂估/);
  const id = hidden(page.body, 'id');
  const first = await mei.post(href, { id, base: '0', then: 'whole', 'v-memberCount': '4', 'v-labourCount': '2', 'v-debtBurden': 'refused' });
  t.is(first.status, 303);
  t.is(first.location, href);
  await mei.post(href, { id, base: '0', then: 'whole', 'v-memberCount': '4', 'v-labourCount': '2', 'v-debtBurden': 'refused' });
  t.is((await village.office.read('sheets').where({ subject: zhou.no })).length, 1, 'pressed twice, saved once');
  const whole = await mei.post(href, { id: newId(), base: '1', then: 'whole', ...typedIn(wholeValues) });
  t.is(whole.location, `${href}/check`);
  const check = await mei.get(`${href}/check`);
  t.regex(check.body, /请户主核对，再签字/);
  const unsigned = await mei.post(`${href}/check`, { how: 'drawn', drawing: '' });
  t.is(unsigned.status, 422);
  const noReason = await mei.post(`${href}/check`, { how: 'absent', reason: '' });
  t.is(noReason.status, 422);
  t.regex(noReason.body, /没有签字，请写明原因/);
  const pixel = 'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
  t.is((await mei.post(`${href}/check`, { how: 'drawn', drawing: pixel })).location, '/today');
  t.regex((await mei.get('/today')).body, /今天还有 1 户/);
});

test('a fault keeps what was typed, offers a way on, and never blocks 先放着', async t => {
  const village = await openCollecting(t);
  const mei = await (await openDoors(t, village))('mei');
  const href = sheetHref(village, zhou.id);
  const bad = { base: '0', id: newId(), 'v-memberCount': '4', 'v-tradeSince': '2062' };
  const whole = await mei.post(href, { ...bad, then: 'whole' });
  t.is(whole.status, 422);
  t.is(whole.field('v-tradeSince').input, '2062');
  t.is(whole.field('v-tradeSince').fault, '2062 年还没到，可能是按错了。');
  t.regex(whole.body, /改成 2026/);
  t.deepEqual(await factsOf(village, zhou.id), {});
  const later = await mei.post(href, { ...bad, id: newId(), then: 'later' });
  t.is(later.status, 422);
  t.is(later.field('v-tradeSince').input, '2062');
  t.deepEqual(await factsOf(village, zhou.id), { memberCount: 4 });
});

test('last year beside the question: 与去年一样 in one tap, a change is marked, and what nobody touched is not taken for an answer', async t => {
  const village = await openCollecting(t, { lastYear: true });
  const mei = await (await openDoors(t, village))('mei');
  const href = sheetHref(village, zhou.id);
  const page = await mei.get(href);
  t.regex(page.body, /去年填的是：4 人/);
  t.regex(page.body, /去年：/);
  t.deepEqual(await factsOf(village, zhou.id), {});
  const blockKey = /name="same" value="(b\d)"/.exec(page.body)?.[1] ?? '';
  await mei.post(href, { id: newId(), base: '0', same: blockKey, ...typedIn(wholeValues) });
  const facts = await factsOf(village, zhou.id);
  t.true(Object.keys(facts).length > 0 && Object.keys(facts).length < Object.keys(wholeValues).length, 'only the block that was confirmed');
  await mei.post(href, { id: newId(), base: '1', then: 'later', ...typedIn({ ...wholeValues, livelihood: 'seasonal' }) });
  t.is((await factsOf(village, zhou.id))['livelihood'], 'seasonal');
  t.regex((await mei.get(href)).body, /今年改了/);
  await mei.post(href, { id: newId(), base: '2', then: 'whole', ...typedIn({ ...wholeValues, livelihood: 'seasonal' }) });
  t.deepEqual(await factsOf(village, zhou.id), { ...wholeValues, livelihood: 'seasonal' });
});

test('the estimate is counted from what is typed, and nothing is kept', async t => {
  const village = await openCollecting(t);
  const mei = await (await openDoors(t, village))('mei');
  const page = await mei.post(`${sheetHref(village, zhou.id)}/estimate`, { 'v-livelihood': 'steady' }, { 'HX-Request': 'true', 'HX-Request-Type': 'partial' });
  t.is(page.status, 200);
  t.regex(page.body, /^<div id="estimate">/);
  t.regex(page.body, /32 分/);
  t.deepEqual(await factsOf(village, zhou.id), {});
});

test('the last save is taken back from the notice', async t => {
  const village = await openCollecting(t);
  const mei = await (await openDoors(t, village))('mei');
  const href = sheetHref(village, zhou.id);
  await mei.post(href, { id: newId(), base: '0', then: 'later', 'v-memberCount': '4' });
  t.is((await mei.post(`${href}/undo/1`)).status, 303);
  t.deepEqual(await factsOf(village, zhou.id), {});
  t.is((await mei.post(`${href}/undo/1`)).status, 409);
});

test('two people, one field: the village decides with one press, the history keeps both', async t => {
  const village = await openCollecting(t);
  const doors = await openDoors(t, village);
  const [mei, sun] = [await doors('mei'), await doors('sun')];
  const href = sheetHref(village, zhou.id);
  await mei.post(href, { id: newId(), base: '0', then: 'later', 'v-memberCount': '4' });
  await sun.post(href, { id: newId(), base: '0', then: 'later', 'v-memberCount': '5' });
  const list = await sun.get('/contests');
  t.regex(list.body, /有 1 项等您定/);
  t.regex(list.body, /4 人/);
  t.regex(list.body, /5 人/);
  t.is((await mei.get('/contests')).status, 403);
  const pair = { round: village.round.id, household: zhou.id, indicator: 'memberCount', id: newId() };
  t.is((await mei.post('/contests', { ...pair, side: 'ours' })).status, 403);
  t.is((await sun.post('/contests', { ...pair, side: 'both' })).status, 400);
  t.is((await sun.post('/contests', { ...pair, side: 'ours' })).status, 303);
  t.is((await factsOf(village, zhou.id))['memberCount'], 5);
  const history = await mei.get(`${href}/history`);
  t.regex(history.body, /村里定的/);
  t.regex(history.body, /梅小兰/);
  t.is((await sun.post('/contests', { ...pair, id: newId(), side: 'ours' })).status, 409);
});

test('记一件事: find the household, say what happened; less needs evidence', async t => {
  const village = await openCollecting(t);
  const mei = await (await openDoors(t, village))('mei');
  t.regex((await mei.get('/events/new?q=1')).body, /周大山/);
  const base = { round: village.round.id, household: zhou.id };
  const page = await mei.get(`/events/new?round=${base.round}&household=${zhou.id}`);
  t.regex(page.body, /固体废物污染环境防治法/);
  const empty = await mei.post('/events/new', { ...base, id: newId(), note: '' });
  t.is(empty.status, 422);
  t.regex(empty.body, /请选择什么事/);
  const bare = await mei.post('/events/new', { ...base, id: newId(), item: 'conduct.litter', day: '2026-11-01', note: '路口' });
  t.is(bare.status, 422);
  t.regex(bare.body, /要有凭证才能记/);
  const jpeg = new Uint8Array([0xff, 0xd8, 0xff, 0xd9]);
  const kept = await mei.upload('/events/new', { ...base, id: newId(), item: 'conduct.litter', day: '2026-11-01', note: '路口' }, { photo: { name: 'a.jpg', type: 'image/jpeg', body: jpeg } });
  t.is(kept.status, 303);
  const good = newId();
  await mei.post('/events/new', { ...base, id: good, item: 'publicSpirit.volunteering', day: '2026-11-02', amount: '3.5', note: '清沟' });
  t.is((await village.office.read('events').where({ subject: zhou.no })).length, 2);
  const href = sheetHref(village, zhou.id);
  t.is((await mei.post(`${href}/void`, { event: good, why: '' })).status, 422);
  t.is((await mei.post(`${href}/void`, { event: good, why: '记错了户' })).status, 303);
  t.regex((await mei.get(`${href}/check`)).body, /撤掉了：记错了户/);
  const litter = (await village.office.read('events').where({ subject: zhou.no }).whereNull('voided').first('id')) as { readonly id: string };
  const cure = `${href}/events/${litter.id}/cure`;
  t.true((await mei.get(`${href}/check`)).body.includes(cure));
  t.regex((await mei.get(cure)).body, /标准里这样写：每次减 2 分/);
  const unproved = await mei.post(cure, { id: newId(), on: '2026-11-05', note: '清走了' });
  t.is(unproved.status, 422);
  t.regex(unproved.body, /您来记改正，要有照片/);
  t.regex((await mei.post(cure, { id: newId(), on: '2026-10-05', note: '' })).body, /请填写怎么改正的/);
  t.is((await mei.upload(cure, { id: newId(), on: '2026-11-05', note: '清走了' }, { photo: { name: 'a.jpg', type: 'image/jpeg', body: jpeg } })).status, 303);
  t.regex((await mei.get(`${href}/check`)).body, /已于 2026年11月5日改正/);
  t.regex((await mei.get(`${href}/history`)).body, /已于 2026-11-05 改正：清走了/);
  t.is((await mei.post(`${href}/events/${litter.id}/uncure`, {})).status, 303);
  t.true((await mei.get(`${href}/check`)).body.includes(cure), 'it can be told again');
});

test('foreign grids, rounds that are not there, and readers who do not write', async t => {
  const village = await openCollecting(t);
  const doors = await openDoors(t, village);
  const [bo, lin, anyone] = [await doors('bo'), await doors('lin'), await doors()];
  t.is((await bo.get(sheetHref(village, zhou.id))).status, 403);
  t.is((await bo.post(sheetHref(village, zhou.id), { 'v-memberCount': '9', base: '0', then: 'later' })).status, 403);
  t.is((await bo.get(`/observations/none/${zheng.id}`)).status, 404);
  t.is((await bo.get(`/events/new?round=${village.round.id}&household=${wu.id}`)).status, 403);
  const read = await lin.get(sheetHref(village, zhou.id));
  t.is(read.status, 200);
  t.notRegex(read.body, /保存这一户/);
  t.is((await anyone.get('/today')).status, 303);
  t.deepEqual(await factsOf(village, zhou.id), {});
});
