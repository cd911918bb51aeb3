import type { Actor } from '../access/actor.ts';
import type { Office } from '../office.ts';
import { inUnit } from '../store/unit.ts';
import { tell } from './event.ts';
import { householdFollowers, type HouseholdFollower } from './follow.ts';
import type { Closing } from './household.ts';
import { changeable, loadHousehold } from './load.ts';
import { households } from './refusals.ts';
import { householdSubject } from './subject.ts';

/** 销户: the household stays in the file with its number, the day and why. */
export async function close(office: Office, actor: Actor, given: { readonly household: string; readonly rev: number; readonly reason: Closing }, followers: readonly HouseholdFollower[] = householdFollowers()): Promise<void> {
  await inUnit(office, actor, [`household:${given.household}`], async unit => {
    const loaded = await loadHousehold(unit.read, given.household);
    const subject = householdSubject(loaded.key);
    unit.require('household.reshape', subject);
    if (loaded.row.closed_on !== null && loaded.row.closed_reason === given.reason) return unit.nothingNew(undefined);
    changeable(loaded, given.rev);
    unit.change('households', { id: given.household, closed_on: unit.day, closed_reason: given.reason, rev: loaded.row.rev + 1 });
    tell(unit, 'closed', [{ household: given.household, body: { reason: given.reason } }]);
    for (const follower of followers) await follower.closed?.(unit, loaded.key);
    unit.record({ act: 'household.closed', power: 'household.reshape', subject });
    return undefined;
  });
}

/** Takes a closing back. A household merged away comes back without the people who live on elsewhere; a forgotten one never does. */
export async function reopen(office: Office, actor: Actor, given: { readonly household: string }): Promise<void> {
  await inUnit(office, actor, [`household:${given.household}`], async unit => {
    const { row, key, living } = await loadHousehold(unit.read, given.household);
    const subject = householdSubject(key);
    unit.require('household.reshape', subject);
    if (row.closed_on === null) return unit.nothingNew(undefined);
    if (row.closed_reason === 'forgotten') households.refuse('household-forgotten');
    if (!living.some(member => member.relation === 'head')) households.refuse('head-gone');
    unit.change('households', { id: row.id, closed_on: null, closed_reason: null, into: null, rev: row.rev + 1 });
    tell(unit, 'reopened', [{ household: row.id, body: { was: row.closed_reason } }]);
    unit.record({ act: 'household.reopened', power: 'household.reshape', subject });
    return undefined;
  });
}
