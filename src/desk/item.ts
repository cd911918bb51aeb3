import type { Day } from '../kit/time.ts';

/** One thing that waits for the reader: what, why, where it is done, and until when. */
export interface Item {
  readonly icon: string;
  readonly kind: '' | 'moving' | 'care';
  readonly title: string;
  readonly says: string;
  readonly href: string;
  readonly due?: Day;
}

/** Due day first; what has none keeps the order it was found in. */
export const inOrder = (items: readonly Item[]): readonly Item[] =>
  items.map((item, at) => ({ item, at })).sort((a, b) => (a.item.due ?? '9999') < (b.item.due ?? '9999') ? -1 : (a.item.due ?? '9999') > (b.item.due ?? '9999') ? 1 : a.at - b.at).map(({ item }) => item);

/** Several villages that ask for the same thing on the same page are one line; alone, a village keeps its own. */
export function asOne(items: readonly Item[], isSame: (item: Item) => boolean, as: (count: number) => Pick<Item, 'title' | 'says' | 'href'>): readonly Item[] {
  const same = items.filter(isSame);
  const [first] = same;
  if (first === undefined || same.length < 2) return items;
  const due = same.map(item => item.due).filter(day => day !== undefined).sort()[0];
  const joined: Item = { icon: first.icon, kind: first.kind, ...as(same.length), ...due === undefined ? {} : { due } };
  return items.flatMap(item => item === first ? [joined] : isSame(item) ? [] : [item]);
}
