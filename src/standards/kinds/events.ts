import { monthOf } from '../calendar.ts';
import { isHeld, type EventFact, type Facts } from '../facts.ts';
import { hundredths } from '../standard.ts';
import { limits, standings } from '../trace.ts';
import type { Trace } from '../trace.ts';
import { compileItem, itemWords } from './event-item.ts';
import type { CompiledItem, EventItem } from './event-item.ts';
import { before, outdoGroups, repetitions } from './event-order.ts';
import { checkEvents } from './events-check.ts';
import type { Kind } from './kind.ts';
import { periodSums } from './period-sums.ts';

/** 记事加减: points per event of an item, within its life, its caps, and the whole's floor and cap. Clause is the deciding item under best and heaviest. */
export interface EventsRule {
  readonly kind: 'events';
  readonly start: number;
  readonly floor: number;
  readonly cap: number;
  /** Every event counts, or only the one with the most (best) or the fewest (heaviest) points; what is counted in sum stands as one event. */
  readonly pick: 'all' | 'best' | 'heaviest';
  readonly items: readonly EventItem[];
  /** Items that replace each other: of one group only the best or heaviest event, by its points after its own cap, counts in each day, month, quarter or year, or at all; of equals the earlier, of one day the item written first. Or they are capped together: what they come to in each month, quarter or year, or at all, after caps of their own. */
  readonly groups?: readonly EventGroup[];
  /** A village may add items of its own within these limits. */
  readonly local?: LocalLimits;
}

/** `cap`, as positive points: of a group that is picked together, and of no other. */
export interface EventGroup { readonly key: string; readonly pick: 'best' | 'heaviest' | 'together'; readonly per: 'day' | 'month' | 'quarter' | 'year' | 'all'; readonly cap?: number }

/** How many rewards and deductions a village may add, and the most points that one event gives; what is counted in sum gives no more in all. Larger ones, up to `withApproval`, want the township's consent; without it there are none. */
export interface LocalLimits { readonly rewards: number; readonly deductions: number; readonly largest: number; readonly withApproval?: number }

export const events: Kind<EventsRule> = {
  title: '记事加减',
  types: ['events'],
  check: checkEvents,
  parts: () => [],
  compile(rule, indicator, setting) {
    const slot = setting.slot(indicator.key);
    const groups = rule.groups ?? [];
    const items = rule.items.map(item => compileItem(item, { groups: groups.map(group => group.key), isOnly: rule.pick !== 'all' }, setting));
    const together = groups.map(group => group.pick === 'together' ? compileTogether(group) : undefined);
    const replaced = groups.some(group => group.pick !== 'together');
    const shared = new Float64Array(groups.length);   // What items give to a group that is capped at all.
    const hasRepeats = items.some(item => item.repeats.length > 0);
    const own: number[] = [];   // Places in the list of what counts.
    const amounts = new Float64Array(items.length);
    const sums = new Float64Array(items.length);
    const counts = new Uint32Array(items.length);
    const periods = periodSums();
    const [start, floor, cap] = [hundredths(rule.start), hundredths(rule.floor), hundredths(rule.cap)];
    const isOnly = rule.pick !== 'all';
    const sense = rule.pick === 'heaviest' ? -1 : 1;
    const limited = (points: number, trace: Trace): number => {
      if (points > cap) { trace.limit[slot] = (trace.limit[slot] ?? 0) | limits.cap; return cap; }
      if (points < floor) { trace.limit[slot] = (trace.limit[slot] ?? 0) | limits.floor; return floor; }
      return points;
    };
    return (facts, trace) => {
      const list = facts.events;
      let size = 0;
      for (let at = 0; at < list.length; at++) {
        const event = list[at];
        if (event === undefined || event.slot !== slot) continue;
        const item = items[event.item];
        if (item === undefined) continue;
        const standing = standingOf(event, item);
        trace.standing[at] = standing;
        trace.eventPoints[at] = 0;
        if (standing !== standings.counts) continue;
        own[size++] = at;
        if (item.repeats.length === 0) give(event, at, item, slot, facts, trace, 1);
      }
      if (size === 0) return limited(start, trace);   // Most households have nothing written down.
      if (hasRepeats) for (const [at, times] of repetitions(list, items, slot, trace)) give(list[at], at, items[list[at]?.item ?? -1], slot, facts, trace, times);
      if (replaced) outdoGroups(list, items, groups, slot, trace);
      for (let at = 0; at < items.length; at++) { amounts[at] = 0; sums[at] = 0; counts[at] = 0; }
      shared.fill(0);
      periods.clear();
      let best = -1;
      let bestPoints = 0;
      for (let n = 0; n < size; n++) {
        const at = own[n] ?? -1;
        const event = list[at];
        const item = items[event?.item ?? -1];
        if (event === undefined || item === undefined || trace.standing[at] !== standings.counts) continue;
        counts[event.item] = (counts[event.item] ?? 0) + 1;
        if (item.isSummed) { amounts[event.item] = (amounts[event.item] ?? 0) + event.amount; continue; }
        const points = trace.eventPoints[at] ?? 0;
        if (isOnly) {
          if (best < 0 || points * sense > bestPoints * sense || points === bestPoints && event.item < best) { best = event.item; bestPoints = points; }
        } else if (item.hasPeriods || together[item.group] !== undefined) periods.add(event.item, monthOf(event.day), points);
        else sums[event.item] = (sums[event.item] ?? 0) + points;
      }
      let whole = 0;
      for (let at = 0; at < items.length; at++) {
        const item = items[at];
        if (item === undefined || counts[at] === 0) continue;
        const group = together[item.group];
        if (group !== undefined && !group.isAtAll) {
          periods.join(at, items.length + item.group, item);
          if (periods.bit) trace.limit[slot] = limits.period;
          continue;
        }
        let points = sums[at] ?? 0;
        if (item.isSummed) points = item.reached(amounts[at] ?? 0);
        else if (!isOnly && (item.hasPeriods || group !== undefined)) {
          points = periods.total(at, item);
          if (periods.bit) trace.limit[slot] = limits.period;
        }
        if (Math.abs(points) > item.atAll) { points = Math.sign(points) * item.atAll; trace.limit[slot] = limits.period; }
        if (group === undefined) whole += points; else shared[item.group] = (shared[item.group] ?? 0) + points;
        if (isOnly && item.isSummed && (best < 0 || points * sense > bestPoints * sense || points === bestPoints && at < best)) { best = at; bestPoints = points; }
      }
      for (let at = 0; at < together.length; at++) {
        const group = together[at];
        if (group === undefined) continue;
        const points = group.isAtAll ? shared[at] ?? 0 : periods.total(items.length + at, group);
        const given = group.isAtAll && Math.abs(points) > group.cap ? Math.sign(points) * group.cap : points;
        if (given !== points || !group.isAtAll && periods.bit) trace.limit[slot] = limits.period;
        whole += given;
      }
      if (isOnly) {
        whole = bestPoints;
        trace.clause[slot] = best;
        if (size > 1) outdo(list, trace, slot, best, bestPoints, items[best]?.isSummed === true);
      }
      return limited(start + whole, trace);
    };
  },
  range: rule => ({ least: hundredths(rule.floor), most: hundredths(rule.cap) }),
  words: rule => rule.items.map(itemWords),
};

const compileTogether = ({ per, cap: points = 0 }: EventGroup) => {
  const cap = hundredths(points);
  return { cap, isAtAll: per === 'all', perMonth: per === 'month' ? cap : Infinity, perQuarter: per === 'quarter' ? cap : Infinity, perYear: per === 'year' ? cap : Infinity };
};

function standingOf(event: EventFact, item: CompiledItem): number {
  if (!isHeld(event, item.today)) return event.countsFrom !== undefined && event.countsFrom > item.today ? standings.untold : standings.repaired;
  if (item.isLapsed) return standings.lapsed;
  if (event.day > item.until) return standings.later;
  const isOpen = event.cured === undefined || event.cured > item.today;
  if (event.day < (isOpen ? item.sinceOpen : item.since)) return standings.ended;
  return item.namedOnly && event.shared === true ? standings.unnamed : standings.counts;
}

/** The points of one event that counts, after its own cap. What is counted in sum has none of its own. */
function give(event: EventFact | undefined, at: number, item: CompiledItem | undefined, slot: number, facts: Facts, trace: Trace, repeat: number): void {
  if (event === undefined || item === undefined || item.isSummed) return;
  const points = item.gain(event, facts, repeat);
  const isOver = Math.abs(points) > item.perEvent;
  trace.eventPoints[at] = isOver ? Math.sign(points) * item.perEvent + 0 : points;   // A cap of nought leaves no negative zero.
  if (isOver) trace.limit[slot] = limits.period;
}

/** Under best and heaviest only one event counts: of equals the first in order. */
function outdo(list: readonly EventFact[], trace: { readonly standing: Uint8Array; readonly eventPoints: Float64Array }, slot: number, best: number, bestPoints: number, isSummed: boolean): void {
  let keep = -1;
  for (let at = 0; at < list.length; at++) {
    const event = list[at];
    if (event === undefined || event.slot !== slot || trace.standing[at] !== standings.counts) continue;
    const isBest = event.item === best && (isSummed || trace.eventPoints[at] === bestPoints);
    if (isBest && isSummed) continue;
    const kept = keep < 0 ? undefined : list[keep];
    if (isBest && (kept === undefined || before(event, kept) < 0)) {
      if (keep >= 0) trace.standing[keep] = standings.outdone;
      keep = at;
    } else trace.standing[at] = standings.outdone;
  }
}
