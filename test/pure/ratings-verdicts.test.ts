import test from 'ava';
import { mayAdjust } from '../../src/ratings/adjustment.ts';
import { evaluate } from '../../src/ratings/evaluate.ts';
import type { Evaluation } from '../../src/ratings/evaluate.ts';
import { checkStandard } from '../../src/standards/check.ts';
import { compile } from '../../src/standards/compile.ts';
import { conditionWords } from '../../src/standards/conditions.ts';
import { factsOf } from '../../src/standards/facts.ts';
import { missingStates } from '../../src/standards/standard.ts';
import type { Grade, LegalBasis, Precondition, Standard, Veto, WrittenFact } from '../../src/standards/standard.ts';
import { indicator, smallStandard } from '../support/small-standard.ts';

const law: LegalBasis = { id: 'law', law: '某法', article: '第一条', level: 'law', validFrom: '2020-01-01' };
const old: LegalBasis = { ...law, id: 'old', validTo: '2026-06-30' };
const grades: readonly Grade[] = [{ code: 'A', label: '好', atLeast: 20, credit: true }, { code: 'B', label: '中', atLeast: 10, below: 20, credit: true }, { code: 'C', label: '低', below: 10, credit: false }];
const veto = (own: Partial<Veto> = {}): Veto => ({ key: 'v', title: '否决', words: '否决', when: { indicator: 'f', is: true }, legalBasis: ['law'], lifeMonths: 12, missing: { notAsked: 'ask', dontKnow: 'clear', refused: 'clear', noDealings: 'clear' }, ...own });
const precondition = (own: Partial<Precondition> = {}): Precondition => ({ key: 'p', title: '前提', words: '要有', holds: { indicator: 'f', is: true }, missing: { notAsked: 'ask', dontKnow: 'fails', refused: 'fails', noDealings: 'holds' }, ...own });
const standard = (own: Partial<Standard> = {}): Standard => smallStandard({
  grades, legalBases: [law, old],
  indicators: [indicator({ key: 'n', type: 'whole', scoring: { kind: 'steps', standard: 0, at: 0, step: 1, pointsPerStep: 1, floor: 0, cap: 30 } }), indicator({ key: 'f', type: 'flag' }), indicator({ key: 'g', type: 'flag' })], ...own,
});
function rate(of: Standard, facts: Readonly<Record<string, WrittenFact>>, day = '2026-06-30', bases?: ReadonlySet<string>): Evaluation {
  const checked = checkStandard(of);
  if ('faults' in checked) throw new Error(JSON.stringify(checked.faults));
  return evaluate(compile(of), factsOf(of, facts), { day, bases });
}

test('the grade is the first whose bounds hold the total', t => {
  for (const [n, wanted] of [[0, 'C'], [9, 'C'], [10, 'B'], [19, 'B'], [20, 'A'], [99, 'A']] as const) t.is(rate(standard(), { n }).grade?.code, wanted);
  t.is(rate(standard({ grades: grades.slice(0, 1) }), { n: 19 }).grade, null);
});

test('each way of not knowing gives what the file declares, and only asking leaves it provisional', t => {
  for (const [at, [total, isComplete]] of ([[0, false], [100, true], [0, true], [200, true]] as const).entries()) {
    const state = missingStates[at] ?? 'notAsked';
    const told = rate(standard(), { n: { missing: state } });
    t.is(told.total, total, state);
    t.is(told.isComplete, isComplete, state);
    t.is(told.most, state === 'notAsked' ? 3000 : total, state);
    t.deepEqual(told.missing, [{ key: 'n', state, gave: state === 'notAsked' ? 'ask' : total }]);
  }
});

test('a veto takes the grade away, but never on silence', t => {
  const of = standard({ vetoes: [veto()] });
  t.deepEqual([rate(of, { n: 20, f: true }).grade, rate(of, { n: 20, f: true }).gradeByPoints?.code, rate(of, { n: 20, f: true }).vetoes], [null, 'A', ['v']]);
  t.is(rate(of, { n: 20, f: false }).grade?.code, 'A');
  const silent = rate(of, { n: 20 });
  t.deepEqual([silent.grade?.code, silent.isComplete, silent.asks], ['A', false, ['f']]);
  t.true(rate(of, { n: 20, f: { missing: 'refused' } }).isComplete);
});

test('a direct grade lowers to that grade and never lifts; the worst of several holds, in any order', t => {
  const direct = standard({ vetoes: [veto({ grade: 'B' })] });
  t.is(rate(direct, { n: 25, f: true }).grade?.code, 'B');
  t.is(rate(direct, { n: 5, f: true }).grade?.code, 'C');
  const both = [veto({ grade: 'C' }), veto({ key: 'w', when: { indicator: 'g', is: true }, grade: 'B' })];
  for (const vetoes of [both, both.toReversed()]) t.is(rate(standard({ vetoes }), { n: 25, f: true, g: true }).grade?.code, 'C');
});

test('a veto whose basis lapsed no longer applies, and the standard is the same', t => {
  const of = standard({ vetoes: [veto({ legalBasis: ['old'] })] });
  t.is(rate(of, { n: 20, f: true }, '2026-06-30').grade, null);
  t.is(rate(of, { n: 20, f: true }, '2026-07-01').grade?.code, 'A');
  t.is(rate(of, { n: 20, f: true }, '2026-06-30', new Set(['law'])).grade?.code, 'A', 'the register decides when it is given');
  const cited = standard({ vetoes: [veto({ legalBasis: ['old', 'law'] })] });
  t.is(rate(cited, { n: 20, f: true }, '2026-07-01').grade, null, 'one basis that stands is enough');
});

test('an indicator whose basis lapsed gives its neutral points, whatever the fact', t => {
  const of = standard({ indicators: [indicator({ key: 'n', type: 'whole', legalBasis: ['old'], neutral: 12, scoring: { kind: 'steps', standard: 0, at: 0, step: 1, pointsPerStep: 1, floor: 0, cap: 30 } })] });
  const told = rate(of, { n: 1 }, '2026-07-01');
  t.deepEqual([told.total, told.indicators[0]?.outcome, rate(of, {}, '2026-07-01').isComplete], [1200, 'lapsed', true]);
  t.is(rate(of, { n: 1 }, '2026-06-30').total, 100);
});

test('preconditions: all must hold; not knowing is what the file says', t => {
  const of = standard({ preconditions: [precondition()] });
  const seen = (facts: Readonly<Record<string, WrittenFact>>): unknown => { const told = rate(of, { n: 20, ...facts }); return [told.grade?.code, told.preconditions[0]?.verdict, told.isComplete]; };
  t.deepEqual(seen({ f: true }), ['A', 'holds', true]);
  t.deepEqual(seen({ f: false }), [undefined, 'fails', true]);
  t.deepEqual(seen({}), ['A', 'ask', false]);
  t.deepEqual(seen({ f: { missing: 'refused' } }), [undefined, 'fails', true]);
  t.deepEqual(seen({ f: { missing: 'noDealings' } }), ['A', 'holds', true]);
});

test('all, any and not treat what is not known as not known, unless the rest decides', t => {
  const verdict = (holds: Precondition['holds'], facts: Readonly<Record<string, WrittenFact>>): string | undefined => rate(standard({ preconditions: [precondition({ holds })] }), facts).preconditions[0]?.verdict;
  const f = { indicator: 'f', is: true } as const;
  const g = { indicator: 'g', is: true } as const;
  t.is(verdict({ all: [f, g] }, { f: false }), 'fails');
  t.is(verdict({ all: [f, g] }, { f: true }), 'ask');
  t.is(verdict({ any: [f, g] }, { f: true }), 'holds');
  t.is(verdict({ any: [f, g] }, { f: false }), 'ask');
  t.is(verdict({ not: f }, {}), 'ask');
  t.is(verdict({ not: { all: [f, g] } }, { g: false }), 'holds');
  t.is(verdict({ indicator: 'n', above: 3, atMost: 5 }, { n: 3 }), 'fails');
  t.is(verdict({ indicator: 'n', above: 3, atMost: 5 }, { n: 5 }), 'holds');
});

test('a grade may be a conjunction: points alone do not give it', t => {
  const requires = [{ holds: { indicator: 'f', is: true } as const, words: '要有', missing: { notAsked: 'ask', dontKnow: 'fails', refused: 'fails', noDealings: 'holds' } as const }];
  const of = standard({ grades: [{ code: 'A', label: '好', atLeast: 10, credit: true, requires }, { code: 'B', label: '中', atLeast: 10, credit: true }] });
  t.is(rate(of, { n: 20, f: true }).grade?.code, 'A');
  t.is(rate(of, { n: 20, f: false }).grade?.code, 'B');
  const open = rate(of, { n: 20 });
  t.deepEqual([open.grade?.code, open.isComplete, open.asks], ['B', false, ['f']]);
});

test('a grade or a precondition may ask so many points of one category, after its limits', t => {
  const steps = (key: string, category: string) => indicator({ key, type: 'whole', category, scoring: { kind: 'steps', standard: 0, at: 0, step: 1, pointsPerStep: 1, floor: 0, cap: 30 } });
  const [best, ...rest] = [{ code: 'A', label: '好', atLeast: 20, credit: true, requires: [{ holds: { category: 'kept', atLeast: 15 }, words: '履约不少于 15 分', missing: { notAsked: 'ask', dontKnow: 'fails', refused: 'fails', noDealings: 'fails' } }] }, { code: 'B', label: '中', atLeast: 10, credit: true }, { code: 'C', label: '低', below: 10, credit: false }] as const satisfies readonly Grade[];
  const of = (own: Partial<Standard> = {}): Standard => smallStandard({ categories: [{ key: 'kept', title: '履约', cap: 16 }, { key: 'other', title: '其他' }], indicators: [steps('n', 'kept'), steps('m', 'other')], grades: [best, ...rest], ...own });
  for (const [n, m, wanted] of [[15, 5, 'A'], [14, 30, 'B'], [30, 3, 'B'], [30, 4, 'A'], [0, 9, 'C']] as const) t.is(rate(of(), { n, m }).grade?.code, wanted, `${n} ${m}`);
  const least = of({ grades: rest, preconditions: [precondition({ holds: { all: [{ category: 'kept', above: 5 }, { not: { category: 'other', atMost: 0 } }] } })] });
  t.deepEqual([[6, 1], [5, 30], [16, 0]].map(([n = 0, m = 0]) => rate(least, { n, m }).preconditions[0]?.verdict), ['holds', 'fails', 'fails']);
  t.is(conditionWords({ category: 'kept', atLeast: 15 }, of()), '履约得分15 分 以上');
});

test('points are looked at in grades and preconditions only, and a grade with conditions leaves nobody without a grade below it', t => {
  const faults = (own: Partial<Standard>): readonly string[] => { const checked = checkStandard(standard(own)); return 'faults' in checked ? checked.faults.map(fault => `${fault.path} ${fault.say}`) : []; };
  t.deepEqual(faults({ vetoes: [veto({ when: { category: 'all', below: 5 } })] }), ['vetoes[0].when.category 这里只看事实，不看得分']);
  t.deepEqual(faults({ preconditions: [precondition({ holds: { category: 'al', below: 5 } })] }), ['preconditions[0].holds.category 没有叫“al”的类别']);
  t.deepEqual(faults({ preconditions: [precondition({ holds: { category: 'all' } as never })] }), ['preconditions[0].holds 类别的得分要写门槛']);
  const [a, b, c] = grades;
  const requires = [precondition()].map(({ holds, words, missing }) => ({ holds, words, missing }));
  if (a === undefined || b === undefined || c === undefined) throw new Error('three grades');
  t.deepEqual(faults({ grades: [{ ...a, requires }, b, c] }), ['grades[1] “A”另有条件，分够而条件不够的没有等级可落']);
  t.deepEqual(faults({ grades: [{ ...a, requires }, { ...b, below: undefined }, c] }), []);
});

test('category and total limits are told as what bit', t => {
  const of = standard({ categories: [{ key: 'all', title: '全部', cap: 15 }], base: 10, total: { cap: 20 } });
  const told = rate(of, { n: 30 });
  t.deepEqual(told.categories, [{ key: 'all', before: 3000, after: 1500, limit: 'cap' }]);
  t.deepEqual([told.totalBefore, told.total], [2500, 2000]);
});

test('a grade may be moved by hand only as far as the standard lets it', t => {
  const of = standard({ adjustment: { grades: 1, note: '写明理由' } });
  for (const [from, to, wanted] of [['A', 'B', true], ['B', 'A', true], ['A', 'C', false], ['C', 'none', true], ['none', 'C', true], ['none', 'B', false], ['A', 'A', false], ['A', 'Z', false]] as const) t.is(mayAdjust(of, { from, to }), wanted, `${from}→${to}`);
  t.false(mayAdjust(standard(), { from: 'A', to: 'B' }), 'a standard that says nothing allows nothing');
});
