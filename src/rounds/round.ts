import type { Knex } from 'knex';
import { common } from '../kit/refusals.ts';
import { together } from '../store/together.ts';
import { caseColumns, type Case } from './mark.ts';
import { rounds } from './refusals.ts';

export interface Round {
  readonly no: number; readonly id: string; readonly place_no: number; readonly path: string; readonly year: number; readonly name: string;
  readonly household_standard: string; readonly village_standard: string; readonly township_standard: string; readonly previous_no: number | null;
  readonly opened_on: string; readonly collect_until: string; readonly village_days: number; readonly township_days: number;
  readonly valid_until: string; readonly closed_on: string | null;
}
const columns = ['rounds.no', 'rounds.id', 'rounds.place_no', 'places.path', 'rounds.year', 'rounds.name', 'rounds.household_standard', 'rounds.village_standard', 'rounds.township_standard',
  'rounds.previous_no', 'rounds.opened_on', 'rounds.collect_until', 'rounds.village_days', 'rounds.township_days', 'rounds.valid_until', 'rounds.closed_on'] as const;

export async function roundByNo(read: Knex, no: number): Promise<Round> {
  return await byNo(read, '', no) ?? common.refuse('not-found');
}
export async function roundById(read: Knex, id: string): Promise<Round> {
  return await byId(read, '', id) ?? common.refuse('not-found');
}
/**
 * The round as it stands now, refused once it is over. An act asks inside its unit, under the key `round:<no>` that ending a round takes too:
 * a round that a page read before may have ended since.
 */
export async function roundStillOpen(read: Knex, no: number): Promise<Round> {
  const round = await roundByNo(read, no);
  return round.closed_on === null ? round : rounds.refuse('round-closed');
}
/** The number of the round that an address names by its id or number. The two never part, so what was read once is known. */
export async function roundNo(read: Knex, name: string): Promise<number> {
  if (/^\d{1,12}$/.test(name)) return Number(name);
  const known = numbers.get(read) ?? new Map<string, number>();
  numbers.set(read, known);
  const no = known.get(name) ?? (await roundById(read, name)).no;
  known.set(name, no);
  return no;
}
const numbers = new WeakMap<Knex, Map<string, number>>();

const roundsBy = (read: Knex, column: 'rounds.no' | 'rounds.id', keys: readonly (string | number)[]): Promise<readonly Round[]> =>
  read('rounds').join('places', 'places.no', 'rounds.place_no').whereIn(column, [...keys]).select<Round[]>(...columns);
const byNo = together(async (read, _: '', nos: readonly number[]) => new Map((await roundsBy(read, 'rounds.no', nos)).map(round => [round.no, round])));
const byId = together(async (read, _: '', ids: readonly string[]) => new Map((await roundsBy(read, 'rounds.id', ids)).map(round => [round.id, round])));

/** Rounds that cover a place, newest first. `path` is the place's own. */
export async function roundsOver(read: Knex, path: string): Promise<readonly Round[]> {
  const rows: Round[] = await read('rounds').join('places', 'places.no', 'rounds.place_no').select(...columns).orderBy('rounds.year', 'desc').orderBy('rounds.no', 'desc');
  return rows.filter(round => path.startsWith(round.path) || round.path.startsWith(path));
}
/** Numbers of the rounds under way that cover a place. `path` is the place's own. */
export async function openRoundsOver(read: Knex, path: string): Promise<readonly number[]> {
  const rows: { no: number; path: string }[] = await read('rounds').join('places', 'places.no', 'rounds.place_no').whereNull('rounds.closed_on').select('rounds.no', 'places.path');
  return rows.filter(round => path.startsWith(round.path)).map(round => Number(round.no));
}
/** The round now under way at a place, or the last one. */
export async function currentRound(read: Knex, path: string): Promise<Round | undefined> {
  const all = await roundsOver(read, path);
  return all.find(round => round.closed_on === null) ?? all[0];
}
export async function caseOf(read: Knex, round: number, subject: number): Promise<Case> {
  return await caseBySubject(read, round, subject) ?? common.refuse('not-found');
}
const caseBySubject = together(async (read, round: number, subjects: readonly number[]) =>
  new Map((await read('cases').where({ round }).whereIn('subject', [...subjects]).select<Case[]>(...caseColumns)).map(one => [one.subject, one])));
