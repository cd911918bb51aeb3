import { rangeOfRule } from './kinds.ts';
import { hundredths, states } from './standard.ts';
import type { Standard } from './standard.ts';
import { outcomes } from './trace.ts';
import type { Trace } from './trace.ts';

/** The highest total, in hundredths, that filling in what was not asked could still give; the total itself when nothing is open. */
export function mostReachable(standard: Standard, trace: Trace): number {
  let total = hundredths(standard.base);
  for (const category of standard.categories) {
    let sum = 0;
    standard.indicators.forEach((indicator, slot) => {
      if (indicator.category !== category.key || indicator.scoring === undefined) return;
      const isOpen = trace.outcome[slot] === outcomes.ask || trace.outcome[slot] === outcomes.missing && trace.state[slot] === states.notAsked;
      sum += isOpen ? Math.max(rangeOfRule(indicator.scoring, indicator).most, trace.points[slot] ?? 0) : trace.points[slot] ?? 0;
    });
    total += clamp(sum, category);
  }
  return clamp(total, standard.total ?? {});
}

function clamp(points: number, { cap, floor }: { readonly cap?: number; readonly floor?: number }): number {
  const least = floor === undefined ? points : Math.max(points, hundredths(floor));
  return cap === undefined ? least : Math.min(least, hundredths(cap));
}
