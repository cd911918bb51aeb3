import test from 'ava';
import fc from 'fast-check';
import '../../src/areas.ts';
import type { Refusal } from '../../src/kit/refusal.ts';
import { keptEvent, keptFact } from '../../src/observations/codes.ts';
import { recordTotals } from '../../src/observations/totals.ts';
import { newId } from '../../src/kit/id.ts';
import { householdSums } from '../../src/ratings/household-sums.ts';
import { ratingInForce } from '../../src/ratings/queries.ts';
import { rateRound } from '../../src/ratings/rate.ts';
import { recheckRatings } from '../../src/ratings/recheck.ts';
import { rollUp } from '../../src/ratings/rollup.ts';
import { tellWhy } from '../../src/ratings/why.ts';
import { close } from '../../src/rounds/close.ts';
import { open } from '../../src/rounds/open.ts';
import { roundByNo } from '../../src/rounds/round.ts';
import { adopt } from '../../src/standards/adopt.ts';
import type { Aggregate } from '../../src/standards/aggregate.ts';
import { loadCoding } from '../../src/standards/dictionary.ts';
import { standardText } from '../../src/standards/hash.ts';
import { importStandard } from '../../src/standards/import.ts';
import type { Indicator, Standard } from '../../src/standards/standard.ts';
import type { Row } from '../../src/store/dialect.ts';
import type { TableName } from '../../src/store/tables.ts';
import { presetSource } from '../../src/standards/presets.ts';
import { preset } from '../support/presets.ts';
import { countedOn, randomAggregate, randomMember } from '../support/random-aggregate.ts';
import { inHundredths, referSum } from '../support/reference-aggregate.ts';
import { collect, openCollected, toApproval, walk } from '../support/rating.ts';
import { households, placeNos, type Village } from '../support/village.ts';
import { openRound } from '../support/standards.ts';
import { openVillage } from '../support/village.ts';

const { zhou, wu, wang } = households;
const seed = Number(process.env['TRIAL_SEED'] ?? Date.now() % 2_147_483_647);

test('sums in the database are those of the declarations, read a second time', async t => {
  t.log(`TRIAL_SEED=${seed}`);
  const village = await openVillage(t);
  const { no: round, hashes } = await openRound(village.office);
  const { office: { read, store } } = village;
  const { coding } = await loadCoding(read, hashes.household);
  const { standard } = coding;
  const told = fc.sample(randomMember, { numRuns: 60, seed });
  const where = (at: number): number => at % 3 === 0 ? placeNos.shuikou : placeNos.qinghe;
  const put = (table: TableName, rows: readonly Row[]): Promise<void> => store.dialect.insertRows(store.write, table, Object.keys(rows[0] ?? {}), rows);
  const nos = told.map((_, at) => 5_000 + at);
  const idOf = (no: number): string => `00000000-0000-7000-8000-00000000${no}`;
  await put('subjects', nos.map((no, at) => ({ no, id: idOf(no), kind: 'household', place_no: where(at) })));
  await put('households', nos.map((no, at) => ({ id: idOf(no), no, village_no: where(at), group_no: null, grid_no: null, household_no: no, head_name: '某', name_sort: '某', name_search: '某', people: 1, address: '', photo: null, registered_on: '2025-01-01', closed_on: at % 10 === 0 ? '2026-01-01' : null, closed_reason: null, into: null, rev: 1 })));
  await put('cases', told.map(({ takesPart, result, objections }, at) => {
    const grade = standard.grades.findIndex(each => each.code === result?.grade);
    const [of, standing] = [{ round, subject: nos[at] ?? 0, village: where(at), grid: null, group: null, held: objections, reason: null, mark_seq: 0, changed_at: '' }, takesPart ? 'collected' : 'excused'];
    return result === undefined ? { ...of, standing, revision: null, points: null, grade: null, outcome: null, credit: null }
      : { ...of, standing: 'approved', revision: 1, points: Math.round(result.points * 100), grade, outcome: grade < 0 ? 'ungraded' : 'graded', credit: standard.grades[grade]?.credit === true ? 1 : 0 };
  }));
  await put('current_values', told.flatMap(({ facts }, at) => Object.entries(facts).flatMap(([key, fact]) => { const kept = keptFact(coding, standard.indicators.findIndex(each => each.key === key), fact); return kept === undefined ? [] : [{ round, subject: nos[at] ?? 0, ...kept, sheet: 1 }]; })));
  await put('events', told.flatMap(({ events }, at) => events.map(event => ({ round, subject: nos[at] ?? 0, ...keptEvent(coding, { id: newId(), indicator: event.indicator, option: event.item, day: event.on, note: '', ...event.amount === undefined ? {} : { amount: event.amount } }), sheet: 1, voided: null }))));
  const living = told.map((member, at) => ({ member, village: where(at) })).filter((_, at) => at % 10 !== 0);
  // The households of the story are on the register of the villages as well, and nothing is known of them.
  const story = Object.values(households).map(one => ({ member: { facts: {}, events: [], takesPart: true, objections: 0 }, village: one.village }));
  const everybody = [...living, ...story];

  const aggregates = fc.sample(randomAggregate, { numRuns: 150, seed });
  for (let from = 0; from < aggregates.length; from += 15) {
    const wanted = new Map(aggregates.slice(from, from + 15).map((aggregate, at) => [`f${at}`, aggregate]));
    const sums = await householdSums(read, { round, villages: [placeNos.qinghe, placeNos.shuikou], coding, day: countedOn, moment: 'decided' }, wanted);
    for (const [key, aggregate] of wanted) {
      for (const no of [placeNos.qinghe, placeNos.shuikou]) {
        const reference = referSum(aggregate, standard, everybody.filter(each => each.village === no).map(each => each.member), countedOn);
        const isFine = 'sum' in aggregate && (aggregate.value === 'total' || (typeof aggregate.value === 'object' && 'events' in aggregate.value && aggregate.value.of === 'amount'));
        const got = sums.get(no)?.get(key);
        t.is((got?.sum ?? 0) * (isFine ? 1 : 100), inHundredths(reference.sum), JSON.stringify(aggregate));
        // Who has no objection open adds nothing and is not looked at.
        if (!('sum' in aggregate) || aggregate.value !== 'openObjections') t.deepEqual([got?.fit, got?.known], [reference.fit, reference.known], JSON.stringify(aggregate));
      }
    }
  }
});

const figure = (key: string, title: string, type: Indicator['type'], unit: string, aggregate: Aggregate): Indicator =>
  ({ key, title, type, unit, source: 'computed', aggregate, purpose: '试', legalBasis: ['pipl-4'], sensitivity: 'ordinary', retentionMonths: 12, optional: true });
const mean = (key: string, title: string, type: Indicator['type'], unit: string | undefined, average: readonly [string, string]): Indicator =>
  ({ key, title, type, ...unit === undefined ? {} : { unit }, source: 'computed', derive: { average, whenEmpty: 'noDealings' }, purpose: '试', legalBasis: ['pipl-4'], sensitivity: 'ordinary' });
const must = (key: string, words: string, bounds: { readonly atLeast?: number; readonly above?: number; readonly atMost?: number }): Standard['preconditions'][number] =>
  ({ key, title: words, holds: { indicator: key, ...bounds }, words, missing: { notAsked: 'ask', dontKnow: 'ask', refused: 'ask', noDealings: 'fails' } });

/** A village measured by the mean points of its households, the people in households that farm, and the bad loans of the year before; a township by the mean of its villages. */
const villageStandard = (): Standard => {
  const base = preset('village-share');
  return {
    ...base, key: 'village-means', examples: base.examples.slice(0, 1).map(example => ({ ...example, facts: { ...example.facts, points: 16_000, farming: 10, farmers: 40, nplBefore: 90_000 } })),
    indicators: [
      ...base.indicators,
      figure('points', '总分合计', 'money', '分', { sum: 'households', value: 'total', among: 'rated' }), mean('meanPoints', '户均分', 'money', '分', ['points', 'ratedHouseholds']),
      figure('farming', '种田的户', 'whole', '户', { count: 'households', among: 'rated', where: { all: [{ grade: 'B' }, { indicator: 'mainTrade', is: ['crops', 'breeding'] }] } }),
      figure('farmers', '种田户的人数', 'whole', '人', { sum: 'households', value: { indicator: 'memberCount' }, unknown: 'leaveOut', among: 'takingPart', where: { indicator: 'mainTrade', is: 'crops' } }),
      figure('nplBefore', '上年不良贷款余额', 'money', '元', { former: 'nplBalance' }),
      { ...mean('growth', '不良贷款新增', 'money', '元', ['points', 'ratedHouseholds']), derive: { difference: ['nplBalance', 'nplBefore'] } },
    ],
    preconditions: [...base.preconditions, must('meanPoints', '户均 60 分以上', { atLeast: 60 }), { ...must('growth', '不良贷款没有增加', { atMost: 0 }), missing: { notAsked: 'holds', dontKnow: 'ask', refused: 'ask', noDealings: 'fails' } }],
  };
};
const townshipStandard = (): Standard => {
  const base = preset('township-share');
  return {
    ...base, key: 'township-means', examples: base.examples.slice(0, 1).map(example => ({ ...example, facts: { ...example.facts, weighted: 160, weight: 2 } })),
    indicators: [...base.indicators,
      figure('weighted', '户均分按户数加权', 'money', '分', { sum: 'villages', value: { indicator: 'meanPoints' }, times: 'ratedHouseholds', unknown: 'leaveOut' }), figure('weight', '各村参评户合计', 'whole', '户', { sum: 'villages', value: { indicator: 'ratedHouseholds' }, unknown: 'ask' }),
      mean('townMean', '全镇户均分', 'money', '分', ['weighted', 'weight'])],
    preconditions: [...base.preconditions, must('townMean', '全镇户均 60 分以上', { atLeast: 60 })],
  };
};

async function adopted({ office, actor }: Village, source: string): Promise<string> {
  const xian = await actor('xian');
  const hash = await importStandard(office, xian, { county: placeNos.county, source });
  await adopt(office, xian, { hash, county: placeNos.county, day: '2026-11-01', filing_no: '样信〔2026〕9号' });
  return hash;
}

test('means, filtered counts, sums of facts and the former year: counted, kept, told with both sides, and worked out again', async t => {
  const village = await openCollected(t);
  const { office } = village;
  const [gao, lin] = [await village.actor('gao'), await village.actor('lin')];
  const first = await roundByNo(office.read, village.round.no);
  const [village_standard, township_standard] = [await adopted(village, standardText(villageStandard())), await adopted(village, standardText(townshipStandard()))];
  await recordTotals(office, lin, { id: newId(), round: first.no, place: placeNos.qinghe, values: { nplBalance: 20_000 } });
  await close(office, gao, first.no);
  const { no } = await open(office, gao, { place: placeNos.anhe, year: 2027, name: '2027年度', household_standard: first.household_standard, village_standard, township_standard, collect_until: '2026-12-04', village_days: 5, township_days: 5, valid_until: '2027-12-31' });
  const next = { ...village, round: { no, id: (await roundByNo(office.read, no)).id } };
  await collect(next, 'zhou');
  await collect(next, 'wu', { labourCount: 1, memberCount: 3 });
  await collect(next, 'wang', { mainTrade: 'trade' });
  await recordTotals(office, lin, { id: newId(), round: no, place: placeNos.qinghe, values: { nplBalance: 25_000.5, loanBalance: 900_000, borrowingHouseholds: 40, noArrearsHouseholds: 39 } });
  await rateRound(office, gao, { round: no });
  await walk(next, [zhou.no, wu.no, wang.no], toApproval);
  await rollUp(office, gao, { round: no });

  const told = async (place: number): Promise<Readonly<Record<string, string>>> => {
    const rating = await ratingInForce(office.read, no, place);
    if (rating === undefined) throw new Error('not rated');
    const { evaluation, conditions } = await tellWhy(office.read, rating);
    return { ...Object.fromEntries(evaluation.indicators.map(each => [each.key, String(each.fact)])), ...Object.fromEntries(conditions.map(each => [`say ${each.key}`, each.say])) };
  };
  const points = Object.fromEntries((await office.read('current_ratings').where({ round: no }).whereIn('subject', [zhou.no, wu.no, wang.no]).select<{ subject: number; points: number }[]>('subject', 'points')).map(row => [Number(row.subject), Number(row.points) / 100]));
  const [a = 0, b = 0, c = 0] = [points[zhou.no], points[wu.no], points[wang.no]];
  const round2 = (n: number): number => Math.round(n * 100 + 1e-6) / 100;
  const qinghe = await told(placeNos.qinghe);
  t.like(qinghe, { points: String(a + b), ratedHouseholds: '2', farming: '2', farmers: '7', nplBefore: '20000', growth: '5000.5', meanPoints: String(round2((a + b) / 2)) });
  t.is(qinghe['say meanPoints'], `户均 60 分以上：${a + b} 分 ÷ 2 户 = ${round2((a + b) / 2)} 分`);
  t.regex(qinghe['say growth'] ?? '', /：5000\.5 元$/);
  t.like(await told(placeNos.shuikou), { farming: '0', farmers: '0', nplBefore: 'null', growth: 'null' });
  t.is((await told(placeNos.anhe))['townMean'], String(round2((round2((a + b) / 2) * 2 + c) / 3)), 'weighted by the households of each village');
  t.deepEqual((await recheckRatings(office)).wrong, []);
});

test('standards that do not meet open no round', async t => {
  const village = await openVillage(t);
  const { office } = village;
  const base = villageStandard();
  const [household_standard, village_standard, township_standard] = [await adopted(village, presetSource('household-100')), await adopted(village, standardText({ ...base, indicators: base.indicators.map(each => each.key === 'farmers' ? { ...each, aggregate: { sum: 'households', value: { indicator: 'poultry' }, unknown: 'ask' } as const } : each) })), await adopted(village, presetSource('township-share'))];
  const traces = await village.traces();
  const refusal = await t.throwsAsync<Refusal & { faults?: readonly { readonly field: string; readonly say: string }[] }>(open(office, await village.actor('gao'), { place: placeNos.anhe, year: 2026, name: '2026年度', household_standard, village_standard, township_standard, collect_until: '2026-12-04', village_days: 5, township_days: 5, valid_until: '2027-12-31' }));
  t.is(refusal?.code, 'faults');
  t.regex(JSON.stringify(refusal?.faults), /village_standard.*没有“poultry”这一项/);
  t.is(await village.traces(), traces);
});
