import type { Knex } from 'knex';
import { common } from '../kit/refusals.ts';
import { caseColumns, type Case } from './mark.ts';

export interface Round {
  readonly no: number; readonly id: string; readonly place_no: number; readonly path: string; readonly year: number; readonly name: string;
  readonly household_standard: string; readonly village_standard: string; readonly township_standard: string; readonly previous_no: number | null;
  readonly opened_on: string; readonly collect_until: string; readonly village_days: number; readonly township_days: number;
  readonly valid_until: string; readonly closed_on: string | null;
}
const columns = ['rounds.no', 'rounds.id', 'rounds.place_no', 'places.path', 'rounds.year', 'rounds.name', 'rounds.household_standard', 'rounds.village_standard', 'rounds.township_standard',
  'rounds.previous_no', 'rounds.opened_on', 'rounds.collect_until', 'rounds.village_days', 'rounds.township_days', 'rounds.valid_until', 'rounds.closed_on'] as const;

export async function roundByNo(read: Knex, no: number): Promise<Round> {
  const row: Round | undefined = await read('rounds').join('places', 'places.no', 'rounds.place_no').where('rounds.no', no).first(...columns);
  return row ?? common.refuse('not-found');
}
export async function roundById(read: Knex, id: string): Promise<Round> {
  const row: Round | undefined = await read('rounds').join('places', 'places.no', 'rounds.place_no').where('rounds.id', id).first(...columns);
  return row ?? common.refuse('not-found');
}
/** Rounds that cover a place, newest first. `path` is the place's own. */
export async function roundsOver(read: Knex, path: string): Promise<readonly Round[]> {
  const rows: Round[] = await read('rounds').join('places', 'places.no', 'rounds.place_no').select(...columns).orderBy('rounds.year', 'desc').orderBy('rounds.no', 'desc');
  return rows.filter(round => path.startsWith(round.path) || round.path.startsWith(path));
}
/** The round now under way at a place, or the last one. */
export async function currentRound(read: Knex, path: string): Promise<Round | undefined> {
  const all = await roundsOver(read, path);
  return all.find(round => round.closed_on === null) ?? all[0];
}
export async function caseOf(read: Knex, round: number, subject: number): Promise<Case> {
  const row: Case | undefined = await read('cases').where({ round, subject }).first(...caseColumns);
  return row ?? common.refuse('not-found');
}
