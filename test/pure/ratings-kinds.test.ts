import test from 'ava';
import { addMonths, dayFromNumber, dayNumber } from '../../src/kit/time.ts';
import { evaluate } from '../../src/ratings/evaluate.ts';
import type { Evaluation } from '../../src/ratings/evaluate.ts';
import { checkStandard } from '../../src/standards/check.ts';
import { compile } from '../../src/standards/compile.ts';
import { factsOf } from '../../src/standards/facts.ts';
import { shareGap } from '../../src/standards/kinds/share.ts';
import type { EventItem } from '../../src/standards/kinds/event-item.ts';
import { firstDayBack } from '../../src/standards/kinds/window.ts';
import type { Indicator, Standard, WrittenEvent, WrittenFact } from '../../src/standards/standard.ts';
import { indicator, smallStandard } from '../support/small-standard.ts';

const day = '2026-06-30';
function rate(standard: Standard, facts: Readonly<Record<string, WrittenFact>>, events: readonly WrittenEvent[] = [], on = day): Evaluation {
  const checked = checkStandard(standard);
  if ('faults' in checked) throw new Error(JSON.stringify(checked.faults));
  return evaluate(compile(standard), factsOf(standard, facts, events), { day: on });
}
const points = (of: Indicator, facts: Readonly<Record<string, WrittenFact>>, extra: readonly Indicator[] = [], own: Partial<Standard> = {}): number =>
  rate(smallStandard({ indicators: [of, ...extra], ...own }), facts).indicators[0]?.points ?? NaN;

test('bands: each bound is open or closed as written', t => {
  const of = indicator({ key: 'n', type: 'whole', scoring: { kind: 'bands', bands: [{ below: 3, points: 1 }, { atLeast: 3, atMost: 5, points: 2.5 }, { above: 5, points: 4 }] } });
  for (const [value, wanted] of [[0, 100], [2, 100], [3, 250], [5, 250], [6, 400]] as const) t.is(points(of, { n: value }), wanted, String(value));
});

test('bands: money is compared to the fen', t => {
  const of = indicator({ key: 'm', type: 'money', scoring: { kind: 'bands', bands: [{ below: 1000.1, points: 1 }, { atLeast: 1000.1, points: 2 }] } });
  t.is(points(of, { m: 1000.09 }), 100);
  t.is(points(of, { m: 1000.1 }), 200);
});

test('bands: years and months are complete on the same date, not before', t => {
  const of = (measure: 'years' | 'months'): Indicator => indicator({ key: 'd', type: 'day', scoring: { kind: 'bands', measure, bands: [{ below: 1, points: 1 }, { atLeast: 1, below: 2, points: 2 }, { atLeast: 2, points: 3 }] } });
  for (const [from, wanted] of [['2025-07-01', 100], ['2025-06-30', 200], ['2024-07-01', 200], ['2024-06-30', 300]] as const) t.is(points(of('years'), { d: from }), wanted, from);
  for (const [from, wanted] of [['2026-05-31', 100], ['2026-05-30', 200], ['2026-05-01', 200], ['2026-04-30', 300]] as const) t.is(points(of('months'), { d: from }), wanted, from);
});

test('ratio: a third and two thirds fall where they are said to, with no decimals in between', t => {
  const of = indicator({ key: 'r', type: 'derived', scoring: { kind: 'ratio', numerator: 'a', denominator: 'b', whenEmpty: 9, bands: [{ above: '2/3', points: 5 }, { atLeast: '1/3', atMost: '2/3', points: 4 }, { below: '1/3', points: 2 }] } });
  const parts = [indicator({ key: 'a', type: 'whole' }), indicator({ key: 'b', type: 'whole' })];
  for (const [a, b, wanted] of [[1, 3, 400], [2, 6, 400], [33, 100, 200], [2, 3, 400], [667, 1000, 500], [666, 999, 400], [0, 5, 200], [0, 0, 900]] as const) t.is(points(of, { a, b }, parts), wanted, `${a}/${b}`);
});

test('ratio: a missing part is the item’s missing answer, the one that most needs asking', t => {
  const of = indicator({ key: 'r', type: 'derived', scoring: { kind: 'ratio', numerator: 'a', denominator: 'b', whenEmpty: 9, full: 10 } });
  const parts = [indicator({ key: 'a', type: 'whole' }), indicator({ key: 'b', type: 'whole' })];
  t.is(points(of, { a: 1, b: { missing: 'dontKnow' } }, parts), 100);
  t.deepEqual(rate(smallStandard({ indicators: [of, ...parts] }), { a: { missing: 'refused' } }).asks, ['a', 'b']);
});

test('ratio in proportion: one rounding, as declared, and never above full', t => {
  const of = indicator({ key: 'r', type: 'derived', scoring: { kind: 'ratio', numerator: 'a', denominator: 'b', whenEmpty: 0, full: 0.05 } });
  const parts = [indicator({ key: 'a', type: 'whole' }), indicator({ key: 'b', type: 'whole' })];
  for (const [rounding, a, b, wanted] of [['half-up', 1, 2, 3], ['down', 1, 2, 2], ['half-up', 1, 3, 2], ['down', 2, 3, 3], ['half-up', 7, 2, 5]] as const) t.is(points(of, { a, b }, parts, { rounding }), wanted, `${rounding} ${a}/${b}`);
});

test('ratio to the county mean per head stays exact for very large money', t => {
  const of = indicator({ key: 'r', type: 'derived', scoring: { kind: 'ratio', numerator: 'income', denominator: { base: 'mean', times: 'heads' }, whenEmpty: 0, bands: [{ below: '9999/10000', points: 1 }, { atLeast: '9999/10000', points: 2 }] } });
  const parts = [indicator({ key: 'income', type: 'money' }), indicator({ key: 'heads', type: 'whole' })];
  const own = { localBases: [{ key: 'mean', title: '人均', unit: '元', type: 'money' as const, value: 1e9 }] };
  t.is(points(of, { income: 8_999_100_000, heads: 9 }, parts, own), 200);
  t.is(points(of, { income: 8_999_099_999.99, heads: 9 }, parts, own), 100);
});

test('steps: only whole steps count, either way, within floor and cap', t => {
  const of = indicator({ key: 's', type: 'whole', scoring: { kind: 'steps', standard: 10, at: 5, step: 3, pointsPerStep: 1.5, floor: 2, cap: 9 } });
  for (const [value, wanted] of [[10, 500], [12, 500], [13, 650], [16, 800], [19, 900], [8, 500], [7, 350], [4, 200], [0, 200]] as const) t.is(points(of, { s: value }), wanted, String(value));
});

test('share: threshold, guard and emptiness', t => {
  const of = (guard: boolean): Indicator => indicator({ key: 's', type: 'derived', scoring: { kind: 'share', numerator: 'a', denominator: 'b', wanted: { atLeast: '70%' }, whenEmpty: 'unmet', points: { met: 3, unmet: 1, setAside: 2 }, ...(guard ? { guard: { count: 'b', below: 10, then: 'setAside' as const } } : {}) } });
  const parts = [indicator({ key: 'a', type: 'whole' }), indicator({ key: 'b', type: 'whole' })];
  for (const [a, b, guard, wanted] of [[7, 10, false, 300], [69, 99, false, 100], [0, 0, false, 100], [0, 0, true, 200], [9, 9, true, 200], [6, 10, true, 100], [7, 10, true, 300]] as const) t.is(points(of(guard), { a, b }, parts), wanted, `${a}/${b}`);
});

test('share: the gap is the smallest change that would do', t => {
  const gap = (wanted: object, over: number, under: number): number => shareGap({ kind: 'share', numerator: 'a', denominator: 'b', wanted, whenEmpty: 'unmet' }, { over, under });
  for (const [wanted, over, under, is] of [[{ atLeast: '70%' }, 139, 200, 1], [{ atLeast: '70%' }, 140, 200, 0], [{ atLeast: '70%' }, 0, 1, 1], [{ atLeast: '1/3' }, 0, 10, 4], [{ above: '1/2' }, 5, 10, 1],
    [{ atMost: '5%' }, 6, 100, -1], [{ atMost: '5%' }, 5, 100, 0], [{ below: '5%' }, 5, 100, -1], [{ below: '5%' }, 7, 119, -2]] as const) t.is(gap(wanted, over, under), is, `${JSON.stringify(wanted)} ${over}/${under}`);
});

const eventful = (items: readonly EventItem[], own: Partial<Extract<Indicator['scoring'], { kind: 'events' }>> = {}): Standard =>
  smallStandard({ indicators: [indicator({ key: 'e', type: 'events', scoring: { kind: 'events', start: 0, floor: -100, cap: 100, pick: 'all', items, ...own } })] });
const at = (on: string, amount?: number, item = 'i'): WrittenEvent => ({ indicator: 'e', item, on, ...(amount === undefined ? {} : { amount }) });
const item = (own: Partial<EventItem>): EventItem => ({ key: 'i', label: '事', points: 1, lifeMonths: 12, ...own });
const sum = (standard: Standard, events: readonly WrittenEvent[]): number => rate(standard, {}, events).total;

test('events live from their day until the same date after their life', t => {
  for (const [on, wanted] of [['2026-06-30', 100], ['2026-07-01', 0], ['2025-07-01', 100], ['2025-06-30', 0]] as const) t.is(sum(eventful([item({})]), [at(on)]), wanted, on);
  const short = eventful([item({ lifeMonths: 1 })]);
  t.is(rate(short, {}, [at('2026-01-31')], '2026-02-27').total, 100);
  t.is(rate(short, {}, [at('2026-01-31')], '2026-02-28').total, 0, 'the last day of a short month stands in');
});

test('events: amounts add up before they are divided, or each for itself', t => {
  const three = [at('2026-01-01', 3), at('2026-02-01', 3), at('2026-03-01', 3)];
  t.is(sum(eventful([item({ each: { amount: 4, unit: '小时', sum: true } })]), three), 200);
  t.is(sum(eventful([item({ each: { amount: 2, unit: '人', sum: false } })]), three), 300);
  t.is(sum(eventful([item({ each: { amount: 1, unit: '人', sum: false }, perEvent: 2 })]), three), 600);
  t.is(sum(eventful([item({ ladder: { unit: '小时', rungs: [{ atLeast: 5, points: 2 }, { atLeast: 9, points: 5 }, { atLeast: 10, points: 7 }] } })]), three), 500);
});

test('events: donations climb through consecutive ranges', t => {
  const donation = item({ tiers: { unit: '元', ranges: [{ upTo: 1000, every: 100, points: 1 }, { upTo: 5000, every: 400, points: 1 }, { upTo: 10_000, every: 500, points: 1 }, { every: 1000, points: 1 }] }, atAll: 40 });
  for (const [amount, wanted] of [[99, 0], [100, 1], [1000, 10], [1399, 10], [1400, 11], [5000, 20], [10_000, 30], [12_999, 32], [90_000, 40]] as const) t.is(sum(eventful([donation]), [at('2026-01-01', amount)]), wanted * 100, String(amount));
});

test('events: caps by month, quarter and year bite one after the other', t => {
  const two = (month: string): WrittenEvent[] => [at(`${month}-01`), at(`${month}-02`), at(`${month}-03`)];
  const days = ['2026-01', '2026-02', '2026-03', '2026-04'].flatMap(two);
  t.is(sum(eventful([item({})]), days), 1200);
  t.is(sum(eventful([item({ perMonth: 2 })]), days), 800);
  t.is(sum(eventful([item({ perMonth: 2, perQuarter: 3 })]), days), 500);
  t.is(sum(eventful([item({ perMonth: 2, perQuarter: 3, perYear: 4 })]), days), 400);
  t.is(sum(eventful([item({ points: -1, perMonth: 2, perQuarter: 3 })]), days), -500);
  t.is(sum(eventful([item({ perYear: 4 })]), [...days, at('2025-12-31'), at('2025-12-30')]), 600, 'a new calendar year begins anew');
  t.is(sum(eventful([item({ atAll: 5 })]), days), 500);
});

test('events: best only and heaviest only tell which one counted', t => {
  const items = [item({}), item({ key: 'j', points: 3 }), item({ key: 'k', points: -2 })];
  const told = rate(eventful(items, { pick: 'best' }), {}, [at('2026-01-01'), at('2026-01-02', undefined, 'j'), at('2026-01-03', undefined, 'j'), at('2026-01-04', undefined, 'k')]);
  t.is(told.total, 300);
  t.deepEqual(told.events.map(event => event.standing), ['outdone', 'counts', 'outdone', 'outdone']);
  t.is(sum(eventful(items, { pick: 'heaviest' }), [at('2026-01-01'), at('2026-01-04', undefined, 'k')]), -200);
  t.is(sum(eventful(items, { pick: 'best' }), []), 0);
});

test('events: an item whose basis lapsed does not count, and says so', t => {
  const standard = { ...eventful([item({ points: -5, legalBasis: ['old'] })]), legalBases: [{ id: 'law', law: '某法', article: '一', level: 'law' as const, validFrom: '2020-01-01' }, { id: 'old', law: '旧法', article: '一', level: 'law' as const, validFrom: '2020-01-01', validTo: '2026-06-30' }] };
  t.is(rate(standard, {}, [at('2026-06-01')], '2026-06-30').total, -500, 'the last day still counts');
  const after = rate(standard, {}, [at('2026-06-01')], '2026-07-01');
  t.is(after.total, 0);
  t.is(after.events[0]?.standing, 'lapsed');
});

test('the first day that still counts is the one whose date comes round tomorrow, whatever the length of the months', t => {
  const comesRound = (day: number, months: number): number => dayNumber(addMonths(dayFromNumber(day), months));
  for (let today = dayNumber('2023-12-20'); today < dayNumber('2025-03-10'); today++) {
    for (const months of [1, 2, 6, 12, 24, 36]) {
      const first = firstDayBack(months, today);
      if (comesRound(first, months) <= today || comesRound(first - 1, months) > today) t.fail(`${months} months back from ${dayFromNumber(today)}`);
    }
  }
  t.is(dayFromNumber(firstDayBack(12, dayNumber('2025-02-28'))), '2024-03-01', 'the leap day came round on the last of February');
});
