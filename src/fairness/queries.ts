import type { Knex } from 'knex';
import { common } from '../kit/refusals.ts';
import type { Day } from '../kit/time.ts';
import { below } from '../places/below.ts';

export const findings = { fine: '查过，没有问题', mended: '有问题，已经照程序改正', referred: '有问题，交上级处理' } as const;
export type Finding = keyof typeof findings;

export interface Check { readonly id: string; readonly round: number; readonly village: number; readonly signal: string; readonly officer: string; readonly figures: string; readonly assigned: string; readonly assignee: string; readonly due_on: Day; readonly at: string; readonly finding: Finding | null; readonly words: string | null; readonly day: Day | null }
const checks = (read: Knex) => read('fair_checks').leftJoin('fair_findings', 'fair_findings.check', 'fair_checks.id').join('officers', 'officers.id', 'fair_checks.assigned');
const checkColumns = ['fair_checks.id', 'fair_checks.round', 'fair_checks.village', 'fair_checks.signal', 'fair_checks.officer', 'fair_checks.figures', 'fair_checks.assigned', 'officers.name as assignee', 'fair_checks.due_on', 'fair_checks.at', 'fair_findings.finding', 'fair_findings.words', 'fair_findings.day'] as const;

export async function checkById(read: Knex, id: string): Promise<Check> {
  const check: Check | undefined = await checks(read).where('fair_checks.id', id).first(...checkColumns);
  return check ?? common.refuse('not-found');
}
export const checksOf = async (read: Knex, round: number, village: number): Promise<readonly Check[]> => checks(read).where({ 'fair_checks.round': round, 'fair_checks.village': village }).orderBy('fair_checks.at', 'desc').orderBy('fair_checks.id').select(...checkColumns);

/** Checks that wait for an answer, below some paths, by due day. */
export const checksBelow = async (read: Knex, paths: readonly string[], most: number): Promise<readonly Check[]> =>
  checks(read).join('places', 'places.no', 'fair_checks.village').whereNull('fair_findings.finding').where(below(paths, 'places.path')).orderBy('fair_checks.due_on').orderBy('fair_checks.id').limit(most).select(...checkColumns);

/** Those that wait for one officer. */
export const checksFor = async (read: Knex, officer: string, most: number): Promise<readonly Check[]> => checks(read).whereNull('fair_findings.finding').where('fair_checks.assigned', officer).orderBy('fair_checks.due_on').orderBy('fair_checks.id').limit(most).select(...checkColumns);

export interface Draw { readonly id: string; readonly round: number; readonly village: number; readonly seed: string; readonly source: string; readonly among: number; readonly drawn_on: Day }
const drawColumns = ['revisit_draws.id', 'revisit_draws.round', 'revisit_draws.village', 'revisit_draws.seed', 'revisit_draws.source', 'revisit_draws.among', 'revisit_draws.drawn_on'] as const;
export async function drawById(read: Knex, id: string): Promise<Draw> {
  const draw: Draw | undefined = await read('revisit_draws').where({ id }).first(...drawColumns);
  return draw ?? common.refuse('not-found');
}
export const drawOf = async (read: Knex, round: number, village: number): Promise<Draw | undefined> => read('revisit_draws').where({ round, village }).first(...drawColumns);

export const results = { same: '和记的一样', differs: '和记的不一样', away: '没见到人' } as const;
export type Result = keyof typeof results;
export interface Lot { readonly subject: number; readonly id: string; readonly household_no: number; readonly head_name: string; readonly group: string | null; readonly result: Result | null; readonly words: string | null; readonly day: Day | null }

/** Drawn households with what was found last, in the village's order. */
export async function lotsOf(read: Knex, draw: string): Promise<readonly Lot[]> {
  const [lots, done] = await Promise.all([
    read('revisit_lots').join('households', 'households.no', 'revisit_lots.subject').leftJoin('places as g', 'g.no', 'households.group_no').where({ draw }).orderBy('households.household_no')
      .select<Pick<Lot, 'subject' | 'id' | 'household_no' | 'head_name' | 'group'>[]>('revisit_lots.subject', 'households.id', 'households.household_no', 'households.head_name', 'g.name as group'),
    read('revisits').where({ draw }).orderBy('at').orderBy('id').select<{ subject: number; result: Result; words: string; day: Day }[]>('subject', 'result', 'words', 'day'),
  ]);
  const last = new Map(done.map(one => [one.subject, one]));
  return lots.map(lot => { const found = last.get(lot.subject); return { ...lot, result: found?.result ?? null, words: found?.words ?? null, day: found?.day ?? null }; });
}

/** Draws below some paths of which somebody still has to be seen, with how many. */
export async function drawsWaiting(read: Knex, paths: readonly string[]): Promise<readonly (Draw & { readonly left: number; readonly name: string })[]> {
  const rows: (Draw & { left: number | string; name: string })[] = await read('revisit_draws').join('places', 'places.no', 'revisit_draws.village').join('rounds', 'rounds.no', 'revisit_draws.round').join('revisit_lots', 'revisit_lots.draw', 'revisit_draws.id').whereNull('rounds.closed_on').where(below(paths, 'places.path'))
    .whereNotExists(read('revisits').whereRaw('revisits.draw = revisit_lots.draw and revisits.subject = revisit_lots.subject').whereIn('revisits.result', ['same', 'differs']).select('revisits.id'))
    .groupBy(...drawColumns, 'places.name').orderBy('revisit_draws.drawn_on').orderBy('revisit_draws.id').limit(50).select(...drawColumns, 'places.name').count({ left: '*' });
  return rows.map(row => ({ ...row, left: Number(row.left) }));
}
