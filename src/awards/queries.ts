import type { Knex } from 'knex';
import { common } from '../kit/refusals.ts';
import type { Day } from '../kit/time.ts';
import { below } from '../places/below.ts';
import type { Change, StepRow } from './award.ts';

export interface Annual { readonly id: string; readonly round: number; readonly place_no: number; readonly year: number; readonly opened_on: Day; readonly until: Day; readonly valid_until: Day; readonly path: string; readonly place: string }
const annualColumns = ['annual_checks.id', 'annual_checks.round', 'annual_checks.place_no', 'annual_checks.year', 'annual_checks.opened_on', 'annual_checks.until', 'annual_checks.valid_until', 'places.path', 'places.name as place'] as const;
const annuals = (read: Knex): Knex.QueryBuilder => read('annual_checks').join('places', 'places.no', 'annual_checks.place_no');

export async function annualById(read: Knex, id: string): Promise<Annual> {
  const row: Annual | undefined = await annuals(read).where('annual_checks.id', id).first(...annualColumns);
  return row ?? common.refuse('not-found');
}

/** Annual checks that concern some paths, newest first: of rounds that are not over. */
export async function annualsOver(read: Knex, paths: readonly string[]): Promise<readonly Annual[]> {
  const rows: Annual[] = await annuals(read).join('rounds', 'rounds.no', 'annual_checks.round').whereNull('rounds.closed_on').orderBy('annual_checks.year', 'desc').orderBy('annual_checks.opened_on', 'desc').select(...annualColumns);
  return rows.filter(row => paths.some(path => row.path.startsWith(path) || path.startsWith(row.path)));
}

const columns = ['award_changes.id', 'award_changes.annual', 'award_changes.round', 'award_changes.subject', 'award_changes.certificate', 'award_changes.outcome', 'award_changes.points', 'award_changes.grade', 'award_changes.valid_until', 'award_changes.words', 'award_changes.proposed_on', 'award_changes.by'] as const;

async function withSteps<C extends Omit<Change, 'steps'>>(read: Knex, rows: readonly C[]): Promise<readonly (C & Change)[]> {
  const steps: StepRow[] = rows.length === 0 ? [] : await read('award_steps').whereIn('change', rows.map(row => row.id)).orderBy('at').orderBy('id').select('change', 'step', 'day', 'speak_until', 'words', 'by');
  const byChange = Map.groupBy(steps, step => step.change);
  return rows.map(row => ({ ...row, round: Number(row.round), subject: Number(row.subject), steps: byChange.get(row.id) ?? [] }));
}

export async function changeById(read: Knex, id: string): Promise<Change> {
  const [change] = await withSteps<Omit<Change, 'steps'>>(read, await read('award_changes').where({ id }).select(...columns));
  return change ?? common.refuse('not-found');
}

/** Everything put forward about some subjects in a round, oldest first. */
export const changesOf = async (read: Knex, round: number, subjects: readonly number[]): Promise<readonly Change[]> =>
  withSteps<Omit<Change, 'steps'>>(read, await read('award_changes').where({ round }).whereIn('subject', [...subjects]).orderBy('at').orderBy('id').select(...columns));

export const undecided = (read: Knex): Knex.QueryBuilder => read('award_steps').whereRaw('award_steps.change = award_changes.id').whereIn('award_steps.step', ['agreed', 'declined', 'dropped']).select('award_steps.id');

/** A change with what names it: the household, or the place whose title it is. */
export interface Placed extends Change { readonly kind: 'household' | 'village' | 'township'; readonly subjectId: string; readonly place_no: number; readonly path: string; readonly place: string; readonly household_no: number | null; readonly head_name: string | null }

/** What is put forward below some paths and not ended, oldest first. */
export async function openChanges(read: Knex, paths: readonly string[], most: number): Promise<readonly Placed[]> {
  if (paths.length === 0) return [];
  return withSteps<Omit<Placed, 'steps'>>(read, await read('award_changes').join('subjects', 'subjects.no', 'award_changes.subject').join('places', 'places.no', 'subjects.place_no').leftJoin('households', 'households.no', 'award_changes.subject')
    .join('rounds', 'rounds.no', 'award_changes.round').whereNull('rounds.closed_on').where(below(paths, 'places.path')).whereNotExists(undecided(read)).orderBy('award_changes.proposed_on').orderBy('award_changes.id').limit(most)
    .select(...columns, 'subjects.kind', read.raw('coalesce(households.id, places.id) as "subjectId"'), 'subjects.place_no', 'places.path', 'places.name as place', 'households.household_no', 'households.head_name'));
}
