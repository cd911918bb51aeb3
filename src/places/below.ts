import type { Knex } from 'knex';

/** A condition on a column of paths: at one of these places or below. Without any, nothing is. */
export const below = (paths: readonly string[], column: string) => (any: Knex.QueryBuilder): void => {
  if (paths.length === 0) void any.whereRaw('1 = 0');
  for (const path of paths) void any.orWhere(column, 'like', `${path}%`);
};
