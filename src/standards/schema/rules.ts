import { powers } from '../standard.ts';
import { bounds, either, flag, fractionBounds, key, list, map, months, number, oneOf, points, record, ref, text, told, whole, type Schema } from './shapes.ts';

/** What those who are rated can do about it; only that is suggested to them. */
export const withinPower = oneOf(...Object.keys(powers));
const times = number(0, 100, 4);
const factorBands = list(record({ times }, bounds), 1);
const measure = oneOf('value', 'years', 'months');
const group = record({ key, pick: oneOf('best', 'heaviest', 'together'), per: oneOf('day', 'month', 'quarter', 'year', 'all') }, { cap: number(0, 10_000) });
const tier = (least: number): Schema => record({ every: { type: 'number', minimum: least, maximum: 1e7 }, points }, { upTo: { type: 'number', minimum: least, maximum: 1e7 } });
const amount = number(0.01, 1e7);
const cap = number(0, 10_000);

const eventFactor = either(
  record({ by: oneOf('level'), levels: map(times) }),
  record({ by: oneOf('amount'), unit: text(10), bands: factorBands }),
  record({ by: oneOf('years', 'months'), bands: factorBands }),
  record({ by: oneOf('yearsSinceCured'), open: times, bands: factorBands }),
);

/** One thing that can happen. */
export const eventItem: Schema = record({ key, label: text(60), points, lifeMonths: months }, {
  levels: list(record({ key, label: text(40), points }), 1),
  each: record({ amount, unit: text(10), sum: flag }),
  ladder: record({ unit: text(10), rungs: list(record({ atLeast: number(0, 1e7), points }), 1) }),
  tiers: record({ unit: text(10), ranges: list(tier(0.01), 1) }),
  times: record({ indicator: key, missing: whole(0, 1_000) }),
  factors: list(eventFactor, 1), repeats: list(whole(0, 100), 1), namedOnly: flag, cured: points, group: text(),
  perEvent: cap, perMonth: cap, perQuarter: cap, perYear: cap, atAll: cap,
  window: oneOf('year', 'round'), untilCured: flag, legalBasis: list(text(), 1), proof: text(), withinPower,
});

const base = record({ base: key }, { times: key });
const shareGuard = record({ count: key, below: whole(1, 100_000), then: oneOf('setAside', 'unmet') });

/** The ways to give points, by the name in `kind`. */
export const rules: Readonly<Record<string, Schema>> = {
  flag: record({ kind: oneOf('flag'), yes: points, no: points }),
  choice: told('points stand with the options', record({ kind: oneOf('choice') })),
  bands: record({ kind: oneOf('bands'), bands: list(record({ points }, bounds), 1) }, { measure }),
  steps: record({ kind: oneOf('steps'), standard: number(-1e9, 1e9), at: points, step: number(0, 1e9), pointsPerStep: points, floor: points, cap: points }),
  line: told('evenly from knot to knot, values rising', record({ kind: oneOf('line'), knots: list(record({ value: number(-1e9, 1e9), points }), 2) })),
  tiers: record({ kind: oneOf('tiers'), start: points, ranges: list(tier(0.01), 1), floor: points, cap: points }),
  ratio: record({ kind: oneOf('ratio'), numerator: key, denominator: either(key, base), whenEmpty: points }, { bands: list(record({ points }, fractionBounds), 1), full: points }),
  share: record({ kind: oneOf('share'), numerator: key, denominator: key, wanted: { ...record({}, fractionBounds), minProperties: 1, maxProperties: 1 }, whenEmpty: oneOf('setAside', 'unmet') },
    { guard: shareGuard, points: record({ met: points, unmet: points, setAside: points }) }),
  product: record({ kind: oneOf('product'), base: points, floor: points, cap: points, factors: list(either(record({ by: key, options: map(times) }), record({ by: key, bands: factorBands }, { measure })), 1) }),
  former: record({ kind: oneOf('former'), grades: map(points), otherwise: points }),
  events: record({ kind: oneOf('events'), start: points, floor: points, cap: points, pick: oneOf('all', 'best', 'heaviest'), items: list(ref('eventItem')) },
    { groups: list(group, 1), local: record({ rewards: whole(0, 100), deductions: whole(0, 100), largest: cap }, { withApproval: cap }) }),
};

const span = oneOf('days', 'months', 'years');
const missingState = oneOf('notAsked', 'dontKnow', 'refused', 'noDealings');
const pair = { ...list(key, 2), maxItems: 2 };

/** What happened, counted. */
export const eventCount: Schema = record({ events: key, of: oneOf('count', 'amount'), months }, { items: list(key, 1) });

/** Numbers made from other facts. */
export const derive: Schema = either(
  record({ sum: list(key, 2) }),
  record({ difference: pair }),
  record({ highest: list(key, 2) }),
  record({ lowest: list(key, 2) }),
  record({ weighted: list(record({ of: key, times: number(-1e6, 1e6, 4) }), 1) }),
  record({ share: pair, whenEmpty: missingState }),
  record({ average: pair, whenEmpty: missingState }),
  record({ since: key, in: span }),
  record({ between: pair, in: span }),
  eventCount,
  record({ base: key }),
);

const claim = record({ indicator: key }, { is: either({ type: ['boolean', 'string'] }, list({ type: 'string' }, 1)), met: oneOf(true), ...bounds });
/** A claim about facts. */
export const condition: Schema = either(
  claim,
  record({ former: text(20) }),
  told('points of a category, in grades and preconditions only', record({ category: key }, bounds)),
  record({ all: list(ref('condition'), 1) }),
  record({ any: list(ref('condition'), 1) }),
  record({ not: ref('condition') }),
);

