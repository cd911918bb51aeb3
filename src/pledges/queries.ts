import type { Knex } from 'knex';
import { within } from '../households/queries.ts';
import { common } from '../kit/refusals.ts';
import type { Day } from '../kit/time.ts';
import { reportOf, type Pledge, type StepRow } from './pledge.ts';
import type { Purpose } from './texts.ts';

/** A pledge is a person's: it goes along where the person lives now. */
const all = (read: Knex) => read('pledges').join('members', 'members.id', 'pledges.member');
const columns = ['pledges.id', 'members.household', 'pledges.member', 'pledges.purpose', 'pledges.text_version', 'pledges.event', 'pledges.signed_on', 'pledges.kept_until', 'pledges.how', 'pledges.open', 'pledges.evidence'] as const;
const stepColumns = ['pledge', 'step', 'outcome', 'day', 'words', 'evidence', 'by'] as const;

async function withSteps<P extends Omit<Pledge, 'steps'>>(read: Knex, rows: readonly P[]): Promise<readonly (P & Pick<Pledge, 'steps'>)[]> {
  if (rows.length === 0) return [];
  const steps: StepRow[] = await read('pledge_steps').whereIn('pledge', rows.map(row => row.id)).orderBy('at').orderBy('id').select(...stepColumns);
  return rows.map(row => ({ ...row, steps: steps.filter(step => step.pledge === row.id) }));
}

/** All pledges of the people of a household, newest first. */
export async function pledgesOf(read: Knex, household: string): Promise<readonly Pledge[]> {
  return withSteps(read, await all(read).where('members.household', household).orderBy('pledges.signed_on', 'desc').orderBy('pledges.id').select(...columns));
}

export async function pledgeById(read: Knex, id: string): Promise<Pledge> {
  const [pledge] = await withSteps(read, await all(read).where('pledges.id', id).select(...columns));
  return pledge ?? common.refuse('not-found');
}

export interface Located extends Pledge { readonly head_name: string; readonly household_no: number; readonly village_no: number; readonly name: string }

/** Below some paths: reports that wait for somebody's eyes, and pledges whose time is over without a word. */
export async function pledgesAsking(read: Knex, paths: readonly string[], day: Day, most: number): Promise<readonly Located[]> {
  const rows: Omit<Located, 'steps'>[] = await all(read).join('households', 'households.id', 'members.household')
    .where(within(read, paths))
    .whereNotExists(read('pledge_steps').whereRaw('pledge_steps.pledge = pledges.id').where('pledge_steps.step', 'settled').select('id'))
    .where(any => { void any.where('pledges.kept_until', '<', day).orWhereExists(read('pledge_steps').whereRaw('pledge_steps.pledge = pledges.id').where('pledge_steps.step', 'reported').select('id')); })
    .orderBy('pledges.kept_until').orderBy('pledges.id').limit(most).select(...columns, 'households.head_name', 'households.household_no', 'households.village_no', 'members.name');
  return (await withSteps(read, rows)).filter(row => row.kept_until < day || reportOf(row) !== undefined);
}

/** What anybody may read of pledges in a village: of those who wanted it and whose consent to be named stands today; never one that is over, or was not kept. */
export async function openPledges(read: Knex, village: number, day: Day): Promise<readonly { readonly name: string; readonly group: string | null; readonly purpose: Purpose; readonly signed_on: Day }[]> {
  return read('pledges').join('members', 'members.id', 'pledges.member').join('households', 'households.id', 'members.household').leftJoin('places as groups', 'groups.no', 'households.group_no')
    .where('households.village_no', village).whereNull('households.closed_on').whereNull('members.left_on').where('pledges.open', 1).whereNot('pledges.purpose', 'repair').where('pledges.kept_until', '>=', day)
    .whereNotExists(read('pledge_steps').whereRaw('pledge_steps.pledge = pledges.id').where(any => { void any.where('pledge_steps.step', 'hidden').orWhere('pledge_steps.outcome', 'broken'); }).select('id'))
    .whereExists(publishing(read, day)).orderBy('pledges.signed_on', 'desc').orderBy('pledges.id').limit(500)
    .select('members.name', 'groups.name as group', 'pledges.purpose', 'pledges.signed_on');
}

const publishing = (read: Knex, day: Day): Knex.QueryBuilder => read('consents').leftJoin('withdrawals', 'withdrawals.consent', 'consents.id').whereRaw('consents.member = pledges.member')
  .where('consents.kind', 'publish').where('consents.given_on', '<=', day).where(any => { void any.whereNull('withdrawals.withdrawn_on').orWhere('withdrawals.withdrawn_on', '>', day); }).select('consents.id');
