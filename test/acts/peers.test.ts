import test from 'ava';
import type { ExecutionContext } from 'ava';
import { forget } from '../../src/households/forget.ts';
import { newId } from '../../src/kit/id.ts';
import type { Faults } from '../../src/kit/faults.ts';
import type { Refusal } from '../../src/kit/refusal.ts';
import { recordSheet } from '../../src/observations/record.ts';
import { worldOf } from '../../src/observations/world.ts';
import { closeReview } from '../../src/peers/close.ts';
import { convene } from '../../src/peers/convene.ts';
import { drawn } from '../../src/peers/draw.ts';
import { resultsFor, seatsOf } from '../../src/peers/queries.ts';
import { handIn, keyAnswers, onPaper, saveAnswers } from '../../src/peers/save.ts';
import { scopeOf } from '../../src/peers/scope.ts';
import { sumsOf } from '../../src/peers/statistics.ts';
import { verify } from '../../src/audit/verify.ts';
import { declare } from '../../src/recusals/declare.ts';
import { openCollecting } from '../support/collecting.ts';
import { openPeers, questionKey } from '../support/peers.ts';
import { households, placeNos } from '../support/village.ts';

const { zhou, wu } = households;
const codeOf = async (t: ExecutionContext, run: Promise<unknown>): Promise<string | undefined> => (await t.throwsAsync<Refusal>(run))?.code;
type Peers = Awaited<ReturnType<typeof openPeers>>;
const valueNow = async ({ office, round }: Peers, id: string) => { const field = (await worldOf(office.read, round.no, id)).picture.fields.get(questionKey); return field?.kind === 'current' ? field.stand.fact : undefined; };

test('each answers alone; the mean without the extremes enters the record with how many answered and how far apart they were', async t => {
  const village = await openPeers(t);
  const { office, actor, begin, judge, peer, round } = village;
  const review = await begin();
  t.like(review, { pass: 1, follows: null, closed_on: null });
  const scores = [20, 18, 15, 16, 3, 'dontKnow'] as const;
  for (const [at, name] of village.peers.entries()) await judge(review.id, name, { zhou: scores[at] ?? 0, wu: at < 4 ? 'dontKnow' : 10 });
  t.is(await closeReview(office, await actor('sun'), review.id), 1);
  t.is(await valueNow(village, zhou.id), 16, '(15 + 16 + 18) / 3 = 16.33');
  t.is(await valueNow(village, wu.id), undefined, 'two answers are too few: nothing is made up');
  t.like((await resultsFor(office.read, round.no, zhou.no)).get(questionKey), { answers: 5, unclear: 1, spread: 17, counts: 1 });
  t.like((await resultsFor(office.read, round.no, wu.no)).get(questionKey), { answers: 2, unclear: 4, counts: 0 });
  t.is(await codeOf(t, closeReview(office, await actor('sun'), review.id)), 'peer-over');
  t.is(await codeOf(t, saveAnswers(office, await peer('a'), { review: review.id, household: zhou.id, values: { [questionKey]: 1 } })), 'peer-over');
  t.deepEqual((await verify(office)).findings.filter(one => one.table?.startsWith('peer') === true || one.table === 'sheets'), []);
});

test('blind: what one evaluator answered stands nowhere in clear, and changes nothing before the end', async t => {
  const village = await openPeers(t);
  const { office, begin, judge, round } = village;
  const review = await begin();
  await judge(review.id, 'pi', { zhou: 17, wu: 13 });
  t.is(await valueNow(village, zhou.id), undefined);
  const rows: { sealed: string }[] = await office.read('peer_answers').select('*');
  t.is(rows.length, 2);
  t.true(rows.every(row => /^v1\.[\w.-]+$/.test(row.sealed)), 'cipher text alone');
  t.regex(office.secrets.open(rows[0]?.sealed ?? ''), /"regard":17/);
  t.is((await office.read('peer_results')).length, 0);
  t.is((await office.read('sheets').where({ round: round.no, source: 'reviewers' })).length, 0);
  t.deepEqual(await office.read('ledger').whereLike('act', 'peer.%').distinct('act').orderBy('act'), [{ act: 'peer.convened' }, { act: 'peer.handed-in' }, { act: 'peer.judged' }], 'that somebody judged, not what');
});

test('who sits is drawn by the number of the review; anybody draws the same again', async t => {
  const village = await openPeers(t);
  const review = await village.begin('sun', 5);
  const seats = await seatsOf(village.office.read, [review.id]);
  t.deepEqual(seats.map(one => one.officer).sort(), drawn(village.peers.map(village.idOf), review.id, 5).toSorted());
  t.deepEqual(seats.map(one => one.no), [1, 2, 3, 4, 5]);
});

test('nobody judges the own household, kin, or where there is an interest, declared before or since', async t => {
  const village = await openPeers(t);
  const { office, begin, judge, peer, actor } = village;
  await declare(office, await peer('a'), { household: zhou.id, ground: 'kin', words: '堂兄' });
  const review = await begin();
  t.is(await codeOf(t, saveAnswers(office, await peer('a'), { review: review.id, household: zhou.id, values: { [questionKey]: 20 } })), 'not-allowed');
  await judge(review.id, 'a', { wu: 10 });
  for (const name of ['pi', 'b', 'c', 'd', 'e']) await judge(review.id, name, { zhou: 12, wu: 10 });
  await declare(office, await peer('b'), { household: zhou.id, ground: 'interest', words: '合伙' });
  t.is(await closeReview(office, await actor('sun'), review.id), 1);
  t.like((await resultsFor(office.read, village.round.no, zhou.no)).get(questionKey), { answers: 4, counts: 0 }, 'whoever has come to stand aside since is not counted');
  t.is(await valueNow(village, wu.id), 10);
});

test('a sheet is handed in whole, may be taken back until the end, and counts only when handed in', async t => {
  const village = await openPeers(t);
  const { office, begin, judge, peer, actor } = village;
  const review = await begin();
  const a = await peer('a');
  await saveAnswers(office, a, { review: review.id, household: zhou.id, values: { [questionKey]: 20 } });
  t.is(await codeOf(t, handIn(office, a, { review: review.id, isDone: true })), 'peer-unanswered');
  const empty = await t.throwsAsync<Faults>(saveAnswers(office, a, { review: review.id, household: wu.id, values: {} }));
  t.is(empty?.faults[0]?.field, `v-${questionKey}`);
  t.is((await t.throwsAsync<Faults>(saveAnswers(office, a, { review: review.id, household: wu.id, values: { [questionKey]: 21 } })))?.faults.length, 1);
  await saveAnswers(office, a, { review: review.id, household: wu.id, values: { [questionKey]: { missing: 'dontKnow' } } });
  await handIn(office, a, { review: review.id, isDone: true });
  t.is(await codeOf(t, saveAnswers(office, a, { review: review.id, household: zhou.id, values: { [questionKey]: 1 } })), 'peer-done');
  await handIn(office, a, { review: review.id, isDone: false });
  for (const name of ['pi', 'b', 'c', 'd']) await judge(review.id, name, { zhou: 20, wu: 20 });
  t.is(await closeReview(office, await actor('sun'), review.id), 0, 'four handed in, five are wanted');
});

test('up to three passes, each asking only what was too few or too far apart', async t => {
  const village = await openPeers(t);
  const { office, begin, judge, actor } = village;
  const close = async (id: string): Promise<number> => closeReview(office, await actor('sun'), id);
  const first = await begin();
  t.is(await codeOf(t, begin()), 'peer-under-way');
  for (const [at, name] of village.peers.entries()) await judge(first.id, name, { zhou: at < 3 ? 2 : 19, wu: 10 });
  t.is(await close(first.id), 2);
  const second = await begin();
  t.like(second, { pass: 2, follows: first.id });
  t.deepEqual((await scopeOf(office.read, second.id)).households.map(one => one.id), [zhou.id], '吴 is settled');
  t.is(await codeOf(t, saveAnswers(office, await village.peer('a'), { review: second.id, household: wu.id, values: { [questionKey]: 1 } })), 'peer-not-asked');
  for (const [at, name] of village.peers.entries()) await judge(second.id, name, { zhou: at < 3 ? 8 : 18 });
  t.is(await close(second.id), 1);
  t.is(await valueNow(village, zhou.id), 13, 'the later pass stands');
  const third = await begin();
  for (const name of village.peers) await judge(third.id, name, { zhou: 14 });
  await close(third.id);
  t.is(await valueNow(village, zhou.id), 14);
  t.is(await codeOf(t, begin()), 'peer-passes');
});

test('when all agree there is nothing to judge again', async t => {
  const village = await openPeers(t);
  const review = await village.begin();
  for (const name of village.peers) await village.judge(review.id, name, { zhou: 12, wu: 12 });
  await closeReview(village.office, await village.actor('sun'), review.id);
  t.is(await codeOf(t, village.begin()), 'peer-settled');
});

test('on paper: two people key it in, neither sees the other’s; what they read alike counts', async t => {
  const village = await openPeers(t);
  const { office, begin, judge, peer, actor, idOf } = village;
  const review = await begin();
  await onPaper(office, await actor('sun'), { review: review.id, officer: idOf('e') });
  const no = (await seatsOf(office.read, [review.id])).find(one => one.how === 'paper')?.no ?? 0;
  t.is(await codeOf(t, saveAnswers(office, await peer('e'), { review: review.id, household: zhou.id, values: { [questionKey]: 1 } })), 'not-allowed');
  const key = async (who: 'sun' | 'hua', household: string, score: number) => keyAnswers(office, await actor(who), { review: review.id, no, household, values: { [questionKey]: score } });
  await key('sun', zhou.id, 15);
  await key('sun', wu.id, 16);
  await key('hua', zhou.id, 15);
  await key('hua', wu.id, 18);
  t.is(await codeOf(t, key('sun', newId(), 1)), 'peer-not-asked');
  t.is(await codeOf(t, keyAnswers(office, await actor('sun'), { review: review.id, no: no === 1 ? 2 : 1, household: zhou.id, values: {} })), 'peer-on-tablet');
  const third = { ...await actor('sun'), id: '00000000-0000-7000-8000-000000000999' };
  t.is(await codeOf(t, keyAnswers(office, third, { review: review.id, no, household: zhou.id, values: { [questionKey]: 1 } })), 'peer-keyed');
  for (const name of ['pi', 'a', 'b', 'c']) await judge(review.id, name, { zhou: 15, wu: 15 });
  t.is(await codeOf(t, onPaper(office, await actor('sun'), { review: review.id, officer: idOf('a') })), 'peer-seated');
  t.is(await closeReview(office, await actor('sun'), review.id), 1);
  t.is(await valueNow(village, zhou.id), 15);
  t.like((await resultsFor(office.read, village.round.no, wu.no)).get(questionKey), { answers: 4, counts: 0 }, 'read differently: no answer');
});

test('who may not: a foreign committee, an evaluator of another group, the township, a grid worker', async t => {
  const village = await openPeers(t);
  const { office, begin, actor, peer } = village;
  for (const who of ['tan', 'gao', 'mei', 'pi'] as const) t.is(await codeOf(t, begin(who)), 'not-allowed', who);
  const review = await begin();
  for (const who of ['tan', 'gao', 'shen'] as const) t.is(await codeOf(t, closeReview(office, await actor(who), review.id)), 'not-allowed', who);
  for (const who of ['sun', 'gao', 'mei'] as const) t.is(await codeOf(t, saveAnswers(office, await actor(who), { review: review.id, household: zhou.id, values: { [questionKey]: 5 } })), 'not-allowed', who);
  const stranger = { ...await peer('a'), id: '00000000-0000-7000-8000-000000000998' };
  t.is(await codeOf(t, saveAnswers(office, stranger, { review: review.id, household: zhou.id, values: { [questionKey]: 5 } })), 'not-allowed');
});

test('too few evaluators, a standard that asks nothing of them, a group that is past judging', async t => {
  const village = await openPeers(t);
  const { office, round, actor } = village;
  const there = async (group: number, id = round.no) => convene(office, await actor('sun'), { id: newId(), round: id, group, until: '2026-11-30' });
  t.is(await codeOf(t, there(placeNos.group2)), 'peer-few');
  await office.store.write('cases').where({ round: round.no }).update({ standing: 'reviewed' });
  t.is(await codeOf(t, there(placeNos.group1)), 'peer-locked');
  const other = await openCollecting(t);
  t.is(await codeOf(t, convene(other.office, await other.actor('sun'), { id: newId(), round: other.round.no, group: placeNos.group1, until: '2026-11-30' })), 'peer-unasked');
});

test('nobody fills the evaluators’ question in at the door or by file', async t => {
  const village = await openPeers(t);
  const faults = await t.throwsAsync<Faults>(recordSheet(village.office, await village.actor('sun'), { id: newId(), round: village.round.no, household: zhou.id, base_seq: 0, source: 'village', values: { [questionKey]: 20 } }));
  t.is(faults?.faults[0]?.code, 'reviewers');
});

test('two at once: the same answer, the end of the review; nothing is lost and nothing counts twice', async t => {
  const village = await openPeers(t);
  const { office, begin, judge, peer, actor } = village;
  const review = await begin();
  for (const name of village.peers) await judge(review.id, name, { zhou: 12, wu: 12 });
  await handIn(office, await peer('a'), { review: review.id, isDone: false });
  const outcomes = await Promise.allSettled([closeReview(office, await actor('sun'), review.id), saveAnswers(office, await peer('a'), { review: review.id, household: zhou.id, values: { [questionKey]: 1 } }), closeReview(office, await actor('sun'), review.id)]);
  t.is(outcomes.filter((one, at) => at !== 1 && one.status === 'fulfilled').length, 1);
  t.is((await office.read('sheets').where({ source: 'reviewers' })).length, 2);
  t.is(await valueNow(village, zhou.id), 12);
});

test('a household that is forgotten leaves no answer behind; the auditor sees sums, and none of few answers', async t => {
  const village = await openPeers(t);
  const { office, begin, judge, actor } = village;
  const review = await begin();
  for (const name of village.peers) await judge(review.id, name, { zhou: 12, wu: 12 });
  await closeReview(office, await actor('sun'), review.id);
  const sums = await sumsOf(office.read, office.secrets, ['/']);
  t.is(sums.length, 6);
  t.true(sums.every(one => one.answers === 2 && one.alike === 2 && !one.shown));
  await forget(office, await actor('gao'), { household: zhou.id });
  t.is((await office.read('peer_answers').where({ subject: zhou.no }).whereNot({ sealed: '' })).length, 0);
  t.deepEqual(await sumsOf(office.read, office.secrets, ['/nowhere/']), []);
  t.is((await sumsOf(office.read, office.secrets, ['/']))[0]?.answers, 1);
});
