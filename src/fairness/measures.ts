import { chinaHour, dayOf, daysBetween, type Day, type Instant } from '../kit/time.ts';

/** Shares between 0 and 1. */
export interface Interval { readonly low: number; readonly high: number }

/** Where a share of which `count` of `among` were seen may truly lie, nineteen times of twenty (Wilson 1927): right for small numbers too, and never below 0 or above 1. */
export function wilson(count: number, among: number): Interval {
  if (among === 0) return { low: 0, high: 1 };
  const share = count / among;
  const spread = z * z / among;
  const middle = (share + spread / 2) / (1 + spread);
  const half = z / (1 + spread) * Math.sqrt(share * (1 - share) / among + spread / (4 * among));
  return { low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}
const z = 1.959964;

export const mean = (list: readonly number[]): number => list.length === 0 ? 0 : list.reduce((sum, one) => sum + one, 0) / list.length;
const variance = (list: readonly number[]): number => { const middle = mean(list); return list.length < 2 ? 0 : list.reduce((sum, one) => sum + (one - middle) ** 2, 0) / (list.length - 1); };

/** How far the mean of one list lies from that of another, and how far it may by chance alone (three standard errors of the difference). */
export function shift(own: readonly number[], others: readonly number[]): { readonly by: number; readonly chance: number } {
  const error = own.length < 2 || others.length < 2 ? Infinity : Math.sqrt(variance(own) / own.length + variance(others) / others.length);
  return { by: mean(own) - mean(others), chance: 3 * error };
}

/** How many lie in the largest group of equal ones. */
export function mostAlike(list: readonly string[]): number {
  const counts = new Map<string, number>();
  for (const one of list) counts.set(one, (counts.get(one) ?? 0) + 1);
  return Math.max(0, ...counts.values());
}

export interface Save { readonly at: Instant; readonly subject: number }

/** How often one household followed another too fast for a walk between two doors. */
export function hurried(saves: readonly Save[], seconds = 60): number {
  const inOrder = saves.toSorted((a, b) => a.at < b.at ? -1 : 1);
  return inOrder.filter((save, at) => { const before = inOrder[at - 1]; return before !== undefined && before.subject !== save.subject && Date.parse(save.at) - Date.parse(before.at) < seconds * 1_000; }).length;
}

/** Saves between ten at night and six in the morning, China time. */
export const atNight = (saves: readonly Save[]): number => saves.filter(({ at }) => { const hour = chinaHour(at); return hour >= 22 || hour < 6; }).length;

/** Saves on the last two days on which there was time, or later. */
export const atTheLast = (saves: readonly Save[], deadline: Day): number => saves.filter(({ at }) => daysBetween(dayOf(at), deadline) <= 1).length;
