import type { ConditionsAround } from './conditions.ts';
import { aroundOf } from './check.ts';
import { Cursor } from './cursor.ts';
import type { Fault } from './cursor.ts';
import { objectionsTo } from './lawful.ts';
import type { Objection } from './lawful.ts';
import { isSummed, itemPoints } from './kinds/event-item.ts';
import type { EventItem } from './kinds/event-item.ts';
import { checkItem, longestCaps } from './kinds/events-check.ts';
import type { EventsRule, LocalLimits } from './kinds/events.ts';
import type { Indicator, Standard } from './standard.ts';

/** 村级自设事项: what one village adds to an indicator that the county left open. */
export interface LocalItems { readonly indicator: string; readonly items: readonly EventItem[] }

export type Localised = { readonly standard: Standard } | { readonly faults: readonly Fault[] };

/** The standard as it holds in one village: its own items added where the county lets it, within the county's limits. The county's file stays as it is. */
export function withLocalItems(standard: Standard, local: unknown): Localised {
  const faults: Fault[] = [];
  const top = new Cursor(local, [], faults);
  if (top.record(['indicator', 'items']) === undefined) return { faults };
  const key = top.get('indicator').text();
  const rule = key === undefined ? undefined : openRule(standard, key);
  if (rule?.local === undefined) {
    top.get('indicator').fault(`“${key ?? ''}”没有留给村里自己定`, `可以写：${openKeys(standard).join('、')}`);
    return { faults };
  }
  const around: ConditionsAround = aroundOf(standard as unknown as Readonly<Record<string, unknown>>);
  const seen = new Set(rule.items.map(item => item.key));
  for (const item of top.get('items').list(1)) checkItem(item, around, seen, (rule.groups ?? []).map(group => group.key), longestCaps(rule.groups));
  if (faults.length > 0) return { faults };
  const { items } = local as LocalItems;   // Every member has just been checked.
  checkLimits(top.get('items'), items, rule.local);
  if (faults.length > 0) return { faults };
  const whole = { ...standard, indicators: standard.indicators.map(indicator => indicator.key === key ? { ...indicator, scoring: { ...rule, items: [...rule.items, ...items] } } : indicator) };
  return { standard: whole };
}

/** What the law has against a standard that it has not against the one it was made from. */
export function addedObjections(base: Standard, whole: Standard): readonly Objection[] {
  const known = new Set(objectionsTo(base).map(objection => objection.path));
  return objectionsTo(whole).filter(objection => !known.has(objection.path));
}

/** Whether one event of it gives more than that. */
const givesMore = (item: EventItem, most: number): boolean => itemPoints(item).some(points => Math.abs(points) > most);
/** Points for every so much have no end of their own: a cap must end them. */
const capOf = (item: EventItem): 'atAll' | 'perEvent' => isSummed(item) ? 'atAll' : 'perEvent';
const mayGiveMore = (item: EventItem, most: number): boolean => (item.each !== undefined || item.tiers !== undefined) && (item[capOf(item)] ?? Infinity) > most;

/** Items that are larger than a village may set by itself: they want the township's consent. */
export const largeItems = (standard: Standard, { indicator, items }: LocalItems): readonly EventItem[] => items.filter(item => { const most = openRule(standard, indicator)?.local?.largest ?? 0; return givesMore(item, most) || mayGiveMore(item, most); });

/** What a county leaves open, indicator by indicator. */
export const openings = (standard: Standard): readonly { readonly indicator: Indicator; readonly limits: LocalLimits }[] =>
  standard.indicators.flatMap(indicator => { const limits = openRule(standard, indicator.key)?.local; return limits === undefined ? [] : [{ indicator, limits }]; });

/** Keys of the indicators that a village may add to. */
export const openKeys = (standard: Standard): readonly string[] => standard.indicators.filter(indicator => openRule(standard, indicator.key)?.local !== undefined).map(indicator => indicator.key);

function openRule(standard: Standard, key: string): EventsRule | undefined {
  const scoring = standard.indicators.find(indicator => indicator.key === key)?.scoring;
  return scoring?.kind === 'events' ? scoring : undefined;
}

function checkLimits(place: Cursor, items: readonly EventItem[], limits: LocalLimits): void {
  const isDeduction = (item: EventItem): boolean => itemPoints(item).some(points => points < 0);
  const deductions = items.filter(isDeduction).length;
  const rewards = items.length - deductions;
  if (rewards > limits.rewards) place.fault(`加分的有 ${rewards} 项，太多`, `最多 ${limits.rewards} 项`);
  if (deductions > limits.deductions) place.fault(`减分的有 ${deductions} 项，太多`, `最多 ${limits.deductions} 项`);
  items.forEach((item, at) => {
    const own = new Cursor(item, [...place.at, at], place.faults);
    const most = limits.withApproval ?? limits.largest;
    if (givesMore(item, most)) own.fault(`“${item.label}”一次的分太多`, `每次最多 ${most} 分`);
    if (mayGiveMore(item, most)) own.fault(`“${item.label}”按数量给分，一次的分可能太多`, `写上 ${capOf(item)}，最多 ${most}`);
    for (const key of ['repeats', 'factors', 'times'] as const) if (item[key] !== undefined) own.get(key).fault('村里自己定的事项不能用倍数', '删去这一行');
  });
}
