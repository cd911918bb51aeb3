import { rangeOfRule } from '../kinds.ts';
import { hundredths, pointsText, type Indicator } from '../standard.ts';
import { isObject, rows, type Body } from './edit/path.ts';
import type { Trouble } from './troubles.ts';

/** A block of a draft: the most its indicators give together, and what its cap leaves of it. Hundredths of a point. */
export interface CategoryTally { readonly title: string; readonly items: number; /** Indicators that are not written whole yet. */ readonly open: number; readonly sum: number; readonly cap: number | undefined; readonly counts: number }
export interface Tally { readonly categories: readonly CategoryTally[]; readonly base: number; readonly most: number; readonly cap: number | undefined; readonly bestFrom: number | undefined }

/** How far a draft reaches, as far as it is written. */
export function tallyOf(body: Body, troubles: readonly Trouble[]): Tally {
  const faulty = new Set(troubles.filter(trouble => trouble.kind === 'fault' && trouble.at[0] === 'indicators').map(trouble => trouble.at[1]));
  const indicators = rows(body, ['indicators']);
  const categories = rows(body, ['categories']).map((category): CategoryTally => {
    const inside = indicators.flatMap((indicator, at) => indicator['category'] === category['key'] && isObject(indicator['scoring']) ? [{ indicator, at }] : []);
    const sums = inside.map(({ indicator, at }) => faulty.has(at) ? undefined : mostOf(indicator as unknown as Indicator));   // No fault of its own: it is a whole indicator.
    const sum = sums.reduce<number>((all, one) => category['pick'] === undefined ? all + Math.max(0, one ?? 0) : Math.max(all, one ?? 0), 0);
    const cap = pointsAt(category['cap']);
    return { title: String(category['title'] ?? ''), items: inside.length, open: sums.filter(one => one === undefined).length, sum, cap, counts: cap === undefined ? sum : Math.min(sum, cap) };
  });
  const total = isObject(body['total']) ? body['total'] : {};
  const base = pointsAt(body['base']) ?? 0;
  const best = rows(body, ['grades'])[0];
  return { categories, base, most: base + categories.reduce((all, category) => all + category.counts, 0), cap: pointsAt(total['cap']), bestFrom: pointsAt(best?.['atLeast'] ?? best?.['above']) };
}

const pointsAt = (value: unknown): number | undefined => typeof value === 'number' ? hundredths(value) : undefined;
const mostOf = (indicator: Indicator): number => indicator.scoring === undefined ? 0 : rangeOfRule(indicator.scoring, indicator).most;

/** What the sums mean, in a sentence each: nothing where all is as it should be. */
export function tallyWords({ categories, most, cap, bestFrom }: Tally): readonly string[] {
  const found: string[] = [];
  for (const { title, items, open, sum, cap: own } of categories) {
    if (items === 0) found.push(`“${title}”里还没有打分的项。`);
    if (open > 0) found.push(`“${title}”里有 ${open} 项还没写全，没有算进去。`);
    if (own !== undefined && open === 0 && items > 0 && sum < own) found.push(`“${title}”最多 ${pointsText(own)} 分，里面各项加满也只有 ${pointsText(sum)} 分。`);
  }
  // What is not written whole yet may still give as much.
  if (categories.some(category => category.open > 0)) return found;
  if (cap !== undefined && most < cap && categories.length > 0) found.push(`各类加满是 ${pointsText(most)} 分，到不了总分最多的 ${pointsText(cap)} 分。`);
  if (bestFrom !== undefined && categories.length > 0 && most < bestFrom) found.push(`最好的一级要 ${pointsText(bestFrom)} 分，谁也到不了。`);
  return found;
}
