import { addMonths } from '../../src/kit/time.ts';
import type { EventFactor, EventItem } from '../../src/standards/kinds/event-item.ts';
import type { EventGroup, EventsRule } from '../../src/standards/kinds/events.ts';
import type { Tier } from '../../src/standards/kinds/tiers.ts';
import type { WrittenEvent } from '../../src/standards/standard.ts';
import { span } from './reference-facts.ts';
import { compare, floor, least, minus, most, one, over, plus, q, rounded, rowOf, sum, times, whole, zero } from './reference-number.ts';
import type { Q } from './reference-number.ts';

/** What events are judged by: the day, the round, whose bases are gone, and the number of a fact if it is known. */
export interface EventsAround {
  readonly day: string; readonly round: { readonly from: string; readonly to: string }; readonly rounding: 'half-up' | 'down';
  readonly lapsed: (cited: readonly string[] | undefined) => boolean; readonly known: (key: string) => Q | undefined;
}
interface Gain { readonly event: WrittenEvent; readonly item: EventItem; readonly nth: number; readonly points: Q }

/** Points of an events rule, and how many single events were counted when all are picked. */
export function eventPoints(rule: EventsRule, events: readonly WrittenEvent[], around: EventsAround): { readonly points: Q; readonly counted: number } {
  const living = (item: EventItem): readonly WrittenEvent[] => inOrder(item, events.filter(event => event.item === item.key && counts(event, item, around)));
  const happened = rule.items.filter(item => !isWhole(item)).flatMap(item => living(item).map((event, nth): Gain => ({ event, item, nth, points: gainOf(event, item, nth, rule.pick !== 'all', around) })));
  const single = happened.filter(gain => {
    const group = rule.groups?.find(each => each.key === gain.item.group);
    return group === undefined || group.pick === 'together' || !happened.some(other => other.item.group === group.key && samePeriod(group.per, gain, other) && outdoes(rule, group.pick === 'best', other, gain));
  });
  const sums = rule.items.filter(item => isWhole(item) && living(item).length > 0).map(item => wholeGain(item, living(item)));
  const together = (rule.groups ?? []).filter(group => group.pick === 'together');
  const alone = rule.items.filter(item => !isWhole(item) && !together.some(group => group.key === item.group));
  const of = (item: EventItem): readonly Gain[] => single.filter(gain => gain.item === item);
  const all = rule.pick === 'all' ? [...alone.map(item => periods(item, of(item))), ...together.map(group => joint(group, rule.items.filter(item => item.group === group.key && !isWhole(item)).map(item => [item, of(item)] as const)))]
    : single.map(gain => gain.points);
  const given = [...sums, ...all];
  const picked = rule.pick === 'all' ? sum(given) : given.length === 0 ? zero : given.reduce(rule.pick === 'best' ? most : least);
  return { points: most(q(rule.floor), least(q(rule.cap), plus(q(rule.start), picked))), counted: single.length };
}

const isWhole = (item: EventItem): boolean => item.ladder !== undefined || item.tiers !== undefined || item.each?.sum === true;
const isCured = (event: WrittenEvent, day: string): boolean => event.curedOn !== undefined && event.curedOn <= day;

function counts(event: WrittenEvent, item: EventItem, { day, round, lapsed }: EventsAround): boolean {
  if (event.on > day || addMonths(event.on, item.lifeMonths) <= day || lapsed(item.legalBasis)) return false;
  if (item.namedOnly === true && event.shared === true) return false;
  const [from, to] = item.window === 'year' ? [`${day.slice(0, 4)}-01-01`, `${day.slice(0, 4)}-12-31`] : item.window === 'round' ? [round.from, round.to] : ['', '9'];
  return event.on <= to && (event.on >= from || item.untilCured === true && !isCured(event, day));
}

/** By day; of one day the smaller amount, then the level written first, then what was put right first. */
const inOrder = (item: EventItem, list: readonly WrittenEvent[]): readonly WrittenEvent[] => {
  const level = (event: WrittenEvent): number => item.levels?.findIndex(each => each.key === event.level) ?? -1;
  const keys = (event: WrittenEvent): readonly (string | number)[] => [event.on, event.amount ?? 1, level(event), event.curedOn ?? '9'];
  return list.toSorted((a, b) => { const [x, y] = [keys(a), keys(b)]; const at = x.findIndex((key, n) => key !== y[n]); return at < 0 ? 0 : (x[at] ?? 0) < (y[at] ?? 0) ? -1 : 1; });
};

const limited = (value: Q, cap: number | undefined): Q => cap === undefined ? value : most(minus(q(cap)), least(q(cap), value));

/** What one event gives: its points times everything that multiplies, rounded once, then capped. Where only one event counts, it is all that its month, quarter, year and item have. */
function gainOf(event: WrittenEvent, item: EventItem, nth: number, isOnly: boolean, around: EventsAround): Q {
  const caps = [item.perEvent, ...isOnly ? [item.perMonth, item.perQuarter, item.perYear, item.atAll] : []];
  const capped = (points: Q): Q => caps.reduce(limited, points);
  if (item.cured !== undefined && isCured(event, around.day)) return capped(q(item.cured));
  const amount = q(event.amount ?? 1);
  const written = q(item.levels?.find(level => level.key === event.level)?.points ?? item.points);
  const each = item.each === undefined ? one : whole(floor(over(amount, q(item.each.amount))));
  const heads = item.times === undefined ? one : most(zero, around.known(item.times.indicator) ?? q(item.times.missing));
  const repeat = item.repeats === undefined ? one : q(item.repeats[Math.min(nth, item.repeats.length - 1)] ?? 1);
  const factors = (item.factors ?? []).map(factor => factorOf(factor, event, around.day));
  return capped(rounded([each, heads, repeat, ...factors].reduce(times, written), around.rounding, 2));
}

function factorOf(factor: EventFactor, event: WrittenEvent, day: string): Q {
  if (factor.by === 'level') return q(factor.levels[event.level ?? ''] ?? 1);
  if (factor.by === 'yearsSinceCured' && !isCured(event, day)) return q(factor.open);
  const number = factor.by === 'amount' ? q(event.amount ?? 1) : whole(factor.by === 'yearsSinceCured' ? span(event.curedOn ?? '', day, 'years') : span(event.on, day, factor.by));
  return q(rowOf(number, factor.bands)?.times ?? 1);
}

/** What is counted in sum gives one number for all its events. */
function wholeGain(item: EventItem, living: readonly WrittenEvent[]): Q {
  const reached = sum(living.map(event => q(event.amount ?? 1)));
  const rungs = (item.ladder?.rungs ?? []).filter(rung => compare(reached, q(rung.atLeast)) >= 0n).sort((a, b) => b.atLeast - a.atLeast);
  const points = item.ladder !== undefined ? q(rungs[0]?.points ?? 0) : item.tiers !== undefined ? tiered(item.tiers.ranges, reached) : times(q(item.points), whole(floor(over(reached, q(item.each?.amount ?? 1)))));
  return limited(points, item.atAll);
}

/** Whole steps inside each range, one range after the other. */
export function tiered(ranges: readonly Tier[], reached: Q): Q {
  return sum(ranges.map((range, n) => {
    const from = q(ranges[n - 1]?.upTo ?? 0);
    const to = range.upTo === undefined ? reached : least(q(range.upTo), reached);
    return times(q(range.points), whole(floor(over(most(zero, plus(to, minus(from))), q(range.every)))));
  }));
}

const monthOf = (on: string): string => on.slice(0, 7);
const quarterOf = (on: string): string => `${on.slice(0, 4)} ${Math.ceil(Number(on.slice(5, 7)) / 3)}`;
const yearOf = (on: string): string => on.slice(0, 4);

/** An item's sum: months capped first, then quarters, years, and the item itself. */
function periods(item: EventItem, gains: readonly Gain[]): Q {
  const months = byPeriod(gains.map(gain => ({ on: gain.event.on, points: gain.points })), monthOf, item.perMonth);
  const years = byPeriod(byPeriod(months, quarterOf, item.perQuarter), yearOf, item.perYear);
  return limited(sum(years.map(year => year.points)), item.atAll);
}

/** What the items of a group come to in each of its periods, after caps of their own, is capped once more. */
function joint(group: EventGroup, items: readonly (readonly [EventItem, readonly Gain[]])[]): Q {
  const { per } = group;
  if (per === 'all') return limited(sum(items.map(([item, gains]) => periods(item, gains))), group.cap);
  const own = items.flatMap(([item, gains]) => ([['month', item.perMonth], ['quarter', item.perQuarter], ['year', item.perYear]] as const).filter(([, cap]) => cap !== undefined)
    .reduce((list, [length, cap]) => byPeriod(list, periodsOf[length], cap), gains.map(gain => ({ on: gain.event.on, points: gain.points }))));
  return sum(byPeriod(own, periodsOf[per], group.cap).map(stretch => stretch.points));
}

const byPeriod = (list: readonly { readonly on: string; readonly points: Q }[], periodOf: (on: string) => string, cap: number | undefined): { on: string; points: Q }[] =>
  [...Map.groupBy(list, gain => periodOf(gain.on)).values()].map(group => ({ on: group[0]?.on ?? '', points: limited(sum(group.map(gain => gain.points)), cap) }));

const periodsOf = { all: () => '', year: yearOf, quarter: quarterOf, month: monthOf, day: String };
const samePeriod = (per: keyof typeof periodsOf, a: Gain, b: Gain): boolean => periodsOf[per](a.event.on) === periodsOf[per](b.event.on);

/** More (best) or fewer (heaviest) points; of equals the earlier day, of one day the item written first, and of one item any. */
function outdoes(rule: EventsRule, isBest: boolean, a: Gain, b: Gain): boolean {
  const by = isBest ? compare(a.points, b.points) : compare(b.points, a.points);
  if (by !== 0n) return by > 0n;
  if (a.event.on !== b.event.on) return a.event.on < b.event.on;
  return rule.items.indexOf(a.item) !== rule.items.indexOf(b.item) ? rule.items.indexOf(a.item) < rule.items.indexOf(b.item) : a.nth < b.nth;
}
