import type { Knex } from 'knex';
import { placeNames } from './queries.ts';

/** Full names of places by their paths, as people tell them apart. */
export async function placeTitles(read: Knex, paths: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const noOf = (path: string): number => Number(/(\d+)\/$/.exec(path)?.[1] ?? 0);
  const names = await placeNames(read, [...new Set(paths.map(noOf))]);
  return new Map(paths.map(path => [path, names.get(noOf(path))?.full ?? '']));
}
