import type { Knex } from 'knex';
import { within } from '../access/subject.ts';
import type { Json } from '../kit/canonical.ts';
import { canonical } from '../kit/canonical.ts';
import { standardText } from './hash.ts';
import type { EventItem } from './kinds/event-item.ts';
import type { Localised, LocalItems } from './local-items.ts';
import { withLocalItems } from './local-items.ts';
import type { Standard } from './standard.ts';

/** 本村约定: what a village set for itself in a round, within what the county left open. The whole list is written anew each time; the last one that holds counts. */
export interface VillageList { readonly id: string; readonly round: number; readonly village: number; readonly seq: number; readonly step: VillageStep; readonly items: readonly LocalItems[]; readonly standard: string | null; readonly reason: string; readonly at: string; readonly by: string }

/** `proposed` waits for the township, because an item is larger than a village may set alone. */
export const villageSteps = { settled: '村里定下了', proposed: '报镇里了，等同意', approved: '镇里同意了', returned: '镇里退回了' } as const;
export type VillageStep = keyof typeof villageSteps;

/** Every list of a round, or of one village in it, oldest first. */
export async function villageLists(read: Knex, where: { readonly round: number; readonly village?: number }): Promise<readonly VillageList[]> {
  const rows: (Omit<VillageList, 'items'> & { readonly items: string })[] = await read('village_items').where(where).orderBy('village').orderBy('seq').select('id', 'round', 'village', 'seq', 'step', 'items', 'standard', 'reason', 'at', 'by');
  return rows.map(row => ({ ...row, round: Number(row.round), village: Number(row.village), items: JSON.parse(row.items) as LocalItems[] }));
}

/** The list that holds: the last that was settled or approved. */
export const listInForce = (lists: readonly VillageList[]): VillageList | undefined => lists.findLast(list => list.standard !== null);

/** Hashes of the standards of those villages in a round that set items of their own, by village. */
export async function villageStandards(read: Knex, round: number): Promise<ReadonlyMap<number, string>> {
  const rows: { village: number; standard: string }[] = await read('village_items').where({ round }).whereNotNull('standard').orderBy('seq').select('village', 'standard');
  return new Map(rows.map(row => [Number(row.village), row.standard]));
}

/** The standard by which households of a village are rated in a round: the round's own, or with what the village set. */
export async function householdStandard(read: Knex, round: { readonly no: number; readonly household_standard: string }, village: number): Promise<string> {
  const row: { standard: string } | undefined = await read('village_items').where({ round: round.no, village }).whereNotNull('standard').orderBy('seq', 'desc').first('standard');
  return row?.standard ?? round.household_standard;
}

/** The county's standard with everything that a village adds. */
export function withList(base: Standard, list: readonly LocalItems[]): Localised {
  let standard = base;
  for (const local of list) {
    const next = withLocalItems(standard, local);
    if ('faults' in next) return next;
    ({ standard } = next);
  }
  return { standard };
}

/** An item for which a standard leaves no room, and why. */
export interface Unfit { readonly label: string; readonly say: string }
export interface Fitted { readonly standard: Standard; readonly fits: readonly LocalItems[]; readonly unfit: readonly Unfit[] }

/** As much of a list as another standard leaves room for, item by item in their order; what it does not is told. */
export function fitted(base: Standard, list: readonly LocalItems[]): Fitted {
  const whole = withList(base, list);
  if ('standard' in whole) return { standard: whole.standard, fits: list, unfit: [] };
  let made: Fitted = { standard: base, fits: [], unfit: [] };
  for (const { indicator, items } of list) {
    const before = made;
    let own: readonly EventItem[] = [];
    for (const item of items) {
      const next = withLocalItems(before.standard, { indicator, items: [...own, item] });
      if ('faults' in next) { made = { ...made, unfit: [...made.unfit, { label: item.label, say: next.faults[0]?.say ?? '' }] }; continue; }
      own = [...own, item];
      made = { standard: next.standard, fits: [...before.fits, { indicator, items: own }], unfit: made.unfit };
    }
  }
  return made;
}

export const listText = (list: readonly LocalItems[]): string => canonical(list as unknown as Json);

/** The text behind a hash that names a county's standard and a village's list together; undefined when no village set such a list. */
export async function villageText(read: Knex, hash: string): Promise<string | undefined> {
  const row: { items: string; body: string } | undefined = await read('village_items').join('standards', 'standards.hash', 'village_items.base').where('village_items.standard', hash).first('village_items.items', 'standards.body');
  if (row === undefined) return undefined;
  const made = withList(JSON.parse(row.body) as Standard, JSON.parse(row.items) as LocalItems[]);
  return 'faults' in made ? undefined : standardText(made.standard);
}

/** What stands behind such a hash in one village: the county's standard by its hash, the village's list as it was written, and the village's id. */
export const listBehind = async (read: Knex, { round, village, standard }: { readonly round: number; readonly village: number; readonly standard: string }): Promise<{ readonly base: string; readonly items: string; readonly place: string } | undefined> =>
  read('village_items as v').join('places as p', 'p.no', 'v.village').where({ 'v.round': round, 'v.village': village, 'v.standard': standard }).orderBy('v.seq', 'desc').first('v.base', 'v.items', 'p.id as place');

/** How many villages added to a county's standard, round by round, of those below some paths; newest round first. */
export async function villagesAdding(read: Knex, hash: string, paths: readonly string[]): Promise<readonly { readonly id: string; readonly name: string; readonly villages: number }[]> {
  const rows: { id: string; name: string; village: number; items: string; path: string }[] = await read('village_items as v').join('rounds as r', 'r.no', 'v.round').join('places as p', 'p.no', 'v.village')
    .where('v.base', hash).whereNotNull('v.standard').orderBy('r.year', 'desc').orderBy('r.no', 'desc').orderBy('v.seq').select('r.id', 'r.name', 'v.village', 'v.items', 'p.path');
  const rounds = Map.groupBy(rows.filter(row => paths.some(path => within(row.path, path))), row => row.id);
  return [...rounds].flatMap(([id, own]) => {
    const held = [...new Map(own.map(row => [row.village, row.items])).values()].filter(items => items !== listText([]));
    return own[0] === undefined || held.length === 0 ? [] : [{ id, name: own[0].name, villages: held.length }];
  });
}
