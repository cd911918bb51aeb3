import test from 'ava';
import '../../src/areas.ts';
import { reopenCase } from '../../src/ratings/reopen.ts';
import { placeByNo } from '../../src/places/queries.ts';
import { publish } from '../../src/rolls/publish.ts';
import { withdrawRoll } from '../../src/rolls/withdraw.ts';
import { roundByNo } from '../../src/rounds/round.ts';
import { roundNo, roundUnderWay } from '../support/round.ts';
import { households, openVillage, placeId, placeNos, type Village } from '../support/village.ts';
import { openDoors } from '../support/visit.ts';

async function published(village: Village): Promise<string> {
  await roundUnderWay(village.office, { zhou: { standing: 'approved', grade: 0 }, wu: { standing: 'approved', grade: 1, publish: false }, wang: { standing: 'approved', grade: 1 } });
  const place = await placeByNo(village.office.read, placeNos.anhe);
  return (await publish(village.office, await village.actor('gao'), { round: await roundByNo(village.office.read, roundNo), place })).roll;
}

test('anyone reads the roll; nothing on it says more than it may', async t => {
  const village = await openVillage(t);
  await published(village);
  const nobody = await (await openDoors(t, village))();
  for (const path of ['/', `/board/${placeId(placeNos.qinghe)}`, `/board/${placeId(placeNos.qinghe)}/2026`, `/board/${placeId(placeNos.anhe)}`, `/board/${placeId(placeNos.county)}`, `/wall/${placeId(placeNos.qinghe)}`, `/posters/${placeId(placeNos.qinghe)}`, `/posters/${placeId(placeNos.qinghe)}?paper=a4`]) {
    const page = await nobody.get(path);
    t.is(page.status, 200, path);
    t.notRegex(page.body, /周大山|吴秀兰|吴＊兰|8500|85\.00|庄台路/, path);
    t.is(page.headers.get('cache-control'), 'public, no-cache', path);
  }
  t.regex((await nobody.get(`/board/${placeId(placeNos.qinghe)}`)).body, /周<i>＊<\/i>山/);
});

test('a page asked again is not sent again, until something on it changes', async t => {
  const village = await openVillage(t);
  const roll = await published(village);
  const nobody = await (await openDoors(t, village))();
  const path = `/board/${placeId(placeNos.qinghe)}`;
  const etag = (await nobody.get(path)).headers.get('etag') ?? '';
  t.is((await nobody.get(path, { 'if-none-match': etag, 'cache-control': 'max-age=0' })).status, 304);
  await withdrawRoll(village.office, await village.actor('gao'), { roll, reason: '名单重复' });
  const after = await nobody.get(path, { 'if-none-match': etag, 'cache-control': 'max-age=0' });
  t.is(after.status, 410);
  t.regex(after.body, /名单重复/);
  t.notRegex(after.body, /周<i>＊/);
});

test('a kept page is the same page: bytes, headers, packed or not, region or whole', async t => {
  const village = await openVillage(t);
  await published(village);
  const nobody = await (await openDoors(t, village))();
  const path = `/board/${placeId(placeNos.qinghe)}`;
  const first = await nobody.get(path);
  for (const encoding of ['gzip', 'identity', 'gzip;q=0']) {
    const again = await nobody.get(path, { 'accept-encoding': encoding });
    t.is(again.body, first.body, encoding);
    for (const name of ['content-type', 'cache-control', 'etag', 'content-security-policy', 'x-content-type-options']) t.is(again.headers.get(name), first.headers.get(name), `${encoding} ${name}`);
    t.is(again.headers.get('content-encoding'), encoding === 'gzip' ? 'gzip' : null);
  }
  t.regex((await nobody.get(path, { cookie: 'xx_large=1' })).body, /class="large"/);
  t.notRegex((await nobody.get(path)).body, /class="large"/);
});

test('a village without a roll, and a place that is none', async t => {
  const village = await openVillage(t);
  await published(village);
  const nobody = await (await openDoors(t, village))();
  t.regex((await nobody.get(`/board/${placeId(placeNos.qingheOfPingshan)}`)).body, /还没有发布/);
  t.is((await nobody.get('/board/nowhere')).status, 404);
  t.is((await nobody.get(`/board/${placeId(placeNos.qinghe)}/1999`)).status, 200);
  t.is((await nobody.get(`/posters/${placeId(placeNos.anhe)}`)).status, 404);
});

test('one finds the own household by surname or group; not found is said neutrally', async t => {
  const village = await openVillage(t);
  await published(village);
  const nobody = await (await openDoors(t, village))();
  const path = `/board/${placeId(placeNos.qinghe)}/2026`;
  t.regex((await nobody.get(`${path}?q=${encodeURIComponent('周')}`)).body, /找到 1 户/);
  t.regex((await nobody.get(`${path}?q=1`)).body, /找到 1 户/);
  t.regex((await nobody.get(`${path}?q=${encodeURIComponent('吴')}`)).body, /都不说明信用不好/);
});

test('a certificate is checked by anyone without a name, and printed whole by an officer of the place alone', async t => {
  const village = await openVillage(t);
  await published(village);
  const doors = await openDoors(t, village);
  const no = '320899101-2026-00001';
  const nobody = await doors();
  const check = await nobody.get(`/certificates/${no}/check`);
  t.regex(check.body, /是真的，现在有效/);
  t.notRegex(check.body, /周/);
  t.is((await nobody.get('/certificates/320899101-2026-99999/check')).status, 404);
  t.is((await nobody.get(`/certificates/${no}`)).status, 303);
  t.regex((await (await doors('sun')).get(`/certificates/${no}`)).body, /周大山/);
  t.is((await (await doors('tan')).get(`/certificates/${no}`)).status, 403);
  t.is((await (await doors('mei')).get(`/certificates/${no}`)).status, 403);
  await reopenCase(village.office, await village.actor('gao'), { round: roundNo, household: households.zhou.id, reason: '有新的材料' });
  const after = await nobody.get(`/certificates/${no}/check`);
  t.regex(after.body, /这张证书已经失效/);
  t.notRegex(after.body, /新的材料|核实|周/, 'it says that, and not why');
  t.is((await (await doors('sun')).get(`/certificates/${no}`)).status, 409, 'certificate-void');
  await village.office.store.write('cases').where({ subject: households.zhou.no }).update({ standing: 'approved' });
  await village.office.store.write('cases').where({ subject: households.zhou.no }).update({ grade: 2 });
  await publish(village.office, await village.actor('gao'), { round: await roundByNo(village.office.read, roundNo), place: await placeByNo(village.office.read, placeNos.anhe) });
  t.regex((await nobody.get(`/certificates/${no}/check`)).body, /已经更正，以新发的那张为准/);
});

test('the chair publishes from the page and sees what it will show before', async t => {
  const village = await openVillage(t);
  await roundUnderWay(village.office, { zhou: { standing: 'approved', grade: 0 }, wu: { standing: 'approved', grade: 1, publish: false } });
  const doors = await openDoors(t, village);
  const gao = await doors('gao');
  t.regex((await gao.get('/rolls')).body, /发布 2 个/);
  const { roundId } = await import('../support/round.ts');
  t.is((await gao.post('/rolls', { round: roundId, place: placeId(placeNos.anhe) })).status, 303);
  t.is((await gao.post('/rolls', { round: roundId, place: placeId(placeNos.anhe) })).status, 409);
  t.is((await (await doors('lin')).post('/rolls', { round: roundId, place: placeId(placeNos.anhe) })).status, 403);
  const roll = await village.office.read('rolls').first('id');
  const empty = await gao.post(`/rolls/${roll.id}/withdrawal`, { reason: '' });
  t.is(empty.status, 422);
  t.is((await gao.post(`/rolls/${roll.id}/withdrawal`, { reason: '名单重复' })).status, 303);
});
