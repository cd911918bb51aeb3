import type { Knex } from 'knex';
import { within } from '../../access/subject.ts';
import type { Day } from '../../kit/time.ts';

/** Drafted for a village: so many households of a round would come out otherwise, because these legal bases ended. Nothing changes until a committee computes anew. */
export interface Recomputation { readonly round: number; readonly village: number; readonly households: number; readonly bases: readonly string[]; readonly day: Day }
interface Row { readonly round: number; readonly village: number; readonly households: number; readonly bases: string; readonly day: Day }

const told = (row: Row): Recomputation => ({ ...row, round: Number(row.round), village: Number(row.village), bases: row.bases.split('\n') });
const columns = ['round', 'village', 'households', 'bases', 'day'] as const;

export const recomputations = async (read: Knex): Promise<readonly Recomputation[]> =>
  (await read('recomputations').select<Row[]>(...columns).orderBy('round').orderBy('village')).map(told);

export interface Located extends Recomputation { readonly roundId: string; readonly roundName: string; readonly placeId: string; readonly path: string }

/** Those below some paths, in the register's order of villages. */
export async function recomputationsBelow(read: Knex, paths: readonly string[]): Promise<readonly Located[]> {
  const rows: (Row & { roundId: string; roundName: string; placeId: string; path: string })[] = await read('recomputations as c').join('places as p', 'p.no', 'c.village').join('rounds as r', 'r.no', 'c.round')
    .select(...columns.map(column => `c.${column}`), 'r.id as roundId', 'r.name as roundName', 'p.id as placeId', 'p.path').orderBy('c.round', 'desc').orderBy('p.sort').orderBy('p.no');
  return rows.filter(row => paths.some(path => within(row.path, path))).map(row => ({ ...told(row), roundId: row.roundId, roundName: row.roundName, placeId: row.placeId, path: row.path }));
}

/** Rounds whose results somebody may still rely on: under way, or in force. */
export const roundsInForce = async (read: Knex, day: Day): Promise<readonly { readonly no: number; readonly household_standard: string }[]> =>
  (await read('rounds').where(query => { void query.whereNull('closed_on').orWhere('valid_until', '>=', day); }).orderBy('no').select<{ no: number; household_standard: string }[]>('no', 'household_standard'))
    .map(round => ({ ...round, no: Number(round.no) }));
