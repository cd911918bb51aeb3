import type { Knex } from 'knex';
import { within } from '../households/queries.ts';
import { common } from '../kit/refusals.ts';
import type { Right, Step, StepRow } from './right.ts';

const columns = ['rights_requests.id', 'members.household', 'rights_requests.member', 'rights_requests.kind', 'rights_requests.about', 'rights_requests.words', 'rights_requests.identified', 'rights_requests.mandate', 'rights_requests.complained_of',
  'rights_requests.lodged_on', 'rights_requests.due_on', 'rights_requests.by'] as const;
const all = (read: Knex) => read('rights_requests').join('members', 'members.id', 'rights_requests.member');

async function withSteps<R extends Omit<Right, 'steps'>>(read: Knex, rows: readonly R[]): Promise<readonly (R & Pick<Right, 'steps'>)[]> {
  if (rows.length === 0) return [];
  const steps: StepRow[] = await read('rights_steps').whereIn('request', rows.map(row => row.id)).orderBy('at').orderBy('id').select('request', 'step', 'day', 'words', 'by');
  return rows.map(row => ({ ...row, steps: steps.filter(step => step.request === row.id) }));
}

export async function rightById(read: Knex, id: string): Promise<Right> {
  const [right] = await withSteps(read, await all(read).where('rights_requests.id', id).select(...columns));
  return right ?? common.refuse('not-found');
}

/** All that the people of a household asked for, newest first; what they asked for goes along with them. */
export const rightsOf = async (read: Knex, household: string): Promise<readonly Right[]> =>
  withSteps(read, await all(read).where('members.household', household).orderBy('rights_requests.at', 'desc').orderBy('rights_requests.id', 'desc').select(...columns));

export interface Located extends Right { readonly head_name: string; readonly household_no: number; readonly village_no: number; readonly name: string }

/** Requests below some paths that wait for an answer, by due day. */
export const rightsAwaited = (read: Knex, paths: readonly string[], most: number): Promise<readonly Located[]> =>
  below(read, paths, most, query => { void query.whereNotExists(stepsOf(read, ['granted', 'partly', 'refused', 'dropped'])); });

/** Those answered in writing whose paper has not gone to the person yet. */
export const rightsToHand = (read: Knex, paths: readonly string[], most: number): Promise<readonly Located[]> =>
  below(read, paths, most, query => { void query.whereNotIn('rights_requests.kind', ['report', 'copy', 'withdraw']).whereExists(stepsOf(read, ['granted', 'partly', 'refused'])).whereNotExists(stepsOf(read, ['handed'])); });

const stepsOf = (read: Knex, steps: readonly Step[]): Knex.QueryBuilder => read('rights_steps').whereRaw('rights_steps.request = rights_requests.id').whereIn('step', [...steps]).select('id');

async function below(read: Knex, paths: readonly string[], most: number, narrow: (query: Knex.QueryBuilder) => void): Promise<readonly Located[]> {
  const rows: Omit<Located, 'steps'>[] = await all(read).join('households', 'households.id', 'members.household').where(within(read, paths)).modify(narrow)
    .orderBy('rights_requests.due_on').orderBy('rights_requests.id').limit(most).select(...columns, 'households.head_name', 'households.household_no', 'households.village_no', 'members.name');
  return withSteps(read, rows);
}

export interface Handler { readonly id: string; readonly name: string }
/** Officers who wrote about a household or decided on it: of one of them the person may complain. */
export async function handlersOf(read: Knex, household: { readonly id: string; readonly no: number }): Promise<readonly Handler[]> {
  const wrote = [
    read('sheets').where({ subject: household.no }).select('by'), read('marks').where({ subject: household.no }).select('by'), read('adjustments').where({ subject: household.no }).select('by'), read('household_events').where({ household: household.id }).select('by'),
  ];
  return read('officers').where(any => { for (const one of wrote) void any.orWhereIn('id', one); }).orderBy('name').orderBy('id').limit(40).select('id', 'name');
}
