import type { Knex } from 'knex';
import type { Place } from '../places/place.ts';
import { placeColumns, placeNames } from '../places/queries.ts';
import type { Standing } from '../rounds/case.ts';
import { sameMark } from '../rounds/queries.ts';
import type { Round } from '../rounds/round.ts';
import { stages, type Stage } from './stage.ts';

export interface VillageState { readonly round: number; readonly roundId: string; readonly roundName: string; readonly place: Place; readonly name: string; readonly counts: Readonly<Partial<Record<Standing, number>>>; readonly held: number }

/** Every village of the rounds under way below some paths, with its households counted by standing, in the register's order. */
export async function villageStates(read: Knex, paths: readonly string[]): Promise<readonly VillageState[]> {
  if (paths.length === 0) return [];
  const rows: { round: number; village: number; standing: Standing; n: number | string; held: number | string }[] = await read('cases').join('rounds', 'rounds.no', 'cases.round').join('places', 'places.no', 'cases.village')
    .join('subjects', 'subjects.no', 'cases.subject').where('subjects.kind', 'household').whereNull('rounds.closed_on')
    .where(any => { for (const path of paths) void any.orWhere('places.path', 'like', `${path}%`); })
    .groupBy('cases.round', 'cases.village', 'cases.standing').select('cases.round', 'cases.village', 'cases.standing', read.raw('count(*) as n'), read.raw('sum(case when cases.held > 0 then 1 else 0 end) as held'));
  const nos = [...new Set(rows.map(row => row.village))];
  if (nos.length === 0) return [];
  const places: Place[] = await read('places').whereIn('no', nos).orderBy('path').orderBy('sort').select(...placeColumns);
  const names = await placeNames(read, nos);
  const rounds: { no: number; id: string; name: string }[] = await read('rounds').whereIn('no', [...new Set(rows.map(row => row.round))]).select('no', 'id', 'name');
  return rounds.flatMap(round => [...places].sort((a, b) => a.sort - b.sort || a.no - b.no).flatMap(place => {
    const own = rows.filter(row => row.round === round.no && row.village === place.no);
    if (own.length === 0) return [];
    return [{
      round: round.no, roundId: round.id, roundName: round.name, place, name: names.get(place.no)?.full ?? place.name,
      counts: Object.fromEntries(own.map(row => [row.standing, Number(row.n)])), held: own.reduce((sum, row) => sum + Number(row.held), 0),
    }];
  }));
}

export const waiting = (counts: VillageState['counts'], stage: Stage): number => stages[stage].from.reduce((sum, standing) => sum + (counts[standing] ?? 0), 0);

/** How households of a village stand in a round, by standing. */
export async function countsIn(read: Knex, round: number, village: number): Promise<Readonly<Partial<Record<Standing, number>>>> {
  const rows: { standing: Standing; n: number | string }[] = await read('cases').join('subjects', 'subjects.no', 'cases.subject').where({ 'cases.round': round, 'cases.village': village, 'subjects.kind': 'household' }).groupBy('cases.standing').select('cases.standing').count({ n: '*' });
  return Object.fromEntries(rows.map(row => [row.standing, Number(row.n)]));
}

export interface Sums { readonly byGrade: ReadonlyMap<number, number>; readonly rated: number; readonly credit: number }

/** Grades of a village in a round, counted; provisional ones count for nothing. */
export async function gradesCounted(read: Knex, round: number, village: number): Promise<Sums> {
  const rows: { grade: number; credit: number; n: number | string }[] = await read('current_ratings').join('cases', join => { join.on('cases.round', 'current_ratings.round').andOn('cases.subject', 'current_ratings.subject'); })
    .join('subjects', 'subjects.no', 'cases.subject').where({ 'cases.round': round, 'cases.village': village, 'subjects.kind': 'household' }).whereNot('current_ratings.outcome', 'provisional')
    .whereNotIn('cases.standing', ['open', 'collected', 'excused']).groupBy('current_ratings.grade', 'current_ratings.credit').select('current_ratings.grade', 'current_ratings.credit').count({ n: '*' });
  const byGrade = new Map<number, number>();
  for (const row of rows) byGrade.set(row.grade, (byGrade.get(row.grade) ?? 0) + Number(row.n));
  return { byGrade, rated: rows.reduce((sum, row) => sum + Number(row.n), 0), credit: rows.reduce((sum, row) => sum + (row.credit === 1 ? Number(row.n) : 0), 0) };
}

export interface Batch { readonly unit: number; readonly at: string; readonly name: string; readonly count: number }

/** What was passed at a stage and may still be taken back, act by act. */
export async function batchesOf(read: Knex, round: Round, village: number, stage: Stage): Promise<readonly Batch[]> {
  const rows: { unit: number; at: string; name: string | null; n: number | string }[] = await read('cases').join('marks', join => { join.on('marks.round', 'cases.round').andOn('marks.subject', 'cases.subject').andOn('marks.seq', 'cases.mark_seq'); })
    .leftJoin('officers', 'officers.id', 'marks.by').where({ 'cases.round': round.no, 'cases.village': village, 'cases.standing': stages[stage].done, 'marks.mark': stages[stage].mark })
    .groupBy('marks.unit', 'marks.at', 'officers.name').orderBy('marks.unit', 'desc').select('marks.unit', 'marks.at', 'officers.name').count({ n: '*' });
  return rows.map(row => ({ unit: row.unit, at: row.at, name: row.name ?? '命令行', count: Number(row.n) }));
}

/** Reasons lately given in a township for sending households of a round back, for the tiles: what another township wrote about its people is not ours to read. */
export async function recentReasons(read: Knex, round: number, { parent_no }: Pick<Place, 'parent_no'>): Promise<readonly string[]> {
  const rows: { words: string }[] = await read('marks').join('reasons', sameMark).join('cases', join => join.on('cases.round', 'marks.round').andOn('cases.subject', 'marks.subject')).join('places', 'places.no', 'cases.village')
    .where({ 'marks.round': round, 'marks.mark': 'returned', 'places.parent_no': parent_no, 'places.kind': 'village' }).orderBy('marks.at', 'desc').limit(40).select('reasons.words');
  return [...new Set([...rows.map(row => row.words), ...usual])].slice(0, 6);
}
const usual = ['劳力人数再核一次', '记事缺少凭据', '银行数据和上门了解的不一样', '家里情况有变化，再上门看一次'];

/** Day on which the notice of a stage over a village's households ends, if one hangs. */
export async function noticeUntil(read: Knex, round: number, village: number, stage: string): Promise<string | null> {
  const row: { until: string } | undefined = await read('notices').where({ round, place_no: village, stage }).whereNull('unposted_on').orderBy('until', 'desc').first('until');
  return row?.until ?? null;
}
