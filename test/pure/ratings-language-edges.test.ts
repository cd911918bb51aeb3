import test from 'ava';
import { evaluate } from '../../src/ratings/evaluate.ts';
import type { Evaluation } from '../../src/ratings/evaluate.ts';
import { checkStandard } from '../../src/standards/check.ts';
import { compile } from '../../src/standards/compile.ts';
import type { Context } from '../../src/standards/compile.ts';
import { factsOf } from '../../src/standards/facts.ts';
import type { EventItem } from '../../src/standards/kinds/event-item.ts';
import type { EventsRule } from '../../src/standards/kinds/events.ts';
import { withLocalItems } from '../../src/standards/local-items.ts';
import type { Indicator, Standard, Veto, WrittenEvent, WrittenFact } from '../../src/standards/standard.ts';
import { indicator, smallStandard } from '../support/small-standard.ts';

/** Where two multipliers, limits or judgements meet: which comes first, worked by hand. */
const faults = (standard: Standard): string => { const checked = checkStandard(standard); return 'faults' in checked ? checked.faults.map(fault => `${fault.path}: ${fault.say}`).join() : ''; };
const rate = (standard: Standard, facts: Readonly<Record<string, WrittenFact>> = {}, events: readonly WrittenEvent[] = [], more: Partial<Context> = {}): Evaluation => {
  if (faults(standard) !== '') throw new Error(faults(standard));
  return evaluate(compile(standard), factsOf(standard, facts, events), { day: '2026-06-30', ...more });
};
const pointsOf = (told: Evaluation, key = 'e'): number => (told.indicators.find(each => each.key === key)?.points ?? NaN) / 100;
const eventful = (items: readonly Partial<EventItem>[], rule: Partial<EventsRule> = {}, own: readonly Indicator[] = []): Standard => smallStandard({
  indicators: [...own, indicator({ key: 'e', type: 'events', scoring: { kind: 'events', start: 0, floor: -100, cap: 100, pick: 'all', ...rule, items: items.map((item, n) => ({ key: `i${n}`, label: '事', points: 1, lifeMonths: 60, ...item })) } })],
});
const event = (on: string, own: Partial<WrittenEvent> = {}): WrittenEvent => ({ indicator: 'e', item: 'i0', on, ...own });
const scored = { missing: { notAsked: 'ask', dontKnow: 0, refused: 0, noDealings: 0 }, neutral: 0 } as const;

test('everything that multiplies one event is rounded once, and only then capped', t => {
  const factors = [{ by: 'amount', unit: '天', bands: [{ atLeast: 0, times: 0.5 }] }] as const;
  const standard = eventful([{ points: -3.33, factors, repeats: [1, 2] }]);
  t.is(pointsOf(rate(standard, {}, [event('2026-01-01')])), -1.67);
  t.is(pointsOf(rate(standard, {}, [event('2026-01-01'), event('2026-02-01')])), -5);   // 1.67 and 2 × 1.665 = 3.33, not 2 × 1.67
  t.is(pointsOf(rate(eventful([{ points: -3.33, factors, repeats: [1, 2], perEvent: 3 }]), {}, [event('2026-01-01'), event('2026-02-01')])), -4.67);
});

test('what is put right has its own points, is multiplied by nothing, and still makes the next one a repetition', t => {
  const standard = eventful([{ points: -10, cured: -1, repeats: [1, 2] }]);
  t.is(pointsOf(rate(standard, {}, [event('2026-01-01'), event('2026-02-01', { curedOn: '2026-03-01' })])), -11);
  t.is(pointsOf(rate(standard, {}, [event('2026-01-01', { curedOn: '2026-03-01' }), event('2026-02-01')])), -21);
});

test('of one day the smaller amount is the earlier, then the level written first, then what was put right first', t => {
  const standard = eventful([{ points: -1, each: { amount: 1, unit: '次', sum: false }, repeats: [1, 3] }]);
  const both = [event('2026-01-01', { amount: 5 }), event('2026-01-01', { amount: 2 })];
  t.is(pointsOf(rate(standard, {}, both)), -17);
  t.is(pointsOf(rate(standard, {}, both.toReversed())), -17);
  const levels = [{ key: 'light', label: '轻', points: -1 }, { key: 'heavy', label: '重', points: -4 }];
  const leveled = [event('2026-01-01', { level: 'heavy' }), event('2026-01-01', { level: 'light' })];
  for (const list of [leveled, leveled.toReversed()]) t.is(pointsOf(rate(eventful([{ points: 0, levels, repeats: [1, 3] }]), {}, list)), -13);
  const mended = [event('2026-01-01'), event('2026-01-01', { curedOn: '2026-02-01' })];
  for (const list of [mended, mended.toReversed()]) t.is(pointsOf(rate(eventful([{ points: -2, cured: -1, repeats: [1, 3] }]), {}, list)), -7);
});

test('where one event counts, every cap of its item holds for it', t => {
  for (const key of ['perEvent', 'perMonth', 'perQuarter', 'perYear', 'atAll'] as const) {
    t.is(pointsOf(rate(eventful([{ points: 9, [key]: 4 }, { points: 5 }], { pick: 'best' }), {}, [event('2026-01-01'), event('2026-01-01', { item: 'i1' })])), 5, key);
  }
});

test('less than nobody counts as nobody', t => {
  const people = [indicator({ key: 'a', type: 'whole' }), indicator({ key: 'b', type: 'whole' }), indicator({ key: 'left', type: 'whole', source: 'computed', derive: { difference: ['a', 'b'] } })];
  const told = rate(eventful([{ points: -2, times: { indicator: 'left', missing: 1 } }], {}, people), { a: 1, b: 3 }, [event('2026-01-01')]);
  t.is(pointsOf(told), 0);
  t.false(told.events.some(each => Object.is(each.points, -0)));
});

test('put right between the end of the round and the rating, it no longer outlives the round', t => {
  const standard = eventful([{ points: -10, window: 'round', untilCured: true }]);
  const round = { from: '2026-03-01', to: '2026-05-31' };
  const told = (own: Partial<WrittenEvent>, on = '2026-01-01'): number => pointsOf(rate(standard, {}, [event(on, own)], { round }));
  t.is(told({}), -10);
  t.is(told({ curedOn: '2026-06-15' }), 0);
  t.is(told({ curedOn: '2026-07-01' }), -10);
  t.is(told({}, '2026-06-01'), 0, 'what came after the round is another round’s');
});

test('what a group replaces was still an earlier one', t => {
  const standard = eventful([{ points: -1, repeats: [1, 5], group: 'g' }, { points: -3, group: 'g' }], { groups: [{ key: 'g', pick: 'heaviest', per: 'day' }] });
  t.is(pointsOf(rate(standard, {}, [event('2026-01-01'), event('2026-01-01', { item: 'i1' }), event('2026-01-02')])), -8);
});

test('less than nought stands in the row of nought, unless it has one of its own', t => {
  const own = [indicator({ key: 'a', type: 'whole' }), indicator({ key: 'b', type: 'whole' }), indicator({ key: 'gap', type: 'whole', source: 'computed', derive: { difference: ['a', 'b'] } })];
  const product = (first: object): Standard => smallStandard({ indicators: [...own, indicator({ key: 'x', type: 'derived', ...scored, scoring: { kind: 'product', base: 10, floor: 0, cap: 50, factors: [{ by: 'gap', bands: [{ ...first, below: 3, times: 2 }, { atLeast: 3, times: 0.5 }] }] } })] });
  t.is(pointsOf(rate(product({ atLeast: 0 }), { a: 0, b: 4 }), 'x'), 20);
  t.is(pointsOf(rate(product({}), { a: 0, b: 4 }), 'x'), 20);
  const ratio = smallStandard({ indicators: [...own, indicator({ key: 'x', type: 'derived', ...scored, scoring: { kind: 'ratio', numerator: 'gap', denominator: 'b', whenEmpty: 9, bands: [{ atLeast: 0, below: '1/2', points: 4 }, { atLeast: '1/2', points: 6 }] } })] });
  t.is(pointsOf(rate(ratio, { a: 0, b: 4 }), 'x'), 4);
  t.is(pointsOf(rate(ratio, { a: 9, b: 4 }), 'x'), 6);
});

test('a number that nobody types has no least and no most', t => {
  const made = indicator({ key: 'gap', type: 'whole', source: 'computed', derive: { difference: ['a', 'b'] }, least: 0, ...scored, scoring: { kind: 'bands', bands: [{ atLeast: 0, points: 1 }] } });
  t.regex(faults(smallStandard({ indicators: [indicator({ key: 'a', type: 'whole' }), indicator({ key: 'b', type: 'whole' }), made] })), /没有最小和最大/);
});

const judged = (veto: Partial<Veto>, own: Partial<Standard> = {}): Standard => smallStandard({
  indicators: [indicator({ key: 'score', type: 'whole', ...scored, scoring: { kind: 'steps', standard: 0, at: 0, step: 1, pointsPerStep: 1, floor: 0, cap: 1000 } }), indicator({ key: 'false', type: 'flag' }), indicator({ key: 'mended', type: 'flag' })],
  grades: [{ code: 'A', label: '优', credit: true, atLeast: 60 }, { code: 'Z', label: '零', credit: false, below: 60 }],
  vetoes: [{ key: 'v', title: '弄虚作假', words: '直接判', when: { indicator: 'false', is: true }, legalBasis: ['law'], lifeMonths: 12, missing: { notAsked: 'ask', dontKnow: 'clear', refused: 'clear', noDealings: 'clear' }, ...veto }], ...own,
});

test('a direct judgement never gives more points, or a better grade, than there were', t => {
  const told = rate(judged({ total: 50 }), { score: 20, false: true });
  t.deepEqual([told.total, told.grade?.code], [20_00, 'Z']);
  const topped = judged({ total: 50 }, { grades: [{ code: 'A', label: '优', credit: true, atLeast: 60, atMost: 65 }, { code: 'Z', label: '零', credit: false, below: 60 }] });
  t.is(rate(topped, { score: 70, false: true }).grade, null);
});

test('the points of a repair come before the weight and the limits of the total, and are part of what can be reached', t => {
  const standard = judged({ total: 0, repair: { when: { indicator: 'mended', is: true }, words: '改正', points: -20 } }, {
    total: { cap: 80 }, types: [{ key: 'trade', title: '经商户', when: { indicator: 'mended', is: true }, missing: { notAsked: 'fails', dontKnow: 'fails', refused: 'fails', noDealings: 'fails' }, weight: 0.5 }] });
  const told = rate(standard, { score: 100, false: true, mended: true });
  t.deepEqual([told.total, told.most], [40_00, 40_00]);   // (100 − 20) × 0.5
  const hit = rate(standard, { score: 100, false: true });
  t.deepEqual([hit.total, hit.most, hit.vetoes, hit.isComplete], [0, 0, ['v'], true], 'what is not known to be mended is not');
});

test('events of an indicator whose basis lapsed are told as such, and leave nothing of another subject', t => {
  const standard = smallStandard({ indicators: [indicator({ key: 'e', type: 'events', neutral: 5, scoring: { kind: 'events', start: 0, floor: 0, cap: 9, pick: 'all', items: [{ key: 'i0', label: '事', points: 1, lifeMonths: 12 }] } })] });
  const told = rate(standard, {}, [event('2026-01-01')], { bases: new Set() });
  t.is(pointsOf(told), 5);
  t.deepEqual(told.events.map(({ standing, points }) => [standing, points]), [['lapsed', 0]]);
  const asked = smallStandard({ indicators: [indicator({ key: 'e', type: 'whole', scoring: { kind: 'bands', bands: [{ points: 1 }] } })] });
  t.is(rate(asked, {}, [], { bases: new Set() }).indicators[0]?.state, 'notAsked', 'a fact that nobody gave is not known, whatever its basis');
});

test('a village’s item by amount has an end within the county’s limit', t => {
  const standard = eventful([], { local: { rewards: 2, deductions: 0, largest: 2 } });
  const told = (own: Partial<EventItem>): string => { const made = withLocalItems(standard, { indicator: 'e', items: [{ key: 'a', label: '出工', points: 1, lifeMonths: 12, ...own }] }); return 'faults' in made ? made.faults.map(fault => fault.say).join() : ''; };
  const each = { amount: 1, unit: '小时' };
  t.regex(told({ each: { ...each, sum: false } }), /按数量给分/);
  t.regex(told({ each: { ...each, sum: false }, perEvent: 3 }), /按数量给分/);
  t.is(told({ each: { ...each, sum: false }, perEvent: 2 }), '');
  t.regex(told({ each: { ...each, sum: true } }), /按数量给分/);
  t.regex(told({ points: 0, tiers: { unit: '元', ranges: [{ every: 100, points: 1 }] } }), /按数量给分/);
  t.is(told({ points: 0, tiers: { unit: '元', ranges: [{ every: 100, points: 1 }] }, atAll: 2 }), '');
});
