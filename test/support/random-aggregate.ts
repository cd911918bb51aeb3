import fc from 'fast-check';
import { addDays } from '../../src/kit/time.ts';
import { looksAtResults } from '../../src/standards/aggregate.ts';
import type { Counting, MemberCondition, MemberValue } from '../../src/standards/aggregate.ts';
import { aroundMonths, maybe, told, unknown } from './random-parts.ts';
import type { ToldMember } from './reference-aggregate.ts';

/** Aggregates and households in the words of the preset `household-100`, near each other's edges. */
export const countedOn = '2026-11-23';
const trades = ['crops', 'breeding', 'trade', 'migrantWork'];
const bounds = (of: fc.Arbitrary<number>) => fc.oneof(of.map(n => ({ atLeast: n })), of.map(n => ({ above: n })), of.map(n => ({ atMost: n })), of.map(n => ({ below: n })));
const claim: fc.Arbitrary<MemberCondition> = fc.oneof(
  fc.constantFrom('memberCount', 'labourCount').chain(indicator => bounds(fc.integer({ min: 0, max: 6 })).map(own => ({ indicator, ...own }))),
  bounds(fc.integer({ min: 2015, max: 2020 })).map(own => ({ indicator: 'tradeSince', ...own })),
  fc.subarray(trades, { minLength: 1 }).map(is => ({ indicator: 'mainTrade', is })), fc.constantFrom(...trades).map(is => ({ indicator: 'mainTrade', is })),
  fc.boolean().map(is => ({ indicator: 'judgmentDefaulter', is })),
  fc.constantFrom('AAA', 'AA', 'A', 'B').map(grade => ({ grade })), fc.boolean().map(credit => ({ credit })), bounds(fc.integer({ min: 5900, max: 8100 }).map(n => n / 100)).map(total => ({ total })),
);
const condition: fc.Arbitrary<MemberCondition> = fc.oneof(
  { weight: 3, arbitrary: claim }, fc.array(claim, { minLength: 1, maxLength: 3 }).map(all => ({ all })), fc.array(claim, { minLength: 1, maxLength: 3 }).map(any => ({ any })),
  claim.map(not => ({ not })), fc.tuple(claim, claim).map(([a, b]) => ({ not: { all: [a, { any: [b, { not: a }] }] } })),
);
const value: fc.Arbitrary<MemberValue> = fc.oneof(
  fc.constantFrom<MemberValue>('total', 'openObjections', { indicator: 'memberCount' }, { indicator: 'labourCount' }),
  fc.record({ events: fc.constant('publicSpirit'), items: maybe(fc.subarray(['volunteering', 'neighbourHelp', 'rescue'], { minLength: 1 })), of: fc.constantFrom('count' as const, 'amount' as const), months: fc.integer({ min: 1, max: 14 }) }).map(told),
);
const among = maybe(fc.constantFrom('all' as const, 'takingPart' as const, 'rated' as const));
export const randomAggregate: fc.Arbitrary<Counting> = fc.oneof(
  fc.record({ among, where: maybe(condition) }).map(own => told({ count: 'households' as const, ...own })),
  fc.record({ value, among, where: maybe(condition), times: fc.oneof({ weight: 4, arbitrary: fc.constant(undefined) }, fc.constantFrom('memberCount', 'labourCount')), unknown: fc.constantFrom('leaveOut' as const, 'ask' as const) })
    .map(({ unknown: otherwise, ...own }) => told({ sum: 'households' as const, ...own, unknown: own.times !== undefined || (typeof own.value === 'object' && 'indicator' in own.value) ? otherwise : undefined })),
).map(aggregate => looksAtResults(aggregate) ? { ...aggregate, among: 'rated' } : aggregate);

const facts = fc.record({
  memberCount: maybe(fc.oneof(fc.integer({ min: 1, max: 7 }), unknown)), labourCount: maybe(fc.oneof(fc.integer({ min: 0, max: 5 }), unknown)), tradeSince: maybe(fc.oneof(fc.integer({ min: 2014, max: 2021 }), unknown)),
  mainTrade: maybe(fc.oneof(fc.constantFrom(...trades), unknown)), judgmentDefaulter: maybe(fc.oneof(fc.boolean(), unknown)),
}).map(told);
const event = fc.record({ indicator: fc.constant('publicSpirit'), item: fc.constantFrom('volunteering', 'neighbourHelp', 'rescue', 'publicWork'), on: fc.oneof(aroundMonths(countedOn, fc.integer({ min: 0, max: 14 })), fc.constant(addDays(countedOn, 1))), amount: fc.integer({ min: 1, max: 900 }).map(n => n / 100) })
  .map(({ amount, ...own }) => own.item === 'volunteering' ? { ...own, amount } : own);
export const randomMember: fc.Arbitrary<ToldMember> = fc.record({
  facts, events: fc.array(event, { maxLength: 3 }), objections: fc.constantFrom(0, 0, 0, 1, 2),
  standing: fc.constantFrom('out' as const, 'in' as const, 'in' as const), result: maybe(fc.record({ points: fc.integer({ min: 5800, max: 8200 }).map(n => n / 100), grade: fc.constantFrom('AAA', 'AA', 'A', 'B', 'none') })),
}).map(({ standing, result, ...own }) => ({ ...own, takesPart: standing === 'in', ...standing === 'in' && result !== undefined ? { result } : {} }));
