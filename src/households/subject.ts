import type { Knex } from 'knex';
import type { Subject } from '../access/subject.ts';
import { common } from '../kit/refusals.ts';

export interface HouseholdKey { readonly id: string; readonly no: number; readonly village_no: number; readonly group_no: number | null; readonly grid_no: number | null; readonly path: string }

/** A household as the subject of an act: it stands in its grid and in its group, both under the village. */
export const householdSubject = (household: HouseholdKey): Subject => ({
  id: household.id,
  paths: [
    ...household.grid_no === null ? [] : [`${household.path}n${household.grid_no}/`],
    ...household.group_no === null ? [] : [`${household.path}g${household.group_no}/`],
    household.path,
  ],
});

export const householdKeyColumns = ['households.id', 'households.no', 'households.village_no', 'households.group_no', 'households.grid_no', 'places.path'] as const;

export async function householdKey(read: Knex, id: string): Promise<HouseholdKey> {
  const row: HouseholdKey | undefined = await read('households').join('places', 'places.no', 'households.village_no').where('households.id', id).first(...householdKeyColumns);
  return row ?? common.refuse('not-found');
}

export async function householdKeys(read: Knex, nos: readonly number[]): Promise<readonly HouseholdKey[]> {
  return read('households').join('places', 'places.no', 'households.village_no').whereIn('households.no', [...nos]).select(...householdKeyColumns);
}

export async function householdsById(read: Knex, ids: readonly string[]): Promise<readonly HouseholdKey[]> {
  return read('households').join('places', 'places.no', 'households.village_no').whereIn('households.id', [...ids]).select(...householdKeyColumns);
}
