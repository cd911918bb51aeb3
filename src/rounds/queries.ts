import type { Knex } from 'knex';
import type { Actor } from '../access/actor.ts';
import { reach } from '../access/may.ts';
import { within } from '../access/subject.ts';
import { limits } from '../kit/limits.ts';
import { common } from '../kit/refusals.ts';
import { decodeCursor, sliceOf, type Slice } from '../kit/slice.ts';
import { ancestorNo } from '../places/place.ts';
import type { Mark, Standing } from './case.ts';
import type { Reasoned } from './reason.ts';
import { roundById, roundByNo, type Round } from './round.ts';

/** A round by what an address names: its id, or its number. */
export const roundAt = (read: Knex, name: string): Promise<Round> => /^\d{1,12}$/.test(name) ? roundByNo(read, Number(name)) : roundById(read, name);

/** Whether a round touches the places an actor looks after: it covers them, or lies inside. */
export const seesRound = (actor: Actor, round: Pick<Round, 'path'>): boolean => reach(actor, 'round.read').some(path => within(path, round.path) || within(round.path, path));

/** The round, for someone who may look at it. */
export async function roundFor(read: Knex, actor: Actor, name: string): Promise<Round> {
  const round = await roundAt(read, name);
  if (!seesRound(actor, round)) common.refuse('not-allowed', { why: '不在您的片区' });
  return round;
}

export interface Count { readonly village: number; readonly standing: Standing; readonly cases: number; readonly held: number }

/** How many households of each village stand where. */
export async function countsByVillage(read: Knex, round: number, villages: readonly number[]): Promise<readonly Count[]> {
  if (villages.length === 0) return [];
  const rows: { village: number; standing: Standing; n: number; held: number }[] = await read('cases').where({ round }).whereIn('village', [...villages])
    .groupBy('village', 'standing').select('village', 'standing').count({ n: '*' }).sum({ held: read.raw('case when held > 0 then 1 else 0 end') });
  return rows.map(row => ({ village: row.village, standing: row.standing, cases: Number(row.n), held: Number(row.held) }));
}

export interface CaseRow {
  readonly subject: number; readonly id: string; readonly household_no: number; readonly head_name: string; readonly group_name: string | null;
  readonly standing: Standing; readonly held: number; readonly reason: string | null; readonly changed_at: string;
}

export interface CaseFilter { readonly round: number; readonly village: number; readonly villagePath: string; readonly paths: readonly string[]; readonly standing?: Standing | undefined; readonly group?: number | undefined; readonly held?: boolean | undefined }

/** Households of a village in a round, by household number; only those the paths reach. */
export async function caseRows(read: Knex, filter: CaseFilter, after?: string): Promise<Slice<CaseRow>> {
  const cursor = decodeCursor(after, ['number', 'number']);
  const backwards = cursor?.direction === 'prev';
  const query = read('cases').join('households', 'households.no', 'cases.subject').leftJoin('places as groups', 'groups.no', 'cases.group')
    .where('cases.round', filter.round).where('cases.village', filter.village)
    .modify(only => {
      if (filter.standing !== undefined) void only.where('cases.standing', filter.standing);
      if (filter.group !== undefined) void only.where('cases.group', filter.group);
      if (filter.held === true) void only.where('cases.held', '>', 0);
      const inside = filter.paths.some(path => within(filter.villagePath, path));
      if (!inside) void only.where(any => { void any.whereIn('cases.grid', partsOf(filter, 'grid')).orWhereIn('cases.group', partsOf(filter, 'group')); });
      if (cursor !== undefined) void only.whereRaw(`(households.household_no, households.no) ${backwards ? '<' : '>'} (?, ?)`, [...cursor.key]);
    })
    .orderBy('households.household_no', backwards ? 'desc' : 'asc').orderBy('households.no', backwards ? 'desc' : 'asc').limit(limits.rowsPerPage + 1);
  const found: CaseRow[] = await query.select('cases.subject', 'households.id', 'households.household_no', 'households.head_name', 'groups.name as group_name', 'cases.standing', 'cases.held', 'cases.reason', 'cases.changed_at');
  return sliceOf(found, { size: limits.rowsPerPage, cursor, keyOf: row => [row.household_no, row.subject] });
}

/** The grids or groups of a village that the paths name. */
const partsOf = (filter: CaseFilter, kind: 'grid' | 'group'): number[] =>
  filter.paths.filter(path => within(path, filter.villagePath)).map(path => ancestorNo(path, kind)).filter(no => no !== undefined);

export interface MarkRow extends Reasoned { readonly mark: Mark; readonly at: string; readonly who: string | null; readonly by: string }

/** What happened to a case, first to last. A rating that a run made is its own mark: a hundred thousand of them say nothing that the ratings do not say. */
export async function marksOf(read: Knex, round: number, subject: number): Promise<readonly MarkRow[]> {
  type Told = MarkRow & { readonly unit: number };
  const [marked, rated] = await Promise.all([
    read('marks').leftJoin('officers', 'officers.id', 'marks.by').leftJoin('reasons', sameMark)
      .where({ 'marks.round': round, 'marks.subject': subject }).orderBy('marks.seq').select<Told[]>('marks.mark', 'marks.body', 'reasons.words', 'marks.at', 'officers.name as who', 'marks.by', 'marks.unit'),
    read('ratings').join('rating_runs as runs', 'runs.no', 'ratings.run').leftJoin('officers', 'officers.id', 'runs.by')
      .where({ 'ratings.round': round, 'ratings.subject': subject, 'runs.kind': 'household', 'runs.phase': 'done' }).orderBy('ratings.revision')
      .select<Omit<Told, 'mark' | 'body' | 'words'>[]>('runs.finished_at as at', 'officers.name as who', 'runs.by', 'ratings.unit'),
  ]);
  return [...marked, ...rated.map(row => ({ ...row, mark: 'rated' as const, body: '{}', words: null }))].sort((one, other) => Number(one.unit) - Number(other.unit)).map(({ unit: _unit, ...row }) => row);
}

/** Joins the words that stand beside a mark. */
export const sameMark = (join: Knex.JoinClause): void => { join.on('reasons.round', 'marks.round').andOn('reasons.subject', 'marks.subject').andOn('reasons.seq', 'marks.seq'); };

/** Households registered since the round was opened, which have no case yet. */
export async function lacking(read: Knex, round: Pick<Round, 'no' | 'path'>): Promise<number> {
  const row: { n?: number | string } | undefined = await read('households').join('places', 'places.no', 'households.village_no').where('places.path', 'like', `${round.path}%`).whereNull('households.closed_on')
    .whereNotExists(read('cases').where('cases.round', round.no).whereRaw('cases.subject = households.no').select('cases.subject')).count({ n: '*' }).first();
  return Number(row?.n ?? 0);
}
