import fc from 'fast-check';
import { addDays, addMonths } from '../../src/kit/time.ts';
import type { Condition, Requirement } from '../../src/standards/conditions.ts';
import type { EventItem } from '../../src/standards/kinds/event-item.ts';
import type { Rule } from '../../src/standards/kinds.ts';
import { missingStates } from '../../src/standards/standard.ts';
import type { Grade, Indicator, LegalBasis, Missing, Standard, WrittenEvent, WrittenFact } from '../../src/standards/standard.ts';

/** A whole random rating: a standard of every kind of rule, facts for it with every way of not knowing, events around the edges of their lives, and which bases are in force. */
export interface RandomRating { readonly standard: Standard; readonly facts: Readonly<Record<string, WrittenFact>>; readonly events: readonly WrittenEvent[]; readonly day: string; readonly bases: ReadonlySet<string> }

const basisIds = ['b1', 'b2', 'b3'] as const;
const legalBases: readonly LegalBasis[] = basisIds.map(id => ({ id, law: '某法', article: '第一条', level: 'law', validFrom: '2000-01-01' }));
const legalBasis = fc.subarray([...basisIds], { minLength: 1 });
const points = fc.integer({ min: -400, max: 2000 }).map(cents => cents / 100);
const missing: fc.Arbitrary<Missing> = fc.record({ notAsked: fc.oneof(points, fc.constant('ask' as const)), dontKnow: fc.oneof(points, fc.constant('ask' as const)), refused: points, noDealings: points });
const answers = <T extends string>(...all: readonly T[]): fc.Arbitrary<Record<(typeof missingStates)[number], T>> =>
  fc.record({ notAsked: fc.constantFrom(...all), dontKnow: fc.constantFrom(...all), refused: fc.constantFrom(...all), noDealings: fc.constantFrom(...all) });

interface Bounds { atLeast?: number; above?: number; atMost?: number; below?: number }
/** Bands without gap or overlap, from cut points and for each cut which side has it. */
function bandsFrom<T>(cuts: readonly { readonly at: T; readonly isUpper: boolean }[], gains: readonly number[]): { points: number; atLeast?: T; above?: T; atMost?: T; below?: T }[] {
  return gains.slice(0, cuts.length + 1).map((gain, n) => {
    const [low, high] = [cuts[n - 1], cuts[n]];
    return { points: gain, ...(low === undefined ? {} : low.isUpper ? { atLeast: low.at } : { above: low.at }), ...(high === undefined ? {} : high.isUpper ? { below: high.at } : { atMost: high.at }) };
  });
}
const cutsOf = (scale: number, most: number): fc.Arbitrary<{ at: number; isUpper: boolean }[]> =>
  fc.tuple(fc.uniqueArray(fc.integer({ min: 1, max: most }), { minLength: 1, maxLength: 4 }), fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }))
    .map(([raw, sides]) => raw.sort((a, b) => a - b).filter((at, n, all) => n === 0 || at - (all[n - 1] ?? 0) > 1).map((at, n) => ({ at: at / scale, isUpper: sides[n] ?? true })));
const gains = fc.array(points, { minLength: 5, maxLength: 5 });

const fractionCuts = fc.tuple(fc.uniqueArray(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 3 }), fc.integer({ min: 2, max: 9 }), fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }))
  .map(([overs, under, sides]) => overs.sort((a, b) => a - b).map((over, n) => ({ at: `${over}/${under}`, isUpper: sides[n] ?? true })));

const item = (n: number): fc.Arbitrary<EventItem> => fc.record({
  gain: points.filter(gain => gain !== 0), lifeMonths: fc.integer({ min: 1, max: 24 }), shape: fc.constantFrom('plain', 'each', 'summed', 'ladder', 'tiers', 'capped'),
  cap: fc.integer({ min: 0, max: 900 }).map(cents => cents / 100), amount: fc.constantFrom(1, 2.5, 4), legalBasis: fc.option(legalBasis, { nil: undefined }),
}).map(({ gain, lifeMonths, shape, cap, amount, legalBasis: cited }) => ({
  key: `item${n}`, label: `事项${n}`, points: gain, lifeMonths, ...(cited === undefined ? {} : { legalBasis: cited }),
  ...(shape === 'each' ? { each: { amount, unit: '次', sum: false }, perEvent: cap } : {}),
  ...(shape === 'summed' ? { each: { amount, unit: '小时', sum: true }, atAll: cap } : {}),
  ...(shape === 'ladder' ? { ladder: { unit: '小时', rungs: [{ atLeast: 2, points: gain }, { atLeast: 6, points: gain * 2 }] } } : {}),
  ...(shape === 'tiers' ? { tiers: { unit: '元', ranges: [{ upTo: 3, every: amount / 2, points: gain }, { upTo: 9, every: amount, points: 0.5 }, { every: 5, points: 0.25 }] } } : {}),
  ...(shape === 'capped' ? { perMonth: cap, perQuarter: Math.round(cap * 150) / 100, perYear: cap * 2 } : {}),
}));

const base = { source: 'grid', purpose: '试', sensitivity: 'ordinary', retentionMonths: 12 } as const;
type Drawn = Exclude<Rule['kind'], 'tiers' | 'product' | 'former'>;
const rule = (kind: Drawn, n: number): fc.Arbitrary<Partial<Indicator>> => {
  switch (kind) {
    case 'flag': return fc.record({ yes: points, no: points }).map(given => ({ type: 'flag', scoring: { kind, ...given } }));
    case 'choice': return fc.array(fc.record({ points, legalBasis: fc.option(legalBasis, { nil: undefined }) }), { minLength: 2, maxLength: 4 })
      .map(options => ({ type: 'choice', scoring: { kind }, options: options.map((option, at) => ({ key: `o${at}`, label: `选项${at}`, points: option.points, ...(option.legalBasis === undefined ? {} : { legalBasis: option.legalBasis }) })) }));
    case 'bands': return fc.oneof(
      fc.tuple(cutsOf(1, 30), gains).map(([cuts, given]) => ({ type: 'whole' as const, scoring: { kind, bands: bandsFrom(cuts, given) } })),
      fc.tuple(cutsOf(100, 5000), gains).map(([cuts, given]) => ({ type: 'money' as const, scoring: { kind, bands: bandsFrom(cuts, given) } })),
      fc.tuple(cutsOf(1, 9), gains).map(([cuts, given]) => ({ type: 'year' as const, scoring: { kind, measure: 'years' as const, bands: bandsFrom(cuts, given) } })),
      fc.tuple(cutsOf(1, 30), gains, fc.constantFrom('years' as const, 'months' as const)).map(([cuts, given, measure]) => ({ type: 'day' as const, scoring: { kind, measure, bands: bandsFrom(cuts, given) } })));
    case 'steps': return fc.record({ standard: fc.integer({ min: 0, max: 30 }), at: points, step: fc.integer({ min: 1, max: 5 }), pointsPerStep: points, low: fc.integer({ min: 0, max: 500 }), high: fc.integer({ min: 0, max: 500 }) })
      .map(given => ({ type: 'whole', scoring: { kind, standard: given.standard, at: given.at, step: given.step, pointsPerStep: given.pointsPerStep, floor: cents(given.at - given.low / 100), cap: cents(given.at + given.high / 100) } }));
    case 'ratio': return fc.tuple(fc.constantFrom('count', 'base', 'perHead'), fc.oneof(fc.tuple(fractionCuts, gains).map(([cuts, given]) => ({ bands: bandsFrom(cuts, given) })), fc.integer({ min: 1, max: 99 }).map(full => ({ full: full / 100 }))), points)
      .map(([shape, way, whenEmpty]) => ({ type: 'derived', scoring: { kind, whenEmpty, numerator: shape === 'count' ? 'countA' : 'moneyA', denominator: shape === 'count' ? 'countB' : shape === 'base' ? { base: 'mean' } : { base: 'mean', times: 'countB' }, ...way } }));
    case 'share': return fc.record({ wanted: wantedShare, guard: fc.option(fc.record({ count: fc.constant('countC'), below: fc.integer({ min: 1, max: 10 }), then: fc.constantFrom('setAside' as const, 'unmet' as const) }), { nil: undefined }), whenEmpty: fc.constantFrom('setAside' as const, 'unmet' as const), met: points, unmet: points, setAside: points })
      .map(({ wanted, guard, whenEmpty, ...given }) => ({ type: 'derived', scoring: { kind, numerator: 'countA', denominator: 'countB', wanted, whenEmpty, points: given, ...(guard === undefined ? {} : { guard }) } }));
    case 'events': return fc.tuple(fc.integer({ min: 1, max: 3 }).chain(count => fc.tuple(...Array.from({ length: count }, (_, at) => item(at)))), fc.constantFrom('all' as const, 'best' as const, 'heaviest' as const), points, fc.integer({ min: 0, max: 2500 }), fc.integer({ min: 0, max: 2500 }))
      .map(([items, pick, start, low, high]) => ({ type: 'events', key: `k${n}`, scoring: { kind, start, floor: cents(start - low / 100), cap: cents(start + high / 100), pick, items } }));
  }
};
const cents = (value: number): number => Math.round(value * 100) / 100;
const wantedShare = fc.tuple(fc.constantFrom('atLeast', 'above', 'atMost', 'below'), fc.oneof(fc.integer({ min: 0, max: 100 }).map(n => `${n}%`), fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 1, max: 9 })).map(([a, b]) => `${a}/${b}`)))
  .map(([key, bound]) => ({ [key]: bound }));

const kindNames: readonly Drawn[] = ['bands', 'choice', 'flag', 'ratio', 'events', 'steps', 'share'];
const counts: readonly Indicator[] = ['countA', 'countB', 'countC'].map(key => ({ ...base, key, title: key, type: 'whole', legalBasis: ['b1'] }));
const fixed: readonly Indicator[] = [...counts, { ...base, key: 'moneyA', title: '钱', type: 'money', legalBasis: ['b1'] }, { ...base, key: 'flagA', title: '是否', type: 'flag', legalBasis: ['b1'] }];

const indicator = (n: number): fc.Arbitrary<Indicator> => fc.constantFrom(...kindNames).chain(kind => fc.record({ own: rule(kind, n), category: fc.constantFrom('c0', 'c1'), missing, neutral: points, legalBasis }))
  .map(({ own, category, missing: given, neutral, legalBasis: cited }) => ({
    ...base, key: `k${n}`, title: `指标${n}`, type: 'whole', legalBasis: cited, category, ...own, ...(own.type === 'events' ? {} : { missing: given, neutral }),
  }));

const condition = (shares: readonly string[]): fc.Arbitrary<Condition> => fc.letrec<{ one: Condition; many: Condition }>(tie => ({
  one: fc.oneof(
    fc.boolean().map(is => ({ indicator: 'flagA', is })),
    fc.tuple(fc.constantFrom('atLeast', 'above', 'atMost', 'below'), fc.integer({ min: 0, max: 12 })).map(([key, bound]) => ({ indicator: 'countA', [key]: bound })),
    ...(shares.length === 0 ? [] : [fc.constantFrom(...shares).map(key => ({ indicator: key, met: true as const }))]),
  ),
  many: fc.oneof({ maxDepth: 2 }, tie('one'), fc.array(tie('many'), { minLength: 1, maxLength: 3 }).map(all => ({ all })), fc.array(tie('many'), { minLength: 1, maxLength: 3 }).map(any => ({ any })), tie('many').map(not => ({ not }))),
})).many;
const requirement = (shares: readonly string[]): fc.Arbitrary<Requirement> => fc.record({ holds: condition(shares), words: fc.constant('条件'), missing: answers('holds', 'fails', 'ask') });

const limits = fc.record({ cap: fc.integer({ min: 500, max: 4000 }).map(n => n / 100), floor: fc.integer({ min: -300, max: 400 }).map(n => n / 100) }, { requiredKeys: [] });

const standard: fc.Arbitrary<Standard> = fc.integer({ min: 1, max: 8 })
  .chain(count => fc.tuple(...Array.from({ length: count }, (_, n) => indicator(n))))
  .chain(scored => {
    const shares = scored.filter(each => each.scoring?.kind === 'share').map(each => each.key);
    return fc.record({
      scored: fc.constant(scored), first: limits, second: limits, total: limits, base: fc.constantFrom(0, 10, 1000), rounding: fc.constantFrom('half-up' as const, 'down' as const),
      grades: fc.tuple(cutsOf(100, 6000), fc.option(requirement(shares), { nil: undefined })),
      vetoes: fc.array(fc.record({ when: condition(shares), legalBasis, missing: answers('clear', 'ask'), direct: fc.boolean() }), { maxLength: 2 }),
      preconditions: fc.array(fc.tuple(requirement(shares), fc.option(legalBasis, { nil: undefined })), { maxLength: 2 }),
    });
  })
  .map(given => {
    const grades = gradesFrom(given.grades[0], given.grades[1]);
    return {
      format: 1, key: 'random', title: '随机标准', place: { code: '32', name: '某地' }, year: 2026, version: 1, subject: 'household', base: given.base, total: given.total, rounding: given.rounding,
      ungraded: { label: '暂未达标' }, legalBases, localBases: [{ key: 'mean', title: '均值', unit: '元', type: 'money', value: 7.5 }],
      categories: [{ key: 'c0', title: '甲', ...given.first }, { key: 'c1', title: '乙', ...given.second }],
      indicators: [...given.scored, ...fixed],
      vetoes: given.vetoes.map((veto, n) => ({ key: `v${n}`, title: `否决${n}`, when: veto.when, words: '否决', legalBasis: veto.legalBasis, lifeMonths: 12, missing: veto.missing, ...(veto.direct ? { grade: grades.at(-1)?.code ?? 'G0' } : {}) })),
      preconditions: given.preconditions.map(([each, cited], n) => ({ key: `p${n}`, title: `前提${n}`, ...each, ...(cited === undefined ? {} : { legalBasis: cited }) })),
      grades, examples: [{ title: '空', day: '2026-06-30', facts: {}, grade: 'none' }],
    };
  });

function gradesFrom(cuts: readonly { readonly at: number; readonly isUpper: boolean }[], extra: Requirement | undefined): Grade[] {
  const bounds = bandsFrom<number>(cuts, [0, 0, 0, 0, 0]).slice(1).reverse();
  return bounds.map(({ atLeast, above, atMost, below }, n) => ({ code: `G${n}`, label: `等级${n}`, credit: n === 0, ...written({ atLeast, above, atMost, below }), ...(n === 0 && extra !== undefined ? { requires: [extra] } : {}) }));
}

const written = (bounds: Bounds): Bounds => Object.fromEntries(Object.entries(bounds).filter(([, bound]) => bound !== undefined));

const day = fc.integer({ min: 0, max: 900 }).map(offset => addDays('2025-01-31', offset));
const unknown = fc.constantFrom(...missingStates).map(state => ({ missing: state }));
/** A day a whole number of months ago, or the day before or after that: where lives end and years are complete. */
const aroundMonths = (on: string, months: fc.Arbitrary<number>): fc.Arbitrary<string> => fc.tuple(months, fc.integer({ min: -1, max: 1 })).map(([ago, off]) => addDays(addMonths(on, -ago), off));
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

export const randomRating: fc.Arbitrary<RandomRating> = fc.tuple(standard, day).chain(([of, on]) => {
  const asked = of.indicators.filter(each => each.type !== 'events' && each.type !== 'derived');
  const eventful = of.indicators.flatMap(each => each.scoring?.kind === 'events' ? each.scoring.items.map(entry => ({ indicator: each.key, item: entry.key, lifeMonths: entry.lifeMonths })) : []);
  const eventDay = fc.oneof(fc.record({ life: fc.constant(true), days: fc.integer({ min: -1, max: 1 }) }), fc.record({ life: fc.constant(false), days: fc.integer({ min: -60, max: 2 }) }));
  const event = eventful.length === 0 ? undefined : fc.tuple(fc.constantFrom(...eventful), eventDay, fc.option(fc.integer({ min: 0, max: 1200 }).map(n => n / 100), { nil: undefined }))
    .map(([where, off, amount]): WrittenEvent => ({ indicator: where.indicator, item: where.item, on: off.life ? addDays(addMonths(on, -where.lifeMonths), off.days) : addDays(on, off.days * 9), ...(amount === undefined ? {} : { amount }) }));
  return fc.record({
    standard: fc.constant(of), day: fc.constant(on),
    facts: fc.tuple(...asked.map(each => fc.oneof({ weight: 6, arbitrary: fact(each, on) }, { weight: 2, arbitrary: unknown }, { weight: 1, arbitrary: fc.constant(undefined) }).map(value => [each.key, value] as const)))
      .map(pairs => Object.fromEntries(pairs.flatMap(([key, value]) => value === undefined ? [] : [[key, value] as const]))),
    events: event === undefined ? fc.constant([]) : fc.array(event, { maxLength: 12 }),
    bases: fc.oneof({ weight: 3, arbitrary: fc.constant(new Set<string>(basisIds)) }, { weight: 1, arbitrary: fc.subarray([...basisIds]).map(ids => new Set<string>(ids)) }),
  });
});

/** How many cases a property tries: TRIAL_RUNS, or 10,000 in a trial, or 500. */
export const runs = Number(process.env['TRIAL_RUNS'] ?? (process.env['TRIAL'] ? 10_000 : 500));
