import { monthsBetween } from '../calendar.ts';
import type { EventFact, Facts } from '../facts.ts';
import { hundredths, pointsText, type Power } from '../standard.ts';
import { bandFactor, factorBandWords, factorScale, multiplied, tableFactor } from './factor.ts';
import type { FactorBand } from './factor.ts';
import type { Setting } from './kind.ts';
import { tiered, tierWords } from './tiers.ts';
import type { Tier } from './tiers.ts';
import { firstDayBack } from './window.ts';

/** One thing that can happen, and what it gives. */
export interface EventItem {
  readonly key: string;
  readonly label: string;
  readonly points: number;
  /** Points by level instead of `points`: an award of the village, the township, the county … */
  readonly levels?: readonly EventLevel[];
  /** Points for every so much of the amount; with `sum`, over all events together, so three times three hours make nine. */
  readonly each?: { readonly amount: number; readonly unit: string; readonly sum: boolean };
  /** Points by the amount reached in sum, instead of `each`: the highest rung reached counts. */
  readonly ladder?: { readonly unit: string; readonly rungs: readonly { readonly atLeast: number; readonly points: number }[] };
  /** Points for consecutive ranges of the sum, instead of `each`. */
  readonly tiers?: { readonly unit: string; readonly ranges: readonly Tier[] };
  /** Once for each of so many, as a yard check counts for every member of the family; not knowing how many counts as `missing`, less than none as none. */
  readonly times?: { readonly indicator: string; readonly missing: number };
  readonly factors?: readonly EventFactor[];
  /**
   * Multipliers of the first, the second, the third … while the earlier ones still count; the last goes on. [1, 2] doubles a repetition.
   * Earlier is by day; of one day the smaller amount, then the level written first. What is cured, or replaced in its group, was still an earlier one.
   */
  readonly repeats?: readonly number[];
  /** An award to a group counts only for the one it names. */
  readonly namedOnly?: boolean;
  /** Points from the day it was put right, instead of all above, multipliers too. */
  readonly cured?: number;
  /** Items of one group replace each other: see the rule's `groups`. */
  readonly group?: string;
  /** Caps on the size of what one event (after all its multipliers, rounded once), month, quarter, year or the item gives, as positive points. Where only one event of the rule counts, all of them cap it. */
  readonly perEvent?: number;
  readonly perMonth?: number;
  readonly perQuarter?: number;
  readonly perYear?: number;
  readonly atAll?: number;
  /** Counts only in the calendar year of the rating, or in that of the round, which is then the year its standard is written for (`rounds/open.ts` sees to it). */
  readonly window?: 'year' | 'round';
  /** What happened before its window counts too until it is put right, never longer than its life. */
  readonly untilCured?: boolean;
  /** An event counts from its day until the same date so many months later, that date not included. */
  readonly lifeMonths: number;
  readonly legalBasis?: readonly string[];
  /** What shows that it happened: told to whoever writes it down. */
  readonly proof?: string;
  /** Whether a household can set out to do it, or to put it right. */
  readonly withinPower?: Power;
}

export interface EventLevel { readonly key: string; readonly label: string; readonly points: number }

/** A table over the event itself: its level, its amount (1 when none is told), or whole years or months since it happened or since it was cured (`open`: not yet). */
export type EventFactor =
  | { readonly by: 'level'; readonly levels: Readonly<Record<string, number>> }
  | { readonly by: 'amount'; readonly unit: string; readonly bands: readonly FactorBand[] }
  | { readonly by: 'years' | 'months'; readonly bands: readonly FactorBand[] }
  | { readonly by: 'yearsSinceCured'; readonly open: number; readonly bands: readonly FactorBand[] };

export const eventFactors = ['level', 'amount', 'years', 'months', 'yearsSinceCured'] as const;
export const itemCaps = ['perEvent', 'perMonth', 'perQuarter', 'perYear', 'atAll'] as const;

/** Whether its points come from the sum of all its events, so that no single one has points. */
export const isSummed = (item: EventItem): boolean => item.ladder !== undefined || item.tiers !== undefined || item.each?.sum === true;

/** Every amount of points an item can give for one event or rung, before multipliers. */
export const itemPoints = (item: EventItem): readonly number[] => [
  ...item.levels?.map(level => level.points) ?? item.ladder?.rungs.map(rung => rung.points) ?? item.tiers?.ranges.map(range => range.points) ?? [item.points],
  ...item.cured === undefined ? [] : [item.cured],
];

export interface CompiledItem {
  /** Hundredths for one event that is multiplied by `repeat`, before its cap. */
  readonly gain: (event: EventFact, facts: Facts, repeat: number) => number;
  /** Hundredths for the sum of amounts. */
  readonly reached: (amount: number) => number;
  readonly isSummed: boolean;
  readonly isLapsed: boolean;
  readonly namedOnly: boolean;
  /** First and last day that count, and the first while it is not cured by today. */
  readonly today: number;
  readonly since: number;
  readonly until: number;
  readonly sinceOpen: number;
  /** Empty when repetition changes nothing. */
  readonly repeats: readonly number[];
  readonly group: number;
  readonly hasPeriods: boolean;
  readonly perEvent: number; readonly perMonth: number; readonly perQuarter: number; readonly perYear: number; readonly atAll: number;
}

/** `isOnly`: one event of the whole rule counts, so that it is all its month, quarter, year and item have. */
export function compileItem(item: EventItem, { groups, isOnly }: { readonly groups: readonly string[]; readonly isOnly: boolean }, setting: Setting): CompiledItem {
  const cap = (points: number | undefined): number => points === undefined ? Infinity : hundredths(points);
  const today = setting.dayNumber;
  const alive = firstDayBack(item.lifeMonths, today);
  const begins = item.window === undefined ? alive : Math.max(alive, item.window === 'year' ? setting.yearStart : setting.round.from);
  return {
    gain: gainOf(item, setting), reached: reachedBy(item), isSummed: isSummed(item),
    isLapsed: setting.isLapsed(item.legalBasis), namedOnly: item.namedOnly === true,
    today, since: begins, until: item.window === 'round' ? Math.min(today, setting.round.to) : today, sinceOpen: item.untilCured === true ? alive : begins,
    repeats: item.repeats ?? [],
    group: item.group === undefined ? -1 : groups.indexOf(item.group),
    hasPeriods: item.perMonth !== undefined || item.perQuarter !== undefined || item.perYear !== undefined,
    perEvent: isOnly ? Math.min(...itemCaps.map(each => cap(item[each]))) : cap(item.perEvent), perMonth: cap(item.perMonth), perQuarter: cap(item.perQuarter), perYear: cap(item.perYear), atAll: cap(item.atAll),
  };
}

function gainOf(item: EventItem, setting: Setting): CompiledItem['gain'] {
  const points = hundredths(item.points);
  const each = item.each === undefined ? 0 : Math.round(item.each.amount * 100);
  const levels = item.levels?.map(level => hundredths(level.points));
  const plain = (event: EventFact): number => levels !== undefined ? levels[event.level ?? -1] ?? 0 : each === 0 ? points : Math.floor(event.amount / each) * points;
  const { times } = item;
  const slot = times === undefined ? -1 : setting.slot(times.indicator);
  const counted = (facts: Facts): number => times === undefined ? 1 : facts.states[slot] === 0 ? Math.max(0, facts.values[slot] ?? 0) : times.missing;
  const tables = (item.factors ?? []).map(factor => eventFactor(item, factor, setting.dayNumber));
  const cured = item.cured === undefined ? undefined : hundredths(item.cured);
  return (event, facts, repeat) => {
    if (cured !== undefined && event.cured !== undefined && event.cured <= setting.dayNumber) return cured;
    const gained = plain(event) * counted(facts) * repeat + 0;   // Never a negative zero.
    return tables.length === 0 ? gained : multiplied(gained, tables.map(table => table(event)), setting.rounding);
  };
}

function eventFactor(item: EventItem, factor: EventFactor, today: number): (event: EventFact) => number {
  if (factor.by === 'level') {
    const times = tableFactor((item.levels ?? []).map(level => level.key), factor.levels);
    return event => times(event.level ?? -1);
  }
  if (factor.by === 'amount') { const times = bandFactor(factor.bands, 100); return event => times(event.amount); }
  const times = bandFactor(factor.bands, 1);
  if (factor.by === 'yearsSinceCured') {
    const open = Math.round(factor.open * factorScale);
    return event => event.cured === undefined || event.cured > today ? open : times(Math.floor(monthsBetween(event.cured, today) / 12));
  }
  return factor.by === 'years' ? event => times(Math.floor(monthsBetween(event.day, today) / 12)) : event => times(monthsBetween(event.day, today));
}

function reachedBy(item: EventItem): (amount: number) => number {
  if (item.tiers !== undefined) return tiered(item.tiers.ranges, 100);
  const rungs = (item.ladder?.rungs ?? []).map(rung => ({ from: Math.round(rung.atLeast * 100), points: hundredths(rung.points) })).sort((a, b) => b.from - a.from);
  if (item.ladder !== undefined) return amount => rungs.find(rung => amount >= rung.from)?.points ?? 0;
  const [each, points] = [Math.round((item.each?.amount ?? 1) * 100), hundredths(item.points)];
  return amount => Math.floor(amount / each) * points;
}

const windowWords = { year: '只算当年的', round: '只算本批次期间的' } as const;
const factorTitles: Readonly<Record<EventFactor['by'], string>> = { level: '按级别', amount: '按数量', years: '按过了几年', months: '按过了几个月', yearsSinceCured: '按改正后过了几年' };

/** 「义务劳动：每 4 小时加 1 分，12 个月内有效」. */
export function itemWords(item: EventItem): string {
  const tell = (points: number): string => `${points < 0 ? '减' : '加'} ${pointsText(hundredths(Math.abs(points)))} 分`;
  const size = (points: number): string => pointsText(hundredths(Math.abs(points)));
  const parts = [gainWords(item, tell)];
  if (item.times !== undefined) parts.push('按人数算');
  for (const factor of item.factors ?? []) parts.push(`${factorTitles[factor.by]}：${factorTable(item, factor)}`);
  if (item.repeats !== undefined) parts.push(`前面的还在算时，再有一次，依次乘 ${item.repeats.join('、')}`);
  if (item.namedOnly === true) parts.push('集体的奖只算写明姓名的人');
  if (item.cured !== undefined) parts.push(item.cured === 0 ? '改正以后不再算' : `改正以后${tell(item.cured)}`);
  for (const [key, word] of [['perEvent', '每次'], ['perMonth', '每月'], ['perQuarter', '每季度'], ['perYear', '每年'], ['atAll', '一共']] as const) {
    const cap = item[key];
    if (cap !== undefined) parts.push(`${word}最多 ${size(cap)} 分`);
  }
  if (item.proof !== undefined) parts.push(`凭${item.proof}`);
  if (item.window !== undefined) parts.push(`${windowWords[item.window]}${item.untilCured === true ? '，没改正的接着算' : ''}`);
  return [`${item.label}：${parts.join('，')}`, item.window === undefined ? `${item.lifeMonths} 个月内有效` : `最长 ${item.lifeMonths} 个月`].join('，');
}

function gainWords(item: EventItem, tell: (points: number) => string): string {
  if (item.levels !== undefined) return item.levels.map(level => `${level.label}${tell(level.points)}`).join('，');
  if (item.ladder !== undefined) return item.ladder.rungs.map(rung => `满 ${rung.atLeast} ${item.ladder?.unit ?? ''}${tell(rung.points)}`).join('，');
  if (item.tiers !== undefined) return tierWords(item.tiers.ranges, item.tiers.unit);
  return item.each === undefined ? `每次${tell(item.points)}` : `${item.each.sum ? '累计' : '每次'}每 ${item.each.amount} ${item.each.unit}${tell(item.points)}`;
}

function factorTable(item: EventItem, factor: EventFactor): string {
  if (factor.by === 'level') return Object.entries(factor.levels).map(([key, times]) => `${item.levels?.find(level => level.key === key)?.label ?? key}乘 ${times}`).join('，');
  const unit = factor.by === 'amount' ? ` ${factor.unit}` : factor.by === 'months' ? ' 个月' : ' 年';
  return [factorBandWords(factor.bands, unit), ...factor.by === 'yearsSinceCured' ? [`还没改正乘 ${factor.open}`] : []].join('，');
}
