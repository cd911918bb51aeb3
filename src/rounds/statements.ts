import type { Knex } from 'knex';
import type { Day } from '../kit/time.ts';

/** 本人说明: what the person said to the result, one value or one thing written down (征信业管理条例 16), in the own words. */
export interface Statement { readonly id: string; readonly about: string; /** Key of the value's or the event's indicator; empty for the result as a whole. */ readonly indicator: string; readonly day: Day; readonly words: string }
/** By what they are about: pages set them beside it wherever they show it. */
export type Said = ReadonlyMap<string, readonly Statement[]>;

/** Those of a household in a round; what was said to an event goes with the event into every round it is carried into. */
export async function saidIn(read: Knex, round: number, subject: number): Promise<Said> {
  const rows: Statement[] = await read('statements').where({ subject }).where(own => { void own.where({ round }).orWhereLike('about', 'event:%'); }).orderBy('day').orderBy('id').select('id', 'about', 'indicator', 'day', 'words');
  return Map.groupBy(rows, row => row.about);
}
