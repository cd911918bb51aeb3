import type { Clock, Instant } from '../../src/kit/time.ts';

/** A clock that stands still until it is moved. The story begins on a Monday morning in China. */
export interface SetClock extends Clock { set(at: Instant): void; forward(ms: number): void }

export function setClock(start: Instant = '2026-11-23T01:00:00.000Z'): SetClock {
  let at = start;
  return {
    now: () => at,
    set(to) { at = to; },
    forward(ms) { at = new Date(Date.parse(at) + ms).toISOString(); },
  };
}
