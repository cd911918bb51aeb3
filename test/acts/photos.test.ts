import test from 'ava';
import { readFileSync } from 'node:fs';
import type { Actor } from '../../src/access/actor.ts';
import { evidencePath } from '../../src/households/evidence.ts';
import { newId } from '../../src/kit/id.ts';
import { limits } from '../../src/kit/limits.ts';
import type { Refusal } from '../../src/kit/refusal.ts';
import { isSigned } from '../../src/observations/follow.ts';
import { recordSheet, type Given } from '../../src/observations/record.ts';
import { signSheet } from '../../src/observations/sign.ts';
import { undoSheet } from '../../src/observations/undo.ts';
import { isComplete, photosLacking } from '../../src/observations/wanted.ts';
import { worldOf } from '../../src/observations/world.ts';
import { docketOf } from '../../src/panels/docket.ts';
import { caseOf, roundByNo } from '../../src/rounds/round.ts';
import { openCollecting, wholeValues, type Collecting } from '../support/collecting.ts';
import { households, placeNos } from '../support/village.ts';

const zhou = households.zhou.no;
/** A JPEG that says beside the picture where it was taken. */
const shot = Buffer.from([0xff, 0xd8, 0xff, 0xe1, 0x00, 0x0c, ...Buffer.from('Exif\0\0GPS!'), 0xff, 0xda, 0x00, 0x02, 0x11, 0xff, 0xd9]);
const photo = (about = 'skillCertificate') => ({ about, source: { bytes: shot } });
const save = (village: Collecting, actor: Actor, given: Partial<Given>) =>
  recordSheet(village.office, actor, { id: newId(), round: village.round.no, household: households.zhou.id, base_seq: 0, source: 'grid', ...given });
const picture = async (village: Collecting) => (await worldOf(village.office.read, village.round.no, households.zhou.id)).picture;
const photosOf = async (village: Collecting) => (await picture(village)).photos.get('skillCertificate') ?? [];
const lacking = async (village: Collecting) => {
  const world = await worldOf(village.office.read, village.round.no, households.zhou.id);
  return photosLacking(world.compiled.standard, world.picture).map(indicator => indicator.key);
};

test('a photo is kept beside its answer, without what the camera wrote into it, and is missing no more', async t => {
  const village = await openCollecting(t);
  const mei = await village.actor('mei');
  await save(village, mei, { values: { ...wholeValues, skillCertificate: true } });
  t.deepEqual(await lacking(village), ['skillCertificate']);
  t.true(isComplete((await worldOf(village.office.read, village.round.no, households.zhou.id)).compiled.standard, await picture(village)), 'a photo that is still to come holds nothing up');
  await save(village, mei, { base_seq: 1, photos: [photo(), photo()] });
  t.deepEqual(await lacking(village), []);
  const [first = ''] = await photosOf(village);
  t.is((await photosOf(village)).length, 2);
  t.false(readFileSync(evidencePath(village.office, first)).includes('GPS'));
});

test('before the committee it stands alone until its photo is brought, and may be believed without', async t => {
  const village = await openCollecting(t);
  const { office, round } = village;
  const mei = await village.actor('mei');
  await save(village, mei, { values: { ...wholeValues, skillCertificate: true } });
  await recordSheet(office, mei, { id: newId(), round: round.no, household: households.wu.id, base_seq: 0, source: 'grid', values: { ...wholeValues, skillCertificate: false } });
  await office.store.write('cases').whereIn('subject', [zhou, households.wu.no]).update({ standing: 'rated', revision: 1, points: 8_500, grade: 1, outcome: 'graded', credit: 1 });
  const docket = async () => docketOf(office.read, { round: await roundByNo(office.read, round.no), village: { no: placeNos.qinghe }, stage: 'village' });
  const { alone, rest } = await docket();
  t.deepEqual([alone.map(row => [row.subject, row.blocked, row.reasons.map(reason => reason.words)]), rest.map(row => row.subject)], [[[zhou, false, ['还缺照片：家里有人拿到技能证书']]], [households.wu.no]]);
  await save(village, mei, { base_seq: 1, photos: [photo()] });
  t.deepEqual((await docket()).rest.map(row => row.subject), [zhou, households.wu.no]);
});

test('who says there is nothing needs no photo', async t => {
  const village = await openCollecting(t);
  const mei = await village.actor('mei');
  await save(village, mei, { values: { skillCertificate: false } });
  t.deepEqual(await lacking(village), []);
});

test('Bo brings no photo into Mei’s grid, and no file is left behind', async t => {
  const village = await openCollecting(t);
  const before = await village.traces();
  t.is((await t.throwsAsync<Refusal>(save(village, await village.actor('bo'), { photos: [photo()] })))?.code, 'not-allowed');
  t.is(await village.traces(), before);
  t.is((await village.office.read('evidence').select()).length, 0);
});

test('a photo of something that asks for none is not taken, nor a tenth of one answer', async t => {
  const village = await openCollecting(t);
  const mei = await village.actor('mei');
  for (const about of ['memberCount', 'honours', 'sorcery']) t.is((await t.throwsAsync<Refusal>(save(village, mei, { photos: [photo(about)] })))?.code, 'bad-request');
  await save(village, mei, { photos: Array.from({ length: limits.photosPerAnswer }, () => photo()) });
  t.is((await t.throwsAsync<Refusal>(save(village, mei, { base_seq: 1, photos: [photo()] })))?.code, 'photos-many');
  const [first = ''] = await photosOf(village);
  await save(village, mei, { base_seq: 1, photos: [photo()], removed: [first] });
  t.is((await photosOf(village)).length, limits.photosPerAnswer, 'one for another is none too many');
});

test('the same save sent twice keeps its photos once', async t => {
  const village = await openCollecting(t);
  const mei = await village.actor('mei');
  const id = newId();
  await save(village, mei, { id, photos: [photo()] });
  t.is((await save(village, mei, { id, photos: [photo()] })).outcome, 'repeated');
  t.is((await photosOf(village)).length, 1);
});

test('a photo taken by mistake stands no longer, and an undone save takes its photos along and lets the old ones stand again', async t => {
  const village = await openCollecting(t);
  const mei = await village.actor('mei');
  await save(village, mei, { values: { skillCertificate: true }, photos: [photo()] });
  const [first = ''] = await photosOf(village);
  await save(village, mei, { base_seq: 1, photos: [photo()], removed: [first] });
  const [second] = await photosOf(village);
  t.not(second, first);
  await undoSheet(village.office, mei, { round: village.round.no, household: households.zhou.id, seq: 2 });
  t.deepEqual(await photosOf(village), [first]);
  t.is((await village.office.read('evidence').select()).length, 2, 'files stay');
});

test('a photo brought after the signature asks for no second one and moves no case', async t => {
  const village = await openCollecting(t);
  const mei = await village.actor('mei');
  await save(village, mei, { values: { ...wholeValues, skillCertificate: true } });
  await signSheet(village.office, mei, { round: village.round.no, household: households.zhou.id, how: 'paper', reason: '' });
  const before = await caseOf(village.office.read, village.round.no, zhou);
  await save(village, mei, { base_seq: 1, photos: [photo()] });
  const { sheets, signOffs } = await worldOf(village.office.read, village.round.no, households.zhou.id);
  t.true(isSigned(sheets, signOffs));
  t.deepEqual(await caseOf(village.office.read, village.round.no, zhou), before);
  await save(village, mei, { base_seq: 2, values: { labourCount: 3 } });
  const after = await worldOf(village.office.read, village.round.no, households.zhou.id);
  t.false(isSigned(after.sheets, after.signOffs));
});
