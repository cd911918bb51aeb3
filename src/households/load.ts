import type { Knex } from 'knex';
import { common } from '../kit/refusals.ts';
import { together } from '../store/together.ts';
import { memberColumns, type HouseholdRow, type MemberRow } from './household.ts';
import { households } from './refusals.ts';
import type { HouseholdKey } from './subject.ts';

/** A household with everybody who is or was in it, in the file's order. */
export interface Loaded { readonly row: HouseholdRow; readonly key: HouseholdKey; readonly members: readonly MemberRow[]; readonly living: readonly MemberRow[] }

const columns = ['households.id', 'households.no', 'households.village_no', 'households.group_no', 'households.grid_no', 'households.household_no', 'households.head_name', 'households.people',
  'households.address', 'households.photo', 'households.registered_on', 'households.closed_on', 'households.closed_reason', 'households.into', 'households.rev', 'places.path'] as const;

export async function loadHousehold(read: Knex, id: string): Promise<Loaded> {
  return await byId(read, '', id) ?? common.refuse('not-found');
}
const byId = together(async (read, _: '', ids: readonly string[]) => {
  const [rows, members] = await Promise.all([
    read('households').join('places', 'places.no', 'households.village_no').whereIn('households.id', [...ids]).select<HouseholdRow[]>(...columns),
    read('members').whereIn('household', [...ids]).orderBy('sort').orderBy('id').select<MemberRow[]>(...memberColumns),
  ]);
  const peopleOf = Map.groupBy(members, member => member.household);
  return new Map(rows.map(row => [row.id, loadedFrom(row, peopleOf.get(row.id) ?? [])]));
});

function loadedFrom(row: HouseholdRow, members: readonly MemberRow[]): Loaded {
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
