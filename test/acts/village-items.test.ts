import test from 'ava';
import { parse, stringify } from 'yaml';
import '../../src/areas.ts';
import type { Actor, Officer } from '../../src/access/actor.ts';
import { agreementsOf } from '../../src/desk/agreements.ts';
import { villageLines } from '../../src/desk/queries.ts';
import { newId } from '../../src/kit/id.ts';
import type { Refusal } from '../../src/kit/refusal.ts';
import { recordMany } from '../../src/observations/record-many.ts';
import { takeBack } from '../../src/observations/take-back.ts';
import { recordSheet } from '../../src/observations/record.ts';
import { ratingInForce } from '../../src/ratings/queries.ts';
import { rateOne } from '../../src/ratings/rate-one.ts';
import { rateRound } from '../../src/ratings/rate.ts';
import { recheckRatings } from '../../src/ratings/recheck.ts';
import { tellWhy } from '../../src/ratings/why.ts';
import { carryItems, formerList } from '../../src/rounds/carry-items.ts';
import { approveItems, returnItems } from '../../src/rounds/decide-items.ts';
import { itemOf, ownMark, withItem, withoutItem, type ItemValues } from '../../src/rounds/item-form.ts';
import { open } from '../../src/rounds/open.ts';
import { roundByNo } from '../../src/rounds/round.ts';
import { isTakenDown, settleItems } from '../../src/rounds/settle-items.ts';
import { adopt } from '../../src/standards/adopt.ts';
import { importStandard } from '../../src/standards/import.ts';
import type { LocalItems } from '../../src/standards/local-items.ts';
import { presetSource } from '../../src/standards/presets.ts';
import type { Standard } from '../../src/standards/standard.ts';
import { listInForce, villageLists, villageStandards } from '../../src/standards/village-items.ts';
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

test('what a village agreed upon ends with its round; taken over it is a proposal, whatever its size, and only as far as the new standard leaves room', async t => {
  const village = await openCollecting(t);
  const { office } = village;
  const [sun, gao, xian] = [await village.actor('sun'), await village.actor('gao'), await village.actor('xian')];
  await settle(village, 'sun', listOf(drains, { ...drains, label: '夜里巡逻' }));
  const { id: _, ...now } = await roundByNo(office.read, village.round.no);
  const standard = parse(presetSource('household-100')) as Standard;
  const narrow = { ...standard, version: 2, indicators: standard.indicators.map(each => each.key === 'publicSpirit' && each.scoring?.kind === 'events' && each.scoring.local !== undefined ? { ...each, scoring: { ...each.scoring, local: { ...each.scoring.local, rewards: 1 } } } : each) };
  const hash = await importStandard(office, xian, { county: placeNos.county, source: stringify(JSON.parse(JSON.stringify(narrow)), { lineWidth: 0 }) });
  await adopt(office, xian, { hash, county: placeNos.county, day: '2026-11-02', filing_no: '样信〔2026〕2号' });
  const round = await open(office, gao, { ...now, place: now.place_no, year: 2027, name: '2027年度', household_standard: hash, valid_until: '2028-12-31' });
  const given = { round: round.no, village: placeNos.qinghe };
  const lists = () => villageLists(office.read, given);

  t.deepEqual(await lists(), [], 'never silently in force');
  t.is((await villageStandards(office.read, round.no)).size, 0);
  const former = await formerList(office.read, await roundByNo(office.read, round.no), placeNos.qinghe);
  t.deepEqual([former?.year, former?.fits, former?.unfit.map(each => each.label)], [2026, listOf(drains), [`夜里巡逻${ownMark}`]]);
  const asking = async (actor: Actor) => (await agreementsOf({ read: office.read, actor: actor as Officer, lines: await villageLines(office.read, ['/']) })).map(item => item.title);
  t.deepEqual((await asking(sun)).filter(title => /上一轮/.test(title)), ['清河村上一轮有 1 项本村约定，还这样约定吗']);
  const traces = await village.traces();
  t.is(await codeOf(carryItems(office, gao, given)), 'not-allowed');
  t.is(await codeOf(carryItems(office, await village.actor('tan'), { ...given, village: placeNos.shuikou })), 'items-not-carried');
  t.is(await village.traces(), traces);
  await carryItems(office, sun, given);
  await carryItems(office, sun, given);
  t.deepEqual((await lists()).map(list => [list.step, list.standard, list.items]), [['proposed', null, listOf(drains)]], 'small as it is, it waits; asked twice, it is one');
  t.deepEqual(await asking(gao), ['清河村报来 1 项本村约定']);
  await returnItems(office, gao, { ...given, seen: 1, reason: '先开会' });
  t.is(await codeOf(carryItems(office, sun, given)), 'items-changed');
  t.deepEqual(await asking(sun), ['清河村的本村约定，镇里退回来了']);
  t.deepEqual(await asking(gao), []);
});

test('many at once take a village’s own items by their code in that village alone, and taking an import back takes them out again', async t => {
  const village = await openCollecting(t);
  const { office, round } = village;
  await settle(village, 'sun', listOf(drains));
  const gao = await village.actor('gao');
  const batch = newId();
  await office.store.write('imports').insert({ id: batch, kind: 'values', file_name: 'a.csv', round: round.no, source: 'village', rows: 2, loaded: 1, unmatched: 0, evidence: null, taken_back_at: null, taken_back_by: null, at: '2026-11-23T01:00:00.000Z', by: gao.kind === 'officer' ? gao.id : '', unit: 1 });
  const did = (subject: number) => ({ subject, values: {}, events: [{ id: newId(), indicator: 'publicSpirit', option: itemOf(drains).item.key, day: '2026-11-10', note: '清沟' }] });
  const { loaded, left } = await recordMany(office, gao, [did(households.zhou.no), did(households.wang.no)], { round: round.no, source: 'village', batch });
  t.deepEqual([loaded, left], [1, [{ subject: households.wang.no, why: 'item-unknown' }]]);
  const events = async () => (await office.read('events').where({ round: round.no }).where('day', '2026-11-10').select<{ subject: number; option: number; voided: number | null }[]>('subject', 'option', 'voided')).map(row => [Number(row.subject), row.option > 0, row.voided !== null]);
  t.deepEqual(await events(), [[households.zhou.no, true, false]]);
  t.like(await takeBack(office, gao, batch), { restored: 1 });
  t.deepEqual(await events(), [[households.zhou.no, true, true]], 'void, and still the item it was');
});
