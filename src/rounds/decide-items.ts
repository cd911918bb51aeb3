import type { Actor } from '../access/actor.ts';
import type { Office } from '../office.ts';
import { placeSubject } from '../places/queries.ts';
import { loadStandard } from '../standards/load.ts';
import { inUnit } from '../store/unit.ts';
import { rounds } from './refusals.ts';
import { itemKeys, lawfulList, mustBeEarly, openItems, writeList } from './settle-items.ts';

export interface Deciding { readonly round: number; readonly village: number; readonly seen: number }

/** The township's chair consents to a list with items larger than a village may set alone. From now on it holds. */
export const approveItems = (office: Office, actor: Actor, given: Deciding): Promise<void> => decide(office, actor, given);

/** Or gives it back, with the reason; the list that held goes on. */
export const returnItems = (office: Office, actor: Actor, given: Deciding & { readonly reason: string }): Promise<void> => decide(office, actor, given, given.reason);

async function decide(office: Office, actor: Actor, given: Deciding, reason?: string): Promise<void> {
  await inUnit(office, actor, itemKeys(given), async unit => {
    const { round, village, lists } = await openItems(unit, given);
    const subject = placeSubject(village);
    unit.require('item.approve', subject);
    const last = lists.at(-1);
    if (last?.step !== 'proposed' || last.seq !== given.seen) return rounds.refuse('items-changed');
    if (reason === undefined) {
      await mustBeEarly(unit.read, round, village);
      const { standard: base } = await loadStandard(unit.read, round.household_standard);
      await writeList(unit, { round, village, seq: last.seq + 1, step: 'approved', items: last.items, whole: lawfulList(base, last.items) });
    } else await writeList(unit, { round, village, seq: last.seq + 1, step: 'returned', items: last.items, reason });
    unit.record(reason === undefined ? { act: 'item.approved', power: 'item.approve', subject } : { act: 'item.returned', power: 'item.approve', subject });
    return undefined;
  });
}
