import test from 'ava';
import type { ExecutionContext } from 'ava';
import { parse, stringify } from 'yaml';
import '../../src/areas.ts';
import { verify } from '../../src/audit/verify.ts';
import { keepFormer } from '../../src/exchange/keep-former.ts';
import { placeByNo } from '../../src/places/queries.ts';
import { ratingInForce } from '../../src/ratings/queries.ts';
import { rateOne } from '../../src/ratings/rate-one.ts';
import { rateRound } from '../../src/ratings/rate.ts';
import { rollUp } from '../../src/ratings/rollup.ts';
import { today } from '../../src/ratings/today.ts';
import { tellWhy, type Why } from '../../src/ratings/why.ts';
import { formerGrades } from '../../src/rounds/former.ts';
import { open } from '../../src/rounds/open.ts';
import { roundByNo } from '../../src/rounds/round.ts';
import { keptStandard } from '../../src/simulations/sides.ts';
import { openSimulation } from '../../src/simulations/open.ts';
import { simulate } from '../../src/simulations/simulate.ts';
import { adopt } from '../../src/standards/adopt.ts';
import { importStandard } from '../../src/standards/import.ts';
import { presetSource } from '../../src/standards/presets.ts';
import type { Standard } from '../../src/standards/standard.ts';
import { openCollecting, type Collecting } from '../support/collecting.ts';
import { collect, change } from '../support/rating.ts';
import { households, placeId, placeNos } from '../support/village.ts';

const [zhou, wu] = [households.zhou.no, households.wu.no];

/** The 100-point standard in which AA must be earned before AAA. */
function inOrder(): string {
  const standard = parse(presetSource('household-100')) as Standard;
  const requires = [{ holds: { former: 'AA' }, words: '上一次评到 AA 或者更好', missing: { notAsked: 'fails', dontKnow: 'fails', refused: 'fails', noDealings: 'fails' } }] as const;
  const [first, second] = standard.grades;
  const grades = [{ ...first, atLeast: 80, requires }, { ...second, atLeast: 60, below: undefined }];
  return stringify(JSON.parse(JSON.stringify({ ...standard, version: 2, grades, examples: standard.examples.filter(each => each.grade === 'none') })), { lineWidth: 0 });
}

interface InOrder extends Collecting { readonly former: number; readonly hash: string }

/** Next year's round by that standard, after a year in which 周 came to AA and 吴 to A by an old certificate. */
async function openInOrder(t: ExecutionContext): Promise<InOrder> {
  const village = await openCollecting(t);
  const { office } = village;
  const [xian, gao] = [await village.actor('xian'), await village.actor('gao')];
  const paper = (subject: number, grade: number, gradeCode: string) => ({ subject, grade, gradeCode, points: 0, credit: true, certificate: `旧-${subject}`, issuedOn: '2025-12-01', validUntil: '2027-12-31' });
  await keepFormer(office, gao, { township: placeNos.anhe, year: 2025, ratings: [paper(zhou, 1, 'AA'), paper(wu, 2, 'A')] });
  const former: { no: number } = await office.read('rounds').where({ year: 2025 }).first('no');
  const hash = await importStandard(office, xian, { county: placeNos.county, source: inOrder() });
  await adopt(office, xian, { hash, county: placeNos.county, day: '2026-11-02', filing_no: '样信〔2026〕2号' });
  const { id: _, ...now } = await roundByNo(office.read, village.round.no);
  const round = await open(office, gao, { ...now, place: now.place_no, year: 2027, name: '2027年度', household_standard: hash, valid_until: '2028-12-31' });
  return { ...village, round, former: former.no, hash };
}

const best = { villageContracts: 'kept', labourCount: 4, livelihood: 'steady', mainTrade: 'breeding', skillCertificate: true, debtBurden: 'light', tradeSince: 2000 } as const;

async function rated({ office, round }: Collecting, subject: number): Promise<{ readonly grade: number; readonly former: string | null; readonly why: Why }> {
  const rating = await ratingInForce(office.read, round.no, subject);
  if (rating === undefined) throw new Error('not rated');
  return { grade: rating.grade, former: rating.former, why: await tellWhy(office.read, rating) };
}

test('tiers are earned in order: the last approved grade counts, is kept with the rating, and told', async t => {
  const village = await openInOrder(t);
  const { office, round } = village;
  const gao = await village.actor('gao');
  for (const who of ['zhou', 'wu', 'wang'] as const) await collect(village, who, best);
  await rateRound(office, gao, { round: round.no });
  const [first, second, third] = [await rated(village, zhou), await rated(village, wu), await rated(village, households.wang.no)];
  t.deepEqual([first.former, second.former, third.former], ['AA', null, null], 'the standard knows no A');
  t.true(first.why.total >= 8_000, `${first.why.total}`);
  t.deepEqual([first.grade, second.grade, third.grade], [0, 1, 1], 'points alone make no AAA');
  t.regex(first.why.former ?? '', /上一次批准的是 AA 良好/);
  t.regex(third.why.former ?? '', /上一次没有批准过这份标准里的等级/);
  const lift = third.why.lifted?.().lift;
  t.true(lift?.kind === 'searched' && lift.ways.some(way => way.wait?.kind === 'round'), 'the next round will look back on this one');

  // What becomes of the former round later changes no rating that was made, and every rating made after it.
  await office.store.write('cases').where({ round: village.former, subject: zhou }).update({ standing: 'collected' });
  t.deepEqual((await verify(office)).findings.filter(finding => finding.table !== 'cases'), []);
  await change(village, 'zhou', { labourCount: 3 });
  await rateOne(office, gao, { round: round.no, household: households.zhou.id });
  t.like(await rated(village, zhou), { former: null, grade: 1 });
});

test('only what was decided in an earlier year is looked back on, and only by a standard that looks back', async t => {
  const village = await openInOrder(t);
  const { office, round, former } = village;
  const [standard, plain] = await Promise.all([village.hash, (await roundByNo(office.read, former)).household_standard].map(hash => keptStandard(office.read, hash)));
  if (standard === undefined || plain === undefined) throw new Error('two standards');
  const told = async (no: number, by: Standard) => [...await formerGrades(office.read, no, [zhou, wu, 9_999], by)].sort(([a], [b]) => a - b);
  t.deepEqual(await told(round.no, standard), [[zhou, 'AA'], [wu, 'A']]);
  t.deepEqual(await told(former, standard), [], 'there is no year before');
  t.deepEqual(await told(round.no, plain), []);
  await office.store.write('cases').where({ round: former, subject: wu }).update({ held: 1 });
  t.deepEqual(await told(round.no, standard), [[zhou, 'AA']], 'an objection is open');
});

test('a draft that looks back is tried on a round whose standard does not', async t => {
  const village = await openInOrder(t);
  const { office } = village;
  const gao = await village.actor('gao');
  const { id: _, ...now } = await roundByNo(office.read, village.round.no);
  const standard = (await roundByNo(office.read, village.former)).household_standard;
  const round = await open(office, gao, { ...now, place: now.place_no, year: 2028, name: '2028年度', household_standard: standard, valid_until: '2029-06-30' });
  for (const who of ['zhou', 'wu'] as const) await collect({ ...village, round }, who, best);
  await rateRound(office, gao, { round: round.no });
  const one = await openSimulation(office, gao, { round: round.no, place: placeId(placeNos.anhe), standard: village.hash, note: '' });
  await simulate(office, gao, one.id);
  const flips: { subject: number; clause: string }[] = await office.read('simulation_flips').where({ simulation: one.no }).select('subject', 'clause');
  t.deepEqual(flips.map(flip => [Number(flip.subject), flip.clause]), [[zhou, 'grade:AAA']]);
});

test('a village shown as it would stand today is shown with its own former grade', async t => {
  const village = await openCollecting(t);
  const { office } = village;
  const [xian, gao] = [await village.actor('xian'), await village.actor('gao')];
  await rollUp(office, gao, { round: village.round.no });
  await office.store.write('cases').where({ round: village.round.no, subject: placeNos.qinghe }).update({ standing: 'approved' });
  await office.store.write('cases').where({ round: village.round.no, subject: placeNos.qinghe }).update({ grade: 0 });
  const standard = parse(presetSource('village-share')) as Standard;
  const [first, ...rest] = standard.grades;
  if (first === undefined) throw new Error('it has grades');
  const requires = [...first.requires ?? [], { holds: { former: first.code }, words: '上一次也是', missing: { notAsked: 'fails', dontKnow: 'fails', refused: 'fails', noDealings: 'fails' } }];
  const hash = await importStandard(office, xian, { county: placeNos.county, source: stringify(JSON.parse(JSON.stringify({ ...standard, version: 2, grades: [{ ...first, requires }, ...rest], examples: standard.examples.filter(each => each.grade === 'none') })), { lineWidth: 0 }) });
  await adopt(office, xian, { hash, county: placeNos.county, day: '2026-11-02', filing_no: '样信〔2026〕3号' });
  const { id: _, ...now } = await roundByNo(office.read, village.round.no);
  const next = await open(office, gao, { ...now, place: now.place_no, year: 2027, name: '2027年度', village_standard: hash, valid_until: '2028-12-31' });
  const told = await today(office.read, await roundByNo(office.read, next.no), await placeByNo(office.read, placeNos.qinghe), '2026-11-23');
  t.is(told?.evaluation.former?.code, first.code);
});
