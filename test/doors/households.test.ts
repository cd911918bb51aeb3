import test from 'ava';
import { newId } from '../../src/kit/id.ts';
import { syntheticIdNumber } from '../../src/kit/id-card.ts';
import { register } from '../../src/households/register.ts';
import { family } from '../support/people.ts';
import { roundUnderWay } from '../support/round.ts';
import { households, memberId, officerId, openVillage, placeNos } from '../support/village.ts';
import { openDoors } from '../support/visit.ts';

const zhou = `/households/${households.zhou.id}`;
const typedHead = (more: Record<string, string> = {}) => ({
  id: newId(), village: String(placeNos.qinghe), group: String(placeNos.group1), grid: String(placeNos.grid1), address: '庄台路 8 号', name: '陈小河', sex: 'male', birth_year: '1980',
  id_number: syntheticIdNumber({ birth: '1980-03-05', sex: 'male', sequence: 5 }), id_missing: '', phone: '', ...more,
});

test('the list is what the post reaches, found by name, pinyin, initials, number and group', async t => {
  const village = await openVillage(t);
  const walk = await openDoors(t, village);
  await register(village.office, await village.actor('mei'), family('陈广福'));
  const sun = await walk('sun');
  const all = await sun.get('/households');
  t.is(all.status, 200);
  for (const name of ['周大山', '吴秀兰', '郑𬭼', '陈广福']) t.true(all.body.includes(name), name);
  t.false(all.body.includes('王小川'));
  t.false((await (await walk('mei')).get('/households')).body.includes('郑𬭼'), 'another grid');
  for (const [q, found] of [['广福', true], ['chengu', true], ['cgf', true], ['CGF', true], ['4', true], ['004号', true], ['3组', false], ['大山', false]] as const) {
    t.is((await sun.get(`/households?q=${encodeURIComponent(q)}`)).body.includes('陈广福'), found, q);
  }
  t.true((await sun.get('/households?q=1组')).body.includes('陈广福'));
  const region = await sun.get('/households?q=cgf', { 'hx-request': 'true', 'hx-request-type': 'partial' });
  t.regex(region.body.trim(), /^<section[^>]*id="households"/);
  t.true((await sun.get('/households?q=%25_\\&by=name&at=nonsense&village=x')).status === 200);
  t.regex((await sun.get('/households?q=没有这个人')).body, /没有找到/);
});

test('pages of the list follow one another and come back', async t => {
  const village = await openVillage(t);
  const { registerMany } = await import('../../src/households/register.ts');
  await registerMany(village.office, await village.actor('sun'), Array.from({ length: 60 }, (_, at) => family('李某某', { sequence: at + 1, members: [{ name: `李某${at}`, relation: 'head', sex: 'male', birthYear: 1970, idMissing: 'applying' }] })));
  const sun = await (await openDoors(t, village))('sun');
  for (const by of ['', '?by=name']) {
    const first = await sun.get(`/households${by}`);
    const next = /rel="next" href="([^"]+)"/.exec(first.body)?.[1]?.replaceAll('&amp;', '&').replaceAll('&#x3D;', '=') ?? '';
    const second = await sun.get(next);
    t.is(second.status, 200);
    const prev = /rel="prev" href="([^"]+)"/.exec(second.body)?.[1]?.replaceAll('&amp;', '&').replaceAll('&#x3D;', '=') ?? '';
    const names = (body: string) => [...body.matchAll(/class="whole" href="(\/households\/[^"]+)"/g)].map(found => found[1]);
    t.deepEqual(names((await sun.get(prev)).body), names(first.body));
    t.is(new Set([...names(first.body), ...names(second.body)]).size, 63);
  }
});

test('Mei registers a household from the page; a faulty form comes back whole', async t => {
  const village = await openVillage(t);
  const mei = await (await openDoors(t, village))('mei');
  t.is((await mei.get('/households/new')).status, 200);
  const faulty = await mei.post('/households/new', typedHead({ id_number: '990000198003050018', birth_year: 'abc' }));
  t.is(faulty.status, 422);
  t.is(faulty.field('name').input, '陈小河');
  t.truthy(faulty.field('birth_year').fault);
  const given = typedHead();
  const made = await mei.post('/households/new', given);
  t.is(made.status, 303);
  t.is((await mei.post('/households/new', given)).location, made.location, 'pressed twice');
  const page = await mei.get(made.location ?? '');
  t.regex(page.body, /004 陈小河家/);
  t.false(page.body.includes(given.id_number));
  const taken = await mei.post('/households/new', typedHead());
  t.is(taken.status, 409);
  t.regex(taken.field('id_number').fault ?? '', /清河村 004 号户/);
  t.regex(taken.body, /name="despite"/);
  t.is((await mei.post('/households/new', typedHead({ despite: 'yes' }))).status, 303);
});

test('a household of another grid or village is no page of Mei\'s', async t => {
  const walk = await openDoors(t, await openVillage(t));
  const mei = await walk('mei');
  for (const path of ['', '/edit', '/members/new', '/head', '/card', '/consents']) {
    t.is((await mei.get(`${zhou}${path}`)).status, 200, path);
    t.is((await mei.get(`/households/${households.zheng.id}${path}`)).status, 403, path);
  }
  t.is((await mei.get('/households/00000000-0000-7000-8000-000000000999')).status, 404);
  t.is((await mei.get(`${zhou}/split`)).status, 403);
  t.is((await (await walk()).get(zhou)).status, 303);
  t.is((await (await walk('xian')).get('/households')).status, 403);
});

test('every page of a household opens for the village committee and the chair', async t => {
  const walk = await openDoors(t, await openVillage(t));
  const sun = await walk('sun');
  for (const path of ['', '/edit', '/members/new', `/members/${memberId('zhou')}`, '/head', '/split', '/merge', '/merge?q=吴', `/merge?into=${households.wu.id}`, '/move', '/close', '/card', '/consents']) t.is((await sun.get(`${zhou}${path}`)).status, 200, path);
  const gao = await walk('gao');
  for (const path of [`/move?village=${placeNos.shuikou}`, '/forget']) t.is((await gao.get(`${zhou}${path}`)).status, 200, path);
  t.is((await sun.get('/households/duplicates')).status, 200);
  t.is((await sun.get(`/households/duplicates/${households.zhou.id}/${households.wu.id}`)).status, 200);
});

test('what somebody changed meanwhile is shown, and what was typed is kept', async t => {
  const walk = await openDoors(t, await openVillage(t));
  const sun = await walk('sun');
  const change = { rev: '1', group: String(placeNos.group1), grid: String(placeNos.grid1) };
  t.is((await sun.post(`${zhou}/edit`, { ...change, address: '新址一' })).status, 303);
  const late = await sun.post(`${zhou}/edit`, { ...change, address: '新址二' });
  t.is(late.status, 409);
  t.is(late.field('address').input, '新址二');
  t.regex(late.body, /现在登记的住址是：新址一/);
  t.is(late.field('rev').input, '2');
  t.is((await sun.post(`${zhou}/edit`, { ...change, rev: '2', address: '新址二' })).status, 303);
});

test('people are added, corrected, moved out; a closed household can be taken back', async t => {
  const village = await openVillage(t);
  const sun = await (await openDoors(t, village))('sun');
  const wife = { rev: '1', id: newId(), relation: 'spouse', name: '何小翠', sex: 'female', birth_year: '1972', id_number: '', id_missing: 'applying', phone: '16000000021' };
  t.is((await sun.post(`${zhou}/members/new`, { ...wife, phone: '12' })).status, 422);
  t.is((await sun.post(`${zhou}/members/new`, wife)).status, 303);
  t.is((await sun.post(`${zhou}/members/${wife.id}`, { ...wife, rev: '2', name: '何翠', phone: '' })).status, 303);
  const shown = await sun.get(zhou);
  t.regex(shown.body, /何翠/);
  t.false(shown.body.includes('16000000021'));
  const asked = await sun.post(`${zhou}/members/${wife.id}/reveal`, { field: 'phone', reason: '' });
  t.is(asked.status, 422);
  const opened = await sun.post(`${zhou}/members/${wife.id}/reveal`, { field: 'phone', reason: '通知补材料' });
  t.regex(opened.body, /16000000021/);
  t.is((await sun.post(`${zhou}/head`, { rev: '3', head: wife.id, [`relation-${memberId('zhou')}`]: 'spouse' })).status, 303);
  t.is((await sun.post(`${zhou}/members/${memberId('zhou')}/part`, { rev: '4', reason: 'died', on: '2026-11-20' })).status, 303);
  t.regex((await sun.get(zhou)).body, /001 何翠家/);
  t.is((await sun.post(`${zhou}/close`, { rev: '5', reason: 'moved' })).status, 303);
  t.is((await sun.post(`${zhou}/members/new`, { ...wife, id: newId(), rev: '6' })).status, 409);
  t.is((await sun.post(`${zhou}/reopen`)).status, 303);
});

test('a household is split, merged, moved and forgotten from its pages', async t => {
  const village = await openVillage(t);
  const made = await register(village.office, await village.actor('mei'), family('陈广福'));
  const walk = await openDoors(t, village);
  const [sun, gao] = [await walk('sun'), await walk('gao')];
  const base = `/households/${made.id}`;
  const [head = '', wife = ''] = made.members;
  t.is((await sun.post(`${base}/split`, { rev: '1', id: newId(), members: head, head, group: '', grid: '', address: '' })).status, 409);
  const none = await sun.post(`${base}/split`, { rev: '1', id: newId(), head: wife, group: '', grid: '', address: '留下的字' });
  t.is(none.status, 422);
  t.is(none.field('address').input, '留下的字');
  const parted = await sun.post(`${base}/split`, { rev: '1', id: newId(), members: wife, head: wife, group: '', grid: '', address: '庄台路 10 号' });
  t.is(parted.status, 303);
  t.is((await sun.post(`${parted.location}/merge`, { rev: '1', into: made.id, into_rev: '2', [`relation-${wife}`]: 'spouse' })).location, base);
  t.is((await gao.post(`${base}/move`, { rev: '3', village: String(placeNos.shuikou), group: '', grid: '', address: '' })).status, 303);
  t.is((await sun.get(base)).status, 403, 'it is in another village now');
  t.is((await gao.post(`${base}/forget`)).status, 303);
  t.regex((await gao.get(base)).body, /002 号户/);
});

test('evidence is shown to whom the household is shown, and to nobody else', async t => {
  const village = await openVillage(t);
  const walk = await openDoors(t, village);
  const mei = await walk('mei');
  const image = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII=', 'base64');
  t.is((await mei.upload(`${zhou}/photo`, {}, { photo: { name: 'a.png', type: 'image/png', body: '<html>' } })).status, 415);
  t.is((await mei.upload(`${zhou}/photo`, {}, { photo: { name: 'a.png', type: 'image/png', body: new Uint8Array(image) } })).status, 303);
  const url = /src="(\/evidence\/[^"]+)"/.exec((await mei.get(zhou)).body)?.[1] ?? '';
  const shown = await mei.get(url);
  t.is(shown.status, 200);
  t.is(shown.headers.get('content-type'), 'image/png');
  t.is((await (await walk('bo')).get(url)).status, 404);
  t.is((await (await walk()).get(url)).status, 303);
});

test('a household page says who looked at it, and leads to an objection while its round is open', async t => {
  const village = await openVillage(t);
  const { office } = village;
  await roundUnderWay(office, { zhou: { standing: 'village-notice', grade: 0 }, wu: { standing: 'rated', grade: 0 } });
  const walk = await openDoors(t, village);
  const sun = await walk('sun');
  t.regex((await sun.get(zhou)).body, /没有人看过证件号、电话/);
const at = '2026-11-20T01:00:00.000Z';
  await office.store.write('reveals').insert({ id: 'r1', member: memberId('zhou'), field: 'id_number', reason: '核对户口簿', salt: 's', at, by: officerId('sun'), unit: 0 });
  await office.store.write('lookups').insert({ id: 'l1', bank: 'bank-1', subject: households.zhou.no, purpose: 'renewal', found: 0, at, by: officerId('wei'), unit: 0 });
  const page = (await sun.get(zhou)).body;
  t.regex(page, /看了周大山的证件号：核对户口簿/);
  t.regex(page, /到期续贷（没有授权，没有给看）/);
  const href = /href="(\/objections\/new[^"]+)"/.exec(page)?.[1]?.replaceAll('&amp;', '&').replaceAll('&#x3D;', '=') ?? '';
  t.is((await sun.get(href)).status, 200);
  t.true((await (await walk('gao')).get(zhou)).body.includes('/ledger?subject'));
  t.false(page.includes('/ledger?subject'));
  t.false((await sun.get(`/households/${households.wu.id}`)).body.includes('/objections/new'), 'nothing is public yet');
  t.false((await (await walk('mei')).get(zhou)).body.includes('/objections/new'), 'a grid worker takes no objections');
});
