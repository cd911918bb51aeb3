import { amongOf, isCounting, type Counting } from '../../standards/aggregate.ts';
import { conditionKeys } from '../../standards/conditions.ts';
import { shareGap, shareRuleOf } from '../../standards/kinds/share.ts';
import type { Indicator, Standard } from '../../standards/standard.ts';
import { valueWords } from '../../standards/values.ts';
import type { Evaluation } from '../evaluate.ts';

/** What stands below a village or township, in counts: nobody is named, and nobody can be guessed. */
export interface Below {
  /** Rated but not yet approved by the township. */
  readonly waiting: number;
  /** Neither rated nor excused. */
  readonly unrated: number;
  /** Rated, not yet a credit household, and within `nearlyHundredths` of it. */
  readonly nearly: number;
  readonly objections: number;
}

/** Five points: what a household can make good in a season. */
export const nearlyHundredths = 500;
/** A smaller count is told as 「不到 3」. */
const fewest = 3;

/**
 * What a village or township lacks for its title, in whole units, with the steps that are lawful: asking those who have not joined, finishing what is
 * open, rating again those who have come nearer. `evaluation` is how it would stand if all that are rated were approved. Never pressing anybody to join, to pay, or to keep an objection back.
 */
export function placeSteps({ standard, evaluation }: { readonly standard: Standard; readonly evaluation: Evaluation }, below: Below): readonly string[] {
  const steps = standard.preconditions.flatMap((each, at) => evaluation.preconditions[at]?.verdict === 'fails' ? conditionKeys(each.holds).flatMap(key => stepsFor(standard, evaluation, key, below)) : []);
  return [...new Set([...below.waiting > 0 ? [`算好了还没批准的有 ${below.waiting} 户，先把评议、公示、审批走完，批准的才算数。`] : [], ...steps])];
}

function stepsFor(standard: Standard, evaluation: Evaluation, key: string, below: Below): readonly string[] {
  const indicator = standard.indicators.find(each => each.key === key);
  const rule = shareRuleOf(indicator);
  if (rule === undefined) return isOpenObjections(indicator) && below.objections > 0 ? [`还有 ${below.objections} 件异议没办完，先按期限办完、答复。`] : [];
  const parts = evaluation.indicators.find(each => each.key === key)?.parts ?? [];
  const value = (name: string): number => parts.find(part => part.key === name)?.value ?? 0;
  const top = standard.indicators.find(each => each.key === rule.numerator);
  const gap = shareGap(rule, { over: value(rule.numerator), under: value(rule.denominator) });
  if (top === undefined || gap === 0) return [];
  return [`${gap > 0 ? `${top.title}还差 ${valueWords(top, gap)}` : `${top.title}还多 ${valueWords(top, -gap)}`}。${wayFor(top, below)}`];
}

const countingOf = (indicator: Indicator | undefined): Counting | undefined => indicator?.source !== 'computed' || indicator.aggregate === undefined || !isCounting(indicator.aggregate) ? undefined : indicator.aggregate;
const isOpenObjections = (indicator: Indicator | undefined): boolean => { const counting = countingOf(indicator); return counting !== undefined && 'sum' in counting && counting.value === 'openObjections'; };

/** What can lawfully make a figure grow: it follows from how the figure is counted. */
function wayFor(top: Indicator, { unrated, nearly }: Below): string {
  const counting = countingOf(top);
  const counted = counting !== undefined && 'count' in counting ? counting : undefined;
  const among = counted === undefined ? 'all' : amongOf(counted);
  if (counted?.count === 'households' && among === 'rated' && counted.where !== undefined) {
    return nearly === 0 ? '把每户能做的讲清楚，做到了重新算。' : `离信用户差 5 分以内的${nearly < fewest ? `不到 ${fewest} 户` : `有 ${nearly} 户`}，把能做的讲清楚，做到了重新算。`;
  }
  if (counted?.count === 'households' && among !== 'all') return unrated === 0 ? '愿意的都参评了，不愿意的不勉强。' : `还有 ${unrated} 户没有参评，上门说清楚参加自愿、随时可以退出，愿意的签授权；不愿意的不勉强。`;
  if (counted?.count === 'villages' && among === 'rated') return '还没评上的村，各村的页上写着差什么。';
  return top.source === 'bank' ? '这是银行的汇总数，按时还款以后会变；不替银行催收，也不把户名贴出来。' : '';
}
