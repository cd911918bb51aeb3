import test from 'ava';
import '../../src/areas.ts';
import { newId } from '../../src/kit/id.ts';
import type { Refusal } from '../../src/kit/refusal.ts';
import { recordSheet } from '../../src/observations/record.ts';
import { ratingInForce } from '../../src/ratings/queries.ts';
import { rateOne } from '../../src/ratings/rate-one.ts';
import { rateRound } from '../../src/ratings/rate.ts';
import { recheckRatings } from '../../src/ratings/recheck.ts';
import { tellWhy } from '../../src/ratings/why.ts';
import { approveItems, returnItems } from '../../src/rounds/decide-items.ts';
import { itemOf, ownMark, withItem, withoutItem, type ItemValues } from '../../src/rounds/item-form.ts';
import { isTakenDown, settleItems } from '../../src/rounds/settle-items.ts';
import type { LocalItems } from '../../src/standards/local-items.ts';
import { listInForce, villageLists } from '../../src/standards/village-items.ts';
import { openCollecting, type Collecting } from '../support/collecting.ts';
import { collect } from '../support/rating.ts';
import { households, placeNos, type Person } from '../support/village.ts';

const drains: ItemValues = { way: 'publicSpirit+', label: '参加村里清沟', points: '2', perYear: undefined, lifeMonths: 12, proof: '网格员当天记，有照片', legalBasis: undefined };
const noise: ItemValues = { ...drains, way: 'conduct-', label: '夜里放高音喇叭', points: '1', proof: '村规民约第 6 条，两户以上证明', legalBasis: 'village-27' };
const listOf = (...values: readonly ItemValues[]): readonly LocalItems[] => values.reduce<readonly LocalItems[]>((list, each) => withItem(list, itemOf(each)), []);
const settle = async (village: Collecting, who: Person, items: readonly LocalItems[], { seen = 0, place = placeNos.qinghe }: { readonly seen?: number; readonly place?: number } = {}) =>
  settleItems(village.office, await village.actor(who), { round: village.round.no, village: place, seen, items });
const codeOf = async (work: Promise<unknown>): Promise<string | undefined> => { try { await work; return undefined; } catch (error) { return (error as Refusal).code; } };
const sayOf = async (work: Promise<unknown>): Promise<string> => { try { await work; return ''; } catch (error) { return JSON.stringify((error as { faults?: unknown }).faults); } };

test('what a village set counts in that village alone, is told as its own, and is worked out again', async t => {
  const village = await openCollecting(t);
  const { office, round } = village;
  t.is(await settle(village, 'sun', listOf(drains, noise)), 'settled');
  t.is(await settle(village, 'sun', listOf(drains, noise), { seen: 1 }), 'settled', 'the same again is nothing new');
  const [held] = await villageLists(office.read, { round: round.no });
  t.like(held, { village: placeNos.qinghe, seq: 1, step: 'settled' });
  const option = itemOf(drains).item.key;
  const did = (who: keyof typeof households) => ({ id: newId(), round: round.no, household: households[who].id, base_seq: 2, source: 'village' as const, events: [{ id: newId(), indicator: 'publicSpirit', option, day: '2026-11-10', note: '清沟' }] });
  await collect(village, 'zhou');
  await collect(village, 'wang');
  await recordSheet(office, await village.actor('sun'), did('zhou'));
  t.is(await codeOf(recordSheet(office, await village.actor('tan'), did('wang'))), 'faults', 'the other village set no such thing');

  const gao = await village.actor('gao');
  await rateRound(office, gao, { round: round.no });
  const [zhou, wang] = [await ratingInForce(office.read, round.no, households.zhou.no), await ratingInForce(office.read, round.no, households.wang.no)];
  if (zhou === undefined || wang === undefined) throw new Error('both are rated');
  t.is(zhou.standard, held?.standard ?? '', 'names the county’s standard and the village’s list together');
  t.not(wang.standard, zhou.standard);
  t.is(zhou.points - wang.points, 200);
  const why = await tellWhy(office.read, zhou);
  const line = why.groups.flatMap(group => group.lines).find(each => each.title.includes('义务劳动'));
  t.regex(`${line?.fact}${line?.rule}`, new RegExp(`参加村里清沟${ownMark}`));
  t.is((await rateOne(office, gao, { round: round.no, household: households.zhou.id })).revision, zhou.revision, 'one by one it is the same');
  t.deepEqual((await recheckRatings(office)).wrong, []);

  t.true(await isTakenDown(office.read, round.no, placeNos.qinghe));
  t.is(await codeOf(settle(village, 'sun', listOf(noise), { seen: 1 })), 'items-frozen');
});

test('only the village’s own committee, within what the county left open, and lawfully', async t => {
  const village = await openCollecting(t);
  const traces = await village.traces();
  for (const who of ['mei', 'tan', 'gao', 'xian', 'su'] as const) t.is(await codeOf(settle(village, who, listOf(drains))), 'not-allowed', who);
  t.is(await codeOf(settle(village, 'sun', listOf(drains), { place: placeNos.anhe })), 'not-found');
  t.regex(await sayOf(settle(village, 'sun', listOf({ ...drains, way: 'honours+' }))), /没有留给村里自己定/);
  t.regex(await sayOf(settle(village, 'sun', listOf({ ...drains, points: '4.5' }))), /每次最多 4 分/);
  t.regex(await sayOf(settle(village, 'sun', listOf({ ...noise, points: '3' }))), /每次最多 2 分/);
  t.regex(await sayOf(settle(village, 'sun', listOf(...[1, 2, 3, 4, 5, 6].map(n => ({ ...drains, label: `第${n}件事` }))))), /加分的有 6 项.*最多 5 项/);
  t.regex(await sayOf(settle(village, 'sun', listOf({ ...noise, legalBasis: undefined }))), /"legalBasis".*没有写依据/);
  t.regex(await sayOf(settle(village, 'sun', listOf({ ...noise, lifeMonths: 61 }))), /太久/);
  t.regex(await sayOf(settle(village, 'sun', listOf({ ...drains, label: '按时去教堂做礼拜' }))), /"label"/);
  t.is(await codeOf(settle(village, 'sun', listOf(drains), { seen: 3 })), 'items-changed');
  t.is(await village.traces(), traces, 'nothing was left behind');
});

test('a larger item waits for the township; returned, the old list goes on', async t => {
  const village = await openCollecting(t);
  const { office, round } = village;
  const decide = { round: round.no, village: placeNos.qinghe };
  const [gao, lin] = [await village.actor('gao'), await village.actor('lin')];
  const held = async () => listInForce(await villageLists(office.read, decide))?.items;
  await settle(village, 'sun', listOf(drains));
  const larger = listOf(drains, { ...drains, label: '为村里修路出工', points: '3' });
  t.is(await settle(village, 'sun', larger, { seen: 1 }), 'proposed');
  t.deepEqual(await held(), listOf(drains));
  t.is(await codeOf(approveItems(office, lin, { ...decide, seen: 2 })), 'not-allowed');
  t.is(await codeOf(approveItems(office, await village.actor('ping'), { ...decide, seen: 2 })), 'not-allowed');
  t.is(await codeOf(approveItems(office, gao, { ...decide, seen: 1 })), 'items-changed');
  await returnItems(office, gao, { ...decide, seen: 2, reason: '分太多' });
  t.deepEqual(await held(), listOf(drains));
  t.is(await settle(village, 'sun', larger, { seen: 3 }), 'proposed', 'asked for again');
  await approveItems(office, gao, { ...decide, seen: 4 });
  t.deepEqual(await held(), larger);
  t.deepEqual((await villageLists(office.read, decide)).map(list => [list.step, list.standard !== null, list.reason]), [['settled', true, ''], ['proposed', false, ''], ['returned', false, '分太多'], ['proposed', false, ''], ['approved', true, '']]);
  t.is(await settle(village, 'sun', withoutItem(larger, itemOf({ ...drains, label: '为村里修路出工' }).item.key), { seen: 5 }), 'settled');
});
