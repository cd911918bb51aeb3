import { dayNumber } from '../kit/time.ts';
import { amongOf, countingOf, type Counting } from '../standards/aggregate.ts';
import type { Facts } from '../standards/facts.ts';
import { measureOf, type Measure, type MemberResult, type Sum } from '../standards/member.ts';
import type { RoundKind, Standard } from '../standards/standard.ts';
import type { Change, Side } from './change.ts';
import type { Sides } from './sides.ts';

export type Moment = 'before' | 'after';
export type TitleKind = Exclude<RoundKind, 'household'>;

/** Figures over households with a result, which the standard tried changes; the others are the same on both sides. */
export const countsResults = (aggregate: Counting): boolean => amongOf(aggregate) === 'rated';

interface Gauge { readonly kind: TitleKind; readonly key: string; readonly moment: Moment; readonly measure: Measure; readonly sums: Map<number, { fit: number; known: number; sum: number }> }

/** Adds up, village by village, what titles count of the results on both sides: as if all that is rated were approved. */
export class RatedSums {
  readonly #gauges: readonly Gauge[];
  readonly #tables: Readonly<Record<Moment, Standard>>;

  constructor(sides: Sides) {
    const { standard, day } = sides.books.household;
    this.#tables = { before: sides.before('household').standard, after: sides.after('household').standard };
    this.#gauges = (['before', 'after'] as const).flatMap(moment => (['village', 'township'] as const).flatMap(kind =>
      [...countingOf(sideAt(sides, moment, kind).standard, 'households')].filter(([, aggregate]) => countsResults(aggregate))
        .map(([key, aggregate]) => ({ kind, key, moment, measure: measureOf(aggregate, { facts: standard, grades: this.#tables[moment], dayNumber: dayNumber(day) }), sums: new Map() }))));
  }

  add(village: number, facts: Facts, change: Change): void {
    const results = { before: this.#resultOf('before', change.before, change.pointsBefore), after: this.#resultOf('after', change.after, change.pointsAfter) };
    for (const { moment, measure, sums } of this.#gauges) {
      const value = measure({ facts, takesPart: true, objections: 0, result: results[moment] });
      if (value === null) continue;
      const own = sums.get(village) ?? { fit: 0, known: 0, sum: 0 };
      sums.set(village, own);
      own.fit++;
      if (!Number.isNaN(value)) { own.known++; own.sum += value; }
    }
  }

  of(kind: TitleKind, key: string, moment: Moment): ReadonlyMap<number, Sum> {
    return this.#gauges.find(gauge => gauge.kind === kind && gauge.key === key && gauge.moment === moment)?.sums ?? new Map();
  }

  /** Undefined while something must still be asked. */
  #resultOf(moment: Moment, result: number, points: number): MemberResult | undefined {
    return result < -1 ? undefined : { points, grade: result, credit: this.#tables[moment].grades[result]?.credit === true };
  }
}

export const sideAt = (sides: Sides, moment: Moment, kind: RoundKind): Side => moment === 'before' ? sides.before(kind) : sides.after(kind);
