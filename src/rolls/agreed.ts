import type { Knex } from 'knex';
import type { Place } from '../places/place.ts';
import { ownMark } from '../rounds/item-form.ts';
import { currentRound, roundByNo } from '../rounds/round.ts';
import { tellItems } from '../standards/item-words.ts';
import { loadStandard } from '../standards/load.ts';
import { listInForce, villageLists } from '../standards/village-items.ts';

/** 本村约定 as anyone may read it: what was agreed, never what anybody did. */
export interface Agreed { readonly year: number; readonly items: readonly { readonly words: string; readonly where: string; readonly law: string }[] }

/** What counts in a village by its own agreement: in the round that its roll came of, or else in the one under way. Undefined where it agreed on nothing. */
export async function agreedItems(read: Knex, village: Place, rolled?: number): Promise<Agreed | undefined> {
  const round = rolled === undefined ? await currentRound(read, village.path) : await roundByNo(read, rolled);
  const held = round === undefined ? undefined : listInForce(await villageLists(read, { round: round.no, village: village.no }));
  if (round === undefined || held === undefined || held.items.length === 0) return undefined;
  const { standard } = await loadStandard(read, round.household_standard);
  return { year: round.year, items: tellItems(standard, held.items).map(({ words, where, law }) => ({ words: words.replace(ownMark, ''), where, law })) };
}
