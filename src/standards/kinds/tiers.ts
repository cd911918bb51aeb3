import type { Cursor } from '../cursor.ts';
import { hundredths, pointsText } from '../standard.ts';
import { limits } from '../trace.ts';
import { scaleOf } from '../values.ts';
import type { Kind } from './kind.ts';

/** One range; the last may have no end. Only whole steps within each range count. */
export interface Tier { readonly upTo?: number; readonly every: number; readonly points: number }

/** 分段累计: points for consecutive ranges of a number: 1 for every 100 up to 1,000, then 1 for every 400 up to 5,000 … */
export interface TiersRule {
  readonly kind: 'tiers';
  readonly start: number;
  readonly ranges: readonly Tier[];
  readonly floor: number;
  readonly cap: number;
}

export const tiers: Kind<TiersRule> = {
  title: '分段累计',
  types: ['whole', 'money'],
  check(rule, around) {
    rule.record(['kind', 'start', 'ranges', 'floor', 'cap']);
    const [start, floor, cap] = [rule.get('start').points(), rule.get('floor').points(), rule.get('cap').points()];
    if (start !== undefined && floor !== undefined && cap !== undefined && !(floor <= start && start <= cap)) rule.get('start').fault('起始分不在保底和封顶之间', '让 floor ≤ start ≤ cap');
    checkTiers(rule.get('ranges'), around.type === 'money' ? 2 : 0);
  },
  parts: () => [],
  compile(rule, indicator, setting) {
    const slot = setting.slot(indicator.key);
    const gained = tiered(rule.ranges, scaleOf(indicator.type));
    const [start, floor, cap] = [hundredths(rule.start), hundredths(rule.floor), hundredths(rule.cap)];
    return (facts, trace) => {
      const points = start + gained(facts.values[slot] ?? 0);
      trace.clause[slot] = 0;
      if (points > cap) { trace.limit[slot] = limits.cap; return cap; }
      if (points < floor) { trace.limit[slot] = limits.floor; return floor; }
      return points;
    };
  },
  range: rule => ({ least: hundredths(rule.floor), most: hundredths(rule.cap) }),
  words: (rule, indicator) => [`从 ${pointsText(hundredths(rule.start))} 分起，${tierWords(rule.ranges, indicator.unit ?? (indicator.type === 'money' ? '元' : ''))}，最少 ${pointsText(hundredths(rule.floor))} 分，最多 ${pointsText(hundredths(rule.cap))} 分`],
};

/** Hundredths of points for an amount of which `scale` integers make one written unit; nothing below zero. */
export function tiered(ranges: readonly Tier[], scale: number): (amount: number) => number {
  const whole = (written: number): number => Math.round(written * scale);
  const steps = ranges.map((range, at) => ({ from: at === 0 ? 0 : whole(ranges[at - 1]?.upTo ?? 0), to: range.upTo === undefined ? Infinity : whole(range.upTo), every: whole(range.every), points: hundredths(range.points) }));
  return amount => {
    let sum = 0;
    for (const step of steps) if (amount > step.from) sum += Math.floor((Math.min(amount, step.to) - step.from) / step.every) * step.points;
    return sum;
  };
}

/** Ranges follow one another; only the last may be without end. */
export function checkTiers(place: Cursor, places: number): void {
  const ranges = place.list(1);
  const least = places === 0 ? 1 : 0.01;
  let before = 0;
  ranges.forEach((range, at) => {
    range.record(['every', 'points'], ['upTo']);
    range.get('every').number({ least, most: 1e7, places });
    range.get('points').points();
    const upTo = range.get('upTo').number({ least, most: 1e7, places });
    if (upTo === undefined && range.get('upTo').isAbsent && at < ranges.length - 1) range.fault('只有最后一段可以没有终点', '写上 upTo');
    if (upTo !== undefined && upTo <= before) range.get('upTo').fault('这一段的终点不比前一段大', `要大于 ${before}`);
    before = upTo ?? before;
  });
}

export const tierWords = (ranges: readonly Tier[], unit: string): string => ranges.map(range =>
  `${range.upTo === undefined ? '再往上' : `到 ${range.upTo} ${unit}`}每 ${range.every} ${unit}${range.points < 0 ? '减' : '加'} ${pointsText(hundredths(Math.abs(range.points)))} 分`).join('，');
