import { boundsWords } from '../bounds.ts';
import { fractionOf } from '../fraction.ts';
import type { Cursor } from '../cursor.ts';
import type { Facts } from '../facts.ts';
import { hundredths, pointsText } from '../standard.ts';
import type { Indicator } from '../standard.ts';
import { boundKeys, rangeOf } from './bands.ts';
import type { Around, Kind, Setting } from './kind.ts';
import { checkCount, fractionBoundsAt, fractionBoundsWords, fractionSpan, inFractionSpan } from './ratio.ts';
import type { FractionBounds } from './ratio.ts';

/** 占比达标: a share of what is counted below (or of bank balances) against one threshold. Clause: see `shareClauses`. */
export interface ShareRule {
  readonly kind: 'share';
  readonly numerator: string;
  readonly denominator: string;
  readonly wanted: FractionBounds;
  /** With fewer than `below` of these, the share says nothing: it is set aside, or counts as unmet, as declared. */
  readonly guard?: { readonly count: string; readonly below: number; readonly then: 'setAside' | 'unmet' };
  readonly whenEmpty: 'setAside' | 'unmet';
  readonly points?: { readonly met: number; readonly unmet: number; readonly setAside: number };
}

export const shareClauses = { unmet: 0, met: 1, setAside: 2, tooFew: 3 } as const;

export const share: Kind<ShareRule> = {
  title: '占比达标',
  types: ['derived'],
  check,
  parts: rule => rule.guard === undefined ? [rule.numerator, rule.denominator] : [rule.numerator, rule.denominator, rule.guard.count],
  compile(rule, indicator, setting) {
    const slot = setting.slot(indicator.key);
    const clauseOf = shareTest(rule, setting);
    const [met, unmet, setAside] = [rule.points?.met ?? 0, rule.points?.unmet ?? 0, rule.points?.setAside ?? 0].map(hundredths);
    return (facts, trace) => {
      const clause = clauseOf(facts);
      trace.clause[slot] = clause;
      return (clause === shareClauses.met ? met : clause === shareClauses.setAside ? setAside : unmet) ?? 0;
    };
  },
  range: rule => rangeOf(rule.points === undefined ? [0] : [rule.points.met, rule.points.unmet, rule.points.setAside]),
  words: rule => {
    const wanted = boundsWords(fractionBoundsWords(rule.wanted));
    const tell = (points: number | undefined): string => points === undefined ? '' : `：${pointsText(hundredths(points))} 分`;
    return [`没有到 ${wanted}${tell(rule.points?.unmet)}`, `${wanted}${tell(rule.points?.met)}`, `样本不足，这一项先放一边${tell(rule.points?.setAside)}`, `样本不足，按没有达到算${tell(rule.points?.unmet)}`];
  },
};

/** The verdict on the share alone; conditions ask it too. */
export function shareTest(rule: ShareRule, setting: Setting): (facts: Facts) => number {
  const over = setting.slot(rule.numerator);
  const under = setting.slot(rule.denominator);
  const { guard } = rule;
  const counted = guard === undefined ? -1 : setting.slot(guard.count);
  const wanted = fractionSpan(rule.wanted);
  const few = guard?.then === 'setAside' ? shareClauses.setAside : shareClauses.tooFew;
  const empty = rule.whenEmpty === 'setAside' ? shareClauses.setAside : shareClauses.unmet;
  return facts => {
    if (guard !== undefined && (facts.values[counted] ?? 0) < guard.below) return few;
    const below = facts.values[under] ?? 0;
    if (below <= 0) return empty;
    return inFractionSpan(wanted, facts.values[over] ?? 0, below) ? shareClauses.met : shareClauses.unmet;
  };
}

/** How much the numerator must grow (positive) or shrink (negative) so that the share is met, the denominator unchanged; 0 when it is. */
export function shareGap(rule: ShareRule, { over, under }: { readonly over: number; readonly under: number }): number {
  const [key] = boundKeys.filter(each => rule.wanted[each] !== undefined);
  const wanted = key === undefined ? undefined : fractionOf(rule.wanted[key]);
  if (key === undefined || wanted === undefined) return 0;
  const product = BigInt(wanted.over) * BigInt(under);
  const whole = Number(product / BigInt(wanted.under));
  const isExact = product % BigInt(wanted.under) === 0n;
  switch (key) {
    case 'atLeast': return Math.max(0, (isExact ? whole : whole + 1) - over);
    case 'above': return Math.max(0, whole + 1 - over);
    case 'atMost': return Math.min(0, whole - over);
    default: return Math.min(0, (isExact ? whole - 1 : whole) - over);
  }
}

export const shareRuleOf = (indicator: Indicator | undefined): ShareRule | undefined => indicator?.scoring?.kind === 'share' ? indicator.scoring : undefined;

function check(rule: Cursor, around: Around): void {
  rule.record(['kind', 'numerator', 'denominator', 'wanted', 'whenEmpty'], ['guard', 'points']);
  const above = checkCount(rule.get('numerator'), around);
  const below = checkCount(rule.get('denominator'), around);
  if (above !== undefined && below !== undefined && above !== below) rule.get('denominator').fault('上下两个数的单位不同', '两个都用金额，或者都用整数');
  const wanted = rule.get('wanted');
  if (wanted.record([], boundKeys) !== undefined) {
    const bounds = fractionBoundsAt(wanted);
    if (Object.keys(bounds).length !== 1) wanted.fault('门槛要写一个，也只能写一个', '写 atLeast、above、atMost、below 里的一个，如 atLeast: 70%');
  }
  rule.get('whenEmpty').oneOf(['setAside', 'unmet']);
  const guard = rule.get('guard');
  if (!guard.isAbsent && guard.record(['count', 'below', 'then']) !== undefined) {
    checkCount(guard.get('count'), around);
    guard.get('below').number({ least: 1, most: 100_000 });
    guard.get('then').oneOf(['setAside', 'unmet']);
  }
  const points = rule.get('points');
  if (!points.isAbsent && points.record(['met', 'unmet', 'setAside']) !== undefined) for (const key of ['met', 'unmet', 'setAside']) points.get(key).points();
}
