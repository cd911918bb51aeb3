import { namePinyin } from '../kit/pinyin.ts';
import { sortKey } from '../kit/sort-key.ts';
import type { MemberRow } from './household.ts';

type Named = Pick<MemberRow, 'name' | 'relation' | 'left_on'>;

/** What the household's own row repeats of its members, so that lists and search read one table. */
export function summaryOf(members: readonly Named[]): { readonly head_name: string; readonly name_sort: string; readonly name_search: string; readonly people: number } {
  const living = members.filter(member => member.left_on === null);
  const head = living.find(member => member.relation === 'head')?.name ?? '';
  return { head_name: head, name_sort: sortKey(head), name_search: searchText(living.map(member => member.name)), people: living.length };
}

/** Names, their pinyin and initials between spaces, in lower case: `like` behaves alike on every database. */
export const searchText = (names: readonly string[]): string => {
  let [written, spelled] = [' ', ''];
  for (const name of names) if (name !== '') { written += `${name} `; spelled += namePinyin(name).search.slice(1); }
  return written.toLowerCase() + spelled;
};
