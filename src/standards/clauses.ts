import { chineseNumber } from '../kit/chinese-number.ts';
import type { Standard } from './standard.ts';

/** What an article of a printed standard is about: one indicator, veto, precondition or type by its key, or a matter of the whole. */
export type ArticleId = `${'indicator' | 'veto' | 'precondition' | 'type'}:${string}` | `whole:${'scope' | 'total' | 'localBases' | 'grades' | 'adjustment' | 'publication' | 'force'}`;
export interface Article { readonly id: ArticleId; readonly no: number }
export interface Chapter { readonly no: number; readonly title: string; /** The category whose indicators it holds. */ readonly category?: string; readonly articles: readonly Article[] }

/**
 * The one numbering of a standard, in the manner of official documents: chapters, and articles counted through all of them.
 * The printed standard, its page, why a household has its grade, and simulations all cite it; a kept standard never changes, so neither do its numbers.
 */
export function chaptersOf(standard: Standard): readonly Chapter[] {
  const indicators = (category: string | undefined): readonly ArticleId[] => standard.indicators.filter(each => each.category === category).map(each => `indicator:${each.key}` as const);
  const isScored = standard.categories.length > 0;
  const drafts: { readonly title: string; readonly category?: string; readonly ids: readonly ArticleId[] }[] = [
    { title: '总则', ids: ['whole:scope', ...isScored ? ['whole:total' as const] : [], ...(standard.localBases ?? []).length > 0 ? ['whole:localBases' as const] : []] },
    ...standard.categories.map(({ key, title }) => ({ title, category: key, ids: indicators(key) })),
    { title: isScored ? '只看不打分的内容' : '要看的内容', ids: indicators(undefined) },
    { title: '先要都达到的条件', ids: standard.preconditions.map(each => `precondition:${each.key}` as const) },
    { title: '一票否决', ids: standard.vetoes.map(each => `veto:${each.key}` as const) },
    { title: '等级', ids: ['whole:grades', ...(standard.types ?? []).map(each => `type:${each.key}` as const), ...standard.adjustment === undefined ? [] : ['whole:adjustment' as const]] },
    { title: '公布', ids: (standard.publication ?? []).length > 0 ? ['whole:publication'] : [] },
    { title: '附则', ids: ['whole:force'] },
  ];
  let last = 0;
  return drafts.filter(({ ids }) => ids.length > 0).map(({ ids, ...chapter }, at) => ({ ...chapter, no: at + 1, articles: ids.map(id => ({ id, no: ++last })) }));
}

/** 「第十二条」「第十二条第（三）项」; empty for what has no article. */
export interface Citations {
  readonly cite: (id: ArticleId, item?: number) => string;
  /** The same as the name of a place in a page: `c12`, `c12-3`. */
  readonly anchor: (id: ArticleId, item?: number) => string;
}

const kept = new WeakMap<Standard, Citations>();

export function citationsIn(standard: Standard): Citations {
  const known = kept.get(standard);
  if (known !== undefined) return known;
  const numbers = new Map(chaptersOf(standard).flatMap(chapter => chapter.articles).map(({ id, no }) => [id, no]));
  const told = (id: ArticleId, tell: (no: number) => string): string => { const no = numbers.get(id); return no === undefined ? '' : tell(no); };
  const made: Citations = {
    cite: (id, item) => told(id, no => `${articleWords(no)}${item === undefined ? '' : `第${itemWords(item)}项`}`),
    anchor: (id, item) => told(id, no => item === undefined ? `c${no}` : `c${no}-${item}`),
  };
  kept.set(standard, made);
  return made;
}

export const chapterWords = (no: number): string => `第${chineseNumber(no)}章`;
export const articleWords = (no: number): string => `第${chineseNumber(no)}条`;
export const itemWords = (no: number): string => `（${chineseNumber(no)}）`;
