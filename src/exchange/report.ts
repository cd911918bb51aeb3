import { limits } from '../kit/limits.ts';
import type { Told } from './cargo.ts';

/** What a check or a load found. `faults` is cut at a bound, `faultCount` is not. */
export interface Report {
  readonly rows: number;
  readonly items: number;
  /** Items ready to load, or loaded. */
  readonly good: number;
  readonly loaded: number;
  /** Items that the office has already. */
  readonly same: number;
  /** Items left out, whose rows come back as a file. */
  readonly left: number;
  readonly faultCount: number;
  readonly faults: readonly Told[];
  /** Headings that nobody knows, told and not read. */
  readonly unknown: readonly string[];
}

/** Counts while a file is read. */
export class Tally {
  #rows = 0;
  #items = 0;
  #good = 0;
  #loaded = 0;
  #same = 0;
  #left = 0;
  #faultCount = 0;
  readonly #faults: Told[] = [];

  read(rows: number, items: number): void { this.#rows += rows; this.#items += items; }
  good(count: number): void { this.#good += count; }
  loaded(count: number): void { this.#loaded += count; }
  same(count: number): void { this.#same += count; }
  left(faults: readonly Told[]): void {
    this.#left++;
    this.#faultCount += faults.length;
    for (const fault of faults) if (this.#faults.length < limits.faultsPerReport) this.#faults.push(fault);
  }
  get rows(): number { return this.#rows; }

  report(unknown: readonly string[]): Report {
    return { rows: this.#rows, items: this.#items, good: this.#good, loaded: this.#loaded, same: this.#same, left: this.#left, faultCount: this.#faultCount, faults: this.#faults, unknown };
  }
}

/** One line for a terminal or a log: row, column, value, why, way on. */
export const faultLine = (fault: Told, heading: (column: string) => string): string =>
  `${fault.row === 0 ? '' : `第 ${fault.row} 行`}${fault.column === undefined ? '' : ` ${heading(fault.column)}`}${fault.value === '' ? '' : `“${fault.value}”`}：${fault.say.replace(/。$/, '')}。${fault.remedy}`;
