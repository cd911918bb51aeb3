import test from 'ava';
import type { Refusal } from '../../src/kit/refusal.ts';
import type { Faults } from '../../src/kit/faults.ts';
import { atConsole } from '../../src/access/actor.ts';
import { postsFollowPlaces } from '../../src/people/follow-places.ts';
import { householdsFollowPlaces } from '../../src/households/follow-places.ts';
import { postsOn } from '../../src/people/sessions.ts';
import { close } from '../../src/places/close.ts';
import { establish } from '../../src/places/establish.ts';
import { establishParts } from '../../src/places/establish-parts.ts';
import { merge } from '../../src/places/merge.ts';
import { move } from '../../src/places/move.ts';
import { officePlace, officeTitle, placeById, placeEvents, placesNamed } from '../../src/places/queries.ts';
import { establishRegister } from '../../src/places/register.ts';
import { rename } from '../../src/places/rename.ts';
import { setOffice } from '../../src/places/set-office.ts';
import { households, officerId, openVillage, placeId, placeNos as P } from '../support/village.ts';

const on = { day: '2026-11-20', reason: '民政批复' };
const followers = [postsFollowPlaces, householdsFollowPlaces];

test('Guan sets up groups; villages become subjects; names and codes are unique', async t => {
  const village = await openVillage(t);
  const { office } = village;
  const guan = await village.actor('guan');
  const [group] = await establish(office, guan, { parent: placeId(P.qinghe), kind: 'group', places: [{ name: '第3组' }, { name: '第4组' }], ...on });
  t.like(await placeById(office.read, group ?? ''), { name: '第3组', kind: 'group', parent_no: P.qinghe });
  const [made] = await establish(office, guan, { parent: placeId(P.anhe), kind: 'village', places: [{ name: '新河村', code: '320899101203' }], ...on });
  t.like(await office.read('subjects').where({ id: made }).first('kind'), { kind: 'village' });
  t.is(await village.traces(), 2);
  const refused = async (given: Parameters<typeof establish>[2]): Promise<string | undefined> => (await t.throwsAsync<Refusal>(establish(office, guan, given)))?.code;
  t.is(await refused({ parent: placeId(P.qinghe), kind: 'group', places: [{ name: '第3组' }], ...on }), 'place-name-taken');
  t.is(await refused({ parent: placeId(P.anhe), kind: 'village', places: [{ name: '别村', code: '320899101201' }], ...on }), 'place-code-taken');
  t.is(await refused({ parent: placeId(P.anhe), kind: 'grid', places: [{ name: '网格' }], ...on }), 'place-under-wrong');
  t.is(await refused({ parent: placeId(P.anhe), kind: 'village', places: [{ name: '短码村', code: '12' }], ...on }), 'faults');
  t.is(await refused({ parent: placeId(P.anhe), kind: 'village', places: [{ name: '明天村' }], day: '2026-12-01', reason: '早了' }), 'faults');
  t.is(await village.traces(), 2);
});

test('who keeps no places changes none, and nothing is left behind', async t => {
  const village = await openVillage(t);
  const { office } = village;
  const ping = await village.actor('ping');
  const acts = [
    establish(office, ping, { parent: placeId(P.qinghe), kind: 'group', places: [{ name: '第9组' }], ...on }),
    rename(office, ping, { id: placeId(P.qinghe), name: '清水村', ...on }),
    move(office, ping, { id: placeId(P.qinghe), to: placeId(P.pingshan), ...on }),
    merge(office, ping, { id: placeId(P.qinghe), into: placeId(P.qingheOfPingshan), ...on }, followers),
    close(office, ping, { id: placeId(P.grid1), ...on }, followers),
    setOffice(office, ping, { placeNo: P.pingshan, title: '平山' }),
    establishRegister(office, ping, [{ code: '320899101209', name: '丰收村', level: 'village' }], on),
  ];
  for (const act of acts) t.is((await t.throwsAsync<Refusal>(act))?.code, 'not-allowed');
  t.is(await village.traces(), 0);
});

test('a renamed place keeps what it was; doing it again is nothing new', async t => {
  const village = await openVillage(t);
  const gao = await village.actor('gao');
  await rename(village.office, gao, { id: placeId(P.qinghe), name: '清水村', code: '320899101201', ...on });
  await rename(village.office, gao, { id: placeId(P.qinghe), name: '清水村', code: '320899101201', ...on });
  t.is((await placeById(village.office.read, placeId(P.qinghe))).name, '清水村');
  t.is((await placeEvents(village.office.read, P.qinghe)).length, 1);
  t.is(await village.traces(), 1);
  t.is((await t.throwsAsync<Refusal>(rename(village.office, gao, { id: placeId(P.qinghe), name: '水口村', ...on })))?.code, 'place-name-taken');
});

test('a village moves with all below it, and reach goes along', async t => {
  const village = await openVillage(t);
  const { office } = village;
  const guan = await village.actor('guan');
  t.is((await t.throwsAsync<Refusal>(move(office, guan, { id: placeId(P.qinghe), to: placeId(P.pingshan), ...on })))?.code, 'place-name-taken');
  await move(office, guan, { id: placeId(P.shuikou), to: placeId(P.pingshan), ...on });
  t.is((await placeById(office.read, placeId(P.grid3))).path, `/p1/c2/x3/t${P.pingshan}/v${P.shuikou}/n${P.grid3}/`);
  t.is((await postsOn(office.read, officerId('tan'), '2026-11-23'))[0]?.path, `/p1/c2/x3/t${P.pingshan}/v${P.shuikou}/`);
  t.is((await t.throwsAsync<Refusal>(move(office, guan, { id: placeId(P.grid1), to: placeId(P.shuikou), ...on })))?.code, 'place-stays');
  t.is((await t.throwsAsync<Refusal>(move(office, guan, { id: placeId(P.qinghe), to: placeId(P.county), ...on })))?.code, 'place-under-wrong');
});

test('merging villages takes groups, households and posts along; a taken number becomes the next', async t => {
  const village = await openVillage(t);
  const { office } = village;
  await merge(office, await village.actor('gao'), { id: placeId(P.shuikou), into: placeId(P.qinghe), ...on }, followers);
  t.like(await placeById(office.read, placeId(P.shuikou)), { until: on.day, successor_no: P.qinghe });
  t.like(await placeById(office.read, placeId(P.group3)), { name: '水口村第1组', path: `/p1/c2/x3/t${P.anhe}/v${P.qinghe}/g${P.group3}/` });
  t.like(await office.read('households').where({ id: households.wang.id }).first('village_no', 'household_no', 'grid_no', 'rev'), { village_no: P.qinghe, household_no: 4, grid_no: P.grid3, rev: 2 });
  t.like(await office.read('subjects').where({ id: households.wang.id }).first('place_no'), { place_no: P.qinghe });
  t.regex(((await office.read('household_events').where({ household: households.wang.id }).first('body')) as { body: string }).body, /"household_no":\{"is":4,"was":1\}/);
  const [post] = await postsOn(office.read, officerId('tan'), '2026-11-23');
  t.is(post?.placeNo, P.qinghe);
  t.is((await t.throwsAsync<Refusal>(merge(office, await village.actor('gao'), { id: placeId(P.shuikou), into: placeId(P.qinghe), ...on }, followers)))?.code, 'place-ended');
});

test('grids merge inside a village only, and their households follow', async t => {
  const village = await openVillage(t);
  const { office } = village;
  const gao = await village.actor('gao');
  t.is((await t.throwsAsync<Refusal>(merge(office, gao, { id: placeId(P.grid1), into: placeId(P.grid3), ...on }, followers)))?.code, 'place-merge-unlike');
  await merge(office, gao, { id: placeId(P.grid1), into: placeId(P.grid2), ...on }, followers);
  t.like(await office.read('households').where({ id: households.zhou.id }).first('grid_no', 'household_no'), { grid_no: P.grid2, household_no: 1 });
  t.is((await postsOn(office.read, officerId('mei'), '2026-11-23'))[0]?.placeNo, P.grid2);
});

test('a place is closed only when empty, and its posts end', async t => {
  const village = await openVillage(t);
  const { office } = village;
  const gao = await village.actor('gao');
  t.is((await t.throwsAsync<Refusal>(close(office, gao, { id: placeId(P.qinghe), ...on }, followers)))?.code, 'place-has-parts');
  t.is((await t.throwsAsync<Refusal>(close(office, gao, { id: placeId(P.grid1), ...on }, followers)))?.code, 'place-in-use');
  const [grid] = await establish(office, gao, { parent: placeId(P.qinghe), kind: 'grid', places: [{ name: '空网格' }], ...on });
  await close(office, gao, { id: grid ?? '', ...on }, followers);
  t.is((await placeById(office.read, grid ?? '')).until, on.day);
});

test('a register is loaded once; a second load finds nothing new; a line without its upper level is told', async t => {
  const village = await openVillage(t);
  const { office } = village;
  const rows = [{ code: '320899101209', name: '丰收虚拟生活区', level: 'village' }, { code: '320899103', name: '新安街道', level: 'township' }, { code: '320899103001', name: '新安社区', level: 'village' }] as const;
  t.is(await establishRegister(office, atConsole, rows, on), 3);
  t.is(await establishRegister(office, atConsole, rows, on), 0);
  t.is((await placesNamed(office.read, ['/'], '新安', 10)).length, 2);
  t.is((await placesNamed(office.read, ['/'], '丰收', 10)).length, 0, 'virtual units stay hidden');
  t.deepEqual((await t.throwsAsync<Faults>(establishRegister(office, atConsole, [{ code: '320777101', name: '孤镇', level: 'township' }], on)))?.faults.map(fault => fault.code), ['orphan']);
});

test('groups and grids of many villages are set up from a file; what exists by name stays', async t => {
  const village = await openVillage(t);
  const gao = await village.actor('gao');
  const rows = [{ village: '320899101201', kind: 'group', name: '第1组' }, { village: '320899101201', kind: 'group', name: '第8组' }, { village: '320899101202', kind: 'grid', name: '水口二网格' }] as const;
  t.is(await establishParts(village.office, gao, rows, on), 2);
  t.is(await establishParts(village.office, gao, rows, on), 0);
  t.is((await t.throwsAsync<Refusal>(establishParts(village.office, await village.actor('ping'), [{ village: '320899101201', kind: 'grid', name: '新网格' }], on)))?.code, 'not-allowed');
  t.deepEqual((await t.throwsAsync<Faults>(establishParts(village.office, gao, [{ village: '320899101999', kind: 'grid', name: '新网格' }], on)))?.faults.map(fault => fault.field), ['village']);
});

test('the office is set up for a township, a county or a city, and nothing else', async t => {
  const village = await openVillage(t);
  const guan = await village.actor('guan');
  await setOffice(village.office, guan, { placeNo: P.anhe, title: '安和镇信用办' });
  t.is((await officePlace(village.office.read))?.no, P.anhe);
  t.is(await officeTitle(village.office.read), '安和镇信用办');
  t.is((await t.throwsAsync<Refusal>(setOffice(village.office, guan, { placeNo: P.qinghe, title: '村' })))?.code, 'office-place-kind');
});
