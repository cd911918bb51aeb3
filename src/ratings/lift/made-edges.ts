import { deriveParts } from '../../standards/derive.ts';
import type { Indicator } from '../../standards/standard.ts';
import { states } from '../../standards/standard.ts';
import { changed } from './change.ts';
import type { Standpoint } from './families.ts';

/** How far a figure may lie, in the units it is kept in: eleven milliard yuan in fen, and no step of the search is lost to rounding. */
const farthest = 2 ** 40;

/**
 * Values of one fact at which a number made from it comes to one of its own edges, the nearest on either side. What a number is made from moves it one
 * way only (sums, shares, the larger of two …), so the place is found by halving, each try worked out by the engine itself.
 */
export function madeEdges({ standard, facts, scorer, day }: Standpoint, slot: number, { least, most }: { readonly least: number; readonly most: number }, edgesOn: (made: Indicator, value: number) => readonly number[]): readonly number[] {
  const now = facts.states[slot] === states.known ? facts.values[slot] ?? 0 : undefined;
  if (now === undefined) return [];
  const ends = [Math.max(least, -farthest), Math.min(most, farthest)].filter(end => end !== now);
  return madeFrom(standard.indicators, standard.indicators[slot]?.key ?? '').flatMap(({ made, at }) => {
    const valueAt = (value: number): number => {
      const told = scorer.score(changed(facts, [{ kind: 'answer', slot, value, isFirst: false }], day)).facts;
      return told.states[at] === states.known ? told.values[at] ?? NaN : NaN;
    };
    const before = valueAt(now);
    if (Number.isNaN(before)) return [];
    const last = ends.map(end => ({ end, value: valueAt(end) }));
    return edgesOn(made, before).filter(edge => edge !== before).flatMap(edge => last.flatMap(({ end, value }) => {
      const isThere = (made: number): boolean => before < edge ? made >= edge : made <= edge;
      return isThere(value) ? [halved(now, end, tried => isThere(valueAt(tried)))] : [];
    }));
  });
}

/** The numbers that are made from a fact, through however many others. */
function madeFrom(indicators: readonly Indicator[], key: string): readonly { readonly made: Indicator; readonly at: number }[] {
  const moved = new Set([key]);
  for (let size = 0; size < moved.size;) {
    size = moved.size;
    for (const { key: own, derive } of indicators) if (derive !== undefined && deriveParts(derive).some(part => moved.has(part))) moved.add(own);
  }
  return indicators.flatMap((made, at) => made.key !== key && moved.has(made.key) ? [{ made, at }] : []);
}

/** The nearest whole number to `from`, towards `to`, at which something holds that holds at `to` and at everything beyond. */
function halved(from: number, to: number, holds: (value: number) => boolean): number {
  let [short, there] = [from, to];
  while (Math.abs(there - short) > 1) {
    const middle = short + Math.trunc((there - short) / 2);
    if (holds(middle)) there = middle; else short = middle;
  }
  return there;
}
