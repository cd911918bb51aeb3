import { number } from '../cells.ts';
import type { RuleForm } from './rule-form.ts';

export const lineForm: RuleForm = {
  start: () => ({ kind: 'line', knots: [{ value: 0, points: 0 }, { value: 10, points: 10 }] }),
  parts: ({ path, unit }) => [{
    kind: 'table', title: '折线给分', path: [...path, 'knots'], hint: '两个点之间按比例给分，第一个点以前、最后一个点以后不再变。从小到大写。', columns: [`到多少${unit === '' ? '' : `（${unit}）`}`, '得几分'],
    row: at => [number([...at, 'value'], '到多少'), number([...at, 'points'], '得几分')],
  }],
};
