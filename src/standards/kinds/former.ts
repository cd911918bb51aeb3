import { hundredths, pointsText } from '../standard.ts';
import { isRecord } from '../cursor.ts';
import { rangeOf } from './bands.ts';
import type { Kind } from './kind.ts';

/** 上次等级给分: points for the grade of the former round, by code; every other grade, and none, give `otherwise`. Clause 0 is a named grade, 1 is otherwise. */
export interface FormerRule { readonly kind: 'former'; readonly grades: Readonly<Record<string, number>>; readonly otherwise: number }

export const former: Kind<FormerRule> = {
  title: '上次等级给分',
  types: ['derived'],
  check(rule, around) {
    rule.record(['kind', 'grades', 'otherwise']);
    rule.get('otherwise').points();
    const grades = rule.get('grades');
    if (!isRecord(grades.value) || grades.record([], around.gradeCodes) === undefined) { grades.record(around.gradeCodes.slice(0, 1)); return; }
    for (const code of Object.keys(grades.value)) grades.get(code).points();
  },
  parts: () => [],
  compile(rule, indicator, setting) {
    const slot = setting.slot(indicator.key);
    const points = new Map(Object.entries(rule.grades).map(([code, given]) => [setting.gradeAt(code), hundredths(given)]));
    const otherwise = hundredths(rule.otherwise);
    return (facts, trace) => {
      const given = facts.former === undefined || facts.former < 0 ? undefined : points.get(facts.former);
      trace.clause[slot] = given === undefined ? 1 : 0;
      return given ?? otherwise;
    };
  },
  range: rule => rangeOf([...Object.values(rule.grades), rule.otherwise]),
  words: rule => [Object.entries(rule.grades).sort(([, a], [, b]) => b - a).map(([code, points]) => `上次${code} ${pointsText(hundredths(points))} 分`).join('，'), `其他 ${pointsText(hundredths(rule.otherwise))} 分`],
};
