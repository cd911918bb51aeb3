import type { ConditionsAround } from './conditions.ts';
import { aroundOf } from './check.ts';
import { Cursor } from './cursor.ts';
import type { Fault } from './cursor.ts';
import { objectionsTo } from './lawful.ts';
import type { Objection } from './lawful.ts';
import { isSummed, itemPoints } from './kinds/event-item.ts';
import type { EventItem } from './kinds/event-item.ts';
import { checkItem } from './kinds/events-check.ts';
import type { EventsRule, LocalLimits } from './kinds/events.ts';
import type { Standard } from './standard.ts';

/** 村级自设事项: what one village adds to an indicator that the county left open. */
export interface LocalItems { readonly indicator: string; readonly items: readonly EventItem[] }

export type Localised = { readonly standard: Standard; readonly objections: readonly Objection[] } | { readonly faults: readonly Fault[] };

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
  for (const item of top.get('items').list(1)) checkItem(item, around, seen, (rule.groups ?? []).map(group => group.key));
  if (faults.length > 0) return { faults };
  const { items } = local as LocalItems;   // Every member has just been checked.
  checkLimits(top.get('items'), items, rule.local);
  if (faults.length > 0) return { faults };
  const whole = { ...standard, indicators: standard.indicators.map(indicator => indicator.key === key ? { ...indicator, scoring: { ...rule, items: [...rule.items, ...items] } } : indicator) };
  const known = new Set(objectionsTo(standard).map(objection => objection.path));
  return { standard: whole, objections: objectionsTo(whole).filter(objection => !known.has(objection.path)) };
}

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
    if (itemPoints(item).some(points => Math.abs(points) > limits.largest)) own.fault(`“${item.label}”一次的分太多`, `每次最多 ${limits.largest} 分`);
    // Points for every so much have no end of their own.
    const cap = isSummed(item) ? 'atAll' : 'perEvent';
    if ((item.each !== undefined || item.tiers !== undefined) && (item[cap] ?? Infinity) > limits.largest) own.fault(`“${item.label}”按数量给分，一次的分可能太多`, `写上 ${cap}，最多 ${limits.largest}`);
    for (const key of ['repeats', 'factors', 'times'] as const) if (item[key] !== undefined) own.get(key).fault('村里自己定的事项不能用倍数', '删去这一行');
  });
}
