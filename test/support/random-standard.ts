import fc from 'fast-check';
import { addDays } from '../../src/kit/time.ts';
import type { Bounds } from '../../src/standards/bounds.ts';
import type { Condition, Requirement } from '../../src/standards/conditions.ts';
import type { Derive } from '../../src/standards/derive.ts';
import type { Rule } from '../../src/standards/kinds.ts';
import type { Factor } from '../../src/standards/kinds/product.ts';
import { isMade, missingStates } from '../../src/standards/standard.ts';
import type { Grade, Indicator, LegalBasis, Missing, Standard, SubjectType, WrittenEvent, WrittenFact } from '../../src/standards/standard.ts';
import { eventsFor, eventsRule } from './random-events.ts';
import { aroundMonths, bandsFrom, basisIds, cents, cutsOf, day, factorBands, factorTable, gains, legalBasis, maybe, points, tierRanges, told, unknown } from './random-parts.ts';
import type { Cut } from './random-parts.ts';

/** A whole random rating: a standard of every kind of rule, facts for it with every way of not knowing, events around the edges of their lives, the round, the grade before, and which bases are in force. */
export interface RandomRating {
  readonly standard: Standard; readonly facts: Readonly<Record<string, WrittenFact>>; readonly events: readonly WrittenEvent[]; readonly day: string; readonly bases: ReadonlySet<string>;
  readonly former?: string | undefined; readonly round?: { readonly from: string; readonly to: string } | undefined;
}

const legalBases: readonly LegalBasis[] = basisIds.map(id => ({ id, law: '某法', article: '第一条', level: 'law', validFrom: '2000-01-01' }));
const missing: fc.Arbitrary<Missing> = fc.record({ notAsked: fc.oneof(points, fc.constant('ask' as const)), dontKnow: fc.oneof(points, fc.constant('ask' as const)), refused: points, noDealings: points });
const answers = <T extends string>(...all: readonly T[]): fc.Arbitrary<Record<(typeof missingStates)[number], T>> =>
  fc.record({ notAsked: fc.constantFrom(...all), dontKnow: fc.constantFrom(...all), refused: fc.constantFrom(...all), noDealings: fc.constantFrom(...all) });

const base = { source: 'grid', purpose: '试', sensitivity: 'ordinary', retentionMonths: 12 } as const;
const plain = (type: Indicator['type'], ...keys: readonly string[]): readonly Indicator[] => keys.map(key => ({ ...base, key, title: key, type, legalBasis: ['b1'] }));
const options = ['a', 'b', 'c'];
/** Facts that others are made from, and that conditions look at. */
const fixed: readonly Indicator[] = [
  ...plain('whole', 'countA', 'countB', 'countC'), ...plain('money', 'moneyA', 'moneyB'), ...plain('flag', 'flagA'), ...plain('day', 'dayA', 'dayB'), ...plain('year', 'yearA'),
  ...plain('choice', 'choiceA').map(each => ({ ...each, options: options.map(key => ({ key, label: `选项${key}` })) })),
];
/** Always made, each from what stands before it. */
const madeTypes = { madeA: 'whole', madeB: 'money', madeC: 'percent', madeD: 'whole' } as const;
type Made = keyof typeof madeTypes;
const wholes = ['countA', 'countB', 'madeA', 'madeD'];
const moneys = ['moneyA', 'moneyB', 'madeB'];

const fractionCuts = fc.tuple(fc.uniqueArray(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 3 }), fc.integer({ min: 2, max: 9 }), fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }))
  .map(([overs, under, sides]) => overs.sort((a, b) => a - b).map((over, n) => ({ at: `${over}/${under}`, isUpper: sides[n] ?? true })));
const fractionBands = fc.tuple(fractionCuts, gains, fc.boolean()).map(([cuts, given, fromNought]) => bandsFrom(cuts, given).map((band, n) => n === 0 && fromNought ? { atLeast: 0, ...band } : band));

const numbered = (type: 'whole' | 'money' | 'percent', scale = type === 'whole' ? 1 : 100): fc.Arbitrary<Rule> => fc.oneof(
  fc.tuple(cutsOf(scale, 30 * scale), gains).map(([cuts, given]) => ({ kind: 'bands' as const, bands: bandsFrom(cuts, given) })),
  fc.record({ standard: fc.integer({ min: 0, max: 30 }), at: points, step: fc.integer({ min: 1, max: 5 }), pointsPerStep: points, low: fc.integer({ min: 0, max: 500 }), high: fc.integer({ min: 0, max: 500 }) })
    .map(({ low, high, ...given }) => ({ kind: 'steps' as const, ...given, floor: cents(given.at - low / 100), cap: cents(given.at + high / 100) })),
  fc.tuple(fc.uniqueArray(fc.integer({ min: -2 * scale, max: 30 * scale }), { minLength: 2, maxLength: 4 }), gains)
    .map(([values, given]) => ({ kind: 'line' as const, knots: values.sort((a, b) => a - b).map((value, n) => ({ value: value / scale, points: given[n] ?? 0 })) })),
  ...type === 'percent' ? [] : [fc.record({ start: points, ranges: tierRanges(type === 'whole' ? 1 : 3), low: fc.integer({ min: 0, max: 500 }), high: fc.integer({ min: 0, max: 3000 }) })
    .map(({ low, high, ...given }) => ({ kind: 'tiers' as const, ...given, floor: cents(given.start - low / 100), cap: cents(given.start + high / 100) }))],
);
const factor: fc.Arbitrary<Factor> = fc.oneof(
  factorTable(options).map(table => ({ by: 'choiceA', options: table })),
  fc.tuple(fc.constantFrom(...wholes), factorBands(1, 12)).map(([by, bands]) => ({ by, bands })),
  fc.tuple(fc.constantFrom(...moneys, 'madeC'), factorBands(100, 3000)).map(([by, bands]) => ({ by, bands })),
  fc.tuple(fc.constantFrom('years' as const, 'months' as const), factorBands(1, 24)).map(([measure, bands]) => ({ by: 'dayA', measure, bands })),
  factorBands(1, 12).map(bands => ({ by: 'yearA', measure: 'years' as const, bands })),
);

const kindNames = ['bands', 'choice', 'flag', 'ratio', 'events', 'events', 'numbered', 'product', 'former', 'share'] as const;
const rule = (kind: (typeof kindNames)[number], codes: readonly string[]): fc.Arbitrary<Partial<Indicator>> => {
  switch (kind) {
    case 'flag': return fc.record({ yes: points, no: points }).map(given => ({ type: 'flag', scoring: { kind, ...given } }));
    case 'choice': return fc.array(fc.record({ points, legalBasis: maybe(legalBasis) }), { minLength: 2, maxLength: 4 })
      .map(options => ({ type: 'choice', scoring: { kind }, options: options.map((option, at) => told({ key: `o${at}`, label: `选项${at}`, ...option })) }));
    case 'bands': return fc.oneof(
      fc.tuple(cutsOf(1, 9), gains).map(([cuts, given]) => ({ type: 'year' as const, scoring: { kind, measure: 'years' as const, bands: bandsFrom(cuts, given) } })),
      fc.tuple(cutsOf(1, 30), gains, fc.constantFrom('years' as const, 'months' as const)).map(([cuts, given, measure]) => ({ type: 'day' as const, scoring: { kind, measure, bands: bandsFrom(cuts, given) } })));
    case 'numbered': return fc.constantFrom('whole' as const, 'money' as const).chain(type => numbered(type).map(scoring => ({ type, scoring })));
    case 'product': return fc.record({ base: points, factors: fc.array(factor, { minLength: 1, maxLength: 3 }), low: fc.integer({ min: -1000, max: 500 }), room: fc.integer({ min: 0, max: 4000 }) })
      .map(({ low, room, ...given }) => ({ type: 'derived', scoring: { kind, ...given, floor: low / 100, cap: (low + room) / 100 } }));
    case 'former': return fc.record({ grades: fc.subarray([...codes]).chain(named => fc.tuple(...named.map(code => points.map(gain => [code, gain] as const))).map(pairs => Object.fromEntries(pairs))), otherwise: points })
      .map(given => ({ type: 'derived', scoring: { kind, ...given } }));
    case 'ratio': return fc.tuple(fc.oneof(
      fc.tuple(fc.constantFrom(...wholes, 'madeA', 'madeD'), fc.constantFrom(...wholes)), fc.tuple(fc.constantFrom(...moneys, 'madeB'), fc.constantFrom(...moneys)),
      fc.tuple(fc.constantFrom(...moneys), fc.constantFrom({ base: 'mean' }, { base: 'mean', times: 'countB' }, { base: 'mean', times: 'madeA' })),
    ), fc.oneof(fractionBands.map(bands => ({ bands })), fc.integer({ min: 1, max: 99 }).map(full => ({ full: full / 100 }))), points)
      .map(([[numerator, denominator], way, whenEmpty]) => ({ type: 'derived', scoring: { kind, whenEmpty, numerator, denominator, ...way } }));
    case 'share': return fc.record({
      numerator: fc.constantFrom(...wholes), denominator: fc.constantFrom(...wholes), wanted: wantedShare, whenEmpty: fc.constantFrom('setAside' as const, 'unmet' as const),
      guard: maybe(fc.record({ count: fc.constantFrom('countC', 'madeA'), below: fc.integer({ min: 1, max: 10 }), then: fc.constantFrom('setAside' as const, 'unmet' as const) })), points: fc.record({ met: points, unmet: points, setAside: points }),
    }).map(given => ({ type: 'derived', scoring: told({ kind, ...given }) }));
    case 'events': return eventsRule(wholes).map(scoring => ({ type: 'events', scoring }));
  }
};
const wantedShare = fc.tuple(fc.constantFrom('atLeast', 'above', 'atMost', 'below'), fc.oneof(fc.integer({ min: 0, max: 100 }).map(n => `${n}%`), fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 1, max: 9 })).map(([a, b]) => `${a}/${b}`)))
  .map(([key, bound]) => ({ [key]: bound }));

const category = fc.constantFrom('c0', 'c1');
const indicator = (n: number, codes: readonly string[]): fc.Arbitrary<Indicator> => fc.constantFrom(...kindNames).chain(kind => fc.record({ own: rule(kind, codes), category, missing, neutral: points, isBare: fc.boolean(), legalBasis }))
  .map(({ own, category, missing: given, neutral, isBare, legalBasis: cited }) => {
    const isSilent = own.scoring?.kind === 'events' || own.scoring?.kind === 'former';   // Nothing can be missing; neutral may be left out.
    return { ...base, key: `k${n}`, title: `指标${n}`, type: 'whole', legalBasis: cited, category, ...own, ...isSilent ? {} : { missing: given }, ...isSilent && isBare ? {} : { neutral } };
  });

const state = fc.constantFrom(...missingStates);
/** Everything that can make a number of this type out of what stands before it. */
function derive(key: Made, eventful: readonly { readonly key: string; readonly items: readonly string[] }[]): fc.Arbitrary<Derive> {
  const [earlierWholes, earlierMoneys] = [wholes.filter(each => each < key), moneys.filter(each => each.startsWith('money') || each < key)];
  const [alike, type] = [madeTypes[key] === 'whole' ? earlierWholes : earlierMoneys, madeTypes[key]];
  const one = fc.constantFrom(...alike);
  const rate = fc.integer({ min: -30_000, max: 30_000 }).map(parts => parts / 10_000);
  const weighted = fc.array(fc.tuple(fc.constantFrom(...earlierWholes, ...earlierMoneys), rate), { minLength: 1, maxLength: 3 }).map(all => ({ weighted: all.map(([of, times]) => ({ of, times })) }));
  if (type === 'percent') return fc.tuple(fc.oneof(...[earlierWholes, earlierMoneys].map(keys => fc.tuple(fc.constantFrom(...keys), fc.constantFrom(...keys)))), state).map(([share, whenEmpty]) => ({ share, whenEmpty }));
  return fc.oneof(weighted,
    fc.array(one, { minLength: 2, maxLength: 3 }).map(sum => ({ sum })), fc.tuple(one, one).map(difference => ({ difference })),
    fc.tuple(fc.constantFrom('highest' as const, 'lowest' as const), fc.array(one, { minLength: 2, maxLength: 3 })).map(([way, parts]): Derive => way === 'highest' ? { highest: parts } : { lowest: parts }),
    fc.tuple(one, fc.constantFrom(...earlierWholes), state).map(([over, under, whenEmpty]) => ({ average: [over, under] as const, whenEmpty })),
    ...type === 'money' ? [fc.constant({ base: 'mean' })] : [
      fc.tuple(fc.constantFrom('dayA', 'dayB'), spans).map(([since, unit]) => ({ since, in: unit })), fc.constant({ since: 'yearA', in: 'years' as const }), spans.map(unit => ({ between: ['dayA', 'dayB'] as const, in: unit })),
      ...eventful.length === 0 ? [] : [fc.constantFrom(...eventful).chain(({ key, items }) => fc.record({ events: fc.constant(key), items: maybe(fc.subarray([...items], { minLength: 1 })), of: fc.constantFrom('count' as const, 'amount' as const), months: fc.integer({ min: 1, max: 24 }) })).map(told)],
    ],
  );
}
const spans = fc.constantFrom('days' as const, 'months' as const, 'years' as const);
const made = (key: Made, eventful: Parameters<typeof derive>[1]): fc.Arbitrary<Indicator> => fc.record({ derive: derive(key, eventful), scored: maybe(fc.record({ category, missing, neutral: points, scoring: numbered(madeTypes[key]) })) })
  .map(({ derive, scored }) => ({ ...base, source: 'computed', key, title: key, type: madeTypes[key], legalBasis: ['b1'], derive, ...scored }));

const bound = (most: number): fc.Arbitrary<Bounds> => fc.tuple(fc.constantFrom('atLeast', 'above', 'atMost', 'below'), fc.integer({ min: 0, max: most })).map(([key, bound]) => ({ [key]: bound }));
const condition = (shares: readonly string[], codes: readonly string[], categories: readonly string[] = []): fc.Arbitrary<Condition> => fc.letrec<{ one: Condition; many: Condition }>(tie => ({
  one: fc.oneof(
    fc.boolean().map(is => ({ indicator: 'flagA', is })),
    fc.oneof(fc.constantFrom(...options), fc.subarray(options, { minLength: 1 })).map(is => ({ indicator: 'choiceA', is })),
    fc.tuple(fc.constantFrom('countA', 'madeA', 'madeD', 'moneyA', 'madeB'), bound(12)).map(([key, bounds]) => ({ indicator: key, ...bounds })),
    bound(100).map(bounds => ({ indicator: 'madeC', ...bounds })),
    fc.constantFrom(...codes).map(former => ({ former })),
    ...(categories.length === 0 ? [] : [fc.tuple(fc.constantFrom(...categories), bound(40)).map(([key, bounds]) => ({ category: key, ...bounds }))]),
    ...(shares.length === 0 ? [] : [fc.constantFrom(...shares).map(key => ({ indicator: key, met: true as const }))]),
  ),
  many: fc.oneof({ maxDepth: 2 }, tie('one'), fc.array(tie('many'), { minLength: 1, maxLength: 3 }).map(all => ({ all })), fc.array(tie('many'), { minLength: 1, maxLength: 3 }).map(any => ({ any })), tie('many').map(not => ({ not }))),
})).many;

const limits = fc.record({ cap: fc.integer({ min: 500, max: 4000 }).map(n => n / 100), floor: fc.integer({ min: -300, max: 400 }).map(n => n / 100) }, { requiredKeys: [] });
const weight = fc.oneof(fc.constantFrom(1, 0.905, 1.1), fc.integer({ min: 1000, max: 20_000 }).map(n => n / 10_000));

const standard: fc.Arbitrary<Standard> = fc.tuple(cutsOf(100, 6000), fc.integer({ min: 1, max: 8 }))
  .chain(([cuts, count]) => fc.tuple(fc.constant(cuts), fc.tuple(...Array.from({ length: count }, (_, n) => indicator(n, cuts.map((_cut, at) => `G${at}`))))))
  .chain(([cuts, scored]) => {
    const codes = cuts.map((_, at) => `G${at}`);
    const shares = scored.filter(each => each.scoring?.kind === 'share').map(each => each.key);
    const claim = condition(shares, codes);
    const requirement: fc.Arbitrary<Requirement> = fc.record({ holds: condition(shares, codes, ['c0', 'c1']), words: fc.constant('条件'), missing: answers('holds', 'fails', 'ask') });
    const eventful = scored.flatMap(({ key, scoring }) => scoring?.kind === 'events' ? [{ key, items: scoring.items.map(item => item.key) }] : []);
    return fc.record({
      scored: fc.constant(scored), made: fc.tuple(...(['madeA', 'madeB', 'madeC', 'madeD'] as const).map(key => made(key, eventful))),
      first: limits, second: limits, pick: maybe(fc.constantFrom('best' as const, 'heaviest' as const)), total: limits, base: fc.constantFrom(0, 10, 1000), rounding: fc.constantFrom('half-up' as const, 'down' as const),
      cuts: fc.constant(cuts), extra: maybe(requirement),
      types: fc.array(fc.record({ when: claim, missing: answers('fails', 'ask'), weight: maybe(weight), shift: maybe(fc.tuple(fc.integer({ min: -500, max: 500 }), fc.boolean())) }), { maxLength: 2 }),
      vetoes: fc.array(fc.record({ when: claim, legalBasis, missing: answers('clear', 'ask'), judges: fc.constantFrom('none', 'grade', 'total'), total: points, repair: maybe(fc.record({ when: claim, words: fc.constant('改正'), points: fc.integer({ min: -2000, max: 0 }).map(n => n / 100) })) }), { maxLength: 2 }),
      preconditions: fc.array(fc.tuple(requirement, maybe(legalBasis)), { maxLength: 2 }),
    });
  })
  .map(({ scored, made, first, second, pick, cuts, extra, types, vetoes, preconditions, ...given }): Standard => {
    const grades = gradesFrom(cuts, extra);
    return {
      format: 1, key: 'random', title: '随机标准', place: { code: '32', name: '某地' }, year: 2026, version: 1, subject: 'household', ...given,
      ungraded: { label: '暂未达标' }, legalBases, localBases: [{ key: 'mean', title: '均值', unit: '元', type: 'money', value: 7.5 }],
      categories: [{ key: 'c0', title: '甲', ...first }, told({ key: 'c1', title: '乙', ...second, pick })],
      indicators: [...fixed, ...scored, ...made],
      ...types.length === 0 ? {} : { types: types.map((type, n) => typeFrom(`t${n}`, type, cuts, grades)) },
      vetoes: vetoes.map(({ judges, total, ...veto }, n) => told({ key: `v${n}`, title: `否决${n}`, words: '否决', lifeMonths: 12, ...veto, ...judges === 'grade' ? { grade: grades.at(-1)?.code ?? 'G0' } : judges === 'total' ? { total } : {} })),
      preconditions: preconditions.map(([each, cited], n) => told({ key: `p${n}`, title: `前提${n}`, ...each, legalBasis: cited })),
      grades, examples: [{ title: '空', day: '2026-06-30', facts: {}, grade: 'none' }],
    };
  });

/** Where the best grade has a condition of its own, the second takes in all who have the points alone. */
function gradesFrom(cuts: readonly Cut<number>[], extra: Requirement | undefined, isConditional = extra !== undefined): Grade[] {
  const isOpen = (n: number): boolean => n === 0 || n === 1 && isConditional;
  return bandsFrom(cuts, [0, 0, 0, 0, 0]).slice(1).reverse()
    .map(({ points: _points, below, atMost, ...bounds }, n) => ({ code: `G${n}`, label: `等级${n}`, credit: n === 0, ...bounds, ...isOpen(n) ? {} : told({ below, atMost }), ...n === 0 && extra !== undefined ? { requires: [extra] } : {} }));
}

interface DrawnType { readonly when: Condition; readonly missing: SubjectType['missing']; readonly weight: number | undefined; readonly shift: readonly [number, boolean] | undefined }
/** Bounds of its own: the best grade alone where that has a condition of its own and may stand anywhere above the next, else all of them moved. */
function typeFrom(key: string, { when, missing, weight, shift }: DrawnType, cuts: readonly Cut<number>[], grades: readonly Grade[]): SubjectType {
  const [by, isUpper] = shift ?? [0, true];
  const top = cuts.at(-1);
  const moved = gradesFrom(cuts.map(cut => ({ at: cents(cut.at + by / 100), isUpper })), undefined, grades[0]?.requires !== undefined).map(({ code, label: _label, credit: _credit, ...bounds }) => [code, bounds] as const);
  const bounds = shift === undefined ? undefined : grades[0]?.requires !== undefined && top !== undefined && by > 0 ? { G0: { above: cents(top.at + by / 100) } } : Object.fromEntries(moved);
  return told({ key, title: key, when, missing, weight, bounds });
}

function fact(of: Indicator, on: string): fc.Arbitrary<WrittenFact> {
  switch (of.type) {
    case 'flag': return fc.boolean();
    case 'choice': return fc.constantFrom(...(of.options ?? []).map(option => option.key));
    case 'money': return fc.oneof(fc.integer({ min: 0, max: 6000 }).map(n => n / 100), fc.constantFrom(7.5, 15, 2.5, 0));
    case 'year': return fc.integer({ min: 2010, max: 2027 });
    case 'day': return fc.oneof(aroundMonths(on, fc.integer({ min: 0, max: 40 })), fc.integer({ min: 0, max: 1500 }).map(offset => addDays('2023-12-31', offset)));
    default: return fc.oneof(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 30 }));
  }
}

export const randomRating: fc.Arbitrary<RandomRating> = fc.tuple(standard, day)
  .chain(([of, on]) => fc.tuple(fc.constant(of), fc.constant(on), maybe(fc.tuple(fc.integer({ min: -1, max: 40 }).map(days => addDays(on, -days)), fc.integer({ min: 0, max: 200 })).map(([to, days]) => ({ from: addDays(to, -days), to })))))
  .chain(([of, on, round]) => {
    const asked = of.indicators.filter(each => each.type !== 'events' && each.type !== 'derived');
    // Sometimes a derived number is given too: nobody may heed it.
    const known = (each: Indicator) => fc.oneof({ weight: isMade(each) ? 1 : 6, arbitrary: fact(each, on) }, { weight: isMade(each) ? 0 : 2, arbitrary: unknown }, { weight: isMade(each) ? 9 : 1, arbitrary: fc.constant(undefined) });
    return fc.record({
      standard: fc.constant(of), day: fc.constant(on), round: fc.constant(round), events: eventsFor(of, on, round),
      facts: fc.tuple(...asked.map(each => known(each).map(value => [each.key, value] as const))).map(pairs => Object.fromEntries(pairs.flatMap(([key, value]) => value === undefined ? [] : [[key, value] as const]))),
      former: maybe(fc.constantFrom('none', ...of.grades.map(grade => grade.code))),
      bases: fc.oneof({ weight: 3, arbitrary: fc.constant(new Set<string>(basisIds)) }, { weight: 1, arbitrary: fc.subarray([...basisIds]).map(ids => new Set<string>(ids)) }),
    });
  });

/** How many cases a property tries: TRIAL_RUNS, or 10,000 in a trial, or 500. */
export const runs = Number(process.env['TRIAL_RUNS'] ?? (process.env['TRIAL'] ? 10_000 : 500));
