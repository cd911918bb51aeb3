import test from 'ava';
import '../../src/areas.ts';
import type { Refusal } from '../../src/kit/refusal.ts';
import { placeByNo } from '../../src/places/queries.ts';
import { ratingInForce } from '../../src/ratings/queries.ts';
import { rateRound } from '../../src/ratings/rate.ts';
import { recheckRatings } from '../../src/ratings/recheck.ts';
import { reopenCase } from '../../src/ratings/reopen.ts';
import { rollUp } from '../../src/ratings/rollup.ts';
import { today } from '../../src/ratings/today.ts';
import { tellWhy } from '../../src/ratings/why.ts';
import { excuse } from '../../src/rounds/excuse.ts';
import { marksOf } from '../../src/rounds/queries.ts';
import { roundByNo } from '../../src/rounds/round.ts';
import { returnTitle, takeStep } from '../../src/titles/decide.ts';
import { titleOf } from '../../src/titles/queries.ts';
import type { Collecting } from '../support/collecting.ts';
import { openCollected, toApproval, walk } from '../support/rating.ts';
import { households, placeNos } from '../support/village.ts';

const { zhou, wu, wang, zheng } = households;
const inForce = (village: Collecting, subject: number) => ratingInForce(village.office.read, village.round.no, subject);

test('an application rests on the figures it was made on; a later loss is told beside them and changes nothing, until it comes back', async t => {
  const village = await openCollected(t);
  const { office, round } = village;
  const [gao, sun] = [await village.actor('gao'), await village.actor('sun')];
  await rateRound(office, gao, { round: round.no });
  await walk(village, [zhou.no, wu.no], toApproval);
  await rollUp(office, gao, { round: round.no });
  for (const table of ['ratings', 'cases'] as const) await office.store.write(table).where({ subject: placeNos.qinghe, revision: 2 }).update({ credit: 1, grade: 0, outcome: 'graded' });
  const [qinghe, whole] = [await placeByNo(office.read, placeNos.qinghe), await roundByNo(office.read, round.no)];
  const seqOf = async (): Promise<number> => (await titleOf(office.read, round.no, placeNos.qinghe)).mark_seq;
  t.is((await t.throwsAsync<Refusal>(takeStep(office, sun, { round: whole, place: qinghe, mark_seq: await seqOf(), step: 'apply' })))?.code, 'title-waits', 'one household is not collected yet');
  await excuse(office, sun, { round: round.no, households: [zheng.id], reason: 'declined' });
  await takeStep(office, sun, { round: whole, place: qinghe, mark_seq: await seqOf(), step: 'apply' });
  t.is((await marksOf(office.read, round.no, placeNos.qinghe)).at(-1)?.body, '{"revision":2}', 'the application keeps the rating');

  await reopenCase(office, gao, { round: round.no, household: wu.id, reason: '有新的材料' });
  await walk(village, [wang.no], toApproval);
  t.deepEqual(await rollUp(office, gao, { round: round.no }), { villages: 1, townships: 0 }, 'the other village goes on');
  t.like(await inForce(village, placeNos.qinghe), { revision: 2, credit: 1 });
  t.like(await inForce(village, placeNos.shuikou), { revision: 2 });
  const then = await tellWhy(office.read, await inForce(village, placeNos.qinghe) ?? t.fail() as never);
  const now = await today(office.read, whole, qinghe, '2026-11-23');
  const creditShare = (of: { readonly conditions: readonly { readonly title: string; readonly say: string }[] } | undefined): string => of?.conditions[0]?.say.split(' = ')[0] ?? '';
  t.deepEqual([creditShare(then), creditShare(now)], ['2 户 ÷ 2 户', '1 户 ÷ 1 户']);
  t.deepEqual((await recheckRatings(office)).wrong, [{ round: round.no, subject: placeNos.qinghe, revision: 2 }], 'all but the one touched above');

  await returnTitle(office, await village.actor('lin'), { round: whole, place: qinghe, mark_seq: await seqOf(), reason: '户数变了，再核' });
  t.deepEqual(await rollUp(office, gao, { round: round.no }), { villages: 1, townships: 0 });
  t.like(await inForce(village, placeNos.qinghe), { revision: 3 });
});
