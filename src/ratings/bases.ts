import { hash } from 'node:crypto';
import type { Knex } from 'knex';
import type { Context } from '../standards/compile.ts';
import { oneSet } from '../standards/law/register.ts';
import type { Unit } from '../store/unit.ts';
import type { Rating } from './queries.ts';

/**
 * The legal bases in force are an input of a rating. It keeps their digest, and `basis_sets` what the digest is of, once for all ratings that saw the same:
 * so a rating is worked out again years later from what held when it was made, whatever the register says by then.
 */
const textOf = (bases: ReadonlySet<string>): string => [...bases].sort().join('\n');
const digestOfText = (text: string): string => hash('sha256', text, 'base64url');
export const basesDigest = (bases: ReadonlySet<string>): string => digestOfText(textOf(bases));

/** Stages what the digest of the ratings in this unit is of. */
export const keepBasisSet = (unit: Unit, bases: ReadonlySet<string>): void => { unit.put('basis_sets', { digest: basesDigest(bases), ids: textOf(bases) }); };

/** Every kept set by its digest, or one of them. There are as many as the law changed while ratings were made. One that is no longer what its digest is of counts for none, so its ratings do not recompute. */
export async function basisSets(read: Knex, only?: string): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const rows: { digest: string; ids: string }[] = await read('basis_sets').modify(query => { if (only !== undefined) void query.where({ digest: only }); }).select('digest', 'ids');
  return new Map(rows.filter(({ digest, ids }) => digestOfText(ids) === digest).map(({ digest, ids }) => [digest, oneSet(ids === '' ? [] : ids.split('\n'))]));
}

/** What a kept rating was made in: its day and the bases in force then. */
export async function contextOf(read: Knex, { day, bases }: Pick<Rating, 'day' | 'bases'>): Promise<Context> {
  const known = told.get(read) ?? new Map<string, ReadonlySet<string>>();
  told.set(read, known);
  const kept = known.get(bases) ?? (await basisSets(read, bases)).get(bases);
  if (kept === undefined) return { day };
  known.set(bases, kept);
  return { day, bases: kept };
}
/** A set is what its digest names, so what was read once stays. */
const told = new WeakMap<Knex, Map<string, ReadonlySet<string>>>();
