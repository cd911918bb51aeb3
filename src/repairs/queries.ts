import type { Knex } from 'knex';
import { within } from '../households/queries.ts';
import { common } from '../kit/refusals.ts';
import type { Day } from '../kit/time.ts';
import type { Breach } from '../standards/breach.ts';
import { isOpen, standingOf, type Platform, type StateStanding, type Step } from './repair.ts';

export interface StepRow { readonly repair: string; readonly step: Step; readonly day: Day; readonly words: string; readonly by: string }
export interface Repair {
  readonly id: string; readonly household: string; readonly event: string; readonly member: string; readonly pledge: string; readonly class: Breach;
  readonly applied_on: Day; readonly accept_by: Day; readonly decide_by: Day; readonly words: string; readonly evidence: string; readonly by: string;
  /** In the order in which they were taken. */
  readonly steps: readonly StepRow[];
}
const columns = ['repairs.id', 'repairs.household', 'repairs.event', 'repairs.member', 'repairs.pledge', 'repairs.class', 'repairs.applied_on', 'repairs.accept_by', 'repairs.decide_by', 'repairs.words', 'repairs.evidence', 'repairs.by'] as const;

async function withSteps<R extends Omit<Repair, 'steps'>>(read: Knex, rows: readonly R[]): Promise<readonly (R & Pick<Repair, 'steps'>)[]> {
  if (rows.length === 0) return [];
  const steps: StepRow[] = await read('repair_steps').whereIn('repair', rows.map(row => row.id)).orderBy('at').orderBy('id').select('repair', 'step', 'day', 'words', 'by');
  return rows.map(row => ({ ...row, steps: steps.filter(step => step.repair === row.id) }));
}

export async function repairById(read: Knex, id: string): Promise<Repair> {
  const [repair] = await withSteps(read, await read('repairs').where({ id }).select(...columns));
  return repair ?? common.refuse('not-found');
}

/** All applications of a household, or for one thing, newest first. */
export const repairsOf = async (read: Knex, where: { readonly household: string } | { readonly event: string }): Promise<readonly Repair[]> =>
  withSteps(read, await read('repairs').where(where).orderBy('applied_on', 'desc').orderBy('id', 'desc').select(...columns));

export interface Located extends Repair { readonly head_name: string; readonly household_no: number; readonly village_no: number }

/** Applications below some paths that wait to be taken up or decided, by the day on which that is due. */
export const repairsAwaited = async (read: Knex, paths: readonly string[], most: number): Promise<readonly Located[]> =>
  (await below(read, paths, most, query => { void query.whereNotExists(stepsOf(read, ['returned', 'granted', 'refused'])); })).filter(row => isOpen(standingOf(row.steps)));

/** Those decided whose papers have not gone to the person yet. */
export const repairsToHand = async (read: Knex, paths: readonly string[], most: number): Promise<readonly Located[]> =>
  below(read, paths, most, query => { void query.whereExists(stepsOf(read, ['granted', 'refused'])).whereNotExists(stepsOf(read, ['handed', 'recalled'])); });

const stepsOf = (read: Knex, steps: readonly Step[]): Knex.QueryBuilder => read('repair_steps').whereRaw('repair_steps.repair = repairs.id').whereIn('step', [...steps]).select('id');

async function below(read: Knex, paths: readonly string[], most: number, narrow: (query: Knex.QueryBuilder) => void): Promise<readonly Located[]> {
  const rows: Omit<Located, 'steps'>[] = await read('repairs').join('households', 'households.id', 'repairs.household').where(within(read, paths)).modify(narrow)
    .orderBy('repairs.decide_by').orderBy('repairs.id').limit(most).select(...columns, 'households.head_name', 'households.household_no', 'households.village_no');
  return withSteps(read, rows);
}

export interface StateItem { readonly id: string; readonly member: string; readonly platform: Platform; readonly standing: StateStanding; readonly seen_on: Day }
/** How the items of state platforms stand that people showed us, the latest of each person and platform. */
export async function stateItemsOf(read: Knex, household: string): Promise<readonly StateItem[]> {
  const rows: StateItem[] = await read('state_items').where({ household }).orderBy('seen_on', 'desc').orderBy('at', 'desc').select('id', 'member', 'platform', 'standing', 'seen_on');
  return rows.filter((row, at) => rows.findIndex(other => other.member === row.member && other.platform === row.platform) === at);
}

/** The last round in which a thing stands, and where it was written down. */
export async function roundOf(read: Knex, subject: number, event: string): Promise<{ readonly no: number; readonly id: string } | undefined> {
  return read('events').join('rounds', 'rounds.no', 'events.round').where({ 'events.subject': subject, 'events.id': event }).orderBy('rounds.no', 'desc').first('rounds.no', 'rounds.id');
}
