import type { Knex } from 'knex';
import { allConsented } from '../consents/queries.ts';
import type { Day } from '../kit/time.ts';
import type { Standing } from '../rounds/case.ts';

/** Counts per village or per grid. */
export type By = 'village' | 'grid';
export interface Scope { readonly round: number; readonly villages: readonly number[] }

const counted = (rows: readonly { key: number | null; n: number | string }[]): ReadonlyMap<number, number> => new Map(rows.map(row => [Number(row.key ?? 0), Number(row.n)]));

/** Households on the register of each village today. */
export async function householdsByVillage(read: Knex, villages: readonly number[]): Promise<ReadonlyMap<number, number>> {
  if (villages.length === 0) return new Map();
  return counted(await read('households').whereIn('village_no', [...villages]).whereNull('closed_on').groupBy('village_no').select('village_no as key').count({ n: '*' }));
}

export interface GradeCount { readonly round: number; readonly village: number; readonly grade: number; readonly credit: number; readonly n: number }

const notRated: readonly Standing[] = ['open', 'collected', 'excused'];

/**
 * Households by grade in each village, for one or several rounds; provisional results and cases sent back to collecting are left out.
 * With `ratedIn`, only households that these rounds have rated too: half a round compares with the same half of the year before.
 */
export async function gradeCounts(read: Knex, rounds: readonly number[], villages: readonly number[], ratedIn?: readonly number[]): Promise<readonly GradeCount[]> {
  if (rounds.length === 0 || villages.length === 0) return [];
  const query = read('current_ratings as k');
  if (ratedIn !== undefined) void query.whereExists(read('cases as n').whereRaw('n.subject = k.subject').whereIn('n.round', [...ratedIn]).whereNotIn('n.standing', [...notRated]).select(read.raw('1')));
  const rows: { round: number; village: number; grade: number; credit: number; n: number | string }[] = await query
    .join('cases as c', join => join.on('c.round', 'k.round').andOn('c.subject', 'k.subject')).whereIn('k.round', [...rounds]).whereIn('c.village', [...villages])
    .whereNot('k.outcome', 'provisional').whereNotIn('c.standing', [...notRated])
    .groupBy('k.round', 'c.village', 'k.grade', 'k.credit').select('k.round', 'c.village', 'k.grade', 'k.credit').count({ n: '*' });
  return rows.map(row => ({ ...row, n: Number(row.n) }));
}

const inScope = (read: Knex, { round, villages }: Scope) => read('cases').where('cases.round', round).whereIn('cases.village', [...villages]);

export interface StandingCount { readonly key: number; readonly standing: Standing; readonly n: number }

/** Cases by standing in each village or grid; key 0 is no grid. */
export async function standingCounts(read: Knex, scope: Scope, by: By): Promise<readonly StandingCount[]> {
  const rows: { key: number | null; standing: Standing; n: number | string }[] = await inScope(read, scope).groupBy(`cases.${by}`, 'cases.standing').select(`cases.${by} as key`, 'cases.standing').count({ n: '*' });
  return rows.map(row => ({ key: Number(row.key ?? 0), standing: row.standing, n: Number(row.n) }));
}

/** Households that somebody has begun with at the door, but not finished. */
export async function begunCounts(read: Knex, scope: Scope, by: By): Promise<ReadonlyMap<number, number>> {
  return counted(await inScope(read, scope).where('cases.standing', 'open')
    .whereExists(read('sheets').whereRaw('sheets.round = cases.round and sheets.subject = cases.subject').whereNotIn('sheets.source', ['bank', 'bureau', 'carried']).select(read.raw('1')))
    .groupBy(`cases.${by}`).select(`cases.${by} as key`).count({ n: '*' }));
}

/** Households not yet collected in which somebody who counts has not signed to be rated. */
export async function unsignedCounts(read: Knex, scope: Scope, day: Day, by: By): Promise<ReadonlyMap<number, number>> {
  return counted(await inScope(read, scope).join('households', 'households.no', 'cases.subject').where('cases.standing', 'open').whereNot(allConsented(read, { kind: 'rate', bank: '' }, day))
    .groupBy(`cases.${by}`).select(`cases.${by} as key`).count({ n: '*' }));
}

/** Households with answers that do not agree and wait for the village. */
export async function contestCounts(read: Knex, scope: Scope, by: By): Promise<ReadonlyMap<number, number>> {
  return counted(await inScope(read, scope).whereExists(read('contests').whereRaw('contests.round = cases.round and contests.subject = cases.subject').select(read.raw('1')))
    .groupBy(`cases.${by}`).select(`cases.${by} as key`).count({ n: '*' }));
}

/** Households of each village that take part and have an answer to each of some indicators; 不清楚 is an answer. */
export async function answerCounts(read: Knex, scope: Scope, indicators: readonly number[]): Promise<readonly { readonly village: number; readonly indicator: number; readonly n: number }[]> {
  if (indicators.length === 0) return [];
  const rows: { village: number; indicator: number; n: number | string }[] = await inScope(read, scope).whereNot('cases.standing', 'excused')
    .join('current_values as v', join => join.on('v.round', 'cases.round').andOn('v.subject', 'cases.subject')).whereIn('v.indicator', [...indicators])
    .groupBy('cases.village', 'v.indicator').select('cases.village', 'v.indicator').count({ n: '*' });
  return rows.map(row => ({ ...row, n: Number(row.n) }));
}
