import type { Knex } from 'knex';
import { common } from '../kit/refusals.ts';
import type { Day, Instant } from '../kit/time.ts';

export const phases = { counting: '正在算', done: '算完了', failed: '没有算成' } as const;

/** A scenario: what a kept standard would make of a round in a place. The round, its ratings and its cases are not touched. */
export interface Simulation {
  readonly no: number; readonly id: string; readonly round: number; readonly place_no: number; readonly path: string; readonly standard: string; readonly day: Day; readonly note: string;
  readonly phase: keyof typeof phases; readonly total: number; readonly done: number; readonly changed: number; readonly apart: number; readonly titles: string;
  /** Binds standard, facts and result, for the minutes; null until it is done. */
  readonly hash: string | null;
  readonly beat_at: Instant; readonly finished_at: Instant | null; readonly at: Instant; readonly by: string;
}
const own = ['no', 'id', 'round', 'place_no', 'standard', 'day', 'note', 'phase', 'total', 'done', 'changed', 'apart', 'titles', 'hash', 'beat_at', 'finished_at', 'at', 'by'] as const;

const found = (read: Knex): Knex.QueryBuilder => read('simulations').join('places', 'places.no', 'simulations.place_no').select('places.path', ...own.map(column => `simulations.${column}`));

export async function simulationById(read: Knex, id: string): Promise<Simulation> {
  const row: Simulation | undefined = await found(read).where('simulations.id', id).first();
  return row === undefined ? common.refuse('not-found') : plain(row);
}
/** Newest first, of places below or above any of some paths. */
export async function simulationsOf(read: Knex, paths: readonly string[], most: number): Promise<readonly Simulation[]> {
  const rows: Simulation[] = await found(read).orderBy('simulations.no', 'desc').limit(most * 10);
  return rows.filter(row => paths.some(path => row.path.startsWith(path) || path.startsWith(row.path))).slice(0, most).map(plain);
}
export const underWay = async (read: Knex): Promise<readonly Simulation[]> => (await found(read).where('simulations.phase', 'counting').orderBy('simulations.no') as Simulation[]).map(plain);

const plain = (row: Simulation): Simulation => ({ ...row, no: Number(row.no), round: Number(row.round), place_no: Number(row.place_no) });

/** A village or township by both standards: grades in their tables (see `without`), and whether it carries the title. */
export interface TitleChange { readonly place: number; readonly kind: 'village' | 'township'; readonly before: number; readonly after: number; readonly creditBefore: number; readonly creditAfter: number }
