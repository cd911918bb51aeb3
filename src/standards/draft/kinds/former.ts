import { gradesOf } from '../around.ts';
import { number } from '../cells.ts';
import type { RuleForm } from './rule-form.ts';

export const formerForm: RuleForm = {
  start: () => ({ kind: 'former', grades: {}, otherwise: 0 }),
  parts: ({ body, path }) => [{
    kind: 'fields', title: '上一次是哪一级，得几分', cells: [
      ...gradesOf(body).map(grade => number([...path, 'grades', grade.key], `上次${grade.label}`, { optional: true })), number([...path, 'otherwise'], '其他的，和上次没有等级的'),
    ],
  }],
};
