import type { Knex } from 'knex';
import { common } from '../kit/refusals.ts';
import { memberColumns, type HouseholdRow, type MemberRow } from './household.ts';
import { households } from './refusals.ts';
import type { HouseholdKey } from './subject.ts';

/** A household with everybody who is or was in it, in the file's order. */
export interface Loaded { readonly row: HouseholdRow; readonly key: HouseholdKey; readonly members: readonly MemberRow[]; readonly living: readonly MemberRow[] }

const columns = ['households.id', 'households.no', 'households.village_no', 'households.group_no', 'households.grid_no', 'households.household_no', 'households.head_name', 'households.people',
  'households.address', 'households.photo', 'households.registered_on', 'households.closed_on', 'households.closed_reason', 'households.into', 'households.rev', 'places.path'] as const;

export async function loadHousehold(read: Knex, id: string): Promise<Loaded> {
  const row: HouseholdRow | undefined = await read('households').join('places', 'places.no', 'households.village_no').where('households.id', id).first(...columns);
  if (row === undefined) return common.refuse('not-found');
  const members: MemberRow[] = await read('members').where({ household: id }).orderBy('sort').orderBy('id').select(...memberColumns);
  return {
    row, members, living: members.filter(member => member.left_on === null),
    key: { id: row.id, no: row.no, village_no: row.village_no, group_no: row.group_no, grid_no: row.grid_no, path: row.path },
  };
}

/** For a change: the household must be open, and as the person saw it when they began (`rev`; left out by acts that need not care). */
export function changeable(loaded: Loaded, rev?: number): Loaded {
  if (loaded.row.closed_on !== null) households.refuse('household-closed');
  if (rev !== undefined && rev !== loaded.row.rev) common.refuse('changed-meanwhile');
  return loaded;
}

export function memberOf(loaded: Loaded, id: string): MemberRow {
  return loaded.living.find(member => member.id === id) ?? households.refuse('not-a-member');
}
