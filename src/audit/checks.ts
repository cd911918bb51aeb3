import type { Knex } from 'knex';

/** A proof that an area adds to the walk: recomputes what it keeps and names what differs. */
export interface Check {
  readonly title: string;
  readonly run: (read: Knex) => Promise<{ readonly looked: number; readonly wrong: readonly string[] }>;
}

/** The proofs beyond chains and rows, in the order of the areas. */
export const checks: readonly Check[] = [];
