import test from 'ava';
import type { ExecutionContext } from 'ava';
import { clockwork } from '../../src/access/actor.ts';
import type { Refusal } from '../../src/kit/refusal.ts';
import { affectedBy } from '../../src/ratings/lapsed/affected.ts';
import { draftNightly, draftRecomputations } from '../../src/ratings/lapsed/draft.ts';
import { recomputationsBelow } from '../../src/ratings/lapsed/recomputations.ts';
import { ratingInForce } from '../../src/ratings/queries.ts';
import { rateRound } from '../../src/ratings/rate.ts';
import { recheckRatings } from '../../src/ratings/recheck.ts';
import { tellWhy } from '../../src/ratings/why.ts';
import { roundByNo } from '../../src/rounds/round.ts';
import { adopt } from '../../src/standards/adopt.ts';
import { importStandard } from '../../src/standards/import.ts';
import { keepBases } from '../../src/standards/law/keep.ts';
import { lapse } from '../../src/standards/law/lapse.ts';
import { basesOfDay, inForceOn, lawRegister } from '../../src/standards/law/register.ts';
import { loadStandard } from '../../src/standards/load.ts';
import { presetSource } from '../../src/standards/presets.ts';
import type { LegalBasis } from '../../src/standards/standard.ts';
import { adoptPresets } from '../support/standards.ts';
import { openCollected, toApproval, walk } from '../support/rating.ts';
import { households, openVillage, placeNos } from '../support/village.ts';

const { zhou, wu, wang } = households;
const county = placeNos.county;
const rule: LegalBasis = { id: 'county-rule-3', law: '样县村规民约备案办法', article: '第三条', level: 'rule', validFrom: '2025-01-01', note: '备案' };
const ending = { id: 'pipl-13', day: '2026-11-24', repealedBy: '《样法（修订）》附则', reason: '条文重排' };
const codeOf = async (t: ExecutionContext, run: Promise<unknown>): Promise<string | undefined> => (await t.throwsAsync<Refusal>(run))?.code;

test('Xian writes a basis down, amends it, and the old version stays readable', async t => {
  const { office, actor, traces } = await openVillage(t);
  const xian = await actor('xian');
  t.is(await keepBases(office, xian, [rule], { isNew: true }), 1);
  t.is(await traces(), 1);
  t.is(await keepBases(office, xian, [rule], { isNew: true }), 0, 'the same again is nothing new');
  t.is(await codeOf(t, keepBases(office, xian, [{ ...rule, article: '第四条' }], { isNew: true })), 'faults');
  t.is(await codeOf(t, keepBases(office, xian, [{ ...rule, id: 'unknown-1' }], { isNew: false })), 'faults');
  t.is(await codeOf(t, keepBases(office, xian, [{ ...rule, validTo: '2024-01-01' }])), 'faults');
  t.is(await traces(), 1);
  await keepBases(office, xian, [{ ...rule, article: '第五条', validFrom: '2027-01-01' }], { isNew: false });
  const versions = (await lawRegister(office.read)).get(rule.id) ?? [];
  t.deepEqual(versions.map(each => [each.seq, each.kind, each.article]), [[1, 'registered', '第三条'], [2, 'amended', '第五条']]);
  t.is(inForceOn(versions, '2026-12-31')?.article, '第三条');
  t.is(inForceOn(versions, '2027-01-01')?.article, '第五条');
  t.is(await traces(), 2);
});

test('who has no such post writes nothing, and nothing is left behind', async t => {
  const { office, actor, traces } = await openVillage(t);
  for (const who of ['mei', 'gao', 'guan'] as const) {
    t.is(await codeOf(t, keepBases(office, await actor(who), [rule])), 'not-allowed');
    t.is(await codeOf(t, lapse(office, await actor(who), ending)), 'not-allowed');
    t.is(await codeOf(t, draftRecomputations(office, await actor(who))), 'not-allowed');
  }
  t.is(await traces(), 0);
  t.is((await lawRegister(office.read)).size, 0);
});

test('a basis ends from a day on, with the rule that ended it; twice is nothing new, and what is over cannot end', async t => {
  const { office, actor, traces } = await openVillage(t);
  const xian = await actor('xian');
  await keepBases(office, xian, [rule]);
  const given = { id: rule.id, day: '2026-12-01', repealedBy: '《样县规章清理决定》', reason: '不再适用' };
  await lapse(office, xian, given);
  const before = await traces();
  await lapse(office, xian, given);
  t.is(await traces(), before);
  const versions = (await lawRegister(office.read)).get(rule.id) ?? [];
  t.like(inForceOn(versions, '2026-11-30'), { kind: 'lapsed', repealedBy: given.repealedBy, reason: given.reason, note: '备案' });
  t.is(inForceOn(versions, '2026-12-01'), undefined);
  t.is(await codeOf(t, lapse(office, xian, { ...given, day: '2027-03-01' })), 'basis-not-in-force');
  t.is(await codeOf(t, lapse(office, xian, { ...given, day: '2025-01-01' })), 'faults');
  t.is(await codeOf(t, lapse(office, xian, { ...given, id: 'unknown-1' })), 'not-found');
  t.is(await traces(), before);
});

test('adopting brings in what the register does not know; the same id for another rule is refused', async t => {
  const { office, actor } = await openVillage(t);
  const xian = await actor('xian');
  const filing = { county, day: '2026-11-23', filing_no: '样政发〔2026〕1号' };
  const hash = await importStandard(office, xian, { county, source: presetSource('household-100') });
  t.is((await lawRegister(office.read)).size, 0, 'a standard that nobody adopted says nothing');
  await keepBases(office, xian, [{ id: 'waste-49', law: '另一部法', article: '第一条', level: 'law', validFrom: '2020-01-01' }]);
  t.is(await codeOf(t, adopt(office, xian, { hash, ...filing })), 'standard-law-differs');
  await keepBases(office, xian, [{ id: 'waste-49', law: '中华人民共和国固体废物污染环境防治法', article: '第四十九条', level: 'law', validFrom: '2020-09-01', validTo: '2026-01-31' }]);
  await adopt(office, xian, { hash, ...filing });
  const { standard } = await loadStandard(office.read, hash);
  const register = await lawRegister(office.read);
  t.deepEqual([...register.keys()].sort(), standard.legalBases.map(each => each.id).sort());
  t.is(register.get('waste-49')?.length, 2, 'what it knows stays as it is');
  t.false((await basesOfDay(office.read, standard, '2026-11-23')).has('waste-49'));
  t.true((await basesOfDay(office.read, standard, '2026-01-31')).has('waste-49'));
});

test('when a basis ends no result changes by itself: the recomputation is drafted, computed by the committee, and old ratings still recompute', async t => {
  const village = await openCollected(t);
  const { office, clock, round } = village;
  const gao = await village.actor('gao');
  const xian = await village.actor('xian');
  await rateRound(office, gao, { round: round.no });
  const was = await ratingInForce(office.read, round.no, zhou.no);
  const bytes = await office.read('standards').select('hash', 'body').orderBy('hash');
  await walk(village, [wang.no], toApproval);
  await lapse(office, xian, ending);
  t.is(await draftRecomputations(office, xian), 0, 'until the day nothing is affected');
  clock.set('2026-11-24T18:40:00.000Z');
  const traces = await village.traces();
  await draftNightly(office);
  t.is(await village.traces(), traces + 1);
  t.is(await draftRecomputations(office, clockwork), 3);
  t.is(await village.traces(), traces + 1, 'counted again, nothing is new');
  t.deepEqual((await recomputationsBelow(office.read, ['/'])).map(each => [each.village, each.households, each.bases]), [[placeNos.qinghe, 2, ['pipl-13']], [placeNos.shuikou, 1, ['pipl-13']]]);
  t.deepEqual(await ratingInForce(office.read, round.no, zhou.no), was, 'nothing changed by itself');
  t.deepEqual(await office.read('standards').select('hash', 'body').orderBy('hash'), bytes, 'not a byte of the standards');

  const reading = { read: office.read, dialect: office.store.dialect };
  const whole = await roundByNo(office.read, round.no);
  const [first, second, ...rest] = await affectedBy(reading, { round: whole, day: '2026-11-25', village: placeNos.qinghe });
  t.deepEqual([first?.subject, second?.subject, rest.length], [zhou.no, wu.no, 0]);
  t.is(first?.was.points, was?.points);

  await rateRound(office, gao, { round: round.no });
  const now = await ratingInForce(office.read, round.no, zhou.no);
  t.is(now?.points, first?.now.points, 'it comes out as drafted');
  t.not(now?.bases, was?.bases);
  t.true((await tellWhy(office.read, now ?? t.fail() as never)).groups.flatMap(group => group.lines).some(line => line.rule.includes('依据')), 'the page says which items lost their basis');
  await draftNightly(office);
  t.deepEqual((await recomputationsBelow(office.read, ['/'])).map(each => [each.village, each.households]), [[placeNos.shuikou, 1]], 'what a committee passed waits to be opened again');
  const report = await recheckRatings(office);
  t.deepEqual(report.wrong, []);
  t.true(report.checked >= 5);
});

test('a rating whose set of bases was touched does not recompute', async t => {
  const village = await openCollected(t);
  await rateRound(village.office, await village.actor('gao'), { round: village.round.no });
  await village.office.store.write('basis_sets').update({ ids: 'pipl-13' });
  const { wrong, checked } = await recheckRatings(village.office);
  t.is(wrong.length, checked);
});

test('the register of an office that adopted the presets holds every basis they cite, in force', async t => {
  const { office } = await openVillage(t);
  const hashes = await adoptPresets(office);
  for (const hash of Object.values(hashes)) {
    const { standard } = await loadStandard(office.read, hash);
    t.is((await basesOfDay(office.read, standard, '2026-11-23')).size, standard.legalBases.length, standard.title);
  }
});
