import fc from 'fast-check';
import { addDays, addMonths } from '../../src/kit/time.ts';
import { missingStates } from '../../src/standards/standard.ts';

/** What random standards, their events and their facts are drawn from alike. */
export const basisIds = ['b1', 'b2', 'b3'] as const;
export const legalBasis = fc.subarray([...basisIds], { minLength: 1 });
export const points = fc.integer({ min: -400, max: 2000 }).map(cents => cents / 100);
export const gains = fc.array(points, { minLength: 5, maxLength: 5 });
export const cents = (value: number): number => Math.round(value * 100) / 100;
export const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(value, { nil: undefined });
/** Without the members that were not drawn: a file has no way to write undefined. */
export const told = <T extends object>(record: T): Told<T> => Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as Told<T>;
type Told<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & { [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined> };

export interface Cut<T> { readonly at: T; readonly isUpper: boolean }
/** Bands without gap or overlap, from cut points and for each cut which side has it. */
export function bandsFrom<T>(cuts: readonly Cut<T>[], gains: readonly number[]): { points: number; atLeast?: T; above?: T; atMost?: T; below?: T }[] {
  return gains.slice(0, cuts.length + 1).map((gain, n) => {
    const [low, high] = [cuts[n - 1], cuts[n]];
    return { points: gain, ...(low === undefined ? {} : low.isUpper ? { atLeast: low.at } : { above: low.at }), ...(high === undefined ? {} : high.isUpper ? { below: high.at } : { atMost: high.at }) };
  });
}
export const cutsOf = (scale: number, most: number): fc.Arbitrary<Cut<number>[]> =>
  fc.tuple(fc.uniqueArray(fc.integer({ min: 1, max: most }), { minLength: 1, maxLength: 4 }), fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }))
    .map(([raw, sides]) => raw.sort((a, b) => a - b).filter((at, n, all) => n === 0 || at - (all[n - 1] ?? 0) > 1).map((at, n) => ({ at: at / scale, isUpper: sides[n] ?? true })));

/** A multiplier of at most four places: often none, a half or a double, sometimes an odd one. */
export const multiplier = fc.oneof(fc.constantFrom(0, 0.5, 1, 1.5, 2), fc.integer({ min: 0, max: 30_000 }).map(parts => parts / 10_000));
/** A table of multipliers; it begins with everything below its first cut, or with nought. */
export const factorBands = (scale: number, most: number) => fc.tuple(cutsOf(scale, most), fc.array(multiplier, { minLength: 5, maxLength: 5 }), fc.boolean())
  .map(([cuts, multipliers, fromNought]) => bandsFrom(cuts, multipliers).map(({ points: times, ...bounds }, n) => ({ times, ...n === 0 && fromNought ? { atLeast: 0 } : {}, ...bounds })));
export const factorTable = (keys: readonly string[]): fc.Arbitrary<Record<string, number>> =>
  fc.tuple(...keys.map(key => multiplier.map(times => [key, times] as const))).map(pairs => Object.fromEntries(pairs));
export const tierRanges = (unit: number) => fc.tuple(fc.uniqueArray(fc.integer({ min: 1, max: 12 }), { maxLength: 2 }), fc.array(fc.tuple(fc.integer({ min: 1, max: 5 }), points), { minLength: 3, maxLength: 3 }), fc.boolean())
  .map(([ends, steps, isOpen]) => ends.sort((a, b) => a - b).map((end): number | undefined => end * unit).concat(isOpen || ends.length === 0 ? [undefined] : [])
    .map((upTo, n) => told({ upTo, every: (steps[n]?.[0] ?? 1) * unit, points: steps[n]?.[1] ?? 1 })));

export const day = fc.integer({ min: 0, max: 900 }).map(offset => addDays('2025-01-31', offset));
export const unknown = fc.constantFrom(...missingStates).map(state => ({ missing: state }));
export const beside = (day: string): fc.Arbitrary<string> => fc.integer({ min: -1, max: 1 }).map(off => addDays(day, off));
/** A day a whole number of months ago, or the day before or after that: where lives end and years are complete. */
export const aroundMonths = (on: string, months: fc.Arbitrary<number>): fc.Arbitrary<string> => months.chain(ago => beside(addMonths(on, -ago)));
