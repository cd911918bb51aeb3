import { number } from '../cells.ts';
import { ends, type RuleForm } from './rule-form.ts';

export const stepsForm: RuleForm = {
  start: () => ({ kind: 'steps', standard: 0, at: 0, step: 1, pointsPerStep: 1, floor: 0, cap: 10 }),
  parts: ({ path, unit }) => [{
    kind: 'fields', title: '按步加减', cells: [
      number([...path, 'standard'], '以多少为准', { unit }), number([...path, 'at'], '正好这么多得几分'), number([...path, 'step'], '每多少算一步', { unit }),
      number([...path, 'pointsPerStep'], '每多一步加几分', { hint: '多了要减的，写负数' }), number([...path, 'floor'], ends.floor), number([...path, 'cap'], ends.cap),
    ],
  }],
};
