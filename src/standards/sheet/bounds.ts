import { boundMembers } from './shape.ts';

export type BoundName = (typeof boundMembers)[number];
const signs: Readonly<Record<BoundName, string>> = { atLeast: '≥', above: '>', atMost: '≤', below: '<' };
export const boundSign = (name: BoundName): string => signs[name];
export const isBound = (name: string): name is BoundName => (boundMembers as readonly string[]).includes(name);

/** Other ways people write the four, as they stand before the number; longest first. */
const before: readonly (readonly [string, BoundName])[] = [
  ['>=', 'atLeast'], ['≧', 'atLeast'], ['≥', 'atLeast'], ['不小于', 'atLeast'], ['不低于', 'atLeast'], ['至少', 'atLeast'],
  ['<=', 'atMost'], ['≦', 'atMost'], ['≤', 'atMost'], ['不大于', 'atMost'], ['不超过', 'atMost'], ['至多', 'atMost'],
  ['>', 'above'], ['大于', 'above'], ['超过', 'above'], ['高于', 'above'], ['<', 'below'], ['小于', 'below'], ['不到', 'below'], ['低于', 'below'],
];
const after: readonly (readonly [string, BoundName])[] = [['及以上', 'atLeast'], ['以上', 'atLeast'], ['及以下', 'atMost'], ['以下', 'atMost']];

/** 「≥ 3」「不到 5」「3 以上」: which bound it is and what is written beside it; undefined when nothing says whether the number itself belongs to it. */
export function readBound(text: string): { readonly name: BoundName; readonly rest: string } | undefined {
  const bare = text.replaceAll('＞', '>').replaceAll('＜', '<').replaceAll('＝', '=').trim();
  for (const [sign, name] of before) if (bare.startsWith(sign)) return { name, rest: bare.slice(sign.length).trim() };
  for (const [sign, name] of after) if (bare.endsWith(sign)) return { name, rest: bare.slice(0, -sign.length).trim() };
  return undefined;
}
