import test from 'ava';
import type { ExecutionContext } from 'ava';
import { newId } from '../../src/kit/id.ts';
import { noticeById } from '../../src/notices/queries.ts';
import { checking } from '../support/answering.ts';
import { roundId, roundNo, roundUnderWay } from '../support/round.ts';
import { households, openVillage, placeId, placeNos, type Village } from '../support/village.ts';
import { openDoors, type Page } from '../support/visit.ts';

const png = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0]);
const posted = (id: string) => ({ id, round: roundId, place: placeId(placeNos.qinghe), stage: 'village', where: '村部公示栏', phone: '0517-88000000' });

async function hung(t: ExecutionContext) {
  const village = await openVillage(t);
  await roundUnderWay(village.office, { zhou: { standing: 'preliminary', grade: 0, points: 9_312 }, wu: { standing: 'preliminary', grade: 1, publish: false } });
  const doors = await openDoors(t, village);
  const sun = await doors('sun');
  const id = newId();
  const answer = await sun.post('/notices', posted(id));
  t.is(answer.location, `/notices/${id}`);
  return { village, doors, sun, id };
}
const heldNow = async (village: Village): Promise<number> => (await village.office.read('cases').where({ round: roundNo, subject: households.zhou.no }).first('held'))?.held ?? -1;

/** Nothing on a public page may tell more than a masked name, a group and a grade. */
function keepsQuiet(t: ExecutionContext, page: Page): void {
  for (const secret of ['周大山', '吴秀兰', '93.12', '9312', households.zhou.id, '庄台路']) t.false(page.body.includes(secret), secret);
}

test('posting states its effect in numbers, keeps what was typed, and says what happened', async t => {
  const village = await openVillage(t);
  await roundUnderWay(village.office, { zhou: { standing: 'preliminary', grade: 0 } });
  const doors = await openDoors(t, village);
  const sun = await doors('sun');
  const url = `/notices/new?round=${roundId}&place=${placeId(placeNos.qinghe)}&stage=village`;
  const page = await sun.get(url);
  t.true(page.body.includes('贴村公示，1 户') && page.body.includes('11月30日'));
  const faulty = await sun.post('/notices', { ...posted(newId()), where: '', phone: '找老李' });
  t.is(faulty.status, 422);
  t.is(faulty.field('phone').input, '找老李');
  t.is(faulty.field('where').fault, '请填写贴在哪里。');
  t.is((await (await doors('tan')).get(url)).status, 403);
  t.is((await sun.get(url.replace('=village', '=none'))).status, 404);
  t.is((await sun.get(url.replace('=village', '=township'))).status, 403, 'the second notice is the township\'s');
});

test('officers\' pages: the notice, the sheet, the letters, the photo, taking it down', async t => {
  const { village, doors, sun, id } = await hung(t);
  t.true((await sun.get('/notices')).body.includes('正在公示 1 份'));
  const page = await sun.get(`/notices/${id}`);
  t.true(page.body.includes('还有 5 个工作日') && page.body.includes('打印 1 封信'));
  const sheet = await sun.get(`/notices/${id}/print`);
  t.true(sheet.body.includes('周<i>＊</i>山') && sheet.body.includes('另有 1 户不在这里列名'));
  t.false(sheet.body.includes('吴秀兰'));
  const letters = await sun.get(`/notices/${id}/letters`);
  t.true(letters.body.includes('吴秀兰') && /编号是 2\d{4}）/.test(letters.body));
  t.is((await (await doors('mei')).get(`/notices/${id}/letters`)).status, 403);
  t.is((await (await doors('tan')).get(`/notices/${id}`)).status, 403);
  t.is((await sun.upload(`/notices/${id}/photo`, {}, { photo: { name: '公示.png', type: 'image/png', body: png } })).status, 303);
  t.truthy((await noticeById(village.office.read, id)).photo);
  t.is((await sun.post(`/notices/${id}/photo`)).status, 422);
  t.is((await sun.post(`/notices/${id}/end`)).status, 409);
  t.is((await sun.post(`/notices/${id}/unpost`, { reason: '' })).status, 422);
  t.is((await sun.post(`/notices/${id}/unpost`, { reason: '第2组漏了一户' })).status, 303);
  const anyone = await doors();
  const down = await anyone.get(`/notices/${id}/public`);
  t.true(down.body.includes('第2组漏了一户'));
  t.false(down.body.includes('周<i>＊</i>山'));
});

test('anyone reads what hangs, masked, without a name or a score, and after its time no more', async t => {
  const { village, doors, id } = await hung(t);
  const anyone = await doors();
  const list = await anyone.get('/notices');
  t.true(list.body.includes(`/notices/${id}/public`));
  const page = await anyone.get(`/notices/${id}/public`);
  t.is(page.status, 200);
  t.true(page.body.includes('周<i>＊</i>山') && page.body.includes('另有 1 户'));
  for (const each of [list, page, await anyone.get(`/object/${id}`)]) keepsQuiet(t, each);
  t.is((await anyone.get(`/notices/${newId()}/public`)).status, 404);
  village.clock.set('2026-12-01T01:00:00.000Z');
  t.false((await anyone.get(`/notices/${id}/public`)).body.includes('周<i>＊</i>山'));
});

test('an objection from the QR code: no account, faults keep the input, a receipt to look up, the household held', async t => {
  const { village, doors, id } = await hung(t);
  const anyone = await doors();
  const page = await anyone.get(`/object/${id}?row=1`);
  t.is(page.status, 200);
  const own = /name="id" value="([^"]+)"/.exec(page.body)?.[1] ?? '';
  const given = { id: own, row: '1', about: 'rating', words: '他家劳力少算了一个', name: '', contact: '', shown: '2026-11-23T00:59:00.000Z' };
  const faulty = await anyone.post(`/object/${id}`, { ...given, words: '', name: '周小山' });
  t.is(faulty.status, 422);
  t.is(faulty.field('words').fault, '请填写您的意见。');
  t.is(faulty.field('name').input, '周小山');
  const hasty = await anyone.post(`/object/${id}`, { ...given, shown: '2026-11-23T00:59:59.000Z' });
  t.is(hasty.status, 422, 'objection-unseen');
  t.true(hasty.body.includes('提交得太快') && hasty.body.includes('他家劳力少算了一个'));
  t.is((await anyone.post(`/object/${id}`, { ...given, website: 'http://x' })).status, 422, 'objection-filled');
  t.is((await anyone.post(`/object/${id}`, { ...given, row: '99' })).status, 409);
  const lodged = await anyone.post(`/object/${id}`, given);
  t.is(lodged.status, 303);
  t.is(await heldNow(village), 1);
  t.is((await anyone.post(`/object/${id}`, given)).location, lodged.location, 'pressed twice, one receipt');
  const receipt = await anyone.get(lodged.location ?? '');
  t.true(receipt.body.includes('正在核查') && receipt.body.includes('12月2日'));
  keepsQuiet(t, receipt);
  const number = (lodged.location ?? '').split('/').at(-1) ?? '';
  t.is((await anyone.get(`/receipts?no=${number.toLowerCase().replaceAll('-', '')}`)).location, `/receipts/${number}`);
  t.is((await anyone.get('/receipts')).status, 200);
  t.is((await anyone.get('/receipts?no=abc')).status, 422);
  t.is((await anyone.get('/receipts/2345-6789-AB')).status, 404, 'receipt-unknown');
});

test('who is not named is found by the whole number on the letter, never by counting on', async t => {
  const { doors, sun, id } = await hung(t);
  const number = /编号是 (\d+)/.exec((await sun.get(`/notices/${id}/letters`)).body)?.[1] ?? '';
  const anyone = await doors();
  const object = (letter: string) => anyone.post(`/object/${id}`, { id: newId(), letter, about: 'rating', words: '我家少算了一项', name: '', contact: '', shown: '' });
  t.is((await object('2')).status, 409);
  t.is((await object(String(Number(number) + 1))).status, 409);
  t.is((await object(number)).status, 303);
});

test('once the notice is over, nobody reads from the objection form who hung, and may object all the same', async t => {
  const { village, doors, id } = await hung(t);
  const anyone = await doors();
  t.true((await anyone.get(`/object/${id}`)).body.includes('周＊山'));
  village.clock.forward(20 * 86_400_000);
  const late = await anyone.get(`/object/${id}?row=1`);
  t.false(late.body.includes('周'));
  t.true(late.body.includes('公示期已经过了') && late.body.includes('名单已经收起'));
  t.is(late.field('letter').input, '1');
  t.is((await anyone.post(`/object/${id}`, { id: newId(), letter: '1', about: 'rating', words: '还是要说', name: '', contact: '', shown: '' })).status, 303);
});

test('the eleventh objection of an hour from one address waits; the hall is never kept waiting', async t => {
  const { doors, id } = await hung(t);
  const anyone = await doors();
  const given = { row: '1', about: 'rating', words: '意见', shown: '' };
  for (let at = 0; at < 10; at++) t.is((await anyone.post(`/object/${id}`, { ...given, id: newId() })).status, 303, String(at));
  const late = await anyone.post(`/object/${id}`, { ...given, id: newId() });
  t.is(late.status, 429, 'objection-busy');
  t.true(late.body.includes('意见</textarea>'), 'the input is kept');
  t.is((await (await doors('hua')).post(`/object/${id}`, { ...given, id: newId() })).status, 303);
});

test('at the hall an officer writes it down; another answers, and the person reads it', async t => {
  const { doors, sun } = await hung(t);
  const hua = await doors('hua');
  const form = await hua.get(`/objections/new?subject=${households.zhou.id}`);
  t.true(form.body.includes('登记对周大山户的异议'));
  const given = { id: newId(), round: roundId, subject: households.zhou.id, how: 'phone', about: 'value:labourCount', words: '说少算了劳力', name: '周小山', contact: '' };
  const faulty = await hua.post('/objections', { ...given, words: '' });
  t.is(faulty.status, 422);
  t.is(faulty.field('name').input, '周小山');
  t.is((await hua.post('/objections', given)).location, `/objections/${given.id}`);
  t.is((await hua.post(`/objections/${given.id}/answer`, { ...checking, outcome: 'kept', words: '没错' })).status, 403);
  t.true((await sun.get('/objections')).body.includes('有 1 件异议等答复'));
  const page = await sun.get(`/objections/${given.id}`);
  t.true(page.body.includes('说少算了劳力') && page.body.includes('能干活的人数') && page.body.includes('答复这件异议'));
  const receipt = /class="code">([^<]+)</.exec(page.body)?.[1] ?? '';
  t.is((await sun.post(`/objections/${given.id}/answer`, { ...checking, words: '核过了' })).status, 422);
  t.is((await sun.post(`/objections/${given.id}/answer`, { ...checking, outcome: 'kept', words: '核过了，没有算错。' })).status, 303);
  t.true((await (await doors()).get(`/receipts/${receipt}`)).body.includes('核过了，没有算错。'));
  t.true((await sun.get('/objections?show=answered')).body.includes('核实过，维持原来的结果'));
  const tan = await doors('tan');
  t.is((await tan.get(`/objections/${given.id}`)).status, 403);
  t.is((await tan.get(`/objections/new?subject=${households.zhou.id}`)).status, 403);
  t.is((await hua.get('/objections/new')).location, '/households');
  t.is((await sun.get(`/objections/${newId()}`)).status, 404);
});
