import test from 'ava';
import { newId } from '../../src/kit/id.ts';
import { recordSheet } from '../../src/observations/record.ts';
import { worldOf } from '../../src/observations/world.ts';
import { openCollecting, wholeValues, type Collecting } from '../support/collecting.ts';
import { openDoors } from '../support/visit.ts';
import { households } from '../support/village.ts';

const { zhou } = households;
const hrefIn = (village: Collecting): string => `/observations/${village.round.id}/${zhou.id}`;
const shot = (name = 'a.jpg') => ({ name, type: 'image/jpeg', body: new Uint8Array([0xff, 0xd8, 0xff, 0xda, 0x00, 0x02, 0x11, 0xff, 0xd9]) });
const typedIn = (values: Readonly<Record<string, unknown>>): Record<string, string> => Object.fromEntries(Object.entries(values).map(([key, value]) => [`v-${key}`, String(value)]));
const photosOf = async (village: Collecting) => (await worldOf(village.office.read, village.round.no, zhou.id)).picture.photos.get('skillCertificate') ?? [];

test('the household page asks for the photo, says while it is missing, shows it when it is there, and lets go of it', async t => {
  const village = await openCollecting(t);
  const mei = await (await openDoors(t, village))('mei');
  const href = hrefIn(village);
  t.regex((await mei.get(href)).body, /<input type="file"[^>]* id="photo-skillCertificate"[^>]* multiple capture="environment"/);
  t.notRegex((await mei.get(href)).body, /id="photo-(?!skillCertificate)/);
  t.is((await mei.upload(href, { id: newId(), base: '0', then: 'whole', ...typedIn(wholeValues), 'v-skillCertificate': 'true' }, {})).location, `${href}/check`);
  t.regex((await mei.get(`${href}/check`)).body, /还缺照片<\/span> 家里有人拿到技能证书/);
  t.regex((await mei.get(href)).body, /缺 1 项照片/);
  const kept = await mei.upload(href, { id: newId(), base: '1', then: 'later' }, { 'photo-skillCertificate': shot() });
  t.is(kept.status, 303);
  const [id = ''] = await photosOf(village);
  const shown = await mei.get(href);
  t.true(shown.body.includes(`<img src="/evidence/${id}"`));
  t.notRegex(shown.body, /项照片/);
  t.is((await mei.get(`/evidence/${id}`)).status, 200);
  t.regex((await mei.get(`${href}/check`)).body, new RegExp(`/evidence/${id}">看照片`));
  t.regex((await mei.get(`${href}/history`)).body, /照片 1 张/);
  await mei.upload(href, { id: newId(), base: '2', then: 'later', removed: id }, {});
  t.deepEqual(await photosOf(village), []);
  t.regex((await mei.get(`${href}/history`)).body, /去掉照片 1 张/);
});

test('photos outlive a fault in an answer; nobody takes them twice', async t => {
  const village = await openCollecting(t);
  const mei = await (await openDoors(t, village))('mei');
  const href = hrefIn(village);
  const faulty = await mei.upload(href, { id: newId(), base: '0', then: 'whole', ...typedIn(wholeValues), 'v-skillCertificate': 'true', 'v-tradeSince': '2062' }, { 'photo-skillCertificate': shot() });
  t.is(faulty.status, 422);
  t.is(faulty.field('v-tradeSince').input, '2062');
  const [id] = await photosOf(village);
  t.true(faulty.body.includes(`<img src="/evidence/${id}"`));
  t.is((await worldOf(village.office.read, village.round.no, zhou.id)).picture.fields.size, 0, 'but no answer is kept before all are right');
});

test('what is no picture, or comes under a name nobody asked for, is not taken', async t => {
  const village = await openCollecting(t);
  const mei = await (await openDoors(t, village))('mei');
  const href = hrefIn(village);
  const text = await mei.upload(href, { id: newId(), base: '0', then: 'later', 'v-memberCount': '4' }, { 'photo-skillCertificate': { name: 'a.jpg', type: 'image/jpeg', body: 'hello' } });
  t.is(text.status, 415);
  t.is(text.field('v-memberCount').input, '4');
  t.is((await mei.upload(href, { id: newId(), base: '0', then: 'later' }, { 'photo-memberCount': shot() })).status, 400);
  await mei.upload(href, { id: newId(), base: '0', then: 'later' }, { other: shot() });
  t.is((await village.office.read('evidence').select()).length, 0);
});

test('Bo of the other grid sees neither page nor photo', async t => {
  const village = await openCollecting(t);
  const doors = await openDoors(t, village);
  await recordSheet(village.office, await village.actor('mei'), { id: newId(), round: village.round.no, household: zhou.id, base_seq: 0, source: 'grid', photos: [{ about: 'skillCertificate', source: { bytes: shot().body } }] });
  const [id = ''] = await photosOf(village);
  const bo = await doors('bo');
  t.is((await bo.upload(hrefIn(village), { id: newId(), base: '0', then: 'later' }, { 'photo-skillCertificate': shot() })).status, 403);
  t.true([403, 404].includes((await bo.get(`/evidence/${id}`)).status));
});
