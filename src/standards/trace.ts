import type { Facts } from './facts.ts';

/** What became of an indicator. */
export const outcomes = { unscored: 0, scored: 1, missing: 2, ask: 3, lapsed: 4 } as const;
/** Why an event did or did not count. */
export const standings = { elsewhere: 0, counts: 1, ended: 2, later: 3, lapsed: 4, outdone: 5, unnamed: 6, untold: 7, repaired: 8 } as const;
/** Bits: which limits bit. Outdone: another of its category counts alone, and it has no points. */
export const limits = { cap: 1, floor: 2, period: 4, outdone: 8 } as const;
export const vetoVerdicts = { clear: 0, hits: 1, ask: 2, repaired: 3 } as const;
export const verdicts = { fails: 0, holds: 1, setAside: 2, ask: 3 } as const;

/** The whole working of one rating in flat numbers. It is written by every scoring and reused for the next subject, so rating and explaining are the same run. */
export interface Trace {
  /** Hundredths of a point. */
  total: number;
  /** Index into `grades`, or -1 for none. */
  grade: number;
  /** The grade that points alone would give. */
  gradeByPoints: number;
  totalBefore: number;
  /** Index of the type it was measured as, or -1. */
  type: number;
  /** What was scored: the facts given, and the numbers derived from them. */
  facts: Facts;
  /** How many questions must still be asked; the rating is provisional until 0. */
  asks: number;
  readonly points: Float64Array;
  /** Band, option, step or item index that gave the points; -1 when none did, -2 when a share had nothing to divide by. */
  readonly clause: Int16Array;
  readonly state: Uint8Array;
  readonly outcome: Uint8Array;
  readonly limit: Uint8Array;
  readonly before: Float64Array;
  readonly after: Float64Array;
  /** 1 hits, 2 must be asked, 3 hit and put right, 0 none of these. */
  readonly vetoes: Uint8Array;
  readonly preconditions: Uint8Array;
  /** By position in the facts' list of events. */
  standing: Uint8Array;
  /** Points of what was judged; an event that stands elsewhere has none, whatever an earlier subject left here. */
  eventPoints: Float64Array;
}

export const newTrace = (sizes: { readonly indicators: number; readonly categories: number; readonly vetoes: number; readonly preconditions: number }): Trace => ({
  total: 0, grade: -1, gradeByPoints: -1, totalBefore: 0, type: -1, facts: { values: new Float64Array(0), states: new Uint8Array(0), events: [] }, asks: 0,
  points: new Float64Array(sizes.indicators), clause: new Int16Array(sizes.indicators), state: new Uint8Array(sizes.indicators),
  outcome: new Uint8Array(sizes.indicators), limit: new Uint8Array(sizes.indicators),
  before: new Float64Array(sizes.categories), after: new Float64Array(sizes.categories),
  vetoes: new Uint8Array(sizes.vetoes), preconditions: new Uint8Array(sizes.preconditions),
  standing: new Uint8Array(8), eventPoints: new Float64Array(8),
});
