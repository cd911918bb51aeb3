import type { Knex } from 'knex';
import { common } from '../kit/refusals.ts';
import type { Place } from '../places/place.ts';
import { placeColumns } from '../places/queries.ts';
import type { Standing } from '../rounds/case.ts';
import { caseColumns, type Case } from '../rounds/mark.ts';
import type { TitleKind } from './title.ts';

export interface Title extends Case { readonly id: string; readonly kind: TitleKind; readonly placeNo: number; readonly credit: number | null; readonly grade: number | null; readonly revision: number | null }

const titled = (read: Knex) => read('cases').join('subjects', 'subjects.no', 'cases.subject').leftJoin('current_ratings', join => { join.on('current_ratings.round', 'cases.round').andOn('current_ratings.subject', 'cases.subject'); })
  .whereIn('subjects.kind', ['village', 'township']);
const columns = [...caseColumns.map(column => `cases.${column}`), 'subjects.id', 'subjects.kind', 'subjects.place_no as placeNo', 'current_ratings.credit', 'current_ratings.grade', 'current_ratings.revision'];

/** The case for a title of one place in a round. */
export async function titleOf(read: Knex, round: number, placeNo: number): Promise<Title> {
  const row: Title | undefined = await titled(read).where({ 'cases.round': round, 'subjects.place_no': placeNo }).first(...columns);
  return row ?? common.refuse('not-found');
}

/** A title with its place, and the id of its round. */
export interface Placed extends Title { readonly roundId: string; readonly place: Place }

/** Titles of the rounds under way below some paths, of one standing or all, townships before their villages, in the register's order. */
export async function titlesBelow(read: Knex, paths: readonly string[], most: number, standing?: Standing): Promise<readonly Placed[]> {
  if (paths.length === 0) return [];
  const rows: (Title & { readonly roundId: string })[] = await titled(read).join('rounds', 'rounds.no', 'cases.round').join('places', 'places.no', 'subjects.place_no').whereNull('rounds.closed_on')
    .modify(query => { if (standing !== undefined) void query.where('cases.standing', standing); })
    .where(any => { for (const path of paths) void any.orWhere('places.path', 'like', `${path}%`); }).orderBy('rounds.no', 'desc').orderBy('places.kind').orderBy('places.sort').limit(most).select(...columns, 'rounds.id as roundId');
  const places: Place[] = rows.length === 0 ? [] : await read('places').whereIn('no', [...new Set(rows.map(row => row.placeNo))]).select(...placeColumns);
  const byNo = new Map(places.map(place => [place.no, place]));
  return rows.flatMap(row => { const place = byNo.get(row.placeNo); return place === undefined ? [] : [{ ...row, place }]; });
}

/** Who made the mark that brought the case where it stands. */
export async function lastMarkBy(read: Knex, one: Pick<Case, 'round' | 'subject' | 'mark_seq'>): Promise<string | undefined> {
  const row: { by: string } | undefined = await read('marks').where({ round: one.round, subject: one.subject, seq: one.mark_seq }).first('by');
  return row?.by;
}

/** Who last took a step of this kind on the case. */
export async function markedBy(read: Knex, one: Pick<Case, 'round' | 'subject'>, mark: string): Promise<string | undefined> {
  const row: { by: string } | undefined = await read('marks').where({ round: one.round, subject: one.subject, mark }).orderBy('seq', 'desc').first('by');
  return row?.by;
}
