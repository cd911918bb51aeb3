import { addMonths, dayFromNumber, dayNumber } from '../../kit/time.ts';
import { monthOf } from '../calendar.ts';
import type { EventFact } from '../facts.ts';
import { hundredths, pointsText } from '../standard.ts';
import { limits, standings } from '../trace.ts';
import { checkEvents } from './events-check.ts';
import type { Kind, Setting } from './kind.ts';
import { periodSums } from './period-sums.ts';

/** 记事加减: points per event of an item, within its life, its caps, and the whole's floor and cap. Clause is the deciding item under best and heaviest. */
export interface EventsRule {
  readonly kind: 'events';
  readonly start: number;
  readonly floor: number;
  readonly cap: number;
  /** Every event counts, or only the one with the most (best) or the fewest (heaviest) points. */
  readonly pick: 'all' | 'best' | 'heaviest';
  readonly items: readonly EventItem[];
}

export interface EventItem {
  readonly key: string;
  readonly label: string;
  readonly points: number;
  /** Points for every so much of the amount; with `sum`, over all events together, so three times three hours make nine. */
  readonly each?: { readonly amount: number; readonly unit: string; readonly sum: boolean };
  /** Points by the amount reached in sum, instead of `each`: the highest rung reached counts. */
  readonly ladder?: { readonly unit: string; readonly rungs: readonly { readonly atLeast: number; readonly points: number }[] };
  /** Points for consecutive ranges of the sum, instead of `each`: 1 for every 100 up to 1,000, then 1 for every 400 up to 5,000 … Only whole steps within each range count. */
  readonly tiers?: { readonly unit: string; readonly ranges: readonly Tier[] };
  /** Caps on the size of what one event, month, quarter, year or the item gives, as positive points. */
  readonly perEvent?: number;
  readonly perMonth?: number;
  readonly perQuarter?: number;
  readonly perYear?: number;
  readonly atAll?: number;
  /** An event counts from its day until the same date so many months later, that date not included. */
  readonly lifeMonths: number;
  readonly legalBasis?: readonly string[];
}

/** One range of `tiers`; the last may have no end. */
export interface Tier { readonly upTo?: number; readonly every: number; readonly points: number }

export const events: Kind<EventsRule> = {
  title: '记事加减',
  types: ['events'],
  check: checkEvents,
  parts: () => [],
  compile(rule, indicator, setting) {
    const slot = setting.slot(indicator.key);
    const items = rule.items.map(item => compiled(item, setting));
    const amounts = new Float64Array(items.length);
    const sums = new Float64Array(items.length);
    const counts = new Uint32Array(items.length);
    const periods = periodSums();
    const [start, floor, cap] = [hundredths(rule.start), hundredths(rule.floor), hundredths(rule.cap)];
    const { dayNumber: today } = setting;
    const sense = rule.pick === 'heaviest' ? -1 : 1;
    return (facts, trace) => {
      const list = facts.events;
      amounts.fill(0); sums.fill(0); counts.fill(0); periods.clear();
      let best = -1;
      let bestPoints = 0;
      for (let at = 0; at < list.length; at++) {
        const event = list[at];
        if (event === undefined || event.slot !== slot) continue;
        const item = items[event.item];
        if (item === undefined) continue;
        trace.eventPoints[at] = 0;
        if (item.isLapsed) { trace.standing[at] = standings.lapsed; continue; }
        if (event.day > today) { trace.standing[at] = standings.later; continue; }
        if (event.day < item.since) { trace.standing[at] = standings.ended; continue; }
        trace.standing[at] = standings.counts;
        counts[event.item] = (counts[event.item] ?? 0) + 1;
        if (item.isSummed) { amounts[event.item] = (amounts[event.item] ?? 0) + event.amount; continue; }
        let points = item.each === 0 ? item.points : Math.floor(event.amount / item.each) * item.points;
        if (points > item.perEvent) { points = item.perEvent; trace.limit[slot] = limits.period; }
        if (points < -item.perEvent) { points = -item.perEvent; trace.limit[slot] = limits.period; }
        trace.eventPoints[at] = points;
        if (rule.pick !== 'all') {
          if (best < 0 || points * sense > bestPoints * sense || points === bestPoints && event.item < best) { best = event.item; bestPoints = points; }
        } else if (item.hasPeriods) periods.add(event.item, monthOf(event.day), points);
        else sums[event.item] = (sums[event.item] ?? 0) + points;
      }
      let whole = 0;
      for (let at = 0; at < items.length; at++) {
        const item = items[at];
        if (item === undefined || (counts[at] ?? 0) === 0) continue;
        let points = sums[at] ?? 0;
        if (item.isSummed) points = item.reached(amounts[at] ?? 0);
        else if (rule.pick === 'all' && item.hasPeriods) {
          points = periods.total(at, item);
          if (periods.bit) trace.limit[slot] = limits.period;
        }
        if (points > item.atAll) { points = item.atAll; trace.limit[slot] = limits.period; }
        if (points < -item.atAll) { points = -item.atAll; trace.limit[slot] = limits.period; }
        whole += points;
        if (rule.pick !== 'all' && item.isSummed && (best < 0 || points * sense > bestPoints * sense || points === bestPoints && at < best)) { best = at; bestPoints = points; }
      }
      if (rule.pick !== 'all') {
        whole = bestPoints;
        trace.clause[slot] = best;
        outdo(list, trace, slot, best, bestPoints, items[best]?.isSummed === true);
      }
      const points = start + whole;
      if (points > cap) { trace.limit[slot] = (trace.limit[slot] ?? 0) | limits.cap; return cap; }
      if (points < floor) { trace.limit[slot] = (trace.limit[slot] ?? 0) | limits.floor; return floor; }
      return points;
    };
  },
  range: rule => ({ least: hundredths(rule.floor), most: hundredths(rule.cap) }),
  words: rule => rule.items.map(item => itemWords(item)),
};

interface CompiledItem {
  readonly points: number; readonly each: number; readonly isSummed: boolean; readonly reached: (amount: number) => number;
  readonly since: number; readonly isLapsed: boolean; readonly hasPeriods: boolean;
  readonly perEvent: number; readonly perMonth: number; readonly perQuarter: number; readonly perYear: number; readonly atAll: number;
}

function compiled(item: EventItem, setting: Setting): CompiledItem {
  const points = hundredths(item.points);
  const each = item.each === undefined ? 0 : Math.round(item.each.amount * 100);
  const rungs = (item.ladder?.rungs ?? []).map(rung => ({ from: Math.round(rung.atLeast * 100), points: hundredths(rung.points) })).sort((a, b) => b.from - a.from);
  const cap = (points: number | undefined): number => points === undefined ? Infinity : hundredths(points);
  return {
    points, each, isSummed: item.ladder !== undefined || item.tiers !== undefined || item.each?.sum === true,
    reached: item.ladder !== undefined ? amount => rungs.find(rung => amount >= rung.from)?.points ?? 0 : item.tiers !== undefined ? tiered(item.tiers.ranges) : amount => Math.floor(amount / each) * points,
    since: firstLiving(item.lifeMonths, setting.dayNumber), isLapsed: setting.isLapsed(item.legalBasis),
    hasPeriods: item.perMonth !== undefined || item.perQuarter !== undefined || item.perYear !== undefined,
    perEvent: cap(item.perEvent), perMonth: cap(item.perMonth), perQuarter: cap(item.perQuarter), perYear: cap(item.perYear), atAll: cap(item.atAll),
  };
}

function tiered(ranges: readonly Tier[]): (amount: number) => number {
  const steps = ranges.map((range, at) => ({ from: at === 0 ? 0 : Math.round((ranges[at - 1]?.upTo ?? 0) * 100), to: range.upTo === undefined ? Infinity : Math.round(range.upTo * 100), every: Math.round(range.every * 100), points: hundredths(range.points) }));
  return amount => steps.reduce((sum, step) => amount <= step.from ? sum : sum + Math.floor((Math.min(amount, step.to) - step.from) / step.every) * step.points, 0);
}

/** The earliest day whose event still lives on `today`: found once, so that scoring compares day numbers only. */
function firstLiving(lifeMonths: number, today: number): number {
  let day = dayNumber(addMonths(dayFromNumber(today), -lifeMonths)) - 3;   // Short months move the date by three days at most.
  while (dayNumber(addMonths(dayFromNumber(day), lifeMonths)) <= today) day++;
  return day;
}

/** Under best and heaviest only one event counts: of equals the first by day and then amount, so that the order of the list never matters. */
function outdo(list: readonly EventFact[], trace: { readonly standing: Uint8Array; readonly eventPoints: Float64Array }, slot: number, best: number, bestPoints: number, isSummed: boolean): void {
  let keep = -1;
  for (let at = 0; at < list.length; at++) {
    const event = list[at];
    if (event === undefined || event.slot !== slot || trace.standing[at] !== standings.counts) continue;
    const isBest = event.item === best && (isSummed || trace.eventPoints[at] === bestPoints);
    if (isBest && isSummed) continue;
    const kept = list[keep];
    if (isBest && (kept === undefined || event.day < kept.day || event.day === kept.day && event.amount < kept.amount)) {
      if (keep >= 0) trace.standing[keep] = standings.outdone;
      keep = at;
    } else trace.standing[at] = standings.outdone;
  }
}

/** 「义务劳动：每 4 小时加 1 分，12 个月内有效」. */
export function itemWords(item: EventItem): string {
  const size = (points: number): string => pointsText(hundredths(Math.abs(points)));
  const way = item.points < 0 ? '减' : '加';
  const rungs = (item.ladder?.rungs ?? []).map(rung => `满 ${rung.atLeast} ${item.ladder?.unit ?? ''}${rung.points < 0 ? '减' : '加'} ${size(rung.points)} 分`).join('，');
  const tiers = (item.tiers?.ranges ?? []).map(range => `${range.upTo === undefined ? '再往上' : `到 ${range.upTo} ${item.tiers?.unit ?? ''}`}每 ${range.every} ${item.tiers?.unit ?? ''}${way} ${size(range.points)} 分`).join('，');
  const gain = item.ladder !== undefined ? rungs : item.tiers !== undefined ? tiers : item.each === undefined ? `每次${way} ${size(item.points)} 分` : `${item.each.sum ? '累计' : '每次'}每 ${item.each.amount} ${item.each.unit}${way} ${size(item.points)} 分`;
  const caps = ([['perEvent', '每次'], ['perMonth', '每月'], ['perQuarter', '每季度'], ['perYear', '每年'], ['atAll', '一共']] as const)
    .flatMap(([key, word]) => { const cap = item[key]; return cap === undefined ? [] : [`${word}最多 ${size(cap)} 分`]; });
  return [`${item.label}：${gain}`, ...caps, `${item.lifeMonths} 个月内有效`].join('，');
}
