import type { Knex } from 'knex';
import { actorId, type Actor } from '../access/actor.ts';
import { fault } from '../kit/faults.ts';
import { newId } from '../kit/id.ts';
import { common } from '../kit/refusals.ts';
import type { Office } from '../office.ts';
import type { Place } from '../places/place.ts';
import { placeByNo, placeSubject } from '../places/queries.ts';
import { nameFacts } from '../standards/adopt.ts';
import { standardText } from '../standards/hash.ts';
import { loadStandard } from '../standards/load.ts';
import { addedObjections, largeItems, type LocalItems } from '../standards/local-items.ts';
import type { Standard } from '../standards/standard.ts';
import { listText, villageLists, withList, type VillageList } from '../standards/village-items.ts';
import { sha256 } from '../store/trace.ts';
import { inUnit, type Unit } from '../store/unit.ts';
import { rounds } from './refusals.ts';
import { roundStillOpen, type Round } from './round.ts';

export interface Settling {
  readonly round: number; readonly village: number;
  /** The last list that was seen: two who change it at once must not lose each other's. 0 for none. */
  readonly seen: number;
  readonly items: readonly LocalItems[];
}

/**
 * A village sets what it adds to the county's standard, before anything is taken down in it (Wendeng 2020: at most five rewards and five deductions of two
 * points; larger ones want the township). What is within the county's limits holds at once; else the list waits and the old one goes on.
 */
export async function settleItems(office: Office, actor: Actor, given: Settling): Promise<VillageList['step']> {
  return inUnit(office, actor, itemKeys(given), async unit => {
    const { round, village, lists } = await openItems(unit, given);
    const subject = placeSubject(village);
    unit.require('item.settle', subject);
    await mustBeEarly(unit.read, round, village);
    const last = lists.at(-1);
    if ((last?.seq ?? 0) !== given.seen) rounds.refuse('items-changed');
    if (last !== undefined && last.step !== 'returned' && listText(last.items) === listText(given.items)) return unit.nothingNew(last.step);
    const { standard: base } = await loadStandard(unit.read, round.household_standard);
    const whole = lawfulList(base, given.items);
    const isLarge = given.items.some(list => largeItems(base, list).length > 0);
    await writeList(unit, { round, village, seq: (last?.seq ?? 0) + 1, items: given.items, ...isLarge ? { step: 'proposed' } : { step: 'settled', whole } });
    unit.record(isLarge ? { act: 'item.proposed', power: 'item.settle', subject } : { act: 'item.settled', power: 'item.settle', subject });
    return isLarge ? 'proposed' : 'settled';
  });
}

/** `standards`, because what a village names gets its numbers in the one dictionary. */
export const itemKeys = ({ round, village }: { readonly round: number; readonly village: number }): readonly string[] => [`items:${round}:${village}`, `round:${round}`, 'standards'];

/** A village of a round that goes on, and everything it set so far. */
export async function openItems(unit: Unit, given: { readonly round: number; readonly village: number }): Promise<{ readonly round: Round; readonly village: Place; readonly lists: readonly VillageList[] }> {
  const [round, village, lists] = await Promise.all([roundStillOpen(unit.read, given.round), placeByNo(unit.read, given.village), villageLists(unit.read, { round: given.round, village: given.village })]);
  if (village.kind !== 'village' || !village.path.startsWith(round.path)) common.refuse('not-found');
  return { round, village, lists };
}

/** Whether anything was taken down in a village: from then on all its households are measured alike to the end of the round. */
export async function isTakenDown(read: Knex, round: number, village: number): Promise<boolean> {
  const row: object | undefined = await read('cases').where({ round, village }).whereNotIn('standing', ['open', 'excused']).first('subject');
  return row !== undefined || (await read('sheets as s').join('cases as c', join => join.on('c.round', 's.round').andOn('c.subject', 's.subject')).where({ 'c.round': round, 'c.village': village }).whereIn('s.source', ['grid', 'village', 'paper']).first('s.id')) !== undefined;
}

export async function mustBeEarly(read: Knex, round: Round, village: Place): Promise<void> {
  if (await isTakenDown(read, round.no, village.no)) rounds.refuse('items-frozen', { village: village.name });
}

/** The whole standard that comes of it; refuses, at the form, what the county's limits or the law do not let stand. */
export function lawfulList(base: Standard, items: readonly LocalItems[]): Standard {
  const made = withList(base, items);
  if ('faults' in made) { const [first] = made.faults; return fault('label', 'limits', `${first?.say ?? ''}，${first?.remedy ?? ''}。`); }
  const [objection] = addedObjections(base, made.standard);
  if (objection !== undefined) fault(/写依据|作依据/.test(objection.say) ? 'legalBasis' : 'label', 'law', `${objection.say}${/。$/.test(objection.say) ? '' : '。'}${objection.remedy}${/。$/.test(objection.remedy) ? '' : '。'}`);
  return made.standard;
}

interface Written { readonly round: Round; readonly village: Place; readonly seq: number; readonly step: VillageList['step']; readonly items: readonly LocalItems[]; readonly whole?: Standard; readonly reason?: string }

/** Unit-level: one more list. With `whole` it holds from now on, and what it names gets its numbers. */
export async function writeList(unit: Unit, { round, village, seq, step, items, whole, reason = '' }: Written): Promise<void> {
  if (whole !== undefined) await nameFacts(unit, whole);
  unit.insert('village_items', {
    id: newId(), round: round.no, village: village.no, seq, step, base: round.household_standard, items: listText(items),
    standard: whole === undefined ? null : sha256(standardText(whole)), reason, at: unit.at, by: actorId(unit.actor),
  });
}

