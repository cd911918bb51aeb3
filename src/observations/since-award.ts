import type { Knex } from 'knex';
import type { World } from './world.ts';

/** Whether all these sheets came after the one that the published result has seen last: what they say is new, and may be struck out like anything of today. */
export async function isSinceAward(read: Knex, { standing }: Pick<World, 'standing'>, sheets: readonly number[]): Promise<boolean> {
  if (standing.standing !== 'published' || sheets.length === 0) return false;
  const row: { sheet: number } | undefined = await read('cases').join('ratings', join => join.on('ratings.round', 'cases.round').andOn('ratings.subject', 'cases.subject').andOn('ratings.revision', 'cases.revision'))
    .where({ 'cases.round': standing.round, 'cases.subject': standing.subject }).first('ratings.sheet');
  return row !== undefined && sheets.every(seq => seq > Number(row.sheet));
}
