import test from 'ava';
import '../../src/areas.ts';
import type { Refusal } from '../../src/kit/refusal.ts';
import { close as closeHousehold } from '../../src/households/close.ts';
import { forget } from '../../src/households/forget.ts';
import { withdraw } from '../../src/consents/withdraw.ts';
import { placeByNo } from '../../src/places/queries.ts';
import { townshipBoard, villageBoard } from '../../src/rolls/board.ts';
import { hidesWithdrawn } from '../../src/rolls/hide.ts';
import { publish } from '../../src/rolls/publish.ts';
import { postNotice } from '../../src/notices/post.ts';
import { namedIn } from '../../src/notices/queries.ts';
import { merge as mergeHouseholds } from '../../src/households/merge.ts';
import { newId } from '../../src/kit/id.ts';
import { gradesCounted } from '../../src/panels/queries.ts';
import { marksOf } from '../../src/rounds/queries.ts';
import { entriesOf, rollsAt } from '../../src/rolls/queries.ts';
import { withdrawRoll } from '../../src/rolls/withdraw.ts';
import { reopenCase } from '../../src/ratings/reopen.ts';
import { villageCounts } from '../../src/ratings/shares.ts';
import { excuse } from '../../src/rounds/excuse.ts';
import { caseOf, roundByNo } from '../../src/rounds/round.ts';
import { roundNo, roundUnderWay } from '../support/round.ts';
import { households, openVillage, placeNos, type Village } from '../support/village.ts';

const given = async (village: Village) => ({ round: await roundByNo(village.office.read, roundNo), place: await placeByNo(village.office.read, placeNos.anhe) });

test('the chair publishes: those who agreed are named and masked, the others only counted', async t => {
  const village = await openVillage(t);
  await roundUnderWay(village.office, { zhou: { standing: 'approved', grade: 0 }, wu: { standing: 'approved', grade: 1, publish: false }, zheng: { standing: 'approved', grade: 3 }, wang: { standing: 'township-noticed', grade: 0 } });
  const done = await publish(village.office, await village.actor('gao'), await given(village));
  t.like(done, { named: 1, unnamed: 1 });
  const [roll] = await rollsAt(village.office.read, await placeByNo(village.office.read, placeNos.qinghe));
  t.deepEqual((await entriesOf(village.office.read, done.roll)).map(entry => [entry.shown, entry.grade_code, entry.group_name]), [['周＊山', 'AAA', '第1组']]);
  t.deepEqual(roll?.figures.villages.find(one => one.no === placeNos.qinghe), { no: placeNos.qinghe, all: 3, rated: 3, byGrade: [1, 1, 0] });
  t.is((await caseOf(village.office.read, roundNo, households.zhou.no)).standing, 'published');
  t.is((await caseOf(village.office.read, roundNo, households.zheng.no)).standing, 'approved', 'B is no credit household');
  t.deepEqual((await village.office.read('certificates').select('no').orderBy('no')).map(row => row.no), ['320899101-2026-00001', '320899101-2026-00002']);
});

test('published again, whoever was approved since is added and nobody twice', async t => {
  const village = await openVillage(t);
  await roundUnderWay(village.office, { zhou: { standing: 'approved', grade: 0 }, wang: { standing: 'township-noticed', grade: 1 } });
  const gao = await village.actor('gao');
  const first = await publish(village.office, gao, await given(village));
  const refusal = await t.throwsAsync<Refusal>(publish(village.office, gao, await given(village)));
  t.is(refusal?.code, 'nothing-to-publish');
  await village.office.store.write('cases').where({ subject: households.wang.no }).update({ standing: 'approved' });
  const second = await publish(village.office, gao, await given(village));
  t.is(second.roll, first.roll);
  t.deepEqual((await entriesOf(village.office.read, first.roll)).map(entry => entry.seq), [1, 2]);
});

test('who may not publish leaves nothing behind: a member, a foreign chair, the village', async t => {
  const village = await openVillage(t);
  await roundUnderWay(village.office, { zhou: { standing: 'approved', grade: 0 } });
  for (const who of ['lin', 'ping', 'sun', 'mei', 'wei'] as const) {
    const refusal = await t.throwsAsync<Refusal>(publish(village.office, await village.actor(who), await given(village)));
    t.is(refusal?.code, 'not-allowed', who);
  }
  t.is(await village.traces(), 0);
});

test('an objection holds one case back, the others go out', async t => {
  const village = await openVillage(t);
  await roundUnderWay(village.office, { zhou: { standing: 'approved', grade: 0, held: 1 }, wu: { standing: 'approved', grade: 0 } });
  t.like(await publish(village.office, await village.actor('gao'), await given(village)), { named: 1, unnamed: 0 });
  t.is((await caseOf(village.office.read, roundNo, households.zhou.no)).standing, 'approved');
});

test('a consent withdrawn hides the name at once and keeps the bare leaf', async t => {
  const village = await openVillage(t);
  await roundUnderWay(village.office, { zhou: { standing: 'approved', grade: 0 } });
  const { roll } = await publish(village.office, await village.actor('gao'), await given(village));
  await withdraw(village.office, await village.actor('sun'), { consent: 'consent-zhou-publish' }, [hidesWithdrawn]);
  t.deepEqual(await entriesOf(village.office.read, roll), []);
  const row: { leaf: string; salt: string } = await village.office.read('roll_entries').where({ roll }).first('leaf', 'salt');
  t.is(row.salt, '');
  t.is(row.leaf.length, 64);
});

test('a roll taken down says why, voids its certificates, and can be published anew', async t => {
  const village = await openVillage(t);
  await roundUnderWay(village.office, { zhou: { standing: 'approved', grade: 0 } });
  const gao = await village.actor('gao');
  const { roll } = await publish(village.office, gao, await given(village));
  await withdrawRoll(village.office, gao, { roll, reason: '名单重复' });
  t.is((await rollsAt(village.office.read, { path: '/' }))[0]?.withdrawn_reason, '名单重复');
  t.is((await village.office.read('certificates').whereNotNull('revoked_on').select('no')).length, 1);
  t.is((await t.throwsAsync<Refusal>(withdrawRoll(village.office, gao, { roll, reason: '再撤' })))?.code, 'roll-withdrawn');
  t.is((await publish(village.office, gao, await given(village))).roll, roll);
  t.is((await entriesOf(village.office.read, roll)).length, 1);
  t.is((await village.office.read('certificates').whereNotNull('revoked_on').select('no')).length, 0);
});

test('a published household that is looked at anew leaves the roll at once; another grade has a new certificate, the same one its old', async t => {
  const village = await openVillage(t);
  const { office } = village;
  await roundUnderWay(office, { zhou: { standing: 'approved', grade: 0 }, wu: { standing: 'approved', grade: 1 } });
  const gao = await village.actor('gao');
  const { roll } = await publish(office, gao, await given(village));
  const reopening = (who: 'zhou' | 'wu') => ({ round: roundNo, household: households[who].id, reason: '有新的材料' });
  t.is((await t.throwsAsync<Refusal>(reopenCase(office, await village.actor('sun'), reopening('zhou'))))?.code, 'not-allowed');
  t.is((await entriesOf(office.read, roll)).length, 2);
  for (const who of ['zhou', 'wu'] as const) await reopenCase(office, gao, reopening(who));
  t.deepEqual(await entriesOf(office.read, roll), []);
  const certificates = () => office.read('certificates').orderBy('no').select('subject', 'grade_code', 'revoked_on', 'revoked_reason', 'replaced_by');
  t.deepEqual((await certificates()).map(row => [row.revoked_on, row.revoked_reason]), [['2026-11-23', 'reopened'], ['2026-11-23', 'reopened']]);
  await office.store.write('cases').update({ standing: 'approved' });
  await office.store.write('cases').where({ subject: households.zhou.no }).update({ grade: 2 });
  await publish(office, gao, await given(village));
  t.deepEqual((await entriesOf(office.read, roll)).map(entry => entry.grade_code), ['AA', 'A']);
  const issued: { no: string }[] = await office.read('certificates').orderBy('no').select('no');
  t.deepEqual(await certificates(), [
    { subject: households.zhou.no, grade_code: 'AAA', revoked_on: '2026-11-23', revoked_reason: 'reopened', replaced_by: issued[2]?.no },
    { subject: households.wu.no, grade_code: 'AA', revoked_on: null, revoked_reason: null, replaced_by: null },
    { subject: households.zhou.no, grade_code: 'A', revoked_on: null, revoked_reason: null, replaced_by: null },
  ]);
});

test('who stands on a roll is not excused but looked at anew first, by the township', async t => {
  const village = await openVillage(t);
  const { office } = village;
  await roundUnderWay(office, { zhou: { standing: 'approved', grade: 0 } });
  const { roll } = await publish(office, await village.actor('gao'), await given(village));
  const excusing = { round: roundNo, households: [households.zhou.id], reason: 'declined', words: '本人说不参加' } as const;
  for (const who of ['mei', 'sun'] as const) t.is((await t.throwsAsync<Refusal>(excuse(office, await village.actor(who), excusing)))?.code, 'not-allowed');
  t.is((await t.throwsAsync<Refusal>(excuse(office, await village.actor('lin'), excusing)))?.code, 'excuse-published');
  t.is((await entriesOf(office.read, roll)).length, 1);
  t.is((await office.read('certificates').whereNull('revoked_on').select('no')).length, 1);
});

for (const how of ['closed', 'merged'] as const) test(`a published household that is ${how} leaves roll, announcement and certificate; the year's figures stay, in a round that is over too`, async t => {
  const village = await openVillage(t);
  const { office } = village;
  await roundUnderWay(office, { zhou: { standing: 'approved', grade: 0 }, wu: { standing: 'approved', grade: 1 } });
  const gao = await village.actor('gao');
  const notice = await postNotice(office, await village.actor('lin'), { id: newId(), ...await given(village), village: await placeByNo(office.read, placeNos.qinghe), stage: 'final', where: '村部', phone: '0517-88000000' });
  const { roll } = await publish(office, gao, await given(village));
  if (how === 'merged') await office.store.write('rounds').update({ closed_on: '2026-11-22' });
  const before = await gradesCounted(office.read, roundNo, placeNos.qinghe);
  if (how === 'closed') await closeHousehold(office, gao, { household: households.zhou.id, rev: 1, reason: 'moved' });
  else await mergeHouseholds(office, gao, { from: households.zhou.id, fromRev: 1, into: households.wu.id, intoRev: 1 });
  t.deepEqual((await entriesOf(office.read, roll)).map(entry => entry.shown), ['吴＊兰']);
  const board = await villageBoard(office.read, await placeByNo(office.read, placeNos.qinghe), undefined);
  t.deepEqual([board?.named, board?.figures.byGrade], [1, [1, 1, 0]], 'named are those who can be read; the year counts on');
  t.deepEqual((await namedIn(office.read, notice.id)).map(entry => entry.shown), ['吴＊兰']);
  t.like(await office.read('certificates').where({ subject: households.zhou.no }).first('revoked_on', 'revoked_reason'), { revoked_on: '2026-11-23', revoked_reason: 'gone' });
  t.is((await office.read('certificates').whereNull('revoked_on').select('no')).length, 1, 'the other one holds');
  t.deepEqual(await gradesCounted(office.read, roundNo, placeNos.qinghe), before);
  t.is((await caseOf(office.read, roundNo, households.zhou.no)).standing, 'approved', 'decided, and on no roll');
  t.is((await marksOf(office.read, roundNo, households.zhou.no)).at(-1)?.mark, 'unpublished');
  await office.store.write('rounds').update({ closed_on: null });
  t.is((await t.throwsAsync<Refusal>(publish(office, gao, await given(village))))?.code, 'nothing-to-publish', 'nobody puts it back');
});

test('what the county publishes later stands beside what its township published', async t => {
  const village = await openVillage(t);
  const { office } = village;
  await roundUnderWay(office, { zhou: { standing: 'approved', grade: 0 }, wu: { standing: 'township-noticed', grade: 1 } });
  await office.store.write('rounds').where({ no: roundNo }).update({ place_no: placeNos.county });
  await publish(office, await village.actor('gao'), await given(village));
  await office.store.write('cases').where({ subject: households.wu.no }).update({ standing: 'approved' });
  village.clock.forward(60_000);
  const { round } = await given(village);
  t.is((await t.throwsAsync<Refusal>(publish(office, await village.actor('gao'), { round, place: await placeByNo(office.read, placeNos.county) })))?.code, 'not-allowed');
  await publish(office, await village.actor('zhang'), { round, place: await placeByNo(office.read, placeNos.county) });
  const qinghe = await placeByNo(office.read, placeNos.qinghe);
  const board = await villageBoard(office.read, qinghe, undefined);
  t.deepEqual(board?.sections.flatMap(section => section.names.map(name => `${section.code} ${name.name}`)), ['AAA 周＊山', 'AA 吴＊兰']);
  t.deepEqual([board?.figures.byGrade, board?.named], [[1, 1, 0], 2]);
  t.is((await townshipBoard(office.read, await placeByNo(office.read, placeNos.county), undefined, '2026-11-23')).credit, 2);
});

test('who is forgotten after the roll leaves bare lines that prove nothing, and the roll goes on counting', async t => {
  const village = await openVillage(t);
  const { office } = village;
  await roundUnderWay(office, { zhou: { standing: 'approved', grade: 0 }, wu: { standing: 'township-noticed', grade: 1 } });
  const gao = await village.actor('gao');
  const { roll } = await publish(office, gao, await given(village));
  await office.store.write('notices').insert({ id: 'notice-1', round: roundNo, place_no: placeNos.qinghe, stage: 'final', posted_on: '2026-11-20', until: '2026-11-27', where_posted: '村部', phone: '0517-88000000', named: 1, unnamed: 0, photo: null, ended_on: null, unposted_on: null, unposted_reason: null, unit: 0, at: '2026-11-20T00:00:00.000Z', by: 'console' });
  await office.store.write('notice_entries').insert({ notice: 'notice-1', seq: 1, subject: households.zhou.no, shown: '周＊山', group_name: '第1组', grade: 0, salt: 'salt', leaf: 'leaf', withdrawn_at: null });
  await office.store.write('cases').where({ round: roundNo, subject: households.zhou.no }).update({ reason: '他儿子欠着钱' });
  t.is((await t.throwsAsync<Refusal>(forget(office, await village.actor('sun'), { household: households.zhou.id })))?.code, 'not-allowed');
  await forget(office, gao, { household: households.zhou.id });
  t.like(await office.read('notice_entries').first('shown', 'group_name', 'salt'), { shown: '', group_name: '', salt: '' });
  t.like(await office.read('roll_entries').where({ roll }).first('shown', 'group_name', 'salt'), { shown: '', group_name: '', salt: '' });
  t.is((await caseOf(office.read, roundNo, households.zhou.no)).reason, null);
  await office.store.write('cases').where({ subject: households.wu.no }).update({ standing: 'approved' });
  await publish(office, gao, await given(village));
  t.deepEqual((await entriesOf(office.read, roll)).map(entry => entry.seq), [2]);
});

test('a household that was closed after its approval goes on no roll and into no share', async t => {
  const village = await openVillage(t);
  const { office } = village;
  await roundUnderWay(office, { zhou: { standing: 'approved', grade: 0 }, wu: { standing: 'approved', grade: 1 }, zheng: { standing: 'rated', grade: 1 } });
  const gao = await village.actor('gao');
  await closeHousehold(office, gao, { household: households.zhou.id, rev: 1, reason: 'moved' });
  await forget(office, gao, { household: households.zheng.id });
  t.is((await caseOf(office.read, roundNo, households.zheng.no)).standing, 'excused', 'who is forgotten takes part no longer');
  const { roll } = await publish(office, gao, await given(village));
  t.deepEqual((await entriesOf(office.read, roll)).map(entry => entry.grade_code), ['AA']);
  t.like((await villageCounts(office.read, roundNo, [placeNos.qinghe])).get(placeNos.qinghe), { all: 1, rated: 1, credit: 1 });
});
