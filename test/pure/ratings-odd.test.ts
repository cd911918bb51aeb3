import test from 'ava';
import { evaluate } from '../../src/ratings/evaluate.ts';
import { checkStandard } from '../../src/standards/check.ts';
import { compile } from '../../src/standards/compile.ts';
import { factsOf } from '../../src/standards/facts.ts';
import type { EventItem } from '../../src/standards/kinds/event-item.ts';
import type { EventsRule } from '../../src/standards/kinds/events.ts';
import type { WrittenEvent, WrittenFact } from '../../src/standards/standard.ts';
import { indicator, smallStandard } from '../support/small-standard.ts';

test('what is only counted needs no points: a finding resets everything', t => {
  const of = (derive: object) => smallStandard({
    indicators: [
      indicator({ key: 'e', type: 'events', scoring: { kind: 'events', start: 30, floor: 0, cap: 30, pick: 'all', items: [item({ points: 0 })] } }),
      indicator({ key: 'n', type: 'whole', source: 'computed', derive: { events: 'e', of: 'count', months: 1, ...derive } }),
    ],
    vetoes: [{ key: 'v', title: '归零', words: '直接判零分', when: { indicator: 'n', atLeast: 1 }, legalBasis: ['law'], lifeMonths: 1, missing: { notAsked: 'clear', dontKnow: 'clear', refused: 'clear', noDealings: 'clear' }, total: 0 }],
  });
  const standard = of({});
  t.true('standard' in checkStandard(standard));
  for (const [on, total] of [['2026-05-31', 30_00], ['2026-06-01', 0]] as const) t.is(evaluate(compile(standard), factsOf(standard, {}, [{ indicator: 'e', item: 'i', on }]), { day: '2026-06-30' }).total, total, on);
  const checked = checkStandard(smallStandard({ indicators: of({}).indicators.slice(0, 1) }));
  t.deepEqual('faults' in checked ? checked.faults.map(fault => `${fault.path} ${fault.say}`) : [], ['indicators[0].scoring.items[0].points 0 分的事项不起作用']);
});

/** Rules as published schemes really write them, with results worked out by hand. */
type Told = readonly [on: string, amount?: number, curedOn?: string, item?: string];
const item = (own: Partial<EventItem>): EventItem => ({ key: 'i', label: '事', points: 1, lifeMonths: 12, ...own });
const range = (upTo: number | undefined, every: number) => upTo === undefined ? { every, points: 1 } : { upTo, every, points: 1 };
const donation = item({ points: 0, tiers: { unit: '元', ranges: [range(1000, 100), range(5000, 400), range(10_000, 500), range(undefined, 1000)] }, atAll: 40 });
const hours = item({ points: 0, ladder: { unit: '小时', rungs: ([[10, 2], [20, 5], [50, 10], [80, 15], [100, 20], [150, 25], [200, 30], [250, 40], [300, 50]] as const).map(([atLeast, points]) => ({ atLeast, points })) } });
const late = item({ points: -10, lifeMonths: 60, factors: [
  { by: 'amount', unit: '天', bands: [{ atMost: 30, times: 0.5 }, { above: 30, atMost: 90, times: 1 }, { above: 90, times: 2 }] },
  { by: 'yearsSinceCured', open: 1.5, bands: [{ below: 1, times: 1 }, { atLeast: 1, below: 2, times: 0.5 }, { atLeast: 2, times: 0.2 }] },
] });

const cases: readonly (readonly [name: string, items: readonly EventItem[], told: readonly Told[], points: number, more?: { readonly rule?: Partial<EventsRule>; readonly facts?: Readonly<Record<string, WrittenFact>>; readonly day?: string }])[] = [
  ['hours climb a ladder together, and stand on the rung they just reach', [hours], [['2026-01-01', 199.5], ['2026-02-01', 50.5]], 40],
  ['a hundredth of an hour below a rung is below it', [hours], [['2026-01-01', 199.5], ['2026-02-01', 50.49]], 30],
  ['donations: 1 per 100, then 1 per 400, only whole steps of each range', [donation], [['2026-01-01', 999.99], ['2026-02-02', 4400.01]], 20],
  ['donations of a year are capped', [donation], [['2026-01-01', 1_000_000]], 40],
  ['once for each member of the family, a quarter capped by itself', [item({ points: -1, times: { indicator: 'm', missing: 1 }, perQuarter: 4 })], [['2026-01-10'], ['2026-02-10'], ['2026-04-10']], -7, { facts: { m: 3 } }],
  ['the heaviest alone counts, and a repetition is what makes it so', [item({ points: -5, repeats: [1, 2] }), item({ key: 'j', points: -8 })], [['2026-01-10'], ['2026-02-10'], ['2026-03-10', undefined, undefined, 'j']], -10, { rule: { pick: 'heaviest' } }],
  ['days late times years since it was cured, to the day', [late], [['2025-01-10', 91], ['2024-01-10', 30, '2025-06-30'], ['2024-01-11', 90, '2025-07-01']], -42.5],
  ['caps by event, month, quarter and year bite one after the other', [item({ points: 3, perEvent: 2, perMonth: 3, perQuarter: 5, perYear: 7 })], ['2026-01-01', '2026-01-02', '2026-02-01', '2026-02-02', '2026-03-01', '2026-04-01', '2026-05-01', '2026-06-01'].map(on => [on] as const), 7],
  ['of a month the best alone', [item({ points: 2, group: 'g' }), item({ key: 'j', points: 5, group: 'g' })], [['2026-01-10'], ['2026-01-20', undefined, undefined, 'j'], ['2026-02-10']], 7, { rule: { groups: [{ key: 'g', pick: 'best', per: 'month' }] } }],
  ['last year’s counts on until it is cured; this year’s counts though it is', [item({ points: -5, window: 'year', untilCured: true, lifeMonths: 36 })], [['2025-03-01'], ['2025-04-01', undefined, '2026-01-05'], ['2026-01-01', undefined, '2026-01-02']], -10],
  ['a year from 29 February ends on 28 February', [item({})], [['2024-02-29']], 0, { day: '2025-02-28' }],
  ['and not a day before', [item({})], [['2024-02-29']], 1, { day: '2025-02-27' }],
  ['six months from 31 August end on the last of February', [item({ lifeMonths: 6 })], [['2025-08-31']], 0, { day: '2026-02-28' }],
];

for (const [name, items, told, points, { rule, facts = {}, day = '2026-06-30' } = {}] of cases) {
  test(`by hand: ${name}`, t => {
    const standard = smallStandard({ indicators: [
      indicator({ key: 'e', type: 'events', scoring: { kind: 'events', start: 0, floor: -1000, cap: 1000, pick: 'all', ...rule, items } }), indicator({ key: 'm', type: 'whole' }),
    ] });
    const checked = checkStandard(standard);
    t.true('standard' in checked, JSON.stringify(checked));
    const events = told.map(([on, amount, curedOn, key = 'i']): WrittenEvent => ({ indicator: 'e', item: key, on, ...amount === undefined ? {} : { amount }, ...curedOn === undefined ? {} : { curedOn } }));
    for (const list of [events, events.toReversed()]) t.is(evaluate(compile(standard), factsOf(standard, facts, list), { day }).total, points * 100);
  });
}
