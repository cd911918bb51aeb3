import { boundsWords } from '../standards/bounds.ts';
import { compareProducts, fractionOf } from '../standards/fraction.ts';
import { boundKeys } from '../standards/kinds/bands.ts';
import { fractionBoundsWords } from '../standards/kinds/ratio.ts';
import { shareGap } from '../standards/kinds/share.ts';
import type { ShareRule } from '../standards/kinds/share.ts';
import type { Indicator, Standard } from '../standards/standard.ts';
import { valueOf, valueWords } from '../standards/values.ts';
import type { IndicatorResult } from './evaluate.ts';

/** A share told whole: numerator, denominator, share, threshold, and what is still wanting. */
export interface ShareTold {
  readonly numerator: string;
  readonly denominator: string;
  /** `69.5%`, or null when there are too few to say. */
  readonly share: string | null;
  readonly wanted: string;
  /** 「再有 1 户就够」; null when met or set aside. */
  readonly gap: string | null;
  readonly say: string;
}

export function tellShare(standard: Standard, rule: ShareRule, result: IndicatorResult): ShareTold | null {
  const value = (key: string): number | undefined => result.parts.find(part => part.key === key)?.value;
  const [over, under] = [value(rule.numerator), value(rule.denominator)];
  const [top, bottom] = [rule.numerator, rule.denominator].map(key => standard.indicators.find(each => each.key === key));
  if (over === undefined || under === undefined || top === undefined || bottom === undefined) return null;
  const wanted = boundsWords(fractionBoundsWords(rule.wanted));
  const told = { numerator: valueWords(top, over), denominator: valueWords(bottom, under), wanted };
  const counted = rule.guard === undefined ? undefined : value(rule.guard.count);
  if (rule.guard !== undefined && counted !== undefined && counted < rule.guard.below) {
    const guard = rule.guard;
    const of = standard.indicators.find(each => each.key === guard.count);
    const then = guard.then === 'setAside' ? '这一项先放一边' : '按没有达到算';
    return { ...told, share: null, gap: null, say: `样本不足：${of?.title ?? ''}只有 ${of === undefined ? counted : valueWords(of, counted)}，不到 ${guard.below}，${then}` };
  }
  if (under <= 0) return { ...told, share: null, gap: null, say: `${bottom.title}是 0，算不出占比，${rule.whenEmpty === 'setAside' ? '这一项先放一边' : '按没有达到算'}` };
  const share = shareWords(rule, over, under);
  const gap = gapWords(top, shareGap(rule, { over, under }));
  return { ...told, share, gap, say: `${told.numerator} ÷ ${told.denominator} = ${share}，要${/^\d/.test(wanted) ? ' ' : ''}${wanted}，${gap ?? '达到'}` };
}

/** What a condition says of a figure, with the figure itself: 「户均 80 分以上：11730.5 分 ÷ 150 户 = 78.2 分」. */
export function tellFigure(standard: Standard, words: string, result: IndicatorResult | undefined): string {
  const indicator = standard.indicators.find(each => each.key === result?.key);
  const fact = indicator === undefined || result === undefined || result.fact === null ? undefined : valueOf(indicator, result.fact);
  if (indicator === undefined || result === undefined || fact === undefined || (indicator.aggregate === undefined && indicator.derive === undefined)) return words;
  const quotient = indicator.derive !== undefined && ('share' in indicator.derive || 'average' in indicator.derive);
  const [over, under] = result.parts.map(part => { const from = standard.indicators.find(each => each.key === part.key); return from === undefined ? String(part.value) : valueWords(from, part.value); });
  return `${words}：${quotient && over !== undefined && under !== undefined ? `${over} ÷ ${under} = ` : ''}${valueWords(indicator, fact)}`;
}

/** Cut to hundredths of a percent; one that would read like the threshold without being it says so. */
function shareWords(rule: ShareRule, over: number, under: number): string {
  const cut = Number(BigInt(over) * 10_000n / BigInt(under));
  const isExact = BigInt(over) * 10_000n % BigInt(under) === 0n;
  const key = boundKeys.find(each => rule.wanted[each] !== undefined);
  const bound = key === undefined ? undefined : fractionOf(rule.wanted[key]);
  const words = `${cut / 100}%`;
  if (isExact || bound === undefined) return words;
  const sign = compareProducts(over, bound.under, bound.over, under);
  const reads = bound.over * 10_000 / bound.under;
  return sign > 0 && cut <= reads ? `略高于 ${words}` : words;
}

function gapWords(of: Indicator, gap: number): string | null {
  if (gap === 0) return null;
  return gap > 0 ? `再有 ${valueWords(of, gap)}就够` : `再减少 ${valueWords(of, -gap)}就够`;
}
