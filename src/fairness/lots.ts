import { sha256 } from '../store/trace.ts';

/** One in twenty is seen again, and one at least. */
export const lotsAmong = (among: number): number => Math.ceil(among / 20);

/**
 * Draws by a seed that nobody could choose: each household number behind the seed and a dash gives a digest (SHA-256), the smallest ones are drawn.
 * Whoever knows the seed and the numbers finds the same.
 */
export function drawn(seed: string, numbers: readonly number[]): readonly number[] {
  return numbers.map(no => ({ no, digest: sha256(`${seed}-${no}`) })).sort((a, b) => a.digest < b.digest ? -1 : 1).slice(0, lotsAmong(numbers.length)).map(({ no }) => no).sort((a, b) => a - b);
}
