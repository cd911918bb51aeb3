import type { Cursor } from '../cursor.ts';
import { between } from '../fraction.ts';
import { hundredths, pointsText } from '../standard.ts';
import { scaleOf } from '../values.ts';
import { rangeOf } from './bands.ts';
import type { Around, Kind } from './kind.ts';

/**
 * 折线给分: points that rise or fall evenly from one knot to the next, so many for every bit of the way, rounded once as the standard declares.
 * Before the first knot and beyond the last nothing moves any more: `[{ value: 0, points: 0 }, { value: 70, points: 60 }]` gives 60 points in proportion to a target of 70.
 */
export interface LineRule { readonly kind: 'line'; readonly knots: readonly Knot[] }
export interface Knot { readonly value: number; readonly points: number }

export const line: Kind<LineRule> = {
  title: '折线给分',
  types: ['whole', 'money', 'percent'],
  check,
  parts: () => [],
  compile({ knots }, indicator, setting) {
    const slot = setting.slot(indicator.key);
    const values = knots.map(knot => Math.round(knot.value * scaleOf(indicator.type)));
    const points = knots.map(knot => hundredths(knot.points));
    return (facts, trace) => {
      const value = facts.values[slot] ?? 0;
      let at = 0;
      while (at < values.length && value > (values[at] ?? 0)) at++;
      if (at > 0 && at < values.length && value < (values[at] ?? 0)) {
        trace.clause[slot] = at;
        return between({ from: points[at - 1] ?? 0, to: points[at] ?? 0, done: value - (values[at - 1] ?? 0), whole: (values[at] ?? 0) - (values[at - 1] ?? 0) }, setting.rounding);
      }
      trace.clause[slot] = at;
      return points[Math.min(at, points.length - 1)] ?? 0;
    };
  },
  range: ({ knots }) => rangeOf(knots.map(knot => knot.points)),
  /** Before the first knot, between each and the one before it, beyond the last. */
  words: ({ knots }, indicator) => {
    const unit = indicator.type === 'percent' ? '%' : indicator.unit === undefined ? '' : ` ${indicator.unit}`;
    const size = (knot: Knot | undefined): string => `${pointsText(hundredths(knot?.points ?? 0))} 分`;
    const [first, last] = [knots[0], knots.at(-1)];
    return [
      `不超过 ${first?.value ?? 0}${unit}：${size(first)}`,
      ...knots.slice(1).map((knot, n) => `${knots[n]?.value ?? 0}${unit} 到 ${knot.value}${unit}：从 ${size(knots[n])}到 ${size(knot)}，按比例算`),
      `超过 ${last?.value ?? 0}${unit}：${size(last)}`,
    ];
  },
};

function check(rule: Cursor, around: Around): void {
  rule.record(['kind', 'knots']);
  const places = around.type !== undefined && scaleOf(around.type) === 100 ? 2 : 0;
  let before: number | undefined;
  for (const knot of rule.get('knots').list(2)) {
    knot.record(['value', 'points']);
    knot.get('points').points();
    const value = knot.get('value').number({ least: -1e9, most: 1e9, places });
    if (value !== undefined && before !== undefined && value <= before) knot.get('value').fault('拐点要从小到大写', `要大于前一个拐点的 ${before}`);
    before = value ?? before;
  }
}
