import { spanOf, type Span } from '../../standards/bounds.ts';
import type { Scorer } from '../../standards/compile.ts';
import { itemsOf, type Facts } from '../../standards/facts.ts';
import { isSummed, type EventItem } from '../../standards/kinds/event-item.ts';
import { hundredths, missingStates, states, type Indicator, type Option, type Power, type Standard } from '../../standards/standard.ts';
import { limits, standings, type Trace } from '../../standards/trace.ts';
import { changed, efforts, type Step } from './change.ts';
import { edgesOf } from './edges.ts';
import { isCurable, isGood, isMoney, powerOf, unitOf } from './power.ts';
import { looksAtPoints } from '../../standards/conditions.ts';
import { watchedIn } from './watched.ts';

/** What can be done about one fact or one item: one of these, easiest first. */
export interface Family {
  readonly steps: readonly Step[];
  /** Doing more of it never harms, so that where the last step does not reach, no other does. */
  readonly isRising: boolean;
}

/** Where one stands on a day, from which every change starts. */
export interface Standpoint { readonly standard: Standard; readonly facts: Facts; readonly scorer: Scorer; readonly day: number }
/** What was found there before anything changes; the engine's own trace is overwritten by every scoring. */
interface Before extends Standpoint { readonly points: Float64Array; readonly limit: Uint8Array; readonly standing: Uint8Array }

/** Nobody is asked for more than this in one go: single deeds, and whole units of hours. */
const mostDeeds = 6;
const mostUnits = 20;
/** A season's worth of evenings and Sundays. */
const mostHours = 60;

/** Every change within the household's own power that changes anything at all, by fact and item. */
export function familiesAt(at: Standpoint): readonly Family[] {
  const { standard } = at;
  const { points, limit, standing } = at.scorer.score(at.facts);
  const from: Before = { ...at, points: points.slice(), limit: limit.slice(), standing: standing.slice() };
  const watched = watchedIn(standard);
  const isRisingTable = isRising(standard);
  return standard.indicators.flatMap((indicator, slot): readonly Family[] => {
    // What something else looks at may help without points of its own, and a floor may hide what a second step would show.
    const isOpaque = watched.has(indicator.key) || ((from.limit[slot] ?? 0) & limits.floor) !== 0;
    const gain = (step: Step): number => (at.scorer.score(changed(at.facts, [step], at.day)).points[slot] ?? 0) - (from.points[slot] ?? 0);
    const worthwhile = (steps: readonly Step[]): readonly Step[] => isOpaque ? steps : steps.filter(step => gain(step) > 0);
    if (indicator.type !== 'events') return alone(worthwhile(answersOf(from, indicator, slot)));
    const deeds = itemsOf(indicator).flatMap((item, n) => {
      const steps = deedsOf(from, indicator, { slot, at: n, item });
      return alone(isOpaque ? steps : untilCapped(steps, gain), isRisingTable && !watched.has(indicator.key) && (item.levels === undefined || !isOpaque) && risesBy(indicator, item));
    });
    return [...deeds, ...worthwhile(curesOf(from, indicator, slot)).flatMap(step => alone([step]))];
  });
}

const alone = (steps: readonly Step[], isRising = false): readonly Family[] => steps.length === 0 ? [] : [{ steps, isRising }];

/** More of the same only as long as it brings more: beyond a cap nothing is asked for. */
function untilCapped(steps: readonly Step[], gain: (step: Step) => number): readonly Step[] {
  const more: Step[] = [];
  let before = 0;
  for (const step of steps) {
    const brings = gain(step);
    if (brings > before) { more.push(step); before = brings; }
    else if (step.kind === 'deed' && step.level === undefined) break;
  }
  return more;
}

interface Deed { readonly slot: number; readonly at: number; readonly item: EventItem }

function deedsOf(from: Before, indicator: Indicator, { slot, at, item }: Deed): Step[] {
  const power = powerOf(indicator, item);
  if (power === 'never' || !isGood(item)) return [];
  const deed = (amount: number, times: number, weight: number, level?: number): Step => ({
    kind: 'deed', slot, item: at, amount, times, ...level === undefined ? {} : { level }, effort: weight * efforts.deed, isSlow: power === 'slow', isMoney: isMoney(item),
  });
  if (item.levels !== undefined) return item.levels.map((_, level) => deed(100, 1, level + 1, level));
  if (isSummed(item)) { const done = sumOf(from, slot, at); return nextSums(item, done).filter(sum => unitOf(item) !== '小时' || sum - done <= mostHours * 100).map((sum, n) => deed(sum - done, 1, n + 1)); }
  if (item.each !== undefined) { const each = Math.round(item.each.amount * 100); return shares(item).map(({ units, times }) => deed(each * units, times, units * times)); }
  return upTo(power === 'slow' ? 1 : mostDeeds).map(n => deed(100, n, n));
}

/** So many units in all as the fewest equal events that its cap lets count in full. What no such events add up to, the next number does. */
function shares({ points, perEvent }: EventItem): readonly { readonly units: number; readonly times: number }[] {
  const most = perEvent === undefined || points === 0 ? mostUnits : Math.ceil(perEvent / Math.abs(points));
  return upTo(mostUnits).flatMap(sum => { const times = upTo(mostDeeds).find(n => sum % n === 0 && sum / n <= most); return times === undefined ? [] : [{ units: sum / times, times }]; });
}

const upTo = (most: number): readonly number[] => Array.from({ length: most }, (_, n) => n + 1);

/** What is already there of an item counted in sum. */
function sumOf({ facts, standing }: Before, slot: number, item: number): number {
  return facts.events.reduce((sum, event, at) => event.slot === slot && event.item === item && standing[at] === standings.counts ? sum + event.amount : sum, 0);
}

/** The next sums, in hundredths of the unit, at which an item gives more. */
function nextSums(item: EventItem, done: number): readonly number[] {
  if (item.ladder !== undefined) return item.ladder.rungs.map(rung => Math.round(rung.atLeast * 100)).filter(rung => rung > done).sort((a, b) => a - b);
  if (item.each !== undefined) { const each = Math.round(item.each.amount * 100); return upTo(mostUnits).map(n => (Math.floor(done / each) + n) * each); }
  let from = 0;
  return (item.tiers?.ranges ?? []).flatMap(range => {
    const [start, every] = [from, Math.round(range.every * 100)];
    from = range.upTo === undefined ? Infinity : Math.round(range.upTo * 100);
    const passed = Math.max(0, Math.floor((done - start) / every));
    return upTo(mostUnits).map(n => start + (passed + n) * every).filter(sum => sum > done && sum <= from);
  }).slice(0, mostUnits);
}

function curesOf({ facts, standing, day }: Before, indicator: Indicator, slot: number): Step[] {
  return facts.events.flatMap((event, at): Step[] => {
    const item = itemsOf(indicator)[event.item];
    if (event.slot !== slot || item === undefined || standing[at] !== standings.counts || event.cured !== undefined && event.cured <= day) return [];
    const power = powerOf(indicator, item);
    return isCurable(item) && power !== 'never' ? [{ kind: 'cure', slot, at, effort: efforts.cure, isSlow: power === 'slow', isMoney: false }] : [];
  });
}

function answersOf(from: Before, indicator: Indicator, slot: number): Step[] {
  const state = from.facts.states[slot] ?? states.notAsked;
  if (indicator.derive !== undefined || indicator.type === 'derived') return [];
  // Who would rather not say is never pressed, and who has no dealings need not begin any.
  const isFirst = state !== states.known;
  if (isFirst && (missingStates[state - 1] === 'refused' || missingStates[state - 1] === 'noDealings')) return [];
  const step = (value: number, weight: number, option?: Option): Step[] => {
    const power = isFirst ? firstPower(indicator) : powerOf(indicator, option);
    return power === 'never' ? [] : [{ kind: 'answer', slot, value, isFirst, effort: isFirst ? efforts.firstAnswer : efforts.answer + weight, isSlow: power === 'slow', isMoney: option !== undefined && isMoney(option) }];
  };
  const now = isFirst ? -1 : from.facts.values[slot] ?? -1;
  switch (indicator.type) {
    case 'flag': return [1, 0].filter(value => value !== now).flatMap(value => step(value, 0));
    case 'choice': return (indicator.options ?? []).flatMap((option, value) => value === now ? [] : step(value, value, option));
    default: return edgesOf(from, slot).flatMap((value, n) => step(value, n));
  }
}

/** Telling what nobody asked is in everybody's power at once, unless it is the bank's or a bureau's to tell, or too close to ask twice. */
const firstPower = (indicator: Indicator): Power => indicator.withinPower !== undefined ? powerOf(indicator)
  : indicator.sensitivity === 'ordinary' && ['grid', 'self', 'village'].includes(indicator.source) && ['flag', 'choice'].includes(indicator.type) ? 'now' : 'never';

/** More points never lead to a worse grade: no conditions of its own on any grade, no gap between them. */
function isRising(standard: Standard): boolean {
  const plain = standard.grades.map(grade => spanOf(grade, 100));
  const tables: (readonly Span[])[] = [plain, ...(standard.types ?? []).map(type => standard.grades.map((grade, at) => type.bounds?.[grade.code] === undefined ? plain[at] ?? { from: 0, to: 0 } : spanOf(type.bounds[grade.code] ?? {}, 100)))];
  const cap = standard.total?.cap === undefined ? Infinity : hundredths(standard.total.cap);
  return standard.grades.every(grade => (grade.requires ?? []).length === 0) && standard.preconditions.every(each => !looksAtPoints(each.holds))
    && tables.every(spans => spans.every((span, at) => at === 0 ? span.to >= cap : span.to + 1 >= (spans[at - 1]?.from ?? Infinity)));
}

/** Whether one more event of an item can never lessen what its indicator gives. */
const risesBy = ({ scoring }: Indicator, item: EventItem): boolean => scoring?.kind === 'events' && scoring.pick !== 'heaviest' && item.repeats === undefined
  && (item.group === undefined || scoring.groups?.find(group => group.key === item.group)?.pick !== 'heaviest');

/** Whether a trace is a whole rating with a better grade than before (best 0, none -1). */
export const isBetter = (trace: Trace, than: number): boolean => trace.asks === 0 && trace.grade >= 0 && (than < 0 || trace.grade < than);
