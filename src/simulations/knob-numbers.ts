import { isRecord } from '../standards/cursor.ts';
import { fractionOf, type WrittenFraction } from '../standards/fraction.ts';
import { nameOf } from './knob-words.ts';

export type Path = readonly (string | number)[];
/** A number as it stands in a standard, or the edge between two bands, which stands in both; shares are told in per cent. */
export interface Placed { readonly paths: readonly Path[]; readonly value: number; readonly isShare: boolean; readonly names: readonly string[]; readonly edges?: { readonly all: readonly number[]; readonly at: number } }

const edgeKeys = ['atLeast', 'above', 'atMost', 'below', 'upTo', 'value'] as const;
/** Words, not numbers to be turned: how many reviewers answer, what a village may add, which amount a file shows. */
const untouched = new Set(['local', 'trim', 'judged', 'guard', 'legalBasis', 'least', 'most', 'year', 'version', 'coefficient', 'retentionMonths', 'validityMonths']);

/** Every number in a part of a standard. Where bands follow each other, both sides of an edge are one number, so that no gap opens between them. */
export function* numbersIn(part: unknown, { path, names, unit }: { readonly path: Path; readonly names: readonly string[]; readonly unit: string }): Generator<Placed> {
  if (typeof part === 'number') { yield { paths: [path], value: part, isShare: false, names }; return; }
  if (typeof part === 'string') { const value = shareOf(part); if (value !== undefined && edgeKeys.some(key => key === path.at(-1))) yield { paths: [path], value, isShare: true, names }; return; }
  if (Array.isArray(part)) {
    const edges = edgesIn(part, path);
    yield* edges.map(edge => ({ ...edge, names }));
    for (const [at, each] of part.entries()) yield* numbersIn(edges.length > 0 ? withoutEdges(each) : each, { path: [...path, at], names: [...names, ...nameOf(each, unit)], unit });
    return;
  }
  if (!isRecord(part)) return;
  for (const [key, each] of Object.entries(part)) if (!untouched.has(key) && (typeof each !== 'string' || edgeKeys.some(edge => edge === key))) yield* numbersIn(each, { path: [...path, key], names, unit });
}

/** `2/3` or `70%` in per cent. */
function shareOf(written: WrittenFraction): number | undefined {
  const read = typeof written === 'string' ? fractionOf(written) : undefined;
  return read === undefined ? undefined : Math.round(read.over * 10_000 / read.under) / 100;
}

const withoutEdges = (part: unknown): unknown => isRecord(part) ? Object.fromEntries(Object.entries(part).filter(([key]) => !edgeKeys.some(edge => edge === key))) : part;

/** The edges of parts that follow each other, rising, each with every place where it is written. */
export function edgesIn(list: readonly unknown[], path: Path): readonly Omit<Placed, 'names'>[] {
  const found = new Map<number, { readonly paths: Path[]; readonly isShare: boolean }>();
  for (const [at, part] of list.entries()) {
    if (!isRecord(part)) continue;
    for (const key of edgeKeys) {
      const written = part[key];
      const value = typeof written === 'number' ? written : typeof written === 'string' ? shareOf(written) : undefined;
      if (value === undefined) continue;
      const known = found.get(value) ?? { paths: [], isShare: typeof written === 'string' };
      known.paths.push([...path, at, key]);
      found.set(value, known);
    }
  }
  const all = [...found.keys()].sort((a, b) => a - b);
  return all.map((value, at) => ({ value, paths: found.get(value)?.paths ?? [], isShare: found.get(value)?.isShare === true, edges: { all, at } }));
}

/** A copy with another value at a place; what does not change is shared. */
export function withAt<T>(whole: T, [key, ...rest]: Path, value: unknown): T {
  if (key === undefined) return value as T;
  if (Array.isArray(whole)) return whole.with(Number(key), withAt(whole[Number(key)] as unknown, rest, value)) as T;
  return isRecord(whole) ? { ...whole, [key]: withAt(whole[key], rest, value) } as T : whole;
}
