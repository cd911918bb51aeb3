import { indicatorsOf } from '../around.ts';
import { bounds } from '../cells-bounds.ts';
import { number, pick } from '../cells.ts';
import type { RuleForm } from './rule-form.ts';

const verdicts = [{ key: 'unmet', label: '按没有达到算' }, { key: 'setAside', label: '先放一边，不看这一项' }] as const;

export const shareForm: RuleForm = {
  start: () => ({ kind: 'share', wanted: { atLeast: '70%' }, whenEmpty: 'unmet' }),
  parts: ({ body, path }) => {
    const counts = indicatorsOf(body, ['whole', 'money']);
    return [
      { kind: 'fields', title: '谁占谁', cells: [pick([...path, 'numerator'], '上面的数', counts), pick([...path, 'denominator'], '下面的数', counts), pick([...path, 'whenEmpty'], '下面的数是 0 时', verdicts)] },
      { kind: 'grid', title: '要到多少', hint: '只写一头，可以写 2/3、70% 或者 0.7。', columns: ['含不含', '从多少起', '含不含', '到多少为止'], ...wanted([...path, 'wanted']) },
      { kind: 'fields', title: '数太少时', hint: '不设就都空着。', cells: [pick([...path, 'guard', 'count'], '看哪个数', counts, { optional: true }), number([...path, 'guard', 'below'], '不到多少算太少', { optional: true, places: 0 }), pick([...path, 'guard', 'then'], '太少时', verdicts, { optional: true })] },
      { kind: 'fields', title: '给几分', hint: '只当条件用、不给分的，都空着。', cells: [number([...path, 'points', 'met'], '达到了', { optional: true }), number([...path, 'points', 'unmet'], '没达到', { optional: true }), number([...path, 'points', 'setAside'], '放一边', { optional: true })] },
    ];
  },
};

function wanted(path: Parameters<typeof bounds>[0]) {
  const cell = bounds(path, { isShare: true });
  return { cell, lines: [Object.keys(cell.fields)] };
}
