import type { Knex } from 'knex';
import { limits } from '../kit/limits.ts';
import { decodeCursor, sliceOf, type Slice } from '../kit/slice.ts';
import { placeNames } from '../places/queries.ts';
import type { Cell, Owed } from './cell.ts';
import type { Clause } from './change.ts';

export async function cellsOf(read: Knex, simulation: number): Promise<readonly Cell[]> {
  const rows: Cell[] = await read('simulation_cells').where({ simulation }).select('village', 'group', 'type', 'elderly', 'before', 'after', 'n');
  return rows.map(row => ({ village: Number(row.village), group: Number(row.group), type: row.type, elderly: row.elderly, before: row.before, after: row.after, n: row.n }));
}

export async function owedOf(read: Knex, simulation: number): Promise<readonly Owed[]> {
  const rows: { village: number; clause: Clause; n: number | string }[] = await read('simulation_flips').where({ simulation }).groupBy('village', 'clause').select('village', 'clause').count({ n: '*' });
  return rows.map(row => ({ village: Number(row.village), clause: row.clause, n: Number(row.n) }));
}

/** A household whose result would be another. */
export interface Flip { readonly subject: number; readonly village: number; readonly before: number; readonly after: number; readonly points_before: number; readonly points_after: number; readonly clause: Clause }
const columns = ['f.subject', 'f.village', 'f.before', 'f.after', 'f.points_before', 'f.points_after', 'f.clause'] as const;

/** Households that change in some villages, by their number; those that are closed by now are left out. */
export async function flipsOf(read: Knex, simulation: number, villages: readonly number[], after?: string): Promise<Slice<Flip>> {
  const cursor = decodeCursor(after, ['number']);
  const backwards = cursor?.direction === 'prev';
  if (villages.length === 0) return { rows: [] };
  const query = read('simulation_flips as f').join('households as h', 'h.no', 'f.subject').whereNull('h.closed_on').where('f.simulation', simulation).whereIn('f.village', [...villages]);
  if (cursor !== undefined) void query.where('f.subject', backwards ? '<' : '>', cursor.key[0] ?? 0);
  const rows: Flip[] = await query.orderBy('f.subject', backwards ? 'desc' : 'asc').limit(limits.rowsPerPage + 1).select(...columns);
  return sliceOf(rows.map(row => ({ ...row, subject: Number(row.subject), village: Number(row.village) })), { size: limits.rowsPerPage, cursor, keyOf: row => [row.subject] });
}

/** Who they are: only ever asked for households that the reader looks after. */
export async function named(read: Knex, flips: readonly Flip[]): Promise<readonly (Flip & { readonly id: string; readonly head: string; readonly number: number; readonly place: string })[]> {
  const rows: { no: number; id: string; head_name: string; household_no: number }[] = await read('households').whereIn('no', flips.map(flip => flip.subject)).whereNull('closed_on').select('no', 'id', 'head_name', 'household_no');
  const byNo = new Map(rows.map(row => [Number(row.no), row]));
  const names = await placeNames(read, flips.map(flip => flip.village));
  return flips.flatMap(flip => { const row = byNo.get(flip.subject); return row === undefined ? [] : [{ ...flip, id: row.id, head: row.head_name, number: row.household_no, place: names.get(flip.village)?.full ?? '' }]; });
}

/** Names of villagers' groups; 0 is none. */
export async function groupNames(read: Knex, village: number): Promise<ReadonlyMap<number, string>> {
  const rows: { no: number; name: string }[] = await read('places').where({ parent_no: village, kind: 'group' }).orderBy('sort').select('no', 'name');
  return new Map([...rows.map(row => [Number(row.no), row.name] as const), [0, '没有分组']]);
}
