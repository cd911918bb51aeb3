import { addMonths, dayFromNumber, dayNumber, type Day } from '../../kit/time.ts';
import { spanOf, type Bounds } from '../../standards/bounds.ts';
import { itemsOf, type EventFact, type Facts } from '../../standards/facts.ts';
import { itemPoints, type EventItem } from '../../standards/kinds/event-item.ts';
import type { Standard } from '../../standards/standard.ts';
import { standings, type Trace } from '../../standards/trace.ts';
import { powerOf } from './power.ts';

/** Nobody is told to wait longer than this, and no more days than this are looked at. */
const horizonMonths = 24;
const mostDays = 8;

/**
 * The days after the rating on which time alone may change a result, earliest first: what was held against the household runs out or weighs less,
 * a month's cap begins again, years in a trade are complete. What else such a day takes away the engine finds by scoring on it.
 */
export function waitingDays(standard: Standard, facts: Facts, { day, trace }: { readonly day: Day; readonly trace: Trace }): readonly Day[] {
  const [now, last] = [dayNumber(day), dayNumber(addMonths(day, horizonMonths))];
  const days = [
    ...facts.events.flatMap((event, at) => trace.standing[at] === standings.counts ? endsOf(standard, event, day) : []),
    ...periodStarts(standard, day), ...anniversaries(standard, facts, day),
  ].map(dayNumber).filter(each => each > now && each <= last);
  return [...new Set(days)].sort((a, b) => a - b).slice(0, mostDays).map(dayFromNumber);
}

/** When an event that takes points stops doing so, or begins to take less. */
function endsOf(standard: Standard, event: EventFact, day: Day): readonly Day[] {
  const item = itemsOf(standard.indicators[event.slot])[event.item];
  if (item === undefined || itemPoints(item).every(points => points >= 0)) return [];
  const on = dayFromNumber(event.day);
  const isOpen = event.cured === undefined;
  const weighs = (item.factors ?? []).flatMap(factor => {
    if (factor.by === 'years' || factor.by === 'months') return edges(factor.bands).map(edge => addMonths(on, edge * (factor.by === 'years' ? 12 : 1)));
    return factor.by === 'yearsSinceCured' && event.cured !== undefined ? edges(factor.bands).map(edge => addMonths(dayFromNumber(event.cured ?? 0), edge * 12)) : [];
  });
  return [addMonths(on, item.lifeMonths), ...weighs, ...item.window === 'year' && !(item.untilCured === true && isOpen) ? [nextYear(day)] : []];
}

const edges = (bands: readonly Bounds[]): readonly number[] => [...new Set(bands.map(band => spanOf(band, 1).from).filter(from => Number.isFinite(from)))];
const nextYear = (day: Day): Day => `${Number(day.slice(0, 4)) + 1}-01-01`;

/** Caps by month, quarter and year begin anew: more can be done then. */
function periodStarts(standard: Standard, day: Day): readonly Day[] {
  const items = standard.indicators.flatMap(indicator => itemsOf(indicator).filter(item => powerOf(indicator, item) !== 'never'));
  const has = (cap: (item: EventItem) => number | undefined): boolean => items.some(item => cap(item) !== undefined);
  const month = addMonths(`${day.slice(0, 7)}-01`, 1);
  const quarter = addMonths(`${day.slice(0, 4)}-01-01`, (Math.floor((Number(day.slice(5, 7)) - 1) / 3) + 1) * 3);
  return [
    ...has(item => item.perMonth) ? [month] : [], ...has(item => item.perQuarter) ? [quarter] : [],
    ...has(item => item.perYear ?? (item.window === 'year' ? 0 : undefined)) ? [nextYear(day)] : [],
  ];
}

/** Days on which years or months since a year or a day are complete and fall into another band. */
function anniversaries(standard: Standard, facts: Facts, day: Day): readonly Day[] {
  return standard.indicators.flatMap(({ scoring, derive }, slot): readonly Day[] => {
    if (derive !== undefined && 'since' in derive) return since(standard, facts, derive.since, day, [1, 2].map(year => year * (derive.in === 'years' ? 12 : 1)));
    if (scoring?.kind === 'bands' && scoring.measure !== undefined && scoring.measure !== 'value') return at(slot, edges(scoring.bands).map(edge => edge * (scoring.measure === 'years' ? 12 : 1)));
    return [];
  });
  function at(slot: number, months: readonly number[]): readonly Day[] {
    if (facts.states[slot] !== 0) return [];
    const value = facts.values[slot] ?? 0;
    return standard.indicators[slot]?.type === 'year' ? months.map(count => `${value + count / 12}-01-01`) : months.map(count => addMonths(dayFromNumber(value), count));
  }
}

/** What is made from a day or year turns on its anniversaries: the next two of them. */
function since(standard: Standard, facts: Facts, key: string, day: Day, steps: readonly number[]): readonly Day[] {
  const slot = standard.indicators.findIndex(each => each.key === key);
  if (facts.states[slot] !== 0) return [];
  if (standard.indicators[slot]?.type === 'year') return [nextYear(day), `${Number(day.slice(0, 4)) + 2}-01-01`];
  const from = dayFromNumber(facts.values[slot] ?? 0);
  const [step = 12] = steps;
  const passed = Math.max(0, (Number(day.slice(0, 4)) - Number(from.slice(0, 4))) * 12 + Number(day.slice(5, 7)) - Number(from.slice(5, 7)));
  const done = Math.floor(passed / step) * step;
  return [done, done + step, done + step * 2].map(count => addMonths(from, count));
}
