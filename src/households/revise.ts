import type { Actor } from '../access/actor.ts';
import type { Json } from '../kit/canonical.ts';
import type { Office } from '../office.ts';
import { inUnit } from '../store/unit.ts';
import { tell } from './event.ts';
import { householdFollowers, type HouseholdFollower } from './follow.ts';
import { changeable, loadHousehold } from './load.ts';
import { standsIn } from './standing-place.ts';
import { householdSubject } from './subject.ts';

export interface Revision { readonly id: string; readonly rev: number; readonly address: string; readonly groupNo: number | null; readonly gridNo: number | null }

/** Corrects address, group and grid. Who hands a household to another grid must reach both. */
export async function revise(office: Office, actor: Actor, given: Revision, followers: readonly HouseholdFollower[] = householdFollowers()): Promise<void> {
  await inUnit(office, actor, [`household:${given.id}`], async unit => {
    const loaded = await loadHousehold(unit.read, given.id);
    const { row, key } = loaded;
    const next = { address: given.address.trim(), group_no: given.groupNo, grid_no: given.gridNo };
    const moved = { ...key, group_no: next.group_no, grid_no: next.grid_no };
    unit.require('household.keep', householdSubject(key));
    unit.require('household.keep', householdSubject(moved));
    const same = row.address === next.address && row.group_no === next.group_no && row.grid_no === next.grid_no;
    if (same) return unit.nothingNew(undefined);
    changeable(loaded, given.rev);
    await standsIn(unit.read, [{ village_no: row.village_no, ...next }]);
    unit.change('households', { id: row.id, ...next, rev: row.rev + 1 });
    tell(unit, 'revised', [{ household: row.id, body: changed({ address: row.address, group_no: row.group_no, grid_no: row.grid_no }, next) }]);
    if (row.group_no !== next.group_no || row.grid_no !== next.grid_no) for (const follower of followers) await follower.moved?.(unit, moved);
    unit.record({ act: 'household.revised', power: 'household.keep', subject: householdSubject(key) });
    return undefined;
  });
}

/** Only what differs, as `{ field: { was, is } }`. */
export function changed<T extends Readonly<Record<string, Json | undefined>>>(was: T, is: { readonly [K in keyof T]: Json | undefined }): Json {
  const out: Record<string, Json> = {};
  for (const field of Object.keys(was)) if (was[field] !== is[field]) out[field] = { was: was[field] ?? null, is: is[field] ?? null };
  return out;
}
