import { number } from '../cells.ts';
import type { RuleForm } from './rule-form.ts';

export const flagForm: RuleForm = {
  start: () => ({ kind: 'flag', yes: 5, no: 0 }),
  parts: ({ path }) => [{ kind: 'fields', title: '给几分', cells: [number([...path, 'yes'], '答“是”得几分'), number([...path, 'no'], '答“不是”得几分')] }],
};
