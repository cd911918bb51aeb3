import { hundredths, pointsText } from '../standard.ts';
import { limits } from '../trace.ts';
import { scaleOf } from '../values.ts';
import type { Kind } from './kind.ts';

/** 按步加减: `at` points at the standard value, then so many points for every whole step away from it. */
export interface StepsRule {
  readonly kind: 'steps';
  readonly standard: number;
  readonly at: number;
  readonly step: number;
  readonly pointsPerStep: number;
  readonly floor: number;
  readonly cap: number;
}

export const steps: Kind<StepsRule> = {
  title: '按步加减',
  types: ['whole', 'money', 'percent', 'year'],
  check(rule, around) {
    rule.record(['kind', 'standard', 'at', 'step', 'pointsPerStep', 'floor', 'cap']);
    const places = around.type !== undefined && scaleOf(around.type) === 100 ? 2 : 0;
    rule.get('standard').number({ places });
    const step = rule.get('step').number({ places, least: 0 });
    if (step === 0) rule.get('step').fault('一步不能是 0', '写每多少算一步');
    const [at, floor, cap] = [rule.get('at').points(), rule.get('floor').points(), rule.get('cap').points()];
    rule.get('pointsPerStep').points();
    if (at !== undefined && floor !== undefined && cap !== undefined && !(floor <= at && at <= cap)) rule.get('at').fault('起算的分不在保底和封顶之间', '让 floor ≤ at ≤ cap');
  },
  parts: () => [],
  compile(rule, indicator, setting) {
    const slot = setting.slot(indicator.key);
    const scale = scaleOf(indicator.type);
    const [standard, step] = [Math.round(rule.standard * scale), Math.round(rule.step * scale)];
    const [at, perStep, floor, cap] = [hundredths(rule.at), hundredths(rule.pointsPerStep), hundredths(rule.floor), hundredths(rule.cap)];
    return (facts, trace) => {
      const points = at + Math.trunc(((facts.values[slot] ?? 0) - standard) / step) * perStep;
      trace.clause[slot] = 0;
      if (points > cap) { trace.limit[slot] = limits.cap; return cap; }
      if (points < floor) { trace.limit[slot] = limits.floor; return floor; }
      return points;
    };
  },
  range: rule => ({ least: hundredths(rule.floor), most: hundredths(rule.cap) }),
  words: (rule, indicator) => {
    const unit = indicator.unit ?? '';
    const each = pointsText(hundredths(Math.abs(rule.pointsPerStep)));
    const [more, less] = rule.pointsPerStep >= 0 ? ['加', '减'] : ['减', '加'];
    return [`${rule.standard}${unit} 得 ${pointsText(hundredths(rule.at))} 分，每多 ${rule.step}${unit} ${more} ${each} 分，每少 ${rule.step}${unit} ${less} ${each} 分，`
      + `最少 ${pointsText(hundredths(rule.floor))} 分，最多 ${pointsText(hundredths(rule.cap))} 分`];
  },
};
