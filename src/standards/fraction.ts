import type { Rounding } from './standard.ts';

/** A written share: `2/3`, `70%`, or a decimal number. Never a floating value once read. */
export type WrittenFraction = number | string;
export interface Fraction { readonly over: number; readonly under: number }

/** Reads a written share into lowest terms; undefined when it is none. Bounded so that cross-products stay exact in ordinary cases. */
export function fractionOf(written: unknown): Fraction | undefined {
  const text = typeof written === 'number' ? String(written) : typeof written === 'string' ? written.trim() : '';
  const slashed = /^(\d{1,6})\s*\/\s*(\d{1,6})$/.exec(text);
  if (slashed) return reduced(Number(slashed[1]), Number(slashed[2]));
  const decimal = /^(\d{1,6})(?:\.(\d{1,4}))?(%?)$/.exec(text);
  if (!decimal) return undefined;
  const places = decimal[2] ?? '';
  return reduced(Number(`${decimal[1]}${places}`), 10 ** places.length * (decimal[3] === '%' ? 100 : 1));
}

function reduced(over: number, under: number): Fraction | undefined {
  if (under === 0) return undefined;
  let [a, b] = [over, under];
  while (b !== 0) [a, b] = [b, a % b];
  return { over: over / (a || 1), under: under / (a || 1) };
}

/** Sign of a·b − c·d, exactly. Only products beyond 2^53 pay for big integers. */
export function compareProducts(a: number, b: number, c: number, d: number): number {
  const left = a * b;
  const right = c * d;
  if (Math.abs(left) <= Number.MAX_SAFE_INTEGER && Math.abs(right) <= Number.MAX_SAFE_INTEGER) return left - right;
  const difference = BigInt(a) * BigInt(b) - BigInt(c) * BigInt(d);
  return difference > 0n ? 1 : difference < 0n ? -1 : 0;
}

/** a·b ÷ c for non-negative a, b and positive c, rounded once as the standard declares. */
export function divided(a: number | bigint, b: number | bigint, c: number | bigint, rounding: Rounding): number {
  const product = BigInt(a) * BigInt(b);
  const whole = product / BigInt(c);
  const rest = product % BigInt(c);
  return Number(rounding === 'half-up' && rest * 2n >= BigInt(c) ? whole + 1n : whole);
}

/** So far on the way from one whole number to another, exactly, then rounded once by size: −7.5 becomes −8 under half-up. Of the way, `done` of `whole` parts are behind. */
export function between({ from, to, done, whole }: { readonly from: number; readonly to: number; readonly done: number; readonly whole: number }, rounding: Rounding): number {
  const exact = BigInt(from) * BigInt(whole) + BigInt(to - from) * BigInt(done);
  const size = divided(exact < 0n ? -exact : exact, 1n, BigInt(whole), rounding);
  return exact < 0n ? 0 - size : size;
}

/** Shares compare as over/under. */
export const compareFractions = (a: Fraction, b: Fraction): number => compareProducts(a.over, b.under, b.over, a.under);

/** 「70%」 where that is exact, else 「2/3」. */
export const fractionWords = (written: WrittenFraction): string => {
  const read = fractionOf(written);
  if (read === undefined) return String(written);
  return 10_000 % read.under === 0 ? `${read.over * 10_000 / read.under / 100}%` : `${read.over}/${read.under}`;
};
