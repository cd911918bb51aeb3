import test from 'ava';
import { evaluate } from '../../src/ratings/evaluate.ts';
import { appliedRule } from '../../src/ratings/explain-line.ts';
import { checkStandard } from '../../src/standards/check.ts';
import { compile } from '../../src/standards/compile.ts';
import { factsOf } from '../../src/standards/facts.ts';
import type { Knot } from '../../src/standards/kinds/line.ts';
import type { Indicator, Standard, WrittenFact } from '../../src/standards/standard.ts';
import { indicator, smallStandard } from '../support/small-standard.ts';

function rated(standard: Standard, facts: Readonly<Record<string, WrittenFact>>) {
  const checked = checkStandard(standard);
  if ('faults' in checked) throw new Error(JSON.stringify(checked.faults));
  return evaluate(compile(standard), factsOf(standard, facts), { day: '2026-06-30' });
}
const lined = (type: Indicator['type'], ...knots: readonly Knot[]): Indicator => indicator({ key: 'n', type, unit: '户', scoring: { kind: 'line', knots } });
const faultsOf = (standard: Standard): readonly string[] => { const checked = checkStandard(standard); return 'faults' in checked ? checked.faults.map(fault => `${fault.path} ${fault.say}，${fault.remedy}`) : []; };

test('line: in proportion to a target, level before the first knot and beyond the last', t => {
  // A published village scheme: 60 points for growth of 15 % and more, 4 points for each per cent below.
  const growth = smallStandard({ indicators: [lined('percent', { value: 0, points: 0 }, { value: 15, points: 60 })] });
  for (const [value, wanted] of [[-3.5, 0], [0, 0], [0.01, 4], [7.25, 2900], [14.99, 5996], [15, 6000], [90, 6000]] as const) t.is(rated(growth, { n: value }).total, wanted, String(value));
});

test('line: bends and falls, exact at every knot, rounded once by size as declared', t => {
  const knots = [{ value: 0, points: 10 }, { value: 3, points: 9 }, { value: 10, points: -5 }];
  for (const [rounding, value, wanted] of [['half-up', 1, 967], ['down', 1, 966], ['half-up', 3, 900], ['half-up', 4, 700], ['half-up', 8, -100], ['half-up', 10, -500], ['down', 11, -500]] as const) {
    t.is(rated(smallStandard({ rounding, indicators: [lined('whole', ...knots)] }), { n: value }).total, wanted, `${rounding} ${value}`);
  }
  const half = [{ value: 0, points: 0 }, { value: 2, points: -0.05 }];
  t.is(rated(smallStandard({ indicators: [lined('whole', ...half)] }), { n: 1 }).total, -3);
  t.is(rated(smallStandard({ rounding: 'down', indicators: [lined('whole', ...half)] }), { n: 1 }).total, -2);
});

test('line: the explanation names the stretch it lies on', t => {
  const standard = smallStandard({ indicators: [lined('whole', { value: 10, points: 0 }, { value: 20, points: 5 })] });
  const [of] = standard.indicators;
  const words = (value: number): string => { const evaluation = rated(standard, { n: value }); const [result] = evaluation.indicators; return of === undefined || result === undefined ? '' : appliedRule(standard, of, result, evaluation); };
  t.deepEqual([10, 11, 20, 21].map(words), ['不超过 10 户：0 分', '10 户 到 20 户：从 0 分到 5 分，按比例算', '10 户 到 20 户：从 0 分到 5 分，按比例算', '超过 20 户：5 分']);
});

test('line: knots that do not rise, or too few of them, are named', t => {
  const of = (...knots: readonly Knot[]): readonly string[] => faultsOf(smallStandard({ indicators: [lined('whole', ...knots)] }));
  t.deepEqual(of({ value: 5, points: 1 }), ['indicators[0].scoring.knots 至少要有 2 条，请补上']);
  t.deepEqual(of({ value: 5, points: 1 }, { value: 5, points: 2 }), ['indicators[0].scoring.knots[1].value 拐点要从小到大写，要大于前一个拐点的 5']);
  t.deepEqual(of({ value: 0.5, points: 1 }, { value: 5, points: 2 }), ['indicators[0].scoring.knots[0].value 0.5 的小数太多，请写整数']);
});

test('a weighted sum takes parts of other units, and is rounded once', t => {
  const parts = [indicator({ key: 'full', type: 'whole' }), indicator({ key: 'half', type: 'whole' }), indicator({ key: 'orchard', type: 'money', unit: '亩' }), indicator({ key: 'debt', type: 'money' })];
  const made = (type: 'whole' | 'money', ...weighted: readonly { of: string; times: number }[]): Indicator =>
    indicator({ key: 'made', type, source: 'computed', derive: { weighted }, scoring: { kind: 'bands', bands: [{ below: 0, points: 0 }, { atLeast: 0, points: 1 }] } });
  const value = (of: Indicator, facts: Readonly<Record<string, WrittenFact>>, rounding: Standard['rounding'] = 'half-up') => rated(smallStandard({ rounding, indicators: [...parts, of] }), facts).indicators[4]?.fact;
  const labour = [{ of: 'full', times: 1 }, { of: 'half', times: 0.5 }];
  t.is(value(made('money', ...labour), { full: 2, half: 1 }), 2.5);
  t.is(value(made('whole', ...labour), { full: 2, half: 1 }), 3);
  t.is(value(made('whole', ...labour), { full: 2, half: 1 }, 'down'), 2);
  t.is(value(made('money', { of: 'orchard', times: 800 }, { of: 'debt', times: -1 }), { orchard: 3.6, debt: 3000 }), -120);
  t.is(value(made('money', ...labour), { full: 2 }), null);
  t.regex(faultsOf(smallStandard({ indicators: [...parts, made('money', { of: 'ful', times: 0.00005 })] })).join('\n'), /weighted\[0\]\.of 前面没有叫“ful”的指标[\s\S]*weighted\[0\]\.times 0\.00005 的小数太多，最多 4 位小数/);
});
