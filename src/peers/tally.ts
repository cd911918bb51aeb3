import type { Indicator, WrittenFact } from '../standards/standard.ts';
import { valueOf } from '../standards/values.ts';

/** An answer in the integers that are kept; undefined for whoever does not know. */
export const keptOf = (indicator: Indicator, fact: WrittenFact): number | undefined => typeof fact === 'object' ? undefined : valueOf(indicator, fact);

export interface Tally { readonly value: number | undefined; readonly answers: number; readonly unclear: number; readonly spread: number }

/**
 * What several answers come to, in the integers that are kept: the middle one, or the mean without the highest and lowest, as the standard says.
 * Whoever does not know is counted apart. Too few answers come to nothing; no value is made up.
 */
export function tally(indicator: Indicator, answers: readonly (number | undefined)[]): Tally {
  const known = answers.filter(answer => answer !== undefined).sort((a, b) => a - b);
  const counted = { answers: known.length, unclear: answers.length - known.length, spread: (known.at(-1) ?? 0) - (known[0] ?? 0) };
  const { judged } = indicator;
  if (judged === undefined || known.length < judged.least) return { ...counted, value: undefined };
  return { ...counted, value: judged.by === 'median' ? median(indicator, known) : mean(known.slice(judged.trim ?? 0, known.length - (judged.trim ?? 0))) };
}

/** Of an even number the two in the middle: between numbers half way, between options the one that is better for the household. */
function median(indicator: Indicator, sorted: readonly number[]): number {
  const [low = 0, high = 0] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]];
  if (low === high) return low;
  if (indicator.type !== 'choice' && indicator.type !== 'flag') return halfUp(low + high, 2);
  return pointsAt(indicator, high) > pointsAt(indicator, low) ? high : low;
}

const pointsAt = (indicator: Indicator, at: number): number => indicator.options?.[at]?.points ?? (indicator.type === 'flag' ? at : -at);
const mean = (kept: readonly number[]): number => halfUp(kept.reduce((sum, value) => sum + value, 0), kept.length);
const halfUp = (sum: number, count: number): number => Math.floor((2 * sum + count) / (2 * count));
