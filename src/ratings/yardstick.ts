import { hash } from 'node:crypto';
import type { Knex } from 'knex';
import type { Unit } from '../store/unit.ts';

/** What a rating was measured by, beside its facts: hash of the standard, digest of the legal bases in force, version of the engine, and the day. */
export interface Yardstick { readonly standard: string; readonly bases: string; readonly engine: string; readonly day: string }

/**
 * The number by which ratings name their yardstick: a hundred thousand of a run have the same, and its four texts in each of them were three quarters of all that a run wrote.
 * It is the first 52 bits of a digest of what it stands for: so nobody has to ask whether one is kept already, and one that was altered no longer has its number.
 */
export const yardstickNo = ({ standard, bases, engine, day }: Yardstick): number => parseInt(hash('sha256', [standard, bases, engine, day].join('\n'), 'hex').slice(0, 13), 16);

/** Stages what the ratings in this unit were measured by. */
export function keepYardsticks(unit: Unit, list: readonly Yardstick[]): void {
  const byNo = new Map(list.map(one => [yardstickNo(one), one]));
  unit.put('yardsticks', [...byNo].map(([no, { standard, bases, engine, day }]) => ({ no, standard, bases, engine, day })));
}

/** Ratings `r` with their yardsticks `y`. */
export const measured = (read: Knex): Knex.QueryBuilder => read('ratings as r').join('yardsticks as y', 'y.no', 'r.yardstick');
