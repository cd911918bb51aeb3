import test from 'ava';
import { atConsole, clockwork } from '../../src/access/actor.ts';
import { verify } from '../../src/audit/verify.ts';
import { forget } from '../../src/households/forget.ts';
import { returnCases } from '../../src/panels/return.ts';
import type { Standing } from '../../src/rounds/case.ts';
import { reasonOf } from '../../src/rounds/reason.ts';
import { close as closeHousehold } from '../../src/households/close.ts';
import { move } from '../../src/households/move.ts';
import { register } from '../../src/households/register.ts';
import { householdKey, householdSubject } from '../../src/households/subject.ts';
import type { Faults } from '../../src/kit/faults.ts';
import type { Refusal } from '../../src/kit/refusal.ts';
import { adopt } from '../../src/standards/adopt.ts';
import { importStandard } from '../../src/standards/import.ts';
import { presetSource } from '../../src/standards/presets.ts';
import { retire } from '../../src/standards/retire.ts';
import { admit, admitHousehold } from '../../src/rounds/admit.ts';
import { close, reopen } from '../../src/rounds/close.ts';
import { excuse, readmit } from '../../src/rounds/excuse.ts';
import { roundsFollowHouseholds, roundsFollowPlaces } from '../../src/rounds/follow.ts';
import { mark } from '../../src/rounds/mark.ts';
import { open } from '../../src/rounds/open.ts';
import { caseRows, countsByVillage, lacking, marksOf } from '../../src/rounds/queries.ts';
import { caseOf, currentRound, roundByNo } from '../../src/rounds/round.ts';
import { householdsFollowPlaces } from '../../src/households/follow-places.ts';
import { appoint } from '../../src/people/appoint.ts';
import { postsFollowPlaces } from '../../src/people/follow-places.ts';
import type { PlaceFollower } from '../../src/places/follow.ts';
import { merge as mergePlaces } from '../../src/places/merge.ts';
import { placeByNo, placeSubject } from '../../src/places/queries.ts';
import { inUnit } from '../../src/store/unit.ts';
import type { Office } from '../../src/office.ts';
import { adoptPresets, opening, openRound } from '../support/standards.ts';
import { households, officerId, openVillage, placeId, placeNos } from '../support/village.ts';

const county = placeNos.county;
const casesIn = async (office: Office, round: number): Promise<number> => (await office.read('cases').where({ round }).select('subject')).length;

/** A household that is registered while the round is under way. */
const newcomer = (office: Office): Promise<{ readonly id: string; readonly no: number }> => register(office, atConsole, {
  villageNo: placeNos.qinghe, groupNo: placeNos.group1, gridNo: placeNos.grid1, address: '庄台路 9 号',
  members: [{ name: '新来生', relation: 'head', sex: 'male', birthYear: 1980, idMissing: 'applying' }],
});

test('Gao opens a round: every household, village and township below has an open case', async t => {
  const { office, actor } = await openVillage(t);
  const hashes = await adoptPresets(office);
  const round = await open(office, await actor('gao'), opening(hashes));
  t.is(await casesIn(office, round.no), 4 + 2 + 1);
  t.like(await caseOf(office.read, round.no, households.zhou.no), { standing: 'open', village: placeNos.qinghe, grid: placeNos.grid1, group: placeNos.group1, mark_seq: 0 });
  t.is((await caseOf(office.read, round.no, placeNos.qinghe)).village, placeNos.anhe, 'a title stands at the place that decides it');
  t.deepEqual((await countsByVillage(office.read, round.no, [placeNos.qinghe, placeNos.shuikou])).map(count => [count.village, count.cases] as const).sort(([one], [other]) => one - other), [[placeNos.qinghe, 3], [placeNos.shuikou, 1]]);
  t.is((await currentRound(office.read, (await placeByNo(office.read, placeNos.grid1)).path))?.no, round.no);
});

test('who may not open a round opens none', async t => {
  const { office, actor, traces } = await openVillage(t);
  const given = opening(await adoptPresets(office));
  const before = await traces();
  for (const who of ['mei', 'sun', 'lin', 'ping', 'guan'] as const) t.is((await t.throwsAsync<Refusal>(open(office, await actor(who), given)))?.code, 'not-allowed', who);
  t.is(await traces(), before);
  t.is((await office.read('rounds').select('no')).length, 0);
});

test('a second round of the year, a village, a retired or wrong standard, a day gone by: refused', async t => {
  const { office, actor } = await openVillage(t);
  const gao = await actor('gao');
  const hashes = await adoptPresets(office);
  const code = async (more: Partial<Parameters<typeof open>[2]>): Promise<string | undefined> => (await t.throwsAsync<Refusal>(open(office, atConsole, opening(hashes, more))))?.code;
  t.is(await code({ place: placeNos.qinghe }), 'round-place');
  t.is(await code({ place: placeNos.city }), 'round-place');
  t.is(await code({ village_standard: hashes.household }), 'standard-not-adopted');
  t.is(await code({ collect_until: '2026-11-01' }), 'faults');
  t.is(await code({ valid_until: '2026-12-01' }), 'faults');
  const hanging = await t.throwsAsync<Faults>(open(office, atConsole, opening(hashes, { valid_until: '2030-01-01' })));
  t.regex(hanging?.faults[0]?.say ?? '', /光荣榜最多挂 36 个月，有效期不能晚于 2029-12-31/);
  const long = await t.throwsAsync<Faults>(open(office, atConsole, opening(hashes, { collect_until: '2027-11-24', valid_until: '2028-12-31' })));
  t.regex(long?.faults[0]?.say ?? '', /只管 12 个月，采集截止日不能晚于 2027-11-23/);
  const counted = presetSource('household-100').replace('version: 1', 'version: 2').replace(/(lifeMonths: )/, 'window: round, $1');
  const hash = await importStandard(office, atConsole, { county, source: counted });
  await adopt(office, atConsole, { hash, county, day: '2026-11-02', filing_no: '样信〔2026〕9号' });
  const another = await t.throwsAsync<Faults>(open(office, atConsole, opening(hashes, { household_standard: hash, year: 2027 })));
  t.regex(another?.faults[0]?.say ?? '', /只算本批次的，这份标准写的是 2026 年。评 2027 年，请另做一版/);
  await open(office, gao, opening(hashes));
  t.is((await t.throwsAsync<Refusal>(open(office, gao, opening(hashes))))?.code, 'round-open-already');
  t.is(await code({ place: county }), 'round-open-already');
  await retire(office, atConsole, { hash: hashes.household, county, day: '2026-11-23', note: '换版' });
  t.is(await code({ year: 2027 }), 'standard-not-adopted');
});

test('the same opening twice is one round; an interrupted admission goes on', async t => {
  const { office } = await openVillage(t);
  const given = opening(await adoptPresets(office), { id: '00000000-0000-7000-8000-00000000a001' });
  const first = await open(office, atConsole, given);
  t.deepEqual(await open(office, atConsole, given), first);
  t.is(await admit(office, clockwork, first.no), 0);
  await newcomer(office);
  t.is(await lacking(office.read, await roundByNo(office.read, first.no)), 1);
  t.is(await admit(office, clockwork, first.no), 1);
  t.is(await casesIn(office, first.no), 8);
});

test('last year’s round is found, so that its values can be offered', async t => {
  const { office } = await openVillage(t);
  const hashes = await adoptPresets(office);
  const before = await open(office, atConsole, opening(hashes, { year: 2025, name: '2025 年度' }));
  const now = await open(office, atConsole, opening(hashes));
  t.is((await roundByNo(office.read, now.no)).previous_no, before.no);
});

test('an excused household is out for a reason, and comes back; both are to be read', async t => {
  const { office, actor } = await openVillage(t);
  const round = await openRound(office);
  const mei = await actor('mei');
  const given = { round: round.no, households: [households.zhou.id] };
  await excuse(office, mei, { ...given, reason: 'absent' });
  t.like(await caseOf(office.read, round.no, households.zhou.no), { standing: 'excused', reason: 'absent' });
  await excuse(office, mei, { ...given, reason: 'absent' });
  await excuse(office, mei, { ...given, reason: 'declined' });
  t.like(await caseOf(office.read, round.no, households.zhou.no), { standing: 'excused', reason: 'declined' });
  await readmit(office, mei, given);
  t.like(await caseOf(office.read, round.no, households.zhou.no), { standing: 'open', reason: null });
  t.deepEqual((await marksOf(office.read, round.no, households.zhou.no)).map(each => [each.mark, each.who]), [['excused', '梅小兰'], ['readmitted', '梅小兰'], ['excused', '梅小兰'], ['readmitted', '梅小兰']]);
  t.is((await t.throwsAsync<Refusal>(readmit(office, mei, given)))?.code, 'mark-not-allowed');
});

test('once a household is rated, only the committee it lies before excuses it, in words, and lets it back', async t => {
  const { office, actor, traces } = await openVillage(t);
  const round = await openRound(office);
  const given = { round: round.no, households: [households.zhou.id], reason: 'declined' } as const;
  const stand = (standing: Standing): Promise<number> => office.store.write('cases').where({ round: round.no, subject: households.zhou.no }).update({ standing });
  const before = await traces();
  for (const [standing, may, mayNot] of [['preliminary', 'sun', ['mei', 'hua', 'lin', 'tan']], ['township-noticed', 'lin', ['mei', 'hua', 'sun', 'ping']]] as const) {
    await stand(standing);
    for (const who of mayNot) t.is((await t.throwsAsync<Refusal>(excuse(office, await actor(who), { ...given, words: '不想评了' })))?.code, 'not-allowed', `${who} ${standing}`);
    t.is((await t.throwsAsync<Refusal>(excuse(office, await actor(may), given)))?.code, 'faults', 'no reason in words');
    t.is((await caseOf(office.read, round.no, households.zhou.no)).standing, standing);
  }
  t.is(await traces(), before);
  await excuse(office, await actor('lin'), { ...given, words: '全家 11 月 20 日迁到外地' });
  t.is(reasonOf((await marksOf(office.read, round.no, households.zhou.no)).at(-1) ?? { body: '{}', words: null }), '这一轮不参加：全家 11 月 20 日迁到外地');
  for (const who of ['mei', 'sun'] as const) t.is((await t.throwsAsync<Refusal>(readmit(office, await actor(who), given)))?.code, 'not-allowed', who);
  await readmit(office, await actor('lin'), given);
  t.is((await caseOf(office.read, round.no, households.zhou.no)).standing, 'open');
});

test('what a committee wrote about a household is erased with it; the marks stay and the ledger still holds', async t => {
  const { office, actor } = await openVillage(t);
  const round = await openRound(office);
  await office.store.write('cases').where({ round: round.no, subject: households.zhou.no }).update({ standing: 'village-noticed' });
  const sitting = { round: await roundByNo(office.read, round.no), village: await placeByNo(office.read, placeNos.qinghe) };
  await returnCases(office, await actor('lin'), { ...sitting, cases: [{ subject: households.zhou.no, id: households.zhou.id, mark_seq: 0 }], reason: '周大山的儿子没有写进去' });
  t.deepEqual((await marksOf(office.read, round.no, households.zhou.no)).map(reasonOf), ['周大山的儿子没有写进去']);
  t.false(JSON.stringify(await office.read('marks').select('body')).includes('周大山'), 'a mark cannot be erased, so it says nothing');
  await forget(office, await actor('gao'), { household: households.zhou.id }, [roundsFollowHouseholds]);
  t.deepEqual((await marksOf(office.read, round.no, households.zhou.no)).map(one => [one.mark, reasonOf(one)]), [['returned', '（理由已按规定删除）'], ['excused', '已经迁走']]);
  t.deepEqual(await office.read('reasons').select('seq'), []);
  t.deepEqual((await verify(office)).findings, []);
});

test('Bo excuses nobody in Mei’s grid, and nothing is left behind', async t => {
  const { office, actor, traces } = await openVillage(t);
  const round = await openRound(office);
  const before = await traces();
  for (const who of ['bo', 'tan', 'su', 'lin'] as const) {
    t.is((await t.throwsAsync<Refusal>(excuse(office, await actor(who), { round: round.no, households: [households.zhou.id], reason: 'absent' })))?.code, 'not-allowed', who);
  }
  t.is((await t.throwsAsync<Refusal>(excuse(office, await actor('sun'), { round: round.no, households: ['00000000-0000-7000-8000-0000000fffff'], reason: 'absent' })))?.code, 'not-found');
  t.is(await traces(), before);
  t.is((await caseOf(office.read, round.no, households.zhou.no)).standing, 'open');
});

test('an ended round changes no more, until the ending is taken back', async t => {
  const { office, actor } = await openVillage(t);
  const round = await openRound(office);
  const gao = await actor('gao');
  t.is((await t.throwsAsync<Refusal>(close(office, await actor('sun'), round.no)))?.code, 'not-allowed');
  t.is((await t.throwsAsync<Refusal>(reopen(office, gao, round.no)))?.code, 'round-not-closed');
  await close(office, gao, round.no);
  await close(office, gao, round.no);
  t.is((await roundByNo(office.read, round.no)).closed_on, '2026-11-23');
  t.is((await t.throwsAsync<Refusal>(excuse(office, await actor('mei'), { round: round.no, households: [households.zhou.id], reason: 'absent' })))?.code, 'round-closed');
  await newcomer(office);
  t.is(await admit(office, clockwork, round.no), 0);
  await reopen(office, gao, round.no);
  t.is((await roundByNo(office.read, round.no)).closed_on, null);
});

test('a household that is closed leaves the round by itself', async t => {
  const { office, actor } = await openVillage(t);
  const round = await openRound(office);
  await closeHousehold(office, await actor('sun'), { household: households.wu.id, rev: 1, reason: 'moved' }, [roundsFollowHouseholds]);
  t.like(await caseOf(office.read, round.no, households.wu.no), { standing: 'excused', reason: 'moved' });
});

test('cases go along when a household or a place moves, and a household split off joins the round', async t => {
  const { office, actor } = await openVillage(t);
  const round = await openRound(office);
  const sun = await actor('sun');
  const made = await newcomer(office);
  const act = (run: Parameters<typeof inUnit<void>>[3]): Promise<void> => inUnit(office, sun, ['test'], async unit => {
    const subject = placeSubject(await placeByNo(unit.read, placeNos.qinghe));
    unit.require('household.reshape', subject);
    await run(unit);
    unit.record({ act: 'household.moved', power: 'household.reshape', subject });
  });
  await act(async unit => roundsFollowHouseholds.moved?.(unit, { ...await householdKey(unit.read, households.zhou.id), grid_no: placeNos.grid2, group_no: placeNos.group2 }));
  t.like(await caseOf(office.read, round.no, households.zhou.no), { grid: placeNos.grid2, group: placeNos.group2 });
  await act(async unit => roundsFollowHouseholds.split?.(unit, { from: await householdKey(unit.read, households.zhou.id), made: await householdKey(unit.read, made.id) }));
  t.like(await caseOf(office.read, round.no, made.no), { standing: 'open', grid: placeNos.grid1 });
  await act(async unit => roundsFollowHouseholds.merged?.(unit, { from: await householdKey(unit.read, made.id), into: await householdKey(unit.read, households.zhou.id) }));
  t.like(await caseOf(office.read, round.no, made.no), { standing: 'excused', reason: 'moved' });
  await act(async unit => roundsFollowPlaces.merged?.(unit, { from: await placeByNo(unit.read, placeNos.grid2), into: await placeByNo(unit.read, placeNos.grid1), day: '2026-11-23', reason: '并网格' }));
  t.like(await caseOf(office.read, round.no, households.zheng.no), { grid: placeNos.grid1 });
});

test('a household that moves to another township leaves the round of the one it left, and is admitted to the one over there', async t => {
  const { office, actor } = await openVillage(t);
  const round = await openRound(office);
  const there = await open(office, atConsole, opening(round.hashes, { place: placeNos.pingshan }));
  await appoint(office, atConsole, { officer: officerId('gao'), role: 'townshipChair', placeNo: placeNos.pingshan, since: '2026-11-01' });   // Who looks after both.
  const gao = await actor('gao');
  const moves = async (who: 'zhou' | 'wu'): Promise<unknown> => move(office, gao, { household: households[who].id, rev: 1, villageNo: placeNos.qingheOfPingshan, groupNo: null, gridNo: null, address: '' }, [roundsFollowHouseholds]);
  await moves('zhou');
  t.like(await caseOf(office.read, round.no, households.zhou.no), { standing: 'excused', reason: 'moved', village: placeNos.qinghe });
  t.is(await admit(office, clockwork, there.no), 1);
  t.like(await caseOf(office.read, there.no, households.zhou.no), { standing: 'open', village: placeNos.qingheOfPingshan });
  await office.store.write('cases').where({ round: round.no, subject: households.wu.no }).update({ standing: 'approved' });
  await moves('wu');
  t.like(await caseOf(office.read, round.no, households.wu.no), { standing: 'approved', village: placeNos.qinghe }, 'what is decided stays where it was');
});

test('a mark that the table does not allow is refused and names the standing', async t => {
  const { office, actor, traces } = await openVillage(t);
  const round = await openRound(office);
  const before = await traces();
  const refusal = await t.throwsAsync<Refusal>(inUnit(office, await actor('sun'), ['test'], async unit => {
    const key = await householdKey(unit.read, households.zhou.id);
    mark(unit, [await admitHousehold(unit, round, key)], { mark: 'approved', track: 'household' });
  }));
  t.is(refusal?.code, 'mark-not-allowed');
  t.regex(refusal?.words ?? '', /还没采集/);
  t.is(await traces(), before);
});

test('a grid worker’s list is that of the own grid; a page of it follows the last', async t => {
  const { office } = await openVillage(t);
  const round = await openRound(office);
  const village = await placeByNo(office.read, placeNos.qinghe);
  const list = (paths: readonly string[], more = {}) => caseRows(office.read, { round: round.no, village: village.no, villagePath: village.path, paths, ...more });
  t.deepEqual((await list([village.path])).rows.map(row => row.head_name), ['周大山', '吴秀兰', '郑𬭼']);
  t.deepEqual((await list([`${village.path}n${placeNos.grid2}/`])).rows.map(row => row.head_name), ['郑𬭼']);
  t.deepEqual((await list([`${village.path}g${placeNos.group1}/`])).rows.map(row => row.household_no), [1, 2]);
  t.deepEqual((await list([village.path], { standing: 'excused' })).rows, []);
  t.deepEqual((await list([village.path], { group: placeNos.group2 })).rows.map(row => row.household_no), [3]);
});

test('an act that read a case before its village was joined to another never writes the old village back', async t => {
  const { office, actor } = await openVillage(t);
  const round = await openRound(office);
  const { wang } = households;
  const [tan, gao] = [await actor('tan'), await actor('gao')];
  const gate = Promise.withResolvers<undefined>();
  const act = inUnit(office, tan, [`household:${wang.id}`], async unit => {
    const subject = householdSubject(await householdKey(unit.read, wang.id));
    unit.require('case.excuse', subject);
    const one = await caseOf(unit.read, round.no, wang.no);
    await gate.promise;
    mark(unit, [one], { mark: 'excused', track: 'household', reason: 'absent' });
    unit.record({ act: 'case.excused', power: 'case.excuse', subject });
  });
  const joining = mergePlaces(office, gao, { id: placeId(placeNos.shuikou), into: placeId(placeNos.qinghe), day: '2026-11-23', reason: '并村' }, [postsFollowPlaces, householdsFollowPlaces, roundsFollowPlaces]);
  t.is(await Promise.race([joining.then(() => 'joined'), new Promise(resolve => { setTimeout(resolve, 200, 'waits'); })]), 'waits');
  gate.resolve(undefined);
  await Promise.all([act, joining]);
  t.like(await caseOf(office.read, round.no, wang.no), { village: placeNos.qinghe, standing: 'excused', reason: 'absent' });
});

test('who comes to live in a village while it waits to be joined is not left behind: the merger is asked again', async t => {
  const { office, actor } = await openVillage(t);
  const gao = await actor('gao');
  const late: PlaceFollower = { keys: (() => { let asked = 0; return async () => ++asked === 1 ? [] : ['household:late']; })() };
  const merging = { id: placeId(placeNos.shuikou), into: placeId(placeNos.qinghe), day: '2026-11-23', reason: '并村' } as const;
  t.is((await t.throwsAsync<Refusal>(mergePlaces(office, gao, merging, [late])))?.code, 'changed-meanwhile');
  t.is((await office.read('places').where({ no: placeNos.shuikou }).first('until'))?.until, null);
  await mergePlaces(office, gao, merging, [late]);
});
