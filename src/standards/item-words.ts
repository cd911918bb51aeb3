import { itemWords } from './kinds/event-item.ts';
import { largeItems, type LocalItems } from './local-items.ts';
import type { Standard } from './standard.ts';
import { citedWords } from './words.ts';

export interface ItemTold { readonly key: string; readonly words: string; /** The county's item under which it counts. */ readonly where: string; readonly law: string; readonly isLarge: boolean }

/** What a village set, in words. `standard` is the county's, which it adds to. */
export function tellItems(standard: Standard, lists: readonly LocalItems[]): readonly ItemTold[] {
  return lists.flatMap(list => {
    const large = new Set(largeItems(standard, list).map(item => item.key));
    return list.items.map(item => ({ key: item.key, words: itemWords(item), where: standard.indicators.find(each => each.key === list.indicator)?.title ?? list.indicator, law: citedWords(standard, item.legalBasis ?? []), isLarge: large.has(item.key) }));
  });
}
