/** Exact fractions of big integers, so that the reference never rounds but where the rules say so. The second part is always positive. */
export type Q = readonly [bigint, bigint];

/** A number as a file writes it: `83.5`, `2/3`, `70%`. */
export const q = (written: number | string): Q => {
  const text = String(written);
  if (text.includes('/')) { const [a = '0', b = '1'] = text.split('/'); return [BigInt(a.trim()), BigInt(b.trim())]; }
  if (text.endsWith('%')) { const [a, b] = q(text.slice(0, -1)); return [a, b * 100n]; }
  const [before = '0', after = ''] = text.split('.');
  return [BigInt(before + after), 10n ** BigInt(after.length)];
};
export const zero: Q = [0n, 1n];
export const one: Q = [1n, 1n];
export const whole = (n: bigint | number): Q => [BigInt(n), 1n];
export const compare = (a: Q, b: Q): bigint => a[0] * b[1] - b[0] * a[1];
export const plus = (a: Q, b: Q): Q => [a[0] * b[1] + b[0] * a[1], a[1] * b[1]];
export const minus = (a: Q): Q => [-a[0], a[1]];
export const times = (a: Q, b: Q): Q => [a[0] * b[0], a[1] * b[1]];
export const over = (a: Q, b: Q): Q => b[0] < 0n ? [-a[0] * b[1], a[1] * -b[0]] : [a[0] * b[1], a[1] * b[0]];
export const least = (a: Q, b: Q): Q => compare(a, b) < 0n ? a : b;
export const most = (a: Q, b: Q): Q => compare(a, b) > 0n ? a : b;
export const floor = (a: Q): bigint => a[0] >= 0n ? a[0] / a[1] : -((-a[0] + a[1] - 1n) / a[1]);
export const sum = (all: readonly Q[]): Q => all.reduce(plus, zero);

/** Rounded once, by size: a half goes away from nought under half-up, the rest is dropped under down. */
export function rounded(a: Q, way: 'half-up' | 'down', places: 0 | 2): Q {
  const scale = whole(places === 2 ? 100 : 1);
  const size = times(a[0] < 0n ? minus(a) : a, scale);
  const kept = over(whole(floor(way === 'down' ? size : plus(size, [1n, 2n]))), scale);
  return a[0] < 0n ? minus(kept) : kept;
}

/** Hundredths as people write them; whatever was not rounded by a rule shows here as too many places. */
export const text = (a: Q): string => {
  const cents = times(a, whole(100));
  return cents[0] % cents[1] === 0n ? String(Number(cents[0] / cents[1]) / 100) : `${a[0]}/${a[1]}`;
};

export interface Bounds { readonly atLeast?: number | string; readonly above?: number | string; readonly atMost?: number | string; readonly below?: number | string }
export const within = (value: Q, b: Bounds): boolean =>
  (b.atLeast === undefined || compare(value, q(b.atLeast)) >= 0n) && (b.above === undefined || compare(value, q(b.above)) > 0n)
  && (b.atMost === undefined || compare(value, q(b.atMost)) <= 0n) && (b.below === undefined || compare(value, q(b.below)) < 0n);
/** The row of a table in which a number lies; a table begins at nought at the latest, and what is less stands in its row. */
export const rowOf = <T extends Bounds>(value: Q, rows: readonly T[]): T | undefined => rows.find(row => within(value, row)) ?? rows.find(row => within(zero, row));
