import { lenient, nameOf, type Cell } from '../cell.ts';
import { bounds } from '../cells-bounds.ts';
import { number, pick } from '../cells.ts';
import { choice } from '../../../kit/fields.ts';
import { basesOf, indicatorsOf } from '../around.ts';
import { isObject, type Body, type Path } from '../edit/path.ts';
import type { RuleForm } from './rule-form.ts';

export const ratioForm: RuleForm = {
  start: () => ({ kind: 'ratio', bands: [{ below: 0.5, points: 0 }, { atLeast: 0.5, points: 5 }], whenEmpty: 0 }),
  parts: ({ body, path }) => [
    {
      kind: 'fields', title: '谁比谁', cells: [
        pick([...path, 'numerator'], '上面的数', indicatorsOf(body, ['whole', 'money'])), denominator(body, [...path, 'denominator']),
        number([...path, 'whenEmpty'], '下面的数是 0 时得几分'),
        number([...path, 'full'], '按比例给分时，满分几分', { optional: true, hint: '填了这个，就不用下面的分段' }),
      ],
    },
    { kind: 'table', title: '按比值分段给分', path: [...path, 'bands'], isJoined: true, hint: '比值可以写 2/3、70% 或者 0.7。按比例给分的，这里空着。', columns: ['从哪到哪', '几分'], row: at => [bounds(at, { isShare: true }), number([...at, 'points'], '几分')] },
  ],
};

/** A fact, or the county mean, times a fact where the mean is per head. */
function denominator(body: Body, path: Path): Cell {
  const [of, times] = [nameOf(path), `${nameOf(path)}.times`];
  const facts = indicatorsOf(body, ['whole', 'money']);
  const options = [...facts, ...basesOf(body).map(base => ({ key: `base:${base.key}`, label: `县基数：${base.label}` }))];
  return {
    path,
    fields: { [of]: lenient(choice('下面的数', options, { select: true }), false), [times]: lenient(choice('县基数再乘', facts, { select: true, hint: '县基数是人均的，选家里几口人这样的数' }), true) },
    show: held => isObject(held) ? { [of]: `base:${String(held['base'] ?? '')}`, [times]: String(held['times'] ?? '') } : { [of]: String(held ?? ''), [times]: '' },
    hold(values) {
      const [chosen, by] = [values[of], values[times]];
      if (typeof chosen !== 'string') return undefined;
      return chosen.startsWith('base:') ? { base: chosen.slice('base:'.length), ...by === undefined ? {} : { times: by } } : chosen;
    },
  };
}
