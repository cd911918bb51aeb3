import { outcomes } from '../trace.ts';
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
    const options = indicator.options ?? [];
    const points = options.map(option => hundredths(option.points ?? 0));
    const lapsed = options.map(option => setting.isLapsed(option.legalBasis));
    const neutral = hundredths(indicator.neutral ?? 0);
    const slot = setting.slot(indicator.key);
    return (facts, trace) => {
      const at = facts.values[slot] ?? 0;
      trace.clause[slot] = at;
      if (lapsed[at] === true) { trace.outcome[slot] = outcomes.lapsed; return neutral; }
      return points[at] ?? 0;
    };
  },
  range: (_rule, indicator) => rangeOf((indicator.options ?? []).map(option => option.points ?? 0)),
  words: (_rule, indicator) => (indicator.options ?? []).map(option => `${option.label}：${pointsText(hundredths(option.points ?? 0))} 分`),
};
