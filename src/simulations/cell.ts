import type { Clause } from './change.ts';
import type { Elderly } from './elderly.ts';

/** How many households of one group of a village, of one kind, elderly-only or not, went from one result to another. */
export interface Cell { readonly village: number; readonly group: number; readonly type: number; readonly elderly: Elderly; readonly before: number; readonly after: number; readonly n: number }
/** How many households of a village changed by one clause. */
export interface Owed { readonly village: number; readonly clause: Clause; readonly n: number }

/** Counts as they come. Group 0: none known. */
export class Tally {
  readonly #cells = new Map<string, { village: number; group: number; type: number; elderly: Elderly; before: number; after: number; n: number }>();
  readonly #owed = new Map<string, { village: number; clause: Clause; n: number }>();

  add(one: { readonly village: number; readonly group: number; readonly type: number; readonly elderly: Elderly; readonly before: number; readonly after: number; readonly clause: Clause | undefined }): void {
    const key = `${one.village} ${one.group} ${one.type} ${one.elderly} ${one.before} ${one.after}`;
    const cell = this.#cells.get(key);
    if (cell === undefined) this.#cells.set(key, { village: one.village, group: one.group, type: one.type, elderly: one.elderly, before: one.before, after: one.after, n: 1 }); else cell.n++;
    if (one.clause === undefined) return;
    const name = `${one.village} ${one.clause}`;
    const owed = this.#owed.get(name);
    if (owed === undefined) this.#owed.set(name, { village: one.village, clause: one.clause, n: 1 }); else owed.n++;
  }

  /** In an order that depends on nothing but the counts: the same scenario gives the same bytes. */
  get cells(): readonly Cell[] { return [...this.#cells.values()].sort((a, b) => a.village - b.village || a.group - b.group || a.type - b.type || a.elderly - b.elderly || a.before - b.before || a.after - b.after); }
  get owed(): readonly Owed[] { return [...this.#owed.values()].sort((a, b) => a.village - b.village || (a.clause < b.clause ? -1 : 1)); }
}

/** Counts of cells by what `of` names. */
export function sumsBy<K>(cells: readonly Cell[], of: (cell: Cell) => K): ReadonlyMap<K, number> {
  const sums = new Map<K, number>();
  for (const cell of cells) { const key = of(cell); sums.set(key, (sums.get(key) ?? 0) + cell.n); }
  return sums;
}
export const total = (cells: readonly { readonly n: number }[]): number => cells.reduce((sum, cell) => sum + cell.n, 0);
