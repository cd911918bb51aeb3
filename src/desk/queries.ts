import type { Knex } from 'knex';
import type { Day } from '../kit/time.ts';
import { below } from '../places/below.ts';
import type { Standing } from '../rounds/case.ts';

/** Households of a village in a round under way, by standing. Place and township come along, so that a page needs no further query. */
export interface VillageLine {
  readonly round: number; readonly roundId: string; readonly roundName: string; readonly roundPath: string; readonly collectUntil: Day; readonly previous: number | null; readonly standard: string;
  readonly no: number; readonly id: string; readonly path: string; readonly name: string; readonly township: string;
  readonly counts: Readonly<Partial<Record<Standing, number>>>; readonly held: number;
}

interface Row {
  readonly round: number; readonly round_id: string; readonly round_name: string; readonly round_path: string; readonly collect_until: Day; readonly previous_no: number | null; readonly household_standard: string;
  readonly no: number; readonly id: string; readonly path: string; readonly name: string; readonly township: string; readonly standing: Standing; readonly n: number | string; readonly held: number | string | null;
}

/** Every village below some paths in the rounds under way, in the register's order: one query, whatever the number of households, and no household elsewhere is looked at. */
export async function villageLines(read: Knex, paths: readonly string[]): Promise<readonly VillageLine[]> {
  if (paths.length === 0) return [];
  const villages = read('places').where('kind', 'village').where(below(paths, 'path')).select('no');
  const counted = read('cases').join('rounds', 'rounds.no', 'cases.round').whereNull('rounds.closed_on').whereIn('cases.village', villages).groupBy('cases.round', 'cases.village', 'cases.standing')
    .select('cases.round', 'cases.village', 'cases.standing').count({ n: '*' });
  const rows: Row[] = await read(counted.as('k')).leftJoin(heldByVillage(read).as('h'), join => join.on('h.round', 'k.round').andOn('h.village', 'k.village')).join('rounds as r', 'r.no', 'k.round').join('places as v', 'v.no', 'k.village').join('places as t', 't.no', 'v.parent_no').join('places as p', 'p.no', 'r.place_no')
    .where('v.kind', 'village').where(below(paths, 'v.path')).orderBy('r.no').orderBy('t.sort').orderBy('t.no').orderBy('v.sort').orderBy('v.no')
    .select('k.round', 'r.id as round_id', 'r.name as round_name', 'p.path as round_path', 'r.collect_until', 'r.previous_no', 'r.household_standard', 'v.no', 'v.id', 'v.path', 'v.name', 't.name as township', 'k.standing', 'k.n', 'h.n as held');
  const lines = new Map<string, VillageLine>();
  for (const row of rows) {
    const key = `${row.round} ${row.no}`;
    const line = lines.get(key);
    lines.set(key, {
      round: row.round, roundId: row.round_id, roundName: row.round_name, roundPath: row.round_path, collectUntil: row.collect_until, previous: row.previous_no, standard: row.household_standard,
      no: row.no, id: row.id, path: row.path, name: row.name, township: row.township,
      counts: { ...line?.counts, [row.standing]: Number(row.n) }, held: Number(row.held ?? 0),
    });
  }
  return [...lines.values()];
}

/** Households that an open objection holds, by round and village; objections are few, so they are asked and not the cases. */
const heldByVillage = (read: Knex): Knex.QueryBuilder => read('objections as o').leftJoin('answers as a', 'a.objection', 'o.id').whereNull('a.id')
  .join('cases as c', join => join.on('c.round', 'o.round').andOn('c.subject', 'o.subject')).where('c.held', '>', 0).groupBy('c.round', 'c.village').select('c.round', 'c.village').countDistinct({ n: 'c.subject' });

export interface HungNotice { readonly id: string; readonly round: number; readonly village: number; readonly path: string; readonly name: string; readonly stage: 'village' | 'township' | 'final'; readonly posted_on: Day; readonly until: Day; readonly photo: string | null; readonly ended_on: Day | null }

/** Notices below some paths that still ask for something: they hang, or no photograph of them is kept. */
export async function noticesAsking(read: Knex, paths: readonly string[]): Promise<readonly HungNotice[]> {
  if (paths.length === 0) return [];
  return read('notices').join('rounds', 'rounds.no', 'notices.round').join('places', 'places.no', 'notices.place_no').whereNull('rounds.closed_on').whereNull('notices.unposted_on').where(below(paths, 'places.path'))
    .where(any => { void any.whereNull('notices.ended_on').orWhereNull('notices.photo'); }).orderBy('notices.until').orderBy('notices.id').limit(200)
    .select('notices.id', 'notices.round', 'notices.place_no as village', 'places.path', 'places.name', 'notices.stage', 'notices.posted_on', 'notices.until', 'notices.photo', 'notices.ended_on');
}

export interface GridLine { readonly no: number; readonly name: string | null; readonly standing: Standing; readonly n: number }

/** Households of one village by grid and standing. */
export async function gridLines(read: Knex, round: number, village: number): Promise<readonly GridLine[]> {
  const rows: { no: number | null; name: string | null; standing: Standing; n: number | string }[] = await read('cases').leftJoin('places as g', 'g.no', 'cases.grid').where({ 'cases.round': round, 'cases.village': village })
    .groupBy('cases.grid', 'g.name', 'g.sort', 'cases.standing').orderBy('g.sort', 'asc', 'last').orderBy('cases.grid', 'asc', 'last').select('cases.grid as no', 'g.name', 'cases.standing').count({ n: '*' });
  return rows.map(row => ({ ...row, no: Number(row.no ?? 0), n: Number(row.n) }));
}

/** Households of which two people wrote different things, in the rounds under way. */
export async function contestsWaiting(read: Knex, paths: readonly string[]): Promise<number> {
  if (paths.length === 0) return 0;
  const row: { n?: number | string } | undefined = await read('contests').join('cases', join => join.on('cases.round', 'contests.round').andOn('cases.subject', 'contests.subject'))
    .join('rounds', 'rounds.no', 'cases.round').join('places', 'places.no', 'cases.village').whereNull('rounds.closed_on').where(below(paths, 'places.path')).countDistinct({ n: 'contests.subject' }).first();
  return Number(row?.n ?? 0);
}

/** Villages below some paths without anybody on their committee on a day. */
export async function villagesUnstaffed(read: Knex, paths: readonly string[], day: Day): Promise<readonly string[]> {
  if (paths.length === 0) return [];
  const rows: { name: string }[] = await read('places').where({ kind: 'village', hidden: 0 }).whereNull('until').where(below(paths, 'path'))
    .whereNotExists(read('posts').whereRaw('posts.place_no = places.no').where('posts.role', 'villageCommittee').where('posts.since', '<=', day).where(open => { void open.whereNull('posts.until').orWhere('posts.until', '>', day); }).select(read.raw('1')))
    .orderBy('path').select('name');
  return rows.map(row => row.name);
}
