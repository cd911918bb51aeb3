import type { Knex } from 'knex';
import type { Actor } from '../access/actor.ts';
import type { Office } from '../office.ts';
import { placeSubject } from '../places/queries.ts';
import { loadStandard } from '../standards/load.ts';
import { fitted, listInForce, listText, villageLists, type Fitted } from '../standards/village-items.ts';
import { inUnit } from '../store/unit.ts';
import { rounds } from './refusals.ts';
import { roundByNo, type Round } from './round.ts';
import { itemKeys, lawfulList, mustBeEarly, openItems, writeList } from './settle-items.ts';

/** What held in a village in the round before, as far as the standard of this one leaves room for it; undefined where there was nothing. */
export async function formerList(read: Knex, round: Pick<Round, 'previous_no' | 'household_standard'>, village: number): Promise<Pick<Fitted, 'fits' | 'unfit'> & { readonly year: number } | undefined> {
  if (round.previous_no === null) return undefined;
  const [former, lists] = await Promise.all([roundByNo(read, round.previous_no), villageLists(read, { round: round.previous_no, village })]);
  const held = listInForce(lists);
  if (held === undefined || held.items.length === 0) return undefined;
  const { standard } = await loadStandard(read, round.household_standard);
  const { fits, unfit } = fitted(standard, held.items);
  return { fits, unfit, year: former.year };
}

/**
 * A village takes over what it agreed upon in the round before: a proposal, whatever its size, for an agreement ends with its round and the township
 * looks at it anew. Only while the village has set nothing in this round: from then on it changes its own list.
 */
export async function carryItems(office: Office, actor: Actor, given: { readonly round: number; readonly village: number }): Promise<void> {
  await inUnit(office, actor, itemKeys(given), async unit => {
    const { round, village, lists } = await openItems(unit, given);
    const subject = placeSubject(village);
    unit.require('item.settle', subject);
    await mustBeEarly(unit.read, round, village);
    const former = await formerList(unit.read, round, village.no);
    if (former === undefined || former.fits.length === 0) return rounds.refuse('items-not-carried');
    const [first, ...more] = lists;
    if (first !== undefined) return more.length === 0 && first.step === 'proposed' && listText(first.items) === listText(former.fits) ? unit.nothingNew(undefined) : rounds.refuse('items-changed');
    const { standard: base } = await loadStandard(unit.read, round.household_standard);
    lawfulList(base, former.fits);
    await writeList(unit, { round, village, seq: 1, step: 'proposed', items: former.fits });
    unit.record({ act: 'item.proposed', power: 'item.settle', subject });
    return undefined;
  });
}
