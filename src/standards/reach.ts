import { weighing } from './compile-verdicts.ts';
import { rangeOfRule } from './kinds.ts';
import { hundredths, states } from './standard.ts';
import type { Standard } from './standard.ts';
import { outcomes, vetoVerdicts } from './trace.ts';
import type { Trace } from './trace.ts';

/** The highest total, in hundredths, that filling in what was not asked could still give, with what has judged it and the type it was measured as left as they are; the total itself when nothing is open. */
export function mostReachable(standard: Standard, trace: Trace): number {
  let total = hundredths(standard.base);
  for (const category of standard.categories) {
    // Where one counts alone the others have no points left, and what is open may become that one.
    let sum = 0;
    standard.indicators.forEach((indicator, slot) => {
      if (indicator.category !== category.key || indicator.scoring === undefined) return;
      const isOpen = trace.outcome[slot] === outcomes.ask || trace.outcome[slot] === outcomes.missing && trace.state[slot] === states.notAsked;
      const most = isOpen ? Math.max(rangeOfRule(indicator.scoring, indicator).most, trace.points[slot] ?? 0) : trace.points[slot] ?? 0;
      sum = category.pick === undefined ? sum + most : Math.max(sum, most);
    });
    total += clamp(sum, category);
  }
  let judged = Infinity;
  standard.vetoes.forEach((veto, at) => {
    if (trace.vetoes[at] === vetoVerdicts.repaired) total += hundredths(veto.repair?.points ?? 0);
    if (trace.vetoes[at] === vetoVerdicts.hits) judged = Math.min(judged, veto.total === undefined ? Infinity : hundredths(veto.total));
  });
  const type = standard.types?.[trace.type];
  return Math.min(clamp(type === undefined ? total : weighing(type, standard)(total), standard.total ?? {}), judged);
}

function clamp(points: number, { cap, floor }: { readonly cap?: number; readonly floor?: number }): number {
  const least = floor === undefined ? points : Math.max(points, hundredths(floor));
  return cap === undefined ? least : Math.min(least, hundredths(cap));
}
