import test from 'ava';
import '../../src/areas.ts';
import { clockwork } from '../../src/access/actor.ts';
import { register } from '../../src/households/register.ts';
import { newId } from '../../src/kit/id.ts';
import { recordMany } from '../../src/observations/record-many.ts';
import { recordSheet } from '../../src/observations/record.ts';
import { signSheet } from '../../src/observations/sign.ts';
import { lastSeq, worldOf } from '../../src/observations/world.ts';
import { rateOne } from '../../src/ratings/rate-one.ts';
import { recheckRatings } from '../../src/ratings/recheck.ts';
import { admit } from '../../src/rounds/admit.ts';
import { close } from '../../src/rounds/close.ts';
import { open } from '../../src/rounds/open.ts';
import { caseOf, roundByNo } from '../../src/rounds/round.ts';
import { openCollecting, wholeValues, type Collecting } from '../support/collecting.ts';
import { wrongLastSheets } from '../support/last-sheets.ts';
import { households, placeNos } from '../support/village.ts';

const zhou = households.zhou.no;
const told = [
  { id: newId(), indicator: 'publicSpirit', option: 'rescue', day: '2026-03-01', note: '发大水时背出两位老人' },
  { id: newId(), indicator: 'publicSpirit', option: 'lostFound', day: '2024-03-01', note: '过了有效期' },
  { id: newId(), indicator: 'publicSpirit', option: 'publicWork', day: '2026-04-01', note: '记错了户' },
];
const [rescue, , wrong] = told;

/** The round of the fixture lived to its end with three events of 周, one of them voided; then the next year's is opened. */
async function nextYear(village: Collecting): Promise<number> {
  const { office, round } = village;
  const [sun, gao] = [await village.actor('sun'), await village.actor('gao')];
  await recordSheet(office, sun, { id: newId(), round: round.no, household: households.zhou.id, base_seq: 0, source: 'village', events: told });
  await recordSheet(office, sun, { id: newId(), round: round.no, household: households.zhou.id, base_seq: 1, source: 'village', voided: [{ id: wrong?.id ?? '', why: '记错了户' }] });
  await close(office, gao, round.no);
  const { id: _, ...before } = await roundByNo(office.read, round.no);
  const { no } = await open(office, gao, { ...before, place: before.place_no, year: 2027, name: '2027年度', valid_until: '2028-12-31' });
  return no;
}

test('what somebody did goes on counting in the next round while it lives, and what was voided does not', async t => {
  const village = await openCollecting(t);
  const { office } = village;
  const round = await nextYear(village);
  const { picture, sheets } = await worldOf(office.read, round, households.zhou.id);
  t.deepEqual([...picture.events.keys()], [rescue?.id]);
  t.like(sheets[0], { seq: 1, source: 'carried', values: {} });
  t.is((await caseOf(office.read, round, zhou)).standing, 'open', 'nobody has been there yet');
  t.is((await office.read('sheets').where({ round }).select('seq')).length, 1, 'who did nothing has no sheet');
  t.is(await admit(office, await village.actor('gao'), round), 0, 'asked again, nothing is carried twice');
  t.is((await office.read('events').where({ round }).select('id')).length, 1);
});

test('a carried event gives its points, can be voided where it counts, and both ratings work out again', async t => {
  const village = await openCollecting(t);
  const { office } = village;
  const round = await nextYear(village);
  const [mei, sun, gao] = [await village.actor('mei'), await village.actor('sun'), await village.actor('gao')];
  await recordMany(office, gao, [{ subject: zhou, values: { loanPerformance: 'normal', guarantees: 'none', taxes: 'none', judgmentDefaulter: false } }], { round, source: 'bank', batch: newId() });
  await recordSheet(office, mei, { id: newId(), round, household: households.zhou.id, base_seq: 2, source: 'grid', values: wholeValues });
  await signSheet(office, mei, { round, household: households.zhou.id, how: 'paper', reason: '' });
  const first = await rateOne(office, gao, { round, household: households.zhou.id });
  const base = lastSeq(await worldOf(office.read, round, households.zhou.id));
  await recordSheet(office, sun, { id: newId(), round, household: households.zhou.id, base_seq: base, source: 'village', voided: [{ id: rescue?.id ?? '', why: '不是这一户' }] });
  const second = await rateOne(office, gao, { round, household: households.zhou.id });
  t.is(first.points - second.points, 500, 'a rescue is worth five points');
  const report = await recheckRatings(office, { round });
  t.deepEqual([report.checked, report.wrong.length], [2, 0]);
  t.deepEqual(await wrongLastSheets(office.read), []);
});

test('a household registered late comes into the round the next night', async t => {
  const village = await openCollecting(t);
  const { office, round } = village;
  const { no } = await register(office, await village.actor('mei'), { villageNo: placeNos.qinghe, groupNo: placeNos.group1, gridNo: placeNos.grid1, address: '庄台路 9 号', members: [{ name: '新来生', relation: 'head', sex: 'male', birthYear: 1980, idMissing: 'applying' }] });
  t.is(await admit(office, clockwork, round.no), 1);
  t.is((await caseOf(office.read, round.no, no)).standing, 'open');
});
