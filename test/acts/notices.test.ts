import test from 'ava';
import type { ExecutionContext } from 'ava';
import type { Refusal } from '../../src/kit/refusal.ts';
import { newId } from '../../src/kit/id.ts';
import { withdraw } from '../../src/consents/withdraw.ts';
import { endNotice, endRunOut } from '../../src/notices/end.ts';
import { noticesFollowCases, noticesFollowConsents } from '../../src/notices/follow.ts';
import type { NoticeStage } from '../../src/notices/notice.ts';
import { keepPhoto } from '../../src/notices/photo.ts';
import { postNotice, toPost } from '../../src/notices/post.ts';
import { correctedBy, countsOf, lettersOf, namedIn, noticeById, noticesBelow, noticesInForce, runOut } from '../../src/notices/queries.ts';
import { checkNotices, proofOf, rootOf, type Proof } from '../../src/notices/proof.ts';
import { leafHash } from '../../src/kit/tree-hash.ts';
import { sha256Bytes } from '../../src/store/trace.ts';
import { verify } from '../../src/audit/verify.ts';
import { unpostNotice } from '../../src/notices/unpost.ts';
import { answerObjection } from '../support/answering.ts';
import { lodgeObjection } from '../../src/objections/lodge.ts';
import { passCases } from '../../src/panels/pass.ts';
import { undoPass } from '../../src/panels/undo.ts';
import { reopenCase } from '../../src/ratings/reopen.ts';
import { placeByNo } from '../../src/places/queries.ts';
import { excuse, readmit } from '../../src/rounds/excuse.ts';
import { followCases } from '../../src/rounds/follow-cases.ts';
import { roundsFollowConsents, roundsFollowHouseholds } from '../../src/rounds/follow.ts';
import { close as closeHousehold } from '../../src/households/close.ts';
import { caseOf, roundByNo } from '../../src/rounds/round.ts';
import { roundNo, roundUnderWay, type Placed, type Who } from '../support/round.ts';
import { households, openVillage, placeNos, type Village } from '../support/village.ts';
import { anyone } from '../../src/access/actor.ts';

const { zhou, wu } = households;
const posting = async (village: Village, stage: NoticeStage, id = newId()) => ({ id, round: await roundByNo(village.office.read, roundNo), village: await placeByNo(village.office.read, placeNos.qinghe), stage, where: '村部公示栏', phone: '0517-88000000' });
const codeOf = async (t: ExecutionContext, run: Promise<unknown>): Promise<string | undefined> => (await t.throwsAsync<Refusal>(run))?.code;
const standingOf = async (village: Village, subject: number): Promise<string> => (await caseOf(village.office.read, roundNo, subject)).standing;
const objecting = (notice: string) => ({ id: newId(), round: roundNo, subject: zhou.no, notice, about: 'rating', words: '家里劳力少算了一个', name: undefined, contact: undefined, how: 'web' as const });

async function hung(t: ExecutionContext, cases: Partial<Record<Who, Placed>> = { zhou: { standing: 'preliminary', grade: 0 }, wu: { standing: 'preliminary', grade: 1, publish: false } }) {
  const village = await openVillage(t);
  await roundUnderWay(village.office, cases);
  return { village, ...await postNotice(village.office, await village.actor('sun'), await posting(village, 'village')) };
}

test('a notice names those who agreed, masked; the others are counted and have a letter', async t => {
  const { village, id, named, unnamed, until } = await hung(t);
  const { read } = village.office;
  t.deepEqual([named, unnamed, until], [1, 1, '2026-11-30']);
  t.deepEqual((await namedIn(read, id)).map(entry => [entry.shown, entry.group_name, entry.grade]), [['周＊山', '第1组', 0]]);
  t.deepEqual((await lettersOf(read, await noticeById(read, id))).map(letter => letter.head_name), ['吴秀兰']);
  t.deepEqual([await standingOf(village, zhou.no), await standingOf(village, wu.no)], ['village-notice', 'village-notice']);
  t.is((await rootOf(read, id)).length, 64);
  t.is((await noticesInForce(read, '2026-11-30')).length, 1);
  t.is((await noticesInForce(read, '2026-12-01')).length, 0);
  t.is((await noticesBelow(read, [(await placeByNo(read, placeNos.shuikou)).path], 10)).length, 0);
  t.is(await village.traces(), 1);
});

test('each line is proved by itself; one that is withdrawn leaves the rest provable, one that is forged is found', async t => {
  const { village, id } = await hung(t);
  const { read, store } = village.office;
  const found = async () => checkNotices(read);
  t.deepEqual(await found(), { looked: 3, wrong: [] });
  const proof = await proofOf(read, id) as Proof;
  t.is(proof.root, await rootOf(read, id));
  t.regex(proof.head.text, /信用户初评结果公示[\s\S]*2026-11-30/);
  t.deepEqual(proof.lines.map(line => [line.path.length, line.text === undefined]), [[2, false], [1, true]], 'who is not named is not told by the proof either');
  t.is(leafHash(sha256Bytes, proof.lines[0]?.text ?? ''), proof.lines[0]?.leaf ?? '-');
  t.is(await proofOf(read, newId()), undefined);
  await withdraw(village.office, await village.actor('hua'), { consent: 'consent-zhou-publish' });
  t.deepEqual(await found(), { looked: 3, wrong: [] });
  t.is((await proofOf(read, id) as typeof proof).lines[0]?.leaf, proof.lines[0]?.leaf, 'the bare leaf stays');
  await store.write('notice_entries').where({ notice: id, seq: 2 }).update({ grade: 0 });
  await store.write('notices').where({ id }).update({ until: '2026-12-30' });
  t.deepEqual((await verify(village.office)).findings.filter(one => one.what === 'check').map(one => one.about ?? ''), [`公示 ${id}，抬头`, `公示 ${id}，第 2 行`]);
  await store.write('notice_entries').where({ notice: id, seq: 2 }).delete();
  t.true((await found()).wrong.includes(`公示 ${id}，整份`));
});

test('a list goes group by group; who is in no group comes last, on every database', async t => {
  const village = await openVillage(t);
  await roundUnderWay(village.office, { zhou: { standing: 'preliminary', grade: 0 }, wu: { standing: 'preliminary', grade: 1 }, zheng: { standing: 'preliminary', grade: 1 } });
  await village.office.store.write('households').where({ id: zhou.id }).update({ group_no: null });
  t.deepEqual((await toPost(village.office, await posting(village, 'village'))).map(one => one.subject), [wu.no, households.zheng.no, zhou.no]);
});

test('who takes part no longer stands on no notice of the round, and coming back does not hang the name again', async t => {
  followCases([noticesFollowCases]);
  const { village, id } = await hung(t, { zhou: { standing: 'preliminary', grade: 0 }, wu: { standing: 'preliminary', grade: 1 }, zheng: { standing: 'preliminary', grade: 2 } });
  const { office } = village;
  const given = { round: roundNo, households: [zhou.id], reason: 'declined' as const };
  t.is(await codeOf(t, excuse(office, await village.actor('tan'), given)), 'not-allowed');
  t.is((await namedIn(office.read, id)).length, 3);
  const sun = await village.actor('sun');
  await excuse(office, sun, { ...given, words: '本人来说今年不参加' });
  await closeHousehold(office, await village.actor('gao'), { household: wu.id, rev: 1, reason: 'moved' }, [roundsFollowHouseholds]);
  await readmit(office, sun, given);
  t.deepEqual((await namedIn(office.read, id)).map(entry => entry.seq), [3]);
  t.deepEqual((await office.read('notice_entries').where({ notice: id }).whereIn('subject', [zhou.no, wu.no]).select('salt')).map(row => row.salt), ['', '']);
});

test('the same form sent twice is one notice; with nothing to post there is none', async t => {
  const village = await openVillage(t);
  await roundUnderWay(village.office, { zhou: { standing: 'preliminary', grade: 0 } });
  const sun = await village.actor('sun');
  const given = await posting(village, 'village');
  const first = await postNotice(village.office, sun, given);
  t.deepEqual(await postNotice(village.office, sun, given), first);
  t.is(await codeOf(t, postNotice(village.office, sun, await posting(village, 'village'))), 'nothing-to-post');
  t.is(await village.traces(), 1);
});

test('the village posts its own notice, the township the second and third', async t => {
  const village = await openVillage(t);
  await roundUnderWay(village.office, { zhou: { standing: 'preliminary', grade: 0 }, wu: { standing: 'reviewed', grade: 1 }, zheng: { standing: 'approved', grade: 1 } });
  for (const who of ['tan', 'mei', 'ping'] as const) t.is(await codeOf(t, postNotice(village.office, await village.actor(who), await posting(village, 'village'))), 'not-allowed', who);
  for (const stage of ['township', 'final'] as const) t.is(await codeOf(t, postNotice(village.office, await village.actor('sun'), await posting(village, stage))), 'not-allowed', stage);
  t.is(await village.traces(), 0);
  const lin = await village.actor('lin');
  await postNotice(village.office, lin, await posting(village, 'township'));
  t.is(await standingOf(village, wu.no), 'township-notice');
  t.is((await postNotice(village.office, lin, await posting(village, 'final'))).named, 1);
  t.is(await standingOf(village, households.zheng.no), 'approved');
  t.is(await codeOf(t, postNotice(village.office, lin, await posting(village, 'final'))), 'nothing-to-post', 'nobody is announced twice');
});

test('the clock ends it the day after the last, not on it, and leaves a held household', async t => {
  const { village, id } = await hung(t);
  const { office, clock } = village;
  await lodgeObjection(office, anyone, objecting(id));
  clock.set('2026-11-30T15:59:00.000Z');
  t.is(await codeOf(t, endNotice(office, await village.actor('sun'), id)), 'notice-still-running');
  t.is(await endRunOut(office), 0);
  clock.set('2026-11-30T16:00:00.000Z');
  t.is(await endRunOut(office), 1);
  t.deepEqual([await standingOf(village, zhou.no), await standingOf(village, wu.no)], ['village-notice', 'village-noticed']);
  t.is((await noticeById(office.read, id)).ended_on, '2026-12-01');
  t.is(await endRunOut(office), 0, 'repeated, nothing is new');
  await answerObjection(office, await village.actor('sun'), { id: (await office.read('objections').first('id')).id, outcome: 'kept', words: '核过了，劳力两人没错。' });
  t.is(await standingOf(village, zhou.no), 'village-noticed', 'its clock had run out meanwhile');
  t.deepEqual(await runOut(office.read, '2026-12-01'), []);
});

test('taken down with a reason before anybody objects; after that no more', async t => {
  const first = await hung(t);
  t.is(await codeOf(t, unpostNotice(first.village.office, await first.village.actor('tan'), { id: first.id, reason: '贴错了' })), 'not-allowed');
  t.is(await unpostNotice(first.village.office, await first.village.actor('sun'), { id: first.id, reason: '第2组漏了一户' }), 2);
  t.is(await standingOf(first.village, zhou.no), 'preliminary');
  t.is((await noticesInForce(first.village.office.read, '2026-11-23')).length, 0);
  t.is(await codeOf(t, unpostNotice(first.village.office, await first.village.actor('sun'), { id: first.id, reason: '再来' })), 'notice-down');
  const again = await postNotice(first.village.office, await first.village.actor('sun'), await posting(first.village, 'village'));
  await lodgeObjection(first.village.office, anyone, objecting(again.id));
  t.is(await codeOf(t, unpostNotice(first.village.office, await first.village.actor('sun'), { id: again.id, reason: '贴错了' })), 'notice-objected');
});

test('an older notice that was taken down does not end a later one\'s case', async t => {
  const { village, id } = await hung(t);
  const sun = await village.actor('sun');
  await unpostNotice(village.office, sun, { id, reason: '贴错了' });
  village.clock.set('2026-11-25T01:00:00.000Z');
  const later = await postNotice(village.office, sun, await posting(village, 'village'));
  village.clock.set('2026-12-01T01:00:00.000Z');
  await endRunOut(village.office);
  t.is(await standingOf(village, zhou.no), 'village-notice');
  t.is(later.until, '2026-12-02');
  t.is(await codeOf(t, endNotice(village.office, sun, id)), 'notice-down');
});

test('a withdrawn consent takes the name from the notice at once', async t => {
  const { village, id } = await hung(t);
  const { office } = village;
  await withdraw(office, await village.actor('mei'), { consent: 'consent-zhou-publish', how: 'paper', reason: '不想公布' }, [noticesFollowConsents]);
  t.deepEqual(await namedIn(office.read, id), []);
  const row: { shown: string; salt: string; withdrawn_at: string | null } | undefined = await office.read('notice_entries').where({ notice: id, subject: zhou.no }).first('shown', 'salt', 'withdrawn_at');
  t.like(row, { shown: '', salt: '' });
  t.truthy(row?.withdrawn_at);
  t.deepEqual((await countsOf(office.read, [id])).get(id), { named: 0, unnamed: 2 });
});

test('the photo of the sheet is kept by who posts, nobody else', async t => {
  const { village, id } = await hung(t);
  const source = { bytes: Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0]) };
  t.is(await codeOf(t, keepPhoto(village.office, await village.actor('tan'), { id, source })), 'not-allowed');
  const photo = await keepPhoto(village.office, await village.actor('sun'), { id, source });
  t.is((await noticeById(village.office.read, id)).photo, photo);
});

test('who reached no credit grade is not named, whatever they agreed to: a notice tells of good news only', async t => {
  const { village, id, named, unnamed } = await hung(t, { zhou: { standing: 'preliminary', grade: 3, points: 6_500 }, wu: { standing: 'preliminary', grade: -1, points: 4_000 }, zheng: { standing: 'preliminary', grade: 2, points: 7_500 } });
  t.deepEqual([named, unnamed], [1, 2]);
  t.deepEqual((await namedIn(village.office.read, id)).map(entry => entry.grade), [2]);
  t.deepEqual((await lettersOf(village.office.read, await noticeById(village.office.read, id))).map(letter => letter.head_name), ['周大山', '吴秀兰']);
});

test('a withdrawn consent to be rated takes the case out of the round; what is decided stays', async t => {
  const village = await openVillage(t);
  const { office } = village;
  await roundUnderWay(office, { zhou: { standing: 'village-notice', grade: 0 }, wu: { standing: 'approved', grade: 1 } });
  const mei = await village.actor('mei');
  for (const who of ['zhou', 'wu'] as const) await withdraw(office, mei, { consent: `consent-${who}-rate`, how: 'paper', reason: '' }, [roundsFollowConsents, noticesFollowConsents]);
  t.like(await caseOf(office.read, roundNo, zhou.no), { standing: 'excused', reason: 'noConsent' });
  t.is(await standingOf(village, wu.no), 'approved');
});

test('a result that was announced and is looked at anew leaves the announcement at once; the new one is announced again and names what it corrects', async t => {
  followCases([noticesFollowCases]);
  const village = await openVillage(t);
  const { office } = village;
  await roundUnderWay(office, { zhou: { standing: 'approved', grade: 0 }, wu: { standing: 'approved', grade: 1, publish: false }, zheng: { standing: 'approved', grade: 1 } });
  const lin = await village.actor('lin');
  const first = await postNotice(office, lin, await posting(village, 'final'));
  await reopenCase(office, lin, { round: roundNo, household: zhou.id, reason: '劳力数错了' });
  await reopenCase(office, lin, { round: roundNo, household: wu.id, reason: '劳力数错了' });
  t.deepEqual((await namedIn(office.read, first.id)).map(entry => entry.shown), ['郑＊']);
  t.deepEqual(await lettersOf(office.read, await noticeById(office.read, first.id)), [], 'nobody is sent a result that holds no longer');
  t.is(await codeOf(t, postNotice(office, lin, await posting(village, 'final'))), 'nothing-to-post');
  await office.store.write('cases').update({ standing: 'approved' });
  await office.store.write('cases').where({ subject: zhou.no }).update({ grade: 1 });
  village.clock.forward(60_000);
  const second = await postNotice(office, lin, await posting(village, 'final'));
  t.deepEqual(await namedIn(office.read, second.id), [{ seq: 1, shown: '周＊山', group_name: '第1组', grade: 1, corrects: first.id }]);
  t.deepEqual((await lettersOf(office.read, await noticeById(office.read, second.id))).map(letter => [letter.head_name, letter.corrects]), [['吴秀兰', first.id]]);
  t.deepEqual([...await correctedBy(office.read, await namedIn(office.read, second.id))], [[first.id, '2026-11-23']]);
  t.is(await codeOf(t, postNotice(office, lin, await posting(village, 'final'))), 'nothing-to-post', 'nobody is announced twice');
  t.is(await codeOf(t, reopenCase(office, await village.actor('sun'), { round: roundNo, household: zhou.id, reason: '再看' })), 'not-allowed');
  t.is((await namedIn(office.read, second.id)).length, 1);
});

test('an upheld objection takes the name off what hangs at once, and what ran out before stays as it hung', async t => {
  followCases([noticesFollowCases]);
  const { village, id } = await hung(t, { zhou: { standing: 'preliminary', grade: 0 }, wu: { standing: 'preliminary', grade: 1 } });
  const { office, clock } = village;
  await lodgeObjection(office, anyone, objecting(id));
  await answerObjection(office, await village.actor('sun'), { id: (await office.read('objections').first('id')).id, outcome: 'upheld', words: '核过了，是少算了。' });
  t.deepEqual((await namedIn(office.read, id)).map(entry => entry.shown), ['吴＊兰']);
  t.is(await standingOf(village, zhou.no), 'collected');
  clock.set('2026-12-01T01:00:00.000Z');
  await endRunOut(office);
  await reopenCase(office, await village.actor('gao'), { round: roundNo, household: wu.id, reason: '有新的材料' });
  t.deepEqual((await namedIn(office.read, id)).map(entry => entry.shown), ['吴＊兰']);
});

test('an approval taken back takes the announcement with it', async t => {
  followCases([noticesFollowCases]);
  const village = await openVillage(t);
  const { office } = village;
  await roundUnderWay(office, { zhou: { standing: 'township-noticed', grade: 0 } });
  const [gao, sitting] = [await village.actor('gao'), { round: await roundByNo(office.read, roundNo), village: await placeByNo(office.read, placeNos.qinghe), stage: 'approval' as const }];
  const { unit } = await passCases(office, gao, { ...sitting, cases: [{ subject: zhou.no, id: zhou.id, mark_seq: 1 }] });
  const { id } = await postNotice(office, gao, await posting(village, 'final'));
  await undoPass(office, gao, { ...sitting, unit });
  t.deepEqual(await namedIn(office.read, id), []);
});

test('the named have the numbers from one, so that no gap tells who is left out', async t => {
  const { village, id } = await hung(t, { zhou: { standing: 'preliminary', grade: 0, publish: false }, wu: { standing: 'preliminary', grade: 3 }, zheng: { standing: 'preliminary', grade: 1 } });
  t.deepEqual((await namedIn(village.office.read, id)).map(entry => entry.seq), [1]);
  t.deepEqual((await lettersOf(village.office.read, await noticeById(village.office.read, id))).map(letter => letter.seq), [2, 3]);
});

test('a notice that cannot be ended keeps no other from ending', async t => {
  const { village, id } = await hung(t);
  const { office, clock } = village;
  await office.store.write('cases').where({ subject: zhou.no }).update({ standing: 'preliminary' });
  const other = await postNotice(office, await village.actor('sun'), await posting(village, 'village'));
  clock.set('2026-12-01T01:00:00.000Z');
  await office.store.write('marks').where({ subject: wu.no, mark: 'posted' }).update({ body: 'not json' });
  const told = await t.throwsAsync<AggregateError>(endRunOut(office));
  t.is(told?.errors.length, 1, 'and the log is told');
  t.deepEqual([(await noticeById(office.read, id)).ended_on, (await noticeById(office.read, other.id)).ended_on], [null, '2026-12-01']);
  t.is(await standingOf(village, zhou.no), 'village-noticed');
});
