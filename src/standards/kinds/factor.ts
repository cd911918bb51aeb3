import { boundsWords, holds, spanOf } from '../bounds.ts';
import type { Bounds } from '../bounds.ts';
import type { Cursor } from '../cursor.ts';
import type { Rounding } from '../standard.ts';
import { boundsAt, checkCoverage } from './bands.ts';

/** One row of a factor table over numbers: what lies within the bounds multiplies by `times`. */
export interface FactorBand extends Bounds { readonly times: number }

/** Factors are kept as ten-thousandths, so that a product of several is one exact whole number. */
export const factorScale = 10_000;
const kept = (times: number): number => Math.round(times * factorScale);

/** The factor of an integer of which `scale` make one written unit. The check leaves no gap from nought on; what is less and has no row of its own stands in the row of nought. */
export function bandFactor(bands: readonly FactorBand[], scale: number): (value: number) => number {
  const spans = bands.map(band => ({ span: spanOf(band, scale), times: kept(band.times) }));
  const timesOf = (value: number): number | undefined => spans.find(each => holds(each.span, value))?.times;
  return value => timesOf(value) ?? timesOf(0) ?? factorScale;
}

export const tableFactor = (keys: readonly string[], table: Readonly<Record<string, number>>): ((at: number) => number) => {
  const times = keys.map(key => kept(table[key] ?? 1));
  return at => times[at] ?? factorScale;
};

/** points × every factor, exactly, then rounded once by size: −7.5 becomes −8 under half-up, −7 under down. */
export function multiplied(points: number, factors: readonly number[], rounding: Rounding): number {
  let over = BigInt(Math.abs(points));
  let under = 1n;
  for (const factor of factors) {
    over *= BigInt(factor);
    under *= BigInt(factorScale);
  }
  const whole = over / under;
  const up = rounding === 'half-up' && (over % under) * 2n >= under;
  const size = Number(up ? whole + 1n : whole);
  return points < 0 ? 0 - size : size;   // Never a negative zero: the same result has the same bytes.
}

export function checkTimes(place: Cursor): number | undefined { return place.number({ least: 0, most: 100, places: 4 }); }

/** Rows of a table over numbers: every number from `least` on lies in exactly one. */
export function checkFactorBands(place: Cursor, { scale, least }: { readonly scale: number; readonly least: number }): void {
  const spans = place.list(1).map(band => {
    band.record(['times'], ['atLeast', 'above', 'atMost', 'below']);
    checkTimes(band.get('times'));
    return spanOf(boundsAt(band, scale === 1 ? 0 : 2), scale);
  });
  checkCoverage(place, spans, { from: least, to: Infinity }, scale);
}

export function checkFactorTable(place: Cursor, keys: readonly string[]): void {
  if (place.record(keys) === undefined) return;
  for (const key of keys) checkTimes(place.get(key));
}

export const factorBandWords = (bands: readonly FactorBand[], unit: string): string => bands.map(band => `${boundsWords(band, unit)}乘 ${band.times}`).join('，');
