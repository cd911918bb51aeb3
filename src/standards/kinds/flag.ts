import { hundredths, pointsText } from '../standard.ts';
import { rangeOf } from './bands.ts';
import type { Kind } from './kind.ts';

/** 是否给分. Clause 0 is yes, 1 is no. */
export interface FlagRule { readonly kind: 'flag'; readonly yes: number; readonly no: number }

export const flag: Kind<FlagRule> = {
  title: '是否给分',
  types: ['flag'],
  check(rule) {
    rule.record(['kind', 'yes', 'no']);
    rule.get('yes').points();
    rule.get('no').points();
  },
  parts: () => [],
  compile: rule => ({ rows: [{ points: hundredths(rule.no), clause: 1, isLapsed: false }, { points: hundredths(rule.yes), clause: 0, isLapsed: false }] }),
  range: rule => rangeOf([rule.yes, rule.no]),
  words: rule => [`是：${pointsText(hundredths(rule.yes))} 分`, `不是：${pointsText(hundredths(rule.no))} 分`],
};
