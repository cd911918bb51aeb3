/**
 * What an act is about, as far as leave is concerned. A path names the places above and including it,
 * each with the letter of its kind: `/p1/c2/x9/t13/v200/n7/`. A household stands in its grid and in its group, hence several.
 */
export interface Subject {
  readonly id: string;
  readonly paths: readonly string[];
  /** Officers who may not act here although their post would reach, with the reason shown to them. */
  readonly barred?: readonly { readonly officer: string; readonly why: string }[];
}

/** The office as a whole: settings, officers without a place, imports of many places. */
export const wholeOffice: Subject = { id: 'office', paths: ['/'] };

export const within = (path: string, above: string): boolean => path.startsWith(above);

/** The chain of the ledger an entry belongs to: the township's, else the county's, else the office's. */
export function chainOf(path: string): string {
  return /\/(t\d+)\//.exec(path)?.[1] ?? /\/(x\d+)\//.exec(path)?.[1] ?? 'office';
}
