import { monthOf } from '../calendar.ts';
import type { EventFact } from '../facts.ts';
import { standings } from '../trace.ts';
import type { Trace } from '../trace.ts';
import type { CompiledItem } from './event-item.ts';
import type { EventGroup } from './events.ts';

/** Events in an order of their own, so that the order in which they were gathered never matters. */
export const before = (a: EventFact, b: EventFact): number =>
  a.day - b.day || a.item - b.item || a.amount - b.amount || (a.level ?? -1) - (b.level ?? -1) || (a.cured ?? Infinity) - (b.cured ?? Infinity) || Number(a.shared === true) - Number(b.shared === true);

const sorted = (list: readonly EventFact[], takes: (event: EventFact, at: number) => boolean): readonly number[] =>
  list.map((_, at) => at).filter(at => { const event = list[at]; return event !== undefined && takes(event, at); }).sort((a, b) => { const [x, y] = [list[a], list[b]]; return x === undefined || y === undefined ? 0 : before(x, y); });

/** Repetition: what each event is multiplied by, by its place in the list. The last multiplier goes on. */
export function repetitions(list: readonly EventFact[], items: readonly CompiledItem[], slot: number, trace: Trace): ReadonlyMap<number, number> {
  const seen = new Map<number, number>();
  const times = new Map<number, number>();
  for (const at of sorted(list, (event, n) => event.slot === slot && trace.standing[n] === standings.counts && (items[event.item]?.repeats.length ?? 0) > 0)) {
    const item = list[at]?.item ?? -1;
    const nth = seen.get(item) ?? 0;
    const repeats = items[item]?.repeats ?? [];
    times.set(at, repeats[Math.min(nth, repeats.length - 1)] ?? 1);
    seen.set(item, nth + 1);
  }
  return times;
}

/** Items that replace each other: in each period of a group one event counts, of equals the first in order. */
export function outdoGroups(list: readonly EventFact[], items: readonly CompiledItem[], groups: readonly EventGroup[], slot: number, trace: Trace): void {
  const kept = new Map<string, number>();
  for (const at of sorted(list, (event, n) => event.slot === slot && trace.standing[n] === standings.counts && (items[event.item]?.group ?? -1) >= 0)) {
    const event = list[at];
    const which = items[event?.item ?? -1]?.group ?? -1;
    const group = groups[which];
    if (event === undefined || group === undefined || group.pick === 'together') continue;
    const period = `${which}|${periodOf(group.per, event.day)}`;
    const held = kept.get(period);
    const sense = group.pick === 'best' ? 1 : -1;
    if (held === undefined || (trace.eventPoints[at] ?? 0) * sense > (trace.eventPoints[held] ?? 0) * sense) {
      if (held !== undefined) trace.standing[held] = standings.outdone;
      kept.set(period, at);
    } else trace.standing[at] = standings.outdone;
  }
}

const periodOf = (per: EventGroup['per'], day: number): number =>
  per === 'all' ? 0 : per === 'day' ? day : Math.floor(monthOf(day) / monthsIn[per]);
const monthsIn = { month: 1, quarter: 3, year: 12 } as const;
