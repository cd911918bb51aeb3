import type { Knex } from 'knex';
import { within } from '../households/queries.ts';
import type { Standing } from '../rounds/case.ts';
import type { Coding } from '../standards/dictionary.ts';
import type { Dialect } from '../store/dialect.ts';
import { mustBeAsked } from './wanted.ts';

/** Names of those who wrote, for the office's own pages. */
export async function officerNames(read: Knex, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const wanted = [...new Set(ids)];
  const rows: { id: string; name: string }[] = wanted.length === 0 ? [] : await read('officers').whereIn('id', wanted).select('id', 'name');
  return new Map(rows.map(row => [row.id, row.name]));
}

export interface WorkLine {
  readonly no: number; readonly id: string; readonly household_no: number; readonly head_name: string; readonly people: number; readonly address: string;
  readonly standing: Standing; readonly reason: string | null; readonly group_no: number | null; readonly group: string | null; readonly group_sort: number | null; readonly village: string; readonly village_no: number;
}
interface Db { readonly read: Knex; readonly dialect: Dialect }
const shown = ['no', 'id', 'household_no', 'head_name', 'people', 'address', 'standing', 'reason', 'group_no', 'group_name', 'group_sort', 'village', 'village_no'] as const;

/** The households of a round in somebody's reach, group by group in walking order. */
export async function workLines({ read, dialect }: Db, given: { readonly round: number; readonly reach: readonly string[]; readonly group?: { readonly village: number; readonly group: number | null }; readonly limit: number }): Promise<readonly WorkLine[]> {
  const wanted = read('cases').join('households', 'households.no', 'cases.subject').join('places as v', 'v.no', 'households.village_no').leftJoin('places as g', 'g.no', 'households.group_no')
    .where('cases.round', given.round).whereNull('households.closed_on').where(within(read, given.reach)).modify(query => {
      if (given.group !== undefined) void query.where({ 'households.village_no': given.group.village, 'households.group_no': given.group.group });
    })
    .select('households.no', 'households.id', 'households.household_no', 'households.head_name', 'households.people', 'households.address', 'cases.standing', 'cases.reason',
      'households.group_no', 'g.name as group_name', 'g.sort as group_sort', 'v.name as village', 'households.village_no')
    .orderBy('v.sort').orderBy('households.village_no').orderBy('g.sort', 'asc', 'last').orderBy('households.group_no', 'asc', 'last').orderBy('households.household_no').limit(given.limit);
  const found: { rows: string } | undefined = await read.select(read.raw(`${dialect.asJsonArray(shown.map(column => `"r"."${column}"`))} as "rows"`)).from(wanted.as('r')).first();
  return (JSON.parse(found?.rows ?? '[]') as [number, string, number, string, number, string, Standing, string | null, number | null, string | null, number | null, string, number][])
    .map(([no, id, household_no, head_name, people, address, standing, reason, group_no, group, group_sort, village, village_no]) => ({ no, id, household_no, head_name, people, address, standing, reason, group_no, group, group_sort, village, village_no }));
}

export interface Progress { readonly answered: ReadonlySet<number>; readonly visited: boolean; readonly contested: number; readonly signed: boolean }

/** How far each household is: which questions are answered, whether anybody was there, what waits to be settled. */
export async function progressOf({ read, dialect }: Db, round: number, subjects: readonly number[], coding: Coding): Promise<ReadonlyMap<number, Progress>> {
  const progress = new Map<number, { answered: Set<number>; visited: boolean; contested: number; signed: boolean }>(subjects.map(no => [no, { answered: new Set(), visited: false, contested: 0, signed: false }]));
  const wanted = coding.standard.indicators.flatMap((indicator, slot) => mustBeAsked(indicator) ? [coding.numbers[slot] ?? -1] : []);
  for (let from = 0; from < subjects.length; from += 2_000) {
    const part = subjects.slice(from, from + 2_000);
    const [values, contests, signed] = await Promise.all([
      read('current_values').where({ round }).whereIn('subject', part).whereIn('indicator', wanted).first(read.raw(`${dialect.asJsonArray(['subject', 'indicator'])} as "rows"`)) as Promise<{ rows: string } | undefined>,
      read('contests').where({ round }).whereIn('subject', part).select<{ subject: number }[]>('subject'),
      read('sign_offs').where({ round }).whereIn('subject', part).distinct<{ subject: number }[]>('subject'),
    ]);
    for (const [subject, indicator] of JSON.parse(values?.rows ?? '[]') as [number, number][]) { const own = progress.get(subject); own?.answered.add(indicator); if (own !== undefined) own.visited = true; }
    for (const { subject } of contests) { const own = progress.get(subject); if (own !== undefined) own.contested++; }
    for (const { subject } of signed) { const own = progress.get(subject); if (own !== undefined) own.signed = true; }
  }
  return progress;
}

export interface ContestLine { readonly subject: number; readonly id: string; readonly household_no: number; readonly head_name: string; readonly village: string; readonly group: string | null; readonly indicator: number }

/** Pairs that wait for the village, oldest first. */
export async function contestLines(read: Knex, given: { readonly round: number; readonly reach: readonly string[]; readonly limit: number }): Promise<readonly ContestLine[]> {
  return read('contests').join('households', 'households.no', 'contests.subject').join('places as v', 'v.no', 'households.village_no').leftJoin('places as g', 'g.no', 'households.group_no')
    .where('contests.round', given.round).where(within(read, given.reach)).orderBy('contests.at').orderBy('contests.subject').limit(given.limit)
    .select<ContestLine[]>('contests.subject', 'contests.indicator', 'households.id', 'households.household_no', 'households.head_name', 'v.name as village', 'g.name as group');
}
