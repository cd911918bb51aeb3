import type { Knex } from 'knex';
import type { Place } from '../places/place.ts';
import type { Round } from '../rounds/round.ts';
import type { LocalItems } from '../standards/local-items.ts';
import type { Standard } from '../standards/standard.ts';
import { fitted, listInForce, villageLists } from '../standards/village-items.ts';

/** What holds in each village of a round by its own agreement. */
export async function agreedIn(read: Knex, round: Pick<Round, 'no'>): Promise<ReadonlyMap<number, readonly LocalItems[]>> {
  const lists = Map.groupBy(await villageLists(read, { round: round.no }), list => list.village);
  return new Map([...lists].flatMap(([village, own]) => { const held = listInForce(own); return held === undefined || held.items.length === 0 ? [] : [[village, held.items]]; }));
}

/** An item of a village for which the standard tried leaves no room: it is counted on the one side only. */
export interface UnfitItem { readonly village: number; readonly name: string; readonly label: string; readonly say: string }

export async function unfitItems(read: Knex, round: Pick<Round, 'no'>, tried: Standard, villages: readonly Place[]): Promise<readonly UnfitItem[]> {
  if (tried.subject !== 'household') return [];
  const agreed = await agreedIn(read, round);
  return villages.flatMap(({ no, name }) => fitted(tried, agreed.get(no) ?? []).unfit.map(({ label, say }) => ({ village: no, name, label, say })));
}
