import fc from 'fast-check';
import { addDays, addMonths, dayNumber } from '../../src/kit/time.ts';
import type { EventFactor, EventItem } from '../../src/standards/kinds/event-item.ts';
import type { EventGroup, EventsRule } from '../../src/standards/kinds/events.ts';
import type { Standard, WrittenEvent } from '../../src/standards/standard.ts';
import { aroundMonths, beside, cents, factorBands, factorTable, legalBasis, maybe, multiplier, points, tierRanges, told } from './random-parts.ts';

const limit = fc.integer({ min: 0, max: 1500 }).map(cents => cents / 100);
const gain = points.filter(gain => gain !== 0);
const amount = fc.constantFrom(1, 2.5, 4);

const factor = (levels: readonly string[]): fc.Arbitrary<EventFactor> => fc.oneof(
  factorBands(100, 1200).map(bands => ({ by: 'amount' as const, unit: '天', bands })),
  fc.tuple(fc.constantFrom('years' as const, 'months' as const), factorBands(1, 24)).map(([by, bands]) => ({ by, bands })),
  fc.tuple(multiplier, factorBands(1, 4)).map(([open, bands]) => ({ by: 'yearsSinceCured' as const, open, bands })),
  ...levels.length === 0 ? [] : [factorTable(levels).map(table => ({ by: 'level' as const, levels: table }))],
);

/** How the points of an item come about; only what is not counted in sum has single events to cap, multiply and replace. */
const way = fc.oneof(
  fc.constant({}),
  amount.map(amount => ({ each: { amount, unit: '次', sum: false } })),
  fc.array(points, { minLength: 1, maxLength: 3 }).map(all => ({ levels: all.map((points, n) => ({ key: `l${n}`, label: `级别${n}`, points })) })),
);
const summed = fc.oneof(
  amount.map(amount => ({ each: { amount, unit: '小时', sum: true } })),
  fc.uniqueArray(fc.tuple(fc.integer({ min: 0, max: 40 }), points), { minLength: 1, maxLength: 3, selector: ([atLeast]) => atLeast }).map(rungs => ({ ladder: { unit: '小时', rungs: rungs.map(([half, points]) => ({ atLeast: half / 2, points })) } })),
  tierRanges(0.5).map(ranges => ({ tiers: { unit: '元', ranges } })),
);
const single = (counts: readonly string[], groups: readonly string[]): fc.Arbitrary<Partial<EventItem>> => way.chain(how => fc.record({
  perEvent: maybe(limit), perMonth: maybe(limit), perQuarter: maybe(limit), perYear: maybe(limit),
  times: fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, fc.record({ indicator: fc.constantFrom(...counts), missing: fc.integer({ min: 0, max: 3 }) })),
  factors: fc.oneof({ weight: 2, arbitrary: fc.constant(undefined) }, fc.array(factor('levels' in how ? how.levels.map(level => level.key) : []), { minLength: 1, maxLength: 2 })),
  repeats: fc.oneof({ weight: 2, arbitrary: fc.constant(undefined) }, fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 3 })),
  cured: fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, points),
  group: groups.length === 0 ? fc.constant(undefined) : maybe(fc.constantFrom(...groups)),
}, { noNullPrototype: true }).map(own => ({ ...how, ...told(own) })));

const item = (n: number, counts: readonly string[], groups: readonly string[]): fc.Arbitrary<EventItem> => fc.record({
  own: fc.oneof({ weight: 3, arbitrary: single(counts, groups) }, { weight: 1, arbitrary: summed }), gain, lifeMonths: fc.oneof(fc.integer({ min: 1, max: 24 }), fc.constant(60)), atAll: maybe(limit), cited: maybe(legalBasis), namedOnly: maybe(fc.boolean()),
  window: fc.oneof({ weight: 2, arbitrary: fc.constant({}) }, fc.record({ window: fc.constantFrom('year' as const, 'round' as const), untilCured: fc.boolean() })),
}).map(({ own, gain, cited, window, ...rest }) => told({ key: `item${n}`, label: `事项${n}`, points: gain, ...rest, ...own, ...window, legalBasis: cited }));

const together = (key: string): fc.Arbitrary<EventGroup> => fc.record({ key: fc.constant(key), pick: fc.constant('together' as const), per: fc.constantFrom('month' as const, 'quarter' as const, 'year' as const, 'all' as const), cap: limit });
const group = (key: string): fc.Arbitrary<EventGroup> => fc.oneof(together(key), fc.record({ key: fc.constant(key), pick: fc.constantFrom('best' as const, 'heaviest' as const), per: fc.constantFrom('day' as const, 'month' as const, 'quarter' as const, 'year' as const, 'all' as const) }));

const tooLong = { day: [], month: ['perQuarter', 'perYear', 'atAll'], quarter: ['perYear', 'atAll'], year: ['atAll'], all: [] } as const;
/** Caps of periods longer than that of a group that is capped together have no meaning, and are refused. */
function fitting(item: EventItem, groups: readonly EventGroup[]): EventItem {
  const own = groups.find(each => each.key === item.group && each.pick === 'together');
  return own === undefined ? item : Object.fromEntries(Object.entries(item).filter(([key]) => !(tooLong[own.per] as readonly string[]).includes(key))) as unknown as EventItem;
}

/** A rule over events; `counts` are keys of whole facts that an item may be counted once for each of. */
export const eventsRule = (counts: readonly string[]): fc.Arbitrary<EventsRule> => fc.tuple(fc.constantFrom('all' as const, 'all' as const, 'best' as const, 'heaviest' as const), fc.integer({ min: 0, max: 2 }), fc.integer({ min: 1, max: 4 }))
  .chain(([pick, groupCount, itemCount]) => {
    const keys = pick === 'all' ? ['g0', 'g1'].slice(0, groupCount) : [];
    return fc.record({
      pick: fc.constant(pick), start: points, low: fc.integer({ min: 0, max: 6000 }), high: fc.integer({ min: 0, max: 6000 }),
      items: fc.tuple(...Array.from({ length: itemCount }, (_, at) => item(at, counts, keys))), groups: fc.tuple(...keys.map(group)),
    });
  })
  .map(({ pick, start, low, high, items, groups }) => ({ kind: 'events', start, floor: cents(start - low / 100), cap: cents(start + high / 100), pick, items: items.map(each => fitting(each, groups)), ...groups.length === 0 ? {} : { groups } }));

/** Items a village might write for itself: many of them go too far, and are refused. */
export const localItems: fc.Arbitrary<readonly EventItem[]> = fc.array(fc.record({ own: fc.oneof(way, summed), gain: fc.integer({ min: -300, max: 300 }).filter(cents => cents !== 0).map(cents => cents / 100), caps: fc.record({ perEvent: maybe(limit), atAll: maybe(limit), cured: maybe(points) }) }), { minLength: 1, maxLength: 3 })
  .map(all => all.map(({ own, gain, caps: { perEvent, atAll, cured } }, n) => told({ key: `own${n}`, label: `村里${n}`, points: gain, lifeMonths: 12, ...own, atAll, ...'ladder' in own || 'tiers' in own || 'each' in own && own.each.sum ? {} : { perEvent, cured } })));

/** Events around the ends of their lives, of the year and of the round, put right or not; crowded on few items and few days, where they meet. */
export function eventsFor(standard: Standard, on: string, round: { readonly from: string; readonly to: string } | undefined): fc.Arbitrary<readonly WrittenEvent[]> {
  const places = standard.indicators.flatMap(({ key, scoring }) => scoring?.kind === 'events' ? scoring.items.map(item => ({ indicator: key, item })) : []);
  if (places.length === 0) return fc.constant([]);
  const edges = [`${on.slice(0, 4)}-01-01`, `${standard.year}-01-01`, `${standard.year}-12-31`, ...round === undefined ? [] : [round.from, round.to]];
  const anyDay = fc.oneof({ weight: 3, arbitrary: fc.integer({ min: -60, max: 2 }).map(nines => addDays(on, nines * 9)) }, fc.constantFrom(...edges).chain(beside), fc.integer({ min: 0, max: 2 }).map(days => addDays(on, -days)), aroundMonths(on, fc.integer({ min: 1, max: 30 })));
  const event = (among: typeof places, days: readonly string[]): fc.Arbitrary<WrittenEvent> => fc.constantFrom(...among).chain(({ indicator, item }) => fc.record({
    on: fc.oneof(beside(addMonths(on, -item.lifeMonths)), anyDay, { weight: 3, arbitrary: fc.constantFrom(...days) }),
    amount: maybe(fc.oneof(fc.constantFrom(0, 2.5, 5, 12), fc.integer({ min: 0, max: 1200 }).map(n => n / 100))), level: item.levels === undefined ? fc.constant(undefined) : fc.constantFrom(...item.levels.map(level => level.key)),
    curedOn: maybe(fc.oneof(beside(on), aroundMonths(on, fc.constantFrom(1, 12, 24)), ...round === undefined ? [] : [beside(round.to)])), shared: fc.constantFrom(undefined, undefined, true, false),
  }).map(({ curedOn, ...drawn }): WrittenEvent => told({ indicator, item: item.key, ...drawn, curedOn: curedOn !== undefined && dayNumber(curedOn) < dayNumber(drawn.on) ? drawn.on : curedOn })));
  return fc.tuple(fc.array(fc.constantFrom(...places), { minLength: 1, maxLength: 3 }), fc.tuple(anyDay, fc.integer({ min: 1, max: 20 })).map(([first, later]) => [first, addDays(first, 1), addDays(first, later)]))
    .chain(([crowded, days]) => fc.array(fc.oneof({ weight: 3, arbitrary: event(crowded, days) }, { weight: 1, arbitrary: event(places, days) }), { maxLength: 14 }));
}
