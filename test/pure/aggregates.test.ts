import test from 'ava';
import fc from 'fast-check';
import { dayNumber } from '../../src/kit/time.ts';
import { aggregateWords, type Counting } from '../../src/standards/aggregate.ts';
import { checkStandard } from '../../src/standards/check.ts';
import { factsOf } from '../../src/standards/facts.ts';
import { unmetBelow } from '../../src/standards/meet.ts';
import { figureOf, measureOf, sumOf, type Member } from '../../src/standards/member.ts';
import type { Indicator, Standard } from '../../src/standards/standard.ts';
import { evaluate } from '../../src/ratings/evaluate.ts';
import { explain } from '../../src/ratings/explain.ts';
import { compile } from '../../src/standards/compile.ts';
import { preset } from '../support/presets.ts';
import { countedOn, randomAggregate, randomMember } from '../support/random-aggregate.ts';
import { runs } from '../support/random-standard.ts';
import { inHundredths, referSum, type ToldMember } from '../support/reference-aggregate.ts';
import { indicator, smallStandard } from '../support/small-standard.ts';

const household = preset('household-100');
const scaleOf = (aggregate: Counting): number => 'sum' in aggregate && (aggregate.value === 'total' || (typeof aggregate.value === 'object' && 'events' in aggregate.value && aggregate.value.of === 'amount')) ? 1 : 100;
const memberOf = ({ facts, events, takesPart, objections, result }: ToldMember): Member => {
  const grade = household.grades.findIndex(each => each.code === result?.grade);
  return { facts: factsOf(household, facts, events), takesPart, objections, result: result === undefined ? undefined : { points: Math.round(result.points * 100), grade, credit: household.grades[grade]?.credit === true } };
};

test('members are measured as the declarations say, read a second time', t => {
  const below = { facts: household, grades: household, dayNumber: dayNumber(countedOn) };
  fc.assert(fc.property(randomAggregate, fc.array(randomMember, { maxLength: 12 }), (aggregate, members) => {
    const wanted = referSum(aggregate, household, members, countedOn);
    const got = sumOf(members.map(memberOf), measureOf(aggregate, below));
    const told = [got.fit, got.known, Math.round(got.sum * scaleOf(aggregate))].join();
    const want = [wanted.fit, wanted.known, inHundredths(wanted.sum)].join();
    if (told !== want) throw new Error(`ours ${told}, reference ${want}`);
  }), { numRuns: runs, seed: Number(process.env['TRIAL_SEED'] ?? Date.now() % 2_147_483_647) });
  t.pass();
});

test('a random aggregate passes the check of a village standard', t => {
  fc.assert(fc.property(randomAggregate, aggregate => {
    const faults = faultsOf(figure(aggregate, 'sum' in aggregate && aggregate.value === 'total' ? 'money' : 'whole'));
    if (faults.length > 0) throw new Error(faults.join());
  }), { numRuns: 100 });
  t.pass();
});

const figure = (aggregate: Indicator['aggregate'], type: Indicator['type'] = 'whole', own: Partial<Indicator> = {}): Indicator =>
  ({ ...indicator({ key: 'figure', type }), source: 'computed', optional: true, ...aggregate === undefined ? {} : { aggregate }, ...own });
const villageOf = (...indicators: readonly Indicator[]): Standard => smallStandard({ subject: 'village', categories: [], indicators });
const faultsOf = (...indicators: readonly unknown[]): readonly string[] => {
  const checked = checkStandard(villageOf(...indicators as Indicator[]));
  return 'faults' in checked ? checked.faults.map(fault => `${fault.path.replace('indicators[0].', '')} ${fault.say}`) : [];
};

test('what a declaration lacks is told at its place', t => {
  const cases: readonly (readonly [Partial<Indicator>, RegExp])[] = [
    [figure(undefined), /没写怎么算/],
    [figure({ count: 'villages' }), /aggregate\.count.*不在可选/],
    [figure({ count: 'households', where: { grade: 'A' } }), /看等级或总分的/],
    [figure({ sum: 'households', value: 'total', among: 'rated' }), /总分有小数/],
    [figure({ sum: 'households', value: { indicator: 'hours' } }), /unknown 没写不知道/],
    [figure({ sum: 'households', value: 'openObjections', unknown: 'ask' }), /没有不知道的/],
    [figure({ count: 'households' }, 'money'), /数个数的是整数/],
    [figure({ former: 'other' }), /没有叫“other”/],
    [figure({ count: 'households' }, 'whole', { source: 'grid' }), /不用人填/],
    [figure({ count: 'households' }, 'whole', { derive: { base: 'x' } }), /推算和汇总只写一个/],
    [figure({ count: 'households', where: { indicator: 'a' } } as unknown as Indicator['aggregate']), /where 要写门槛/],
    [figure({ count: 'households', where: { indicator: 'a', is: 'x', atLeast: 2 } } as unknown as Indicator['aggregate']), /只写一样/],
  ];
  for (const [one, words] of cases) t.true(faultsOf(one).some(fault => words.test(fault)), `${words.source}: ${faultsOf(one).join('; ')}`);
  const below = checkStandard(smallStandard({ indicators: [figure({ count: 'households' })] }));
  t.regex('faults' in below ? below.faults.map(fault => fault.say).join() : '', /下面没有可汇总的/);
});

test('standards that a round brings together must meet', t => {
  const unmet = (aggregate: Indicator['aggregate'], type: Indicator['type'] = 'whole'): string => unmetBelow(villageOf(figure(aggregate, type)), { households: household }).join();
  t.is(unmet({ sum: 'households', value: { indicator: 'memberCount' }, times: 'labourCount', unknown: 'ask', where: { all: [{ indicator: 'mainTrade', is: ['crops', 'breeding'] }, { grade: 'A' }] } }), '');
  t.regex(unmet({ sum: 'households', value: { indicator: 'hours' }, unknown: 'ask' }), /没有“hours”这一项/);
  t.regex(unmet({ sum: 'households', value: { indicator: 'memberCount' }, unknown: 'ask' }, 'money'), /加不成金额/);
  t.regex(unmet({ count: 'households', where: { grade: 'Z' } }), /没有等级“Z”/);
  t.regex(unmet({ count: 'households', where: { indicator: 'mainTrade', is: 'mining' } }), /没有选项“mining”/);
  t.regex(unmet({ count: 'households', where: { indicator: 'mainTrade', atLeast: 2 } }), /不是数字/);
  t.regex(unmet({ count: 'households', where: { indicator: 'judgmentDefaulter', is: 'crops' } }), /是: true|is: true/);
  t.regex(unmet({ count: 'households', where: { indicator: 'publicSpirit', atLeast: 1 } }), /推算或记事的/);
  t.regex(unmet({ sum: 'households', value: { events: 'memberCount', of: 'count', months: 12 } }), /不是记事/);
  t.regex(unmet({ sum: 'households', value: { events: 'publicSpirit', items: ['singing'], of: 'count', months: 12 } }), /没有事项“singing”/);
  t.regex(unmet({ sum: 'households', value: { indicator: 'memberCount' }, times: 'mainTrade', unknown: 'ask' }), /要是整数/);
  for (const kind of ['share', 'cooperative', 'four'] as const) {
    const [village, township] = kind === 'share' ? [preset('village-share'), preset('township-share')] : kind === 'cooperative' ? [preset('cooperative-village'), preset('cooperative-township')] : [preset('prefecture-four-level-village'), preset('prefecture-four-level-township')];
    t.deepEqual([...unmetBelow(village, { households: household }), ...unmetBelow(township, { households: household, villages: village })], [], kind);
  }
});

test('a sum of nobody is nought, one of whom nothing is known must be asked for, and one with a gap as it says', t => {
  const whole = figure({ sum: 'households', value: { indicator: 'a' }, unknown: 'leaveOut' });
  const strict = figure({ sum: 'households', value: { indicator: 'a' }, unknown: 'ask' });
  const of = (one: Indicator, sum: { fit: number; known: number; sum: number }): number | undefined => one.aggregate === undefined ? undefined : figureOf(one.aggregate, one, sum);
  t.deepEqual([of(whole, { fit: 0, known: 0, sum: 0 }), of(whole, { fit: 3, known: 0, sum: 0 }), of(whole, { fit: 3, known: 2, sum: 7 }), of(strict, { fit: 3, known: 2, sum: 7 }), of(strict, { fit: 2, known: 2, sum: 7 })], [0, undefined, 7, undefined, 7]);
  t.is(of(whole, { fit: 1, known: 1, sum: 1e15 }), undefined, 'larger than any fact');
  const hours = figure({ sum: 'households', value: { events: 'e', of: 'amount', months: 12 } });
  t.is(of(hours, { fit: 2, known: 2, sum: 350 }), 3, 'whole hours of three and a half');
});

test('how a figure is counted is told in plain words', t => {
  const say = (aggregate: NonNullable<Indicator['aggregate']>): string => aggregateWords(aggregate, () => undefined);
  t.is(say({ count: 'households', among: 'rated', where: { all: [{ grade: 'A' }, { indicator: 'farm', is: true }] } }), '结果批准了的农户里，评为A或者更好，并且“farm”是的有几个');
  t.is(say({ sum: 'villages', value: { indicator: 'share' }, times: 'rated', unknown: 'leaveOut' }), '下面的村：“share”加起来，每个乘它的“rated”，不知道的不算在内');
  t.is(say({ sum: 'households', value: { events: 'spirit', items: ['hours'], of: 'amount', months: 12 } }), '在册的农户：12 个月内“hours”的数量加起来');
  t.is(say({ former: 'npl' }), '上一批次的“npl”');
});

test('a mean shows what stands over and under the line', t => {
  const standard: Standard = { ...villageOf(
    figure({ sum: 'households', value: 'total', among: 'rated' }, 'money', { key: 'points', title: '总分合计', unit: '分' }),
    figure({ count: 'households', among: 'rated' }, 'whole', { key: 'rated', title: '评出结果的户数', unit: '户' }),
    { ...indicator({ key: 'mean', type: 'money' }), title: '户均分', unit: '分', source: 'computed', derive: { average: ['points', 'rated'], whenEmpty: 'noDealings' } },
  ), preconditions: [{ key: 'mean', title: '户均分', holds: { indicator: 'mean', atLeast: 80 }, words: '户均 80 分以上', missing: { notAsked: 'ask', dontKnow: 'ask', refused: 'ask', noDealings: 'fails' } }] };
  t.deepEqual('faults' in checkStandard(standard), false);
  const [condition] = explain(standard, evaluate(compile(standard), factsOf(standard, { points: 11_730.5, rated: 150 }), { day: '2026-12-01' })).conditions;
  t.is(condition?.say, '户均 80 分以上：11730.5 分 ÷ 150 户 = 78.2 分');
});
