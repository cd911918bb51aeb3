import { num, percent } from '../web/helpers.ts';
import { smallCell } from '../reports/small-cells.ts';

/** A count of households as a reader is told it: `n` is what charts, shares and files are made of. */
export interface Told { readonly n: number; readonly words: string; readonly isFew: boolean }

/**
 * Who looks after the households is told their number. Anybody else is told it in steps of `smallCell`, and of fewer than that only that they are few. The same count is
 * always told alike: what is kept back cannot be had from a sum less its other parts, from another place that overlaps, or from another scenario of the same round.
 */
export function told(n: number, sees: boolean): Told {
  if (sees || n === 0) return { n, words: num(n), isFew: false };
  if (n < smallCell) return { n: 0, words: `不到 ${smallCell}`, isFew: true };
  const rounded = Math.round(n / smallCell) * smallCell;
  return { n: rounded, words: num(rounded), isFew: false };
}

/** A share of counts as they are told; none where the part is few. */
export const shareTold = (part: Told, all: Told): string => part.isFew ? '—' : percent(part.n, all.n);

/** What readers of rounded counts must know, on screen, on paper and in files. */
export const roundedWords = `户数取整到 ${smallCell} 户，不到 ${smallCell} 户的不写几户，加起来会差一点：免得拿几张表、几次模拟一减，认出是哪一家。`;
