import { hundredths, pointsText } from '../standard.ts';
import { rangeOf } from './bands.ts';
import type { Kind } from './kind.ts';

/** 选项给分: the points stand with the options. */
export interface ChoiceRule { readonly kind: 'choice' }

export const choice: Kind<ChoiceRule> = {
  title: '选项给分',
  types: ['choice'],
  check(rule, around) {
    rule.record(['kind']);
    const options = around.indicator['options'];
    if (Array.isArray(options) && options.some((option: unknown) => typeof option === 'object' && option !== null && !('points' in option))) {
      rule.fault('有选项没写分', '每个选项都写上 points');
    }
  },
  parts: () => [],
  compile(_rule, indicator, setting) {
    const neutral = hundredths(indicator.neutral ?? 0);
    return { rows: (indicator.options ?? []).map(({ points, legalBasis }, clause) => setting.isLapsed(legalBasis) ? { points: neutral, clause, isLapsed: true } : { points: hundredths(points ?? 0), clause, isLapsed: false }) };
  },
  range: (_rule, indicator) => rangeOf((indicator.options ?? []).map(option => option.points ?? 0)),
  words: (_rule, indicator) => (indicator.options ?? []).map(option => `${option.label}：${pointsText(hundredths(option.points ?? 0))} 分`),
};
