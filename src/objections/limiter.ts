import type { Clock, Instant } from '../kit/time.ts';
import { addMinutes } from '../kit/time.ts';

/** Lets so many through in an hour by address. Kept in memory: a restart forgives everybody. */
export interface Limiter { allows(address: string): boolean }

export function openLimiter(clock: Clock, { most, minutes }: { readonly most: number; readonly minutes: number }): Limiter {
  const seen = new Map<string, Instant[]>();
  return {
    allows(address) {
      const since = addMinutes(clock.now(), -minutes);
      if (seen.size > addressesKept) for (const [key, times] of seen) if ((times.at(-1) ?? '') < since) seen.delete(key);
      const recent = (seen.get(address) ?? []).filter(at => at > since);
      const may = recent.length < most;
      if (may) recent.push(clock.now());
      seen.set(address, recent);
      return may;
    },
  };
}

const addressesKept = 10_000;
const kept = new WeakMap<object, Map<string, Limiter>>();
/** One limiter for each office and purpose. */
export function limiterOf(office: { readonly clock: Clock }, purpose: string, bound: { readonly most: number; readonly minutes: number }): Limiter {
  const own = kept.get(office) ?? new Map<string, Limiter>();
  kept.set(office, own);
  const found = own.get(purpose) ?? openLimiter(office.clock, bound);
  own.set(purpose, found);
  return found;
}
