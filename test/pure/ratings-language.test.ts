import test from 'ava';
import { evaluate } from '../../src/ratings/evaluate.ts';
import type { Evaluation } from '../../src/ratings/evaluate.ts';
import { checkStandard } from '../../src/standards/check.ts';
import { compile } from '../../src/standards/compile.ts';
import type { Context } from '../../src/standards/compile.ts';
import { deriveWords } from '../../src/standards/derive.ts';
import type { Derive } from '../../src/standards/derive.ts';
import { factsOf } from '../../src/standards/facts.ts';
import { ruleWords } from '../../src/standards/kinds.ts';
import type { EventItem } from '../../src/standards/kinds/event-item.ts';
import type { EventsRule } from '../../src/standards/kinds/events.ts';
import { addedObjections, withLocalItems } from '../../src/standards/local-items.ts';
import type { Indicator, Standard, WrittenEvent, WrittenFact } from '../../src/standards/standard.ts';
import { indicator, smallStandard } from '../support/small-standard.ts';

const day = '2026-06-30';
const sound = (standard: Standard): Standard => {
  const checked = checkStandard(standard);
  if ('faults' in checked) throw new Error(checked.faults.map(fault => `${fault.path}: ${fault.say}`).join('\n'));
  return standard;
};
const faults = (standard: Standard): readonly string[] => { const checked = checkStandard(standard); return 'faults' in checked ? checked.faults.map(fault => `${fault.path}: ${fault.say}`) : []; };
const rate = (standard: Standard, facts: Readonly<Record<string, WrittenFact>> = {}, events: readonly WrittenEvent[] = [], more: { readonly former?: string } & Partial<Context> = {}): Evaluation =>
  evaluate(compile(sound(standard)), factsOf(standard, facts, events, more.former), { day, ...more.round === undefined ? {} : { round: more.round } });
const pointsOf = (told: Evaluation, key: string): number => (told.indicators.find(each => each.key === key)?.points ?? NaN) / 100;
const asked = { notAsked: 'ask', dontKnow: 'ask', refused: 0, noDealings: 1 } as const;
const scored = { category: 'all', missing: asked, neutral: 0 } as const;

const derived = (derive: Derive, type: Indicator['type'], own: readonly Indicator[]): Standard => smallStandard({
  localBases: [{ key: 'mean', title: '人均收入', unit: '元', type: 'money', value: 100 }],
  indicators: [...own, indicator({ key: 'made', type, source: 'computed', derive, ...scored, scoring: { kind: 'bands', bands: [{ below: 50, points: 1 }, { atLeast: 50, points: 2 }] } })],
});
const [whole, money, date, year] = (['whole', 'money', 'day', 'year'] as const).map(type => (key: string) => indicator({ key, type }));
if (whole === undefined || money === undefined || date === undefined || year === undefined) throw new Error('four makers');

test('a derived number stands like a fact, known only if all its parts are', t => {
  const sum = derived({ sum: ['a', 'b'] }, 'whole', [whole('a'), whole('b')]);
  t.is(pointsOf(rate(sum, { a: 30, b: 20 }), 'made'), 2);
  t.is(rate(sum, { a: 30, b: 20 }).indicators.at(-1)?.fact, 50);
  t.deepEqual(rate(sum, { a: 30 }).asks, ['b']);
  t.is(pointsOf(rate(sum, { a: 30, b: { missing: 'noDealings' } }), 'made'), 1);
  t.is(pointsOf(rate(derived({ difference: ['a', 'b'] }, 'money', [money('a'), money('b')]), { a: 90.5, b: 40.51 }), 'made'), 1);
  t.is(rate(derived({ highest: ['a', 'b'] }, 'whole', [whole('a'), whole('b')]), { a: 3, b: 20 }).indicators.at(-1)?.fact, 20);
  t.is(rate(derived({ lowest: ['a', 'b'] }, 'whole', [whole('a'), whole('b')]), { a: 3, b: 20 }).indicators.at(-1)?.fact, 3);
  t.deepEqual(rate(derived({ highest: ['a', 'b'] }, 'whole', [whole('a'), whole('b')]), { a: 3 }).asks, ['b']);
  t.regex(faults(derived({ product: ['a', 'b'] } as unknown as Derive, 'whole', [whole('a'), whole('b')])).join(), /不认识“product”这种算法/);
  const share = derived({ share: ['a', 'b'], whenEmpty: 'noDealings' }, 'percent', [whole('a'), whole('b')]);
  t.is(rate(share, { a: 2, b: 3 }).indicators.at(-1)?.fact, 66.67);
  t.is(rate({ ...share, rounding: 'down' }, { a: 2, b: 3 }).indicators.at(-1)?.fact, 66.66);
  t.is(rate(share, { a: 2, b: 0 }).indicators.at(-1)?.state, 'noDealings');
  const average = derived({ average: ['m', 'n'], whenEmpty: 'notAsked' }, 'money', [money('m'), whole('n')]);
  t.is(rate(average, { m: 100, n: 3 }).indicators.at(-1)?.fact, 33.33);
  t.is(rate(average, { m: 100, n: 0 }).indicators.at(-1)?.state, 'notAsked');
  t.is(rate(derived({ since: 'd', in: 'months' }, 'whole', [date('d')]), { d: '2022-05-01' }).indicators.at(-1)?.fact, 49);
  t.is(rate(derived({ since: 'd', in: 'days' }, 'whole', [date('d')]), { d: '2026-06-01' }).indicators.at(-1)?.fact, 29);
  t.is(rate(derived({ since: 'y', in: 'years' }, 'whole', [year('y')]), { y: 2000 }).indicators.at(-1)?.fact, 26);
  t.is(rate(derived({ between: ['d', 'e'], in: 'years' }, 'whole', [date('d'), date('e')]), { d: '2020-02-29', e: '2024-02-28' }).indicators.at(-1)?.fact, 3);
  t.is(rate(derived({ base: 'mean' }, 'money', [])).indicators.at(-1)?.fact, 100);
});

test('the facts that were given are left as they were', t => {
  const standard = sound(derived({ sum: ['a', 'b'] }, 'whole', [whole('a'), whole('b')]));
  const facts = factsOf(standard, { a: 1, b: 2 });
  evaluate(compile(standard), facts, { day });
  t.deepEqual([...facts.values], [1, 2, 0]);
  t.deepEqual([...facts.states], [0, 0, 1]);
});

test('a number may only be made from what stands before it, of the right type', t => {
  t.regex(faults(derived({ sum: ['made', 'a'] }, 'whole', [whole('a')])).join(), /前面没有叫“made”的指标/);
  t.regex(faults(derived({ sum: ['a', 'm'] }, 'whole', [whole('a'), money('m')])).join(), /单位和这一项的类型不同/);
  t.regex(faults(derived({ share: ['a', 'b'], whenEmpty: 'noDealings' }, 'whole', [whole('a'), whole('b')])).join(), /把|占比是百分数/);
  t.regex(faults(derived({ since: 'y', in: 'months' }, 'whole', [year('y')])).join(), /只知道年份/);
  t.regex(faults(derived({ base: 'none' }, 'money', [])).join(), /没有叫“none”的基数/);
  t.regex(faults(derived({ base: 'mean' }, 'whole', [])).join(), /基数和这一项的类型不同/);
  t.regex(faults(smallStandard({ indicators: [whole('a'), whole('b'), indicator({ key: 'made', type: 'whole', derive: { sum: ['a', 'b'] } })] })).join(), /推算出来的不用人填/);
});

const eventful = (items: readonly Partial<EventItem>[], rule: Partial<EventsRule> = {}, own: readonly Indicator[] = []): Standard => smallStandard({
  categories: [{ key: 'all', title: '全部' }],
  indicators: [...own, indicator({ key: 'e', type: 'events', category: 'all', scoring: { kind: 'events', start: 0, floor: -100, cap: 100, pick: 'all', ...rule, items: items.map((item, n) => ({ key: `i${n}`, label: '事', points: 1, lifeMonths: 60, ...item })) } })],
});
const event = (on: string, own: Partial<WrittenEvent> = {}): WrittenEvent => ({ indicator: 'e', item: 'i0', on, ...own });

test('events counted in a look-back window make a number', t => {
  const standard = smallStandard({ indicators: [...eventful([{}]).indicators, indicator({ key: 'made', type: 'whole', source: 'computed', derive: { events: 'e', of: 'count', months: 12 }, ...scored, scoring: { kind: 'bands', bands: [{ below: 2, points: 5 }, { atLeast: 2, points: 0 }] } })] });
  t.is(pointsOf(rate(standard, {}, [event('2026-01-01'), event('2025-06-30'), event('2026-07-01')]), 'made'), 5);
  t.is(pointsOf(rate(standard, {}, [event('2026-01-01'), event('2025-07-01')]), 'made'), 0);
  t.is(deriveWords({ events: 'e', of: 'amount', months: 6 }, () => undefined, key => key), '6 个月内“e”的数量合计');
  t.is(deriveWords({ share: ['a', 'b'], whenEmpty: 'noDealings' }, () => undefined, key => key), 'a ÷ b，取到 0.01%', 'whoever writes bands on it is told how fine it stands');
});

test('numbers climb through consecutive ranges', t => {
  const rule = { kind: 'tiers' as const, start: 0, floor: 0, cap: 40, ranges: [{ upTo: 1000, every: 100, points: 1 }, { upTo: 5000, every: 400, points: 1 }, { every: 1000, points: 1 }] };
  const standard = smallStandard({ indicators: [indicator({ key: 'given', type: 'money', ...scored, scoring: rule })] });
  for (const [given, wanted] of [[0, 0], [99.99, 0], [100, 1], [1000, 10], [1399, 10], [1400, 11], [5000, 20], [6000, 21], [90_000, 40]] as const) t.is(pointsOf(rate(standard, { given }), 'given'), wanted, String(given));
  t.deepEqual(rate(standard, { given: 90_000 }).indicators[0]?.limits, ['cap']);
  t.is(ruleWords(rule, indicator({ key: 'given', type: 'money' }), () => undefined)[0], '从 0 分起，到 1000 元每 100 元加 1 分，到 5000 元每 400 元加 1 分，再往上每 1000 元加 1 分，最少 0 分，最多 40 分');
});

test('a deduction is a product of factors, rounded once', t => {
  const standard = smallStandard({
    categories: [{ key: 'all', title: '全部' }],
    indicators: [
      whole('late'), date('cured'), indicator({ key: 'loan', type: 'choice', options: [{ key: 'own', label: '自己借的' }, { key: 'guarantee', label: '替人担保' }] }),
      indicator({ key: 'x', type: 'derived', source: 'computed', category: 'all', missing: { ...asked, notAsked: 0 }, neutral: 0, scoring: { kind: 'product', base: -10, floor: -30, cap: 0, factors: [
        { by: 'late', bands: [{ atMost: 30, times: 0.5 }, { above: 30, times: 1.25 }] },
        { by: 'cured', measure: 'years', bands: [{ below: 1, times: 1 }, { atLeast: 1, below: 3, times: 0.333 }, { atLeast: 3, times: 0 }] },
        { by: 'loan', options: { own: 1, guarantee: 0.5 } }] } })],
  });
  const x = (late: number, cured: string, loan: string): number => pointsOf(rate(standard, { late, cured, loan }), 'x');
  t.is(x(10, '2026-01-01', 'own'), -5);
  t.is(x(31, '2026-01-01', 'own'), -12.5);
  t.is(x(31, '2025-01-01', 'guarantee'), -2.08);   // 10 × 1.25 × 0.333 × 0.5 = 2.08125
  t.is(x(31, '2020-01-01', 'own'), 0);
  t.is(pointsOf(rate(standard, { late: 31, cured: '2026-01-01' }), 'x'), 0);
  t.regex(faults({ ...standard, indicators: standard.indicators.map(each => each.scoring?.kind === 'product' ? { ...each, scoring: { ...each.scoring, factors: [{ by: 'late', bands: [{ above: 30, times: 1 }] }] } } : each) }).join(), /有空档/);
});

test('points by level, and once for every member', t => {
  const levels = [{ key: 'village', label: '村', points: 3 }, { key: 'county', label: '县', points: 20 }];
  t.is(pointsOf(rate(eventful([{ points: 0, levels, perYear: 22 }]), {}, [event('2026-01-01', { level: 'village' }), event('2026-02-01', { level: 'county' })]), 'e'), 22);
  t.regex(faults({ ...eventful([{ levels }]), examples: [{ title: '少级别', day, facts: {}, events: [event('2026-01-01')], grade: 'none' }] }).join(), /要写级别/);
  const perMember = eventful([{ times: { indicator: 'members', missing: 1 }, perQuarter: 5 }], {}, [whole('members')]);
  t.is(pointsOf(rate(perMember, { members: 4 }, [event('2026-01-01'), event('2026-04-01')]), 'e'), 8);
  t.is(pointsOf(rate(perMember, { members: 4 }, [event('2026-01-01'), event('2026-02-01')]), 'e'), 5);
  t.is(pointsOf(rate(perMember, { members: { missing: 'dontKnow' } }, [event('2026-01-01')]), 'e'), 1);
});

test('what is not put right outlives the year; once put right it goes, or weighs less', t => {
  const standard = eventful([{ points: -10, window: 'year', untilCured: true }]);
  const told = (own: Partial<WrittenEvent>, on = '2025-12-31'): number => pointsOf(rate(standard, {}, [event(on, own)]), 'e');
  t.is(told({}), -10);
  t.is(told({ curedOn: '2026-06-30' }), 0);
  t.is(told({ curedOn: '2026-07-01' }), -10);
  t.is(told({ curedOn: '2026-06-30' }, '2026-01-01'), -10);
  t.is(told({}, '2021-06-30'), 0, 'and never longer than its life');
  t.is(pointsOf(rate(eventful([{ points: -10, cured: -6 }]), {}, [event('2026-01-01', { curedOn: '2026-02-01' })]), 'e'), -6);
});

test('an event may count in its round only', t => {
  const standard = eventful([{ window: 'round' }]);
  const round = { from: '2026-03-01', to: '2026-05-31' };
  t.is(pointsOf(rate(standard, {}, ['2026-02-28', '2026-03-01', '2026-05-31', '2026-06-01'].map(on => event(on)), { round }), 'e'), 2);
  t.is(pointsOf(rate(standard, {}, [event('2025-12-31'), event('2026-01-01')]), 'e'), 1, 'the year of the standard when no round is named');
});

test('a repetition weighs more while the former still counts', t => {
  const standard = eventful([{ points: -2, repeats: [1, 2, 4], lifeMonths: 12 }]);
  const on = (...days: readonly string[]): number => pointsOf(rate(standard, {}, days.map(each => event(each))), 'e');
  t.is(on('2026-01-01'), -2);
  t.is(on('2026-03-01', '2026-01-01'), -6);
  t.is(on('2026-01-01', '2026-03-01', '2026-04-01', '2026-05-01'), -22);
  t.is(on('2025-06-30', '2026-03-01'), -2, 'the former is over');
});

test('an award to a group counts for the one it names', t => {
  const told = rate(eventful([{ namedOnly: true, points: 5 }]), {}, [event('2026-01-01'), event('2026-02-01', { shared: true })]);
  t.is(pointsOf(told, 'e'), 5);
  t.deepEqual(told.events.map(each => each.standing), ['counts', 'unnamed']);
});

test('items of one group replace each other within the period', t => {
  const groups = [{ key: 'rescue', pick: 'best', per: 'day' }] as const;
  const standard = eventful([{ points: 1, group: 'rescue' }, { points: 3, group: 'rescue' }, { points: 2 }], { groups });
  const told = rate(standard, {}, [event('2026-01-01'), event('2026-01-01', { item: 'i1' }), event('2026-01-01', { item: 'i2' }), event('2026-01-02')]);
  t.is(pointsOf(told, 'e'), 6);
  t.is(told.events.filter(each => each.standing === 'outdone').length, 1);
  t.regex(faults(eventful([{ group: 'none' }], { groups })).join(), /没有叫“none”的分组/);
  const quarterly = eventful([{ points: 2, group: 'yard' }], { groups: [{ key: 'yard', pick: 'best', per: 'quarter' }] });
  const days = ['2026-03-31', '2026-04-01', '2026-06-30'];
  t.deepEqual(days.map((_, n) => pointsOf(rate(quarterly, {}, days.slice(0, n + 1).map(on => event(on))), 'e')), [2, 4, 4]);
});

test('items of one group are capped together in each period, after caps of their own', t => {
  const group = (per: 'month' | 'quarter' | 'all', cap: number) => ({ groups: [{ key: 'service', pick: 'together', per, cap }] } as const);
  const items = [{ points: 3, group: 'service', perEvent: 2 }, { points: 2, group: 'service' }, { points: 1 }] as const;
  const events = [event('2026-05-02'), event('2026-05-20', { item: 'i1' }), event('2026-05-21', { item: 'i1' }), event('2026-06-03'), event('2026-05-04', { item: 'i2' })];
  const points = (standard: Standard): number => pointsOf(rate(standard, {}, events), 'e');
  t.is(points(eventful(items, group('month', 5))), 5 + 2 + 1, 'five of six in May, two in June, and what is in no group beside them');
  t.is(points(eventful(items, group('quarter', 5))), 5 + 1);
  t.is(points(eventful(items.map((item, n) => n === 1 ? { ...item, atAll: 3 } : item), group('all', 6))), 6 + 1, 'four and three, six at most');
  t.true(rate(eventful(items, group('month', 5)), {}, events).indicators[0]?.limits.includes('period'));
  t.regex(faults(eventful([{ points: 1, group: 'service' }], { groups: [{ key: 'service', pick: 'together', per: 'month' }] })).join(), /cap/);
  t.regex(faults(eventful([{ points: 1, group: 'service' }], { groups: [{ key: 'service', pick: 'best', per: 'month', cap: 3 }] })).join(), /cap/);
  t.regex(faults(eventful([{ points: 1, group: 'service' }], { groups: [{ key: 'service', pick: 'together', per: 'day', cap: 3 }] })).join(), /per/);
  t.regex(faults(eventful([{ points: 1, group: 'service', perYear: 9 }], group('month', 5))).join(), /合起来封顶的时间比这个短/);
});

test('of a category that is picked one indicator counts alone, and the others have no points', t => {
  const shown = (key: string) => indicator({ key, type: 'whole', ...scored, scoring: { kind: 'bands', bands: [{ below: 1, points: -2 }, { atLeast: 1, below: 5, points: 4 }, { atLeast: 5, points: 9 }] } });
  const standard = (pick: 'best' | 'heaviest'): Standard => smallStandard({ categories: [{ key: 'all', title: '荣誉', pick }], indicators: [shown('a'), shown('b'), shown('c')] });
  const best = rate(standard('best'), { a: 2, b: 7, c: 7 });
  t.deepEqual(['a', 'b', 'c'].map(key => pointsOf(best, key)), [0, 9, 0], 'of equals the one written first');
  t.deepEqual([best.total, best.indicators.map(each => each.limits)], [900, [['outdone'], [], ['outdone']]]);
  t.is(rate(standard('heaviest'), { a: 2, b: 7, c: 0 }).total, -200);
  t.deepEqual(rate(standard('best'), { a: 2, b: 7, c: 0 }).indicators.map(each => each.limits), [['outdone'], [], ['outdone']]);
  t.deepEqual(rate(standard('best'), { a: 2 }).asks, ['b', 'c']);
  t.regex(faults(smallStandard({ categories: [{ key: 'all', title: '荣誉', pick: 'all' as 'best' }], indicators: [shown('a')] })).join(), /pick/);
});

test('an event is multiplied by tables over its level, its amount and how long ago it was put right', t => {
  const standard = eventful([{
    points: 0, levels: [{ key: 'light', label: '轻', points: -4 }, { key: 'heavy', label: '重', points: -8 }],
    factors: [{ by: 'amount', unit: '天', bands: [{ atMost: 30, times: 1 }, { above: 30, times: 1.5 }] }, { by: 'yearsSinceCured', open: 2, bands: [{ below: 1, times: 1 }, { atLeast: 1, times: 0.5 }] }],
  }]);
  const told = (own: Partial<WrittenEvent>): number => pointsOf(rate(standard, {}, [event('2024-01-01', own)]), 'e');
  t.is(told({ level: 'light', amount: 10 }), -8);
  t.is(told({ level: 'heavy', amount: 31, curedOn: '2026-01-01' }), -12);
  t.is(told({ level: 'heavy', amount: 31, curedOn: '2025-06-30' }), -6);
});

test('what is summed has no single events to multiply or replace', t => {
  const ladder = { unit: '小时', rungs: [{ atLeast: 10, points: 2 }] };
  t.is(faults(eventful([{ ladder, repeats: [1, 2], cured: 0, perMonth: 1, times: { indicator: 'x', missing: 1 } }])).filter(each => each.includes('累计的事项')).length, 4);
});

const flagged = (own: Partial<Standard>): Standard => smallStandard({
  indicators: [indicator({ key: 'score', type: 'whole', ...scored, scoring: { kind: 'steps', standard: 0, at: 0, step: 1, pointsPerStep: 1, floor: 0, cap: 1000 } }), indicator({ key: 'false', type: 'flag' }), indicator({ key: 'mended', type: 'flag' })],
  grades: [{ code: 'AA', label: '优', credit: true, atLeast: 90 }, { code: 'A', label: '良', credit: true, atLeast: 60, below: 90 }, { code: 'Z', label: '零', credit: false, below: 60 }], ...own,
});

test('a direct judgement sets the total, and a repaired one takes points instead', t => {
  const veto = { key: 'v', title: '弄虚作假', words: '直接判零', when: { indicator: 'false', is: true }, legalBasis: ['law'], lifeMonths: 12, missing: { notAsked: 'clear', dontKnow: 'clear', refused: 'clear', noDealings: 'clear' }, total: 0, repair: { when: { indicator: 'mended', is: true }, words: '当年改正并作出承诺', points: -20 } } as const;
  const standard = flagged({ vetoes: [veto] });
  const told = (facts: Readonly<Record<string, WrittenFact>>) => { const { total, grade, gradeByPoints, vetoes, repaired } = rate(standard, { score: 95, ...facts }); return [total / 100, grade?.code, gradeByPoints?.code, vetoes, repaired]; };
  t.deepEqual(told({ false: false }), [95, 'AA', 'AA', [], []]);
  t.deepEqual(told({ false: true }), [0, 'Z', 'AA', ['v'], []]);
  t.deepEqual(told({ false: true, mended: false }), [0, 'Z', 'AA', ['v'], []]);
  t.deepEqual(told({ false: true, mended: true }), [75, 'A', 'A', [], ['v']]);
  t.regex(faults(flagged({ vetoes: [{ ...veto, grade: 'Z' }] })).join(), /只写一个/);
});

test('a tier is earned only after the one before it', t => {
  const standard = flagged({ grades: [
    { code: 'AA', label: '优', credit: true, atLeast: 90, requires: [{ holds: { former: 'A' }, words: '上一次至少是 A', missing: { notAsked: 'fails', dontKnow: 'fails', refused: 'fails', noDealings: 'fails' } }] },
    { code: 'A', label: '良', credit: true, atLeast: 60 }, { code: 'Z', label: '零', credit: false, below: 60 }] });
  const grade = (former?: string) => rate(standard, { score: 95 }, [], former === undefined ? {} : { former }).grade?.code;
  t.deepEqual([grade(), grade('none'), grade('Z'), grade('A'), grade('AA')], ['A', 'A', 'A', 'AA', 'AA']);
});

test('the former grade may give points of its own', t => {
  const standard = flagged({});
  const kept = { ...standard, indicators: [...standard.indicators, indicator({ key: 'kept', type: 'derived', source: 'computed', category: 'all', missing: undefined, scoring: { kind: 'former', grades: { AA: 15, A: 10 }, otherwise: 0 } })] };
  const told = (former?: string) => pointsOf(rate(kept, { score: 50 }, [], former === undefined ? {} : { former }), 'kept');
  t.deepEqual([told(), told('none'), told('Z'), told('A'), told('AA')], [0, 0, 0, 10, 15]);
  t.true(rate(kept, { score: 50 }).isComplete);
  t.regex(faults({ ...kept, indicators: kept.indicators.map(each => each.key === 'kept' ? { ...each, scoring: { kind: 'former', grades: { B: 1 }, otherwise: 0 } } : each) }).join(), /不认识“B”/);
});

test('a type of household has bounds and a weight of its own', t => {
  const standard = flagged({
    types: [{ key: 'trade', title: '经商户', when: { indicator: 'mended', is: true }, missing: { notAsked: 'ask', dontKnow: 'fails', refused: 'fails', noDealings: 'fails' }, weight: 0.905, bounds: { AA: { atLeast: 80 }, A: { atLeast: 70, below: 80 }, Z: { below: 70 } } }],
  });
  const told = (mended: WrittenFact) => { const { total, grade, type, isComplete } = rate(standard, { score: 89, mended }); return [total / 100, grade?.code, type, isComplete]; };
  t.deepEqual(told(false), [89, 'A', null, true]);
  t.deepEqual(told(true), [80.55, 'AA', 'trade', true]);   // 89 × 0.905 = 80.545
  t.deepEqual(told({ missing: 'dontKnow' }), [89, 'A', null, true]);
  t.deepEqual(told({ missing: 'notAsked' }), [89, 'A', null, false]);
  const [type] = standard.types ?? [];
  t.regex(faults({ ...standard, types: type === undefined ? [] : [{ ...type, bounds: { AA: { atLeast: 80 } } }] }).join(), /重叠/);
});

test('reviewers say how their answers become one', t => {
  const judged = (own: Partial<Indicator>): readonly string[] => faults(smallStandard({ indicators: [indicator({ key: 'x', type: 'whole', source: 'reviewers', ...own })] }));
  t.deepEqual(judged({ judged: { by: 'trimmedMean', least: 5, trim: 1 } }), []);
  t.regex(judged({}).join(), /怎么合成一个/);
  t.regex(judged({ judged: { by: 'trimmedMean', least: 3, trim: 2 } }).join(), /一个都不剩/);
  t.regex(judged({ source: 'grid', judged: { by: 'median', least: 3 } }).join(), /只有评议员/);
});

test('a village adds items only where, as many and as large as the county lets it', t => {
  const standard = sound(eventful([{ points: 5 }], { local: { rewards: 2, deductions: 1, largest: 2 } }));
  const item = (key: string, points: number, own: object = {}) => ({ key, label: '帮邻居收粮', points, lifeMonths: 12, ...own });
  const told = (items: readonly object[], which = 'e') => { const made = withLocalItems(standard, { indicator: which, items }); return 'faults' in made ? made.faults.map(fault => fault.say) : addedObjections(standard, made.standard).map(objection => objection.say); };
  t.deepEqual(told([item('a', 1), item('b', 2)]), []);
  const made = withLocalItems(standard, { indicator: 'e', items: [item('a', 1.5)] });
  t.is('standard' in made ? pointsOf(rate(made.standard, {}, [event('2026-01-01'), event('2026-01-02', { item: 'a' })]), 'e') : NaN, 6.5);
  t.regex(told([item('a', 1), item('b', 1), item('c', 1)]).join(), /加分的有 3 项/);
  t.regex(told([item('a', 3)]).join(), /太多/);
  t.regex(told([item('i0', 1)]).join(), /写了两次/);
  t.regex(told([item('a', 1, { repeats: [1, 2] })]).join(), /倍数/);
  t.regex(told([item('a', -1)]).join(), /没有写依据/);
  t.deepEqual(told([item('a', -1, { legalBasis: ['law'] })]), []);
  t.regex(told([item('a', -1, { label: '上访' , legalBasis: ['law'] })]).join(), /信访|上访/);
  t.regex(told([item('a', 1)], 'x').join(), /没有留给村里/);
  // What all of a village's items come to together is bounded by an indicator that the county keeps for them alone: its cap and floor.
  const apart = sound(eventful([], { local: { rewards: 2, deductions: 1, largest: 2 }, cap: 3 }));
  const both = withLocalItems(apart, { indicator: 'e', items: [item('a', 2), item('b', 2)] });
  t.is('standard' in both ? pointsOf(rate(both.standard, {}, [event('2026-01-01', { item: 'a' }), event('2026-01-02', { item: 'b' })]), 'e') : NaN, 3);
});
