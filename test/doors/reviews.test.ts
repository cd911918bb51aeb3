import test from 'ava';
import { countsIn } from '../../src/panels/queries.ts';
import { roundId, roundNo, roundUnderWay } from '../support/round.ts';
import { households, openVillage, placeId, placeNos } from '../support/village.ts';
import { openDoors } from '../support/visit.ts';

const docket = (stage: string, place: number = placeNos.qinghe): string => `/reviews/${roundId}/${placeId(place)}/${stage}`;
const caseOfZhou = `${docket('township')}/cases/${households.zhou.id}`;

test('the committee sees what waits, passes the rest by the button that counts it, and takes it back', async t => {
  const village = await openVillage(t);
  await roundUnderWay(village.office, { zhou: { standing: 'rated', grade: 1 }, wu: { standing: 'rated', grade: 1 } });
  const sun = await (await openDoors(t, village))('sun');
  t.true((await sun.get('/reviews')).body.includes('有 1 个村等您评议'));
  const page = await sun.get(docket('village'));
  t.is(page.status, 200);
  t.true(page.body.includes('清河村：2 户可以一起通过'));
  const seen = /name="seen" value="([0-9a-f]+)"/.exec(page.body)?.[1] ?? '';
  const unlooked = await sun.post(docket('village'), { seen });
  t.is(unlooked.status, 422);
  t.true(unlooked.body.includes('请先看一看抽到的 2 户'));
  const passed = await sun.post(docket('village'), { seen, looked: 'yes' });
  t.is(passed.status, 303);
  t.deepEqual(await countsIn(village.office.read, roundNo, placeNos.qinghe), { preliminary: 2 });
  const after = await sun.get(docket('village'));
  const undo = /action="(\/reviews\/[^"]*\/undo\/\d+)"/.exec(after.body)?.[1] ?? '';
  t.true(after.body.includes('撤回这 2 户'));
  t.is((await sun.post(undo)).status, 303);
  t.deepEqual(await countsIn(village.office.read, roundNo, placeNos.qinghe), { rated: 2 });
  t.is((await sun.post(docket('village'), { seen: 'older', looked: 'yes' })).status, 409);
});

test('a household alone: why, one button, and a return that keeps what was typed', async t => {
  const village = await openVillage(t);
  await roundUnderWay(village.office, { zhou: { standing: 'village-noticed', grade: 1 } });
  await village.office.store.write('cases').whereNotNull('revision').update({ outcome: 'vetoed' });
  const lin = await (await openDoors(t, village))('lin');
  t.true((await lin.get(docket('township'))).body.includes('先看 1 户') || (await lin.get(docket('township'))).body.includes('有 1 户要一户一户看'));
  const page = await lin.get(caseOfZhou);
  t.is(page.status, 200);
  t.true(page.body.includes('有标准里写明不能评的情形'));
  const empty = await lin.post(`${caseOfZhou}/return`, { mark_seq: '1', reason: '' });
  t.is(empty.status, 422);
  t.is(empty.field('reason').fault, '请写明退回的理由。');
  t.is((await lin.post(`${caseOfZhou}/return`, { mark_seq: '1', usual: '劳力人数再核一次' })).status, 303);
  const late = await lin.post(`${caseOfZhou}/pass`, { mark_seq: '1' });
  t.is(late.status, 409, 'gone from the docket: the page says what was done');
  t.true(late.body.includes('退回重看：劳力人数再核一次') && late.body.includes('林志远'));
});

test('a foreign village, a foreign stage and a made-up address', async t => {
  const village = await openVillage(t);
  await roundUnderWay(village.office, { zhou: { standing: 'rated', grade: 1 } });
  const doors = await openDoors(t, village);
  t.is((await (await doors('tan')).get(docket('village'))).status, 403);
  t.is((await (await doors('wei')).get('/reviews')).status, 403);
  t.is((await (await doors()).get('/reviews')).status, 303);
  const sun = await doors('sun');
  t.is((await sun.get(docket('county'))).status, 404);
  t.is((await sun.get(`/reviews/nothing/${placeId(placeNos.qinghe)}/village`)).status, 404);
  t.is((await sun.post(`${docket('village')}/undo/abc`)).status, 404);
  const su = await (await doors('su')).get(docket('village'));
  t.is(su.status, 200, 'the supervisor looks on');
  t.false(su.body.includes('name="looked"'));
});

test('titles: the page says what is lacking and offers no button that would be refused', async t => {
  const village = await openVillage(t);
  await roundUnderWay(village.office, {});
  const { write } = village.office.store;
  await write('cases').insert({ round: roundNo, subject: placeNos.qinghe, village: placeNos.anhe, standing: 'rated', held: 0, mark_seq: 1, changed_at: '2026-11-20T01:00:00.000Z', revision: 1, points: 0, grade: -1, outcome: 'unmet', credit: 0 });
  const doors = await openDoors(t, village);
  const sun = await doors('sun');
  const url = `/titles/${roundId}/${placeId(placeNos.qinghe)}`;
  t.is((await sun.get('/titles')).status, 200);
  t.true((await sun.get(url)).body.includes('离信用村还差一些'));
  t.is((await sun.post(`${url}/apply`, { mark_seq: '1' })).status, 409);
  await write('cases').whereNotNull('revision').update({ credit: 1, grade: 0, outcome: 'graded' });
  t.is((await sun.post(`${url}/apply`, { mark_seq: '1' })).status, 303);
  t.true((await sun.get(url)).body.includes('撤回申报'));
  const lin = await doors('lin');
  const empty = await lin.post(`${url}/return`, { mark_seq: '2', reason: '' });
  t.is(empty.status, 422);
  t.is(empty.field('reason').fault, '请填写退回的理由。');
  t.is((await lin.post(`${url}/review`, { mark_seq: '2' })).status, 303);
  t.is((await sun.post(`${url}/undo`, { mark_seq: '3' })).status, 403, 'the township\'s step is not the village\'s to undo');
  t.is((await sun.post(`${url}/crown`, { mark_seq: '3' })).status, 404);
  t.is((await (await doors('tan')).get(url)).status, 403);
});
