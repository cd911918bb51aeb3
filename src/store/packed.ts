import type { Row } from './dialect.ts';

/** Rows of one shape as they are written and as the ledger speaks of them: what is the same in all of them said once, the rest as lists. */
export interface Packed {
  readonly same: Row;
  readonly columns: readonly string[];
  /** JSON: for each row its values of `columns`. */
  readonly lists: string;
}

const fewest = 8;   // Below it there is nothing to save.
const kept = new WeakMap<readonly Row[], Packed>();

/** Packed once: the digest of thousands of rows is taken from the very text that is written. */
export function packed(rows: readonly Row[]): Packed {
  const known = kept.get(rows);
  if (known !== undefined) return known;
  const [first = {}] = rows;
  const isSame = (column: string): boolean => rows.length > fewest && rows.every(row => (row[column] ?? null) === (first[column] ?? null));
  const all = Object.keys(first).sort();
  const varying = all.filter(column => !isSame(column));
  const same = Object.fromEntries(all.filter(column => !varying.includes(column)).map(column => [column, first[column] ?? null]));
  const made = { same, columns: varying, lists: JSON.stringify(rows.map(row => varying.map(column => row[column] ?? null))) };
  kept.set(rows, made);
  return made;
}
