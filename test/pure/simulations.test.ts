import test from 'ava';
import type { ExecutionContext } from 'ava';
import { Tally, total } from '../../src/simulations/cell.ts';
import { comparer, type Change } from '../../src/simulations/change.ts';
import { clauseWords } from '../../src/simulations/clause-words.ts';
import { usualRound } from '../../src/simulations/choices.ts';
import { held, knobsOf, turned } from '../../src/simulations/knobs.ts';
import { groupLines } from '../../src/simulations/lines.ts';
import { shareTold, told } from '../../src/simulations/told.ts';
import { translation } from '../../src/simulations/translate.ts';
import type { Round } from '../../src/rounds/round.ts';
import { checkStandard } from '../../src/standards/check.ts';
import { compile } from '../../src/standards/compile.ts';
import { factsOf } from '../../src/standards/facts.ts';
import type { Standard, WrittenFact } from '../../src/standards/standard.ts';
import { indicator, smallStandard } from '../support/small-standard.ts';

const day = '2026-06-30';
const grades = [{ code: 'A', label: '好', atLeast: 20, credit: true }, { code: 'B', label: '中', atLeast: 10, below: 20, credit: false }] as const;
const labour = indicator({ key: 'labour', type: 'whole', unit: '人', least: 0, most: 10, scoring: { kind: 'bands', bands: [{ below: 2, points: 5 }, { atLeast: 2, points: 12 }] } });
const mood = indicator({ key: 'mood', type: 'choice', options: [{ key: 'good', label: '好', points: 10 }, { key: 'fair', label: '一般', points: 6 }], scoring: { kind: 'choice' } });
const honest = indicator({ key: 'honest', type: 'flag' });
const base = smallStandard({ indicators: [labour, mood, honest], grades });

/** Facts in the words of `before`, rated by both. */
function compared(before: Standard, after: Standard, facts: Readonly<Record<string, WrittenFact>>): Change {
  const side = (standard: Standard) => ({ standard, scorer: compile(standard).at({ day }) });
  return comparer(side(before), side(after), translation(before, after))(factsOf(before, facts));
}
const changed = (t: ExecutionContext, after: Standard, facts: Readonly<Record<string, WrittenFact>>, wanted: readonly [number, number, string | undefined]): void => {
  const { before, after: is, clause } = compared(base, after, facts);
  t.deepEqual([before, is, clause], [...wanted]);
};
const usual = { labour: 3, mood: 'good', honest: true } as const;   // 12 + 10 = 22: A.

test('the same standard changes nobody', t => {
  changed(t, base, usual, [0, 0, undefined]);
  changed(t, { ...base, version: 2 }, { labour: 1 }, [-2, -2, undefined]);
});

test('the largest change of points in the direction of the total is named', t => {
  const less = { ...labour, scoring: { kind: 'bands', bands: [{ below: 2, points: 5 }, { atLeast: 2, points: 8 }] } } as const;
  const other = { ...mood, options: [{ key: 'good', label: '好', points: 9 }, { key: 'fair', label: '一般', points: 16 }] } as const;
  changed(t, { ...base, indicators: [less, mood, honest] }, usual, [0, 1, 'indicator:labour']);
  changed(t, { ...base, indicators: [less, other, honest] }, usual, [0, 1, 'indicator:labour']);
  changed(t, { ...base, indicators: [less, other, honest] }, { ...usual, mood: 'fair' }, [1, 0, 'indicator:mood']);
});

test('an item that is gone, and one that is new and was never asked', t => {
  changed(t, { ...base, indicators: [labour, honest] }, usual, [0, 1, 'indicator:mood']);
  const fresh = indicator({ key: 'fresh', type: 'flag', scoring: { kind: 'flag', yes: 5, no: 0 } });
  changed(t, { ...base, indicators: [labour, mood, honest, fresh] }, usual, [0, -2, 'indicator:fresh']);
});

test('a bound of a grade is named where the old points alone would get the new grade', t => {
  changed(t, { ...base, grades: [{ ...grades[0], atLeast: 23 }, { ...grades[1], below: 23 }] }, usual, [0, 1, 'grade:A']);
  changed(t, { ...base, grades: [{ ...grades[0], atLeast: 18 }, { ...grades[1], below: 18 }] }, { ...usual, mood: 'fair' }, [1, 0, 'grade:A']);
});

test('a veto, a precondition, a cap of a category and the base', t => {
  const when = { indicator: 'honest', is: false } as const;
  const missing = { notAsked: 'clear', dontKnow: 'clear', refused: 'clear', noDealings: 'clear' } as const;
  const veto = { key: 'liar', title: '作假', when, words: '作假', legalBasis: ['law'], lifeMonths: 12, missing };
  changed(t, { ...base, vetoes: [veto] }, { ...usual, honest: false }, [0, -1, 'veto:liar']);
  const must = { key: 'must', title: '讲信用', holds: { indicator: 'honest', is: true } as const, missing: { notAsked: 'fails', dontKnow: 'fails', refused: 'fails', noDealings: 'fails' } as const, words: '讲信用' };
  changed(t, { ...base, preconditions: [must] }, { ...usual, honest: false }, [0, -1, 'precondition:must']);
  changed(t, { ...base, categories: [{ key: 'all', title: '全部', cap: 15 }] }, usual, [0, 1, 'category:all']);
  changed(t, { ...base, base: 5 }, { ...usual, mood: 'fair' }, [1, 0, 'whole:base']);
});

test('results are compared by code: a table that only gained a grade on top moves nobody by its places', t => {
  changed(t, { ...base, grades: [{ code: 'S', label: '特', atLeast: 90, credit: true }, { ...grades[0], below: 90 }, grades[1]] }, usual, [0, 1, undefined]);
});

test('facts cross by key: options in another order, a type that changed is another question', t => {
  const turnedRound = { ...mood, options: [...mood.options ?? []].reverse() };
  changed(t, { ...base, indicators: [honest, turnedRound, labour] }, usual, [0, 0, undefined]);
  const money = { ...labour, type: 'money' as const };
  changed(t, { ...base, indicators: [money, mood, honest] }, usual, [0, -2, 'indicator:labour']);
});

test('clauses in words', t => {
  t.is(clauseWords(base, base, 'indicator:labour'), '第三条 labour');
  t.is(clauseWords(base, { ...base, indicators: [mood, honest] }, 'indicator:labour'), '第三条 labour（新标准里没有）');
  t.is(clauseWords(base, base, 'grade:A'), '第六条 A 的分数线和条件');
  t.is(clauseWords(base, base, 'whole:base'), '起始分');
});

test('a knob goes as far as its neighbours by the scale of its numbers, and both sides of an edge go together', t => {
  const knobs = knobsOf(base);
  t.deepEqual(knobs.filter(knob => !knob.key.includes('missing') && !knob.key.includes('neutral')).map(knob => [knob.key, knob.value]), [
    ['grade.0', 10], ['grade.1', 20], ['base', 0], ['indicators.0.scoring.bands.0.below', 2], ['indicators.0.scoring.bands.0.points', 5], ['indicators.0.scoring.bands.1.points', 12], ['indicators.1.options.0.points', 10], ['indicators.1.options.1.points', 6],
  ]);
  const [, a, , edge] = knobs;
  t.deepEqual([a?.least, a?.step], [11, 1]);
  if (a === undefined || edge === undefined) return;
  const to = turned(base, a, 23);
  t.deepEqual(to.grades.map(grade => [grade.atLeast, grade.below]), [[23, undefined], [10, 23]]);
  t.is(turned(base, a, 20), base, 'not turned');
  t.is(held(a, 3), 11);
  t.is(held(a, NaN), 20);
  for (const knob of knobs) for (const value of [knob.least, knob.most]) t.false('faults' in checkStandard(turned(base, knob, value)), `${knob.key} ${value}`);
});

test('whatever number a standard holds can be turned, and what no longer makes a standard is told', t => {
  const held_ = { holds: { indicator: 'labour', atLeast: 3 }, words: '三个人', missing: { notAsked: 'fails', dontKnow: 'fails', refused: 'fails', noDealings: 'fails' } } as const;
  const deeds = indicator({ key: 'deeds', type: 'events', evidence: true, scoring: { kind: 'events', start: 0, floor: -10, cap: 10, pick: 'all', items: [{ key: 'litter', label: '乱倒', points: -2, repeats: [1, 2], perMonth: 4, lifeMonths: 12, legalBasis: ['law'] }] } });
  const ratio = indicator({ key: 'ratio', type: 'derived', scoring: { kind: 'ratio', numerator: 'labour', denominator: 'labour', bands: [{ atLeast: '2/3', points: 5 }, { below: '2/3', points: 1 }], whenEmpty: 0 } });
  const standard = {
    ...base, indicators: [labour, mood, honest, deeds, ratio], grades: [{ ...grades[0], requires: [held_] }, grades[1]], preconditions: [{ ...held_, key: 'many', title: '人多' }],
    types: [{ key: 'few', title: '人少', when: { indicator: 'labour', below: 2 }, missing: held_.missing, weight: 1.2 }], vetoes: [{ key: 'alone', title: '没人', when: { indicator: 'labour', below: 1 }, words: '没人', legalBasis: ['law'], lifeMonths: 12, missing: { notAsked: 'clear', dontKnow: 'clear', refused: 'clear', noDealings: 'clear' } }],
  } satisfies Standard;
  const knobs = new Map(knobsOf(standard).map(knob => [`${knob.group}：${knob.label}`, knob]));
  const turn = (name: string, to: number): Standard => { const knob = knobs.get(name); t.truthy(knob, [...knobs.keys()].join('\n')); return knob === undefined ? standard : turned(standard, knob, to); };
  t.like(turn('第五条 deeds：“乱倒”，得几分', -3).indicators[3]?.scoring, { items: [{ points: -3, perMonth: 4 }] });
  t.like(turn('第五条 deeds：“乱倒”，第几次乘多少', 3).indicators[3]?.scoring, { items: [{ repeats: [1, 3] }] });
  t.like(turn('第六条 ratio：分界 66.67%', 75).indicators[4]?.scoring, { bands: [{ atLeast: '75%' }, { below: '75%' }] });
  t.like(turn('A 还要达到的：到多少起', 4).grades[0]?.requires?.[0], { holds: { atLeast: 4 } });
  t.like(turn('条件：人多：到多少起', 5).preconditions[0], { holds: { indicator: 'labour', atLeast: 5 } });
  t.like(turn('一票否决：没人：不到多少', 2).vetoes[0], { when: { below: 2 } });
  t.like(turn('另算的一类：人少：总分乘多少', 1.5).types?.[0], { weight: 1.5 });
  t.is(turn('整份标准：从几分起', 5).base, 5);
  t.true('faults' in checkStandard(turn('第五条 deeds：“乱倒”，得几分', 0)), 'a deed that takes nothing');
  t.is(turn('第六条 ratio：分界 66.67%', 66.67), standard, 'a share that is left alone stays as it is written');
});

test('what is kept back cannot be had by subtraction: whatever sum is told and whatever other part, more than one number of the few fits', t => {
  t.deepEqual([0, 1, 4, 5, 7, 8, 1_233].map(n => told(n, false).words), ['0', '不到 5', '不到 5', '5', '5', '10', '1\u00a0235']);
  t.deepEqual([0, 1, 1_233].map(n => told(n, true).words), ['0', '1', '1\u00a0233']);
  t.deepEqual([shareTold(told(3, false), told(40, false)), shareTold(told(8, false), told(40, false)), shareTold(told(3, true), told(40, true))], ['—', '25.0%', '7.5%']);
  const fits = new Map<string, Set<number>>();
  for (let rest = 5; rest < 63; rest++) for (let few = 1; few < 5; few++) {
    const shown = `${told(rest + few, false).words} − ${told(rest, false).words}`;
    fits.set(shown, (fits.get(shown) ?? new Set()).add(few));
  }
  for (const [shown, few] of fits) t.true(few.size > 1, shown);
});

test('cells add up whatever the order, and a group of a few is kept back from whoever does not look after it', t => {
  const tally = new Tally();
  for (let n = 0; n < 12; n++) tally.add({ village: 1, group: n < 3 ? 1 : n < 9 ? 2 : 3, type: -1, elderly: 0, before: 0, after: n % 2, clause: n % 2 === 1 ? 'grade:A' : undefined });
  t.is(total(tally.cells), 12);
  t.deepEqual(tally.owed, [{ village: 1, clause: 'grade:A', n: 6 }]);
  const lines = (sees: boolean) => groupLines({ before: base, after: base }, [1, 2, 3].map(group => ({ label: `${group} 组`, cells: tally.cells.filter(cell => cell.group === group) })), sees);
  t.deepEqual(lines(true).map(line => line.isHidden), [false, false, false]);
  t.deepEqual(lines(false).map(line => line.isHidden), [true, false, true]);
  t.is(lines(true).reduce((sum, line) => sum + line.households.n, 0), 12);
});

test('a draft is looked at in a round that was rated, one that goes on before one that is over', t => {
  const round = (no: number, closed_on: string | null): Round => ({ no, id: String(no), place_no: 1, path: '/', year: 2020 + no, name: '', household_standard: '', village_standard: '', township_standard: '', previous_no: null, opened_on: day, collect_until: day, village_days: 5, township_days: 5, valid_until: day, closed_on });
  const rounds = [round(3, null), round(2, null), round(1, day)];
  t.is(usualRound(rounds, new Set([1, 2]))?.no, 2, 'the new one has no result to compare with');
  t.is(usualRound(rounds, new Set([1]))?.no, 1);
  t.is(usualRound(rounds, new Set())?.no, 3);
  t.is(usualRound([], new Set()), undefined);
});
