import test from 'ava';
import type { ExecutionContext } from 'ava';
import type { Refusal } from '../../src/kit/refusal.ts';
import { placeByNo } from '../../src/places/queries.ts';
import { roundByNo } from '../../src/rounds/round.ts';
import { returnTitle, takeStep, undoStep } from '../../src/titles/decide.ts';
import { titleOf, titlesBelow } from '../../src/titles/queries.ts';
import { roundNo, roundUnderWay } from '../support/round.ts';
import { openVillage, placeNos, type Village } from '../support/village.ts';

const codeOf = async (t: ExecutionContext, run: Promise<unknown>): Promise<string | undefined> => (await t.throwsAsync<Refusal>(run))?.code;

/** Qinghe and Anhe with their shares counted; `credit` says whether they are met. */
async function counted(t: ExecutionContext, credit: 0 | 1 = 1): Promise<Village> {
  const village = await openVillage(t);
  const { office } = village;
  await roundUnderWay(office, {});
  const at = '2026-11-20T01:00:00.000Z';
  for (const [no, above] of [[placeNos.qinghe, placeNos.anhe], [placeNos.anhe, placeNos.county]] as const) {
    await office.store.write('cases').insert({ round: roundNo, subject: no, village: above, standing: 'rated', held: 0, mark_seq: 1, changed_at: at, revision: 1, points: 0, grade: credit === 1 ? 0 : -1, outcome: credit === 1 ? 'graded' : 'unmet', credit });
  }
  return village;
}
const at = async (village: Village, no: number, mark_seq: number) => ({ round: await roundByNo(village.office.read, roundNo), place: await placeByNo(village.office.read, no), mark_seq });
const standingOf = async (village: Village, no: number): Promise<string> => (await titleOf(village.office.read, roundNo, no)).standing;

test('a village applies, the township reviews, the county\'s chair names it', async t => {
  const village = await counted(t);
  const { office } = village;
  await takeStep(office, await village.actor('sun'), { ...await at(village, placeNos.qinghe, 1), step: 'apply' });
  await takeStep(office, await village.actor('lin'), { ...await at(village, placeNos.qinghe, 2), step: 'review' });
  t.is(await codeOf(t, takeStep(office, await village.actor('ling'), { ...await at(village, placeNos.qinghe, 3), step: 'approve' })), 'not-allowed');
  t.is(await codeOf(t, takeStep(office, await village.actor('zhang'), { ...await at(village, placeNos.qinghe, 3), step: 'approve' })), 'title-hanging');
  village.clock.set('2026-12-03T01:00:00.000Z');
  await takeStep(office, await village.actor('zhang'), { ...await at(village, placeNos.qinghe, 3), step: 'approve' });
  t.is(await standingOf(village, placeNos.qinghe), 'approved');
  t.is(await village.traces(), 3);
});

test('a township applies, the county reviews: nobody judges their own', async t => {
  const village = await counted(t);
  const { office } = village;
  await takeStep(office, await village.actor('gao'), { ...await at(village, placeNos.anhe, 1), step: 'apply' });
  for (const who of ['gao', 'lin', 'ping', 'sun'] as const) t.is(await codeOf(t, takeStep(office, await village.actor(who), { ...await at(village, placeNos.anhe, 2), step: 'review' })), 'not-allowed', who);
  await takeStep(office, await village.actor('zhang'), { ...await at(village, placeNos.anhe, 2), step: 'review' });
  t.is(await codeOf(t, takeStep(office, await village.actor('zhang'), { ...await at(village, placeNos.anhe, 3), step: 'approve' })), 'title-own');
  t.is(await standingOf(village, placeNos.anhe), 'reviewed');
});

test('short of its shares nothing goes on; a page that is out of date is told so', async t => {
  const village = await counted(t, 0);
  const given = { ...await at(village, placeNos.qinghe, 1), step: 'apply' as const };
  t.is(await codeOf(t, takeStep(village.office, await village.actor('sun'), given)), 'title-short');
  t.is(await codeOf(t, takeStep(village.office, await village.actor('sun'), { ...given, mark_seq: 0 })), 'changed-meanwhile');
  t.is(await codeOf(t, takeStep(village.office, await village.actor('tan'), given)), 'not-allowed');
  t.is(await codeOf(t, takeStep(village.office, await village.actor('gao'), given)), 'not-allowed', 'the township does not apply for its village');
  t.is(await village.traces(), 0);
});

test('taken back by who did it while nobody has gone on, or returned with a reason', async t => {
  const village = await counted(t);
  const { office } = village;
  const sun = await village.actor('sun');
  await takeStep(office, sun, { ...await at(village, placeNos.qinghe, 1), step: 'apply' });
  await undoStep(office, sun, await at(village, placeNos.qinghe, 2));
  t.is(await standingOf(village, placeNos.qinghe), 'rated');
  await takeStep(office, sun, { ...await at(village, placeNos.qinghe, 3), step: 'apply' });
  t.is(await codeOf(t, returnTitle(office, sun, { ...await at(village, placeNos.qinghe, 4), reason: '自己退' })), 'not-allowed');
  await returnTitle(office, await village.actor('lin'), { ...await at(village, placeNos.qinghe, 4), reason: '无欠款户数再核' });
  t.is(await standingOf(village, placeNos.qinghe), 'rated');
  t.is(await codeOf(t, undoStep(office, sun, await at(village, placeNos.qinghe, 5))), 'changed-meanwhile');
});

test('titles are listed below one\'s places', async t => {
  const village = await counted(t);
  const { read } = village.office;
  t.deepEqual((await titlesBelow(read, [(await placeByNo(read, placeNos.anhe)).path], 10)).map(one => one.place.name), ['安和镇', '清河村']);
  t.deepEqual((await titlesBelow(read, [(await placeByNo(read, placeNos.shuikou)).path], 10)).length, 0);
  t.deepEqual(await titlesBelow(read, [], 10), []);
});
