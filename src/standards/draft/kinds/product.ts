import { indicatorsOf } from '../around.ts';
import { number } from '../cells.ts';
import { factorBy } from './factor-parts.ts';
import { ends, type RuleForm } from './rule-form.ts';

export const productForm: RuleForm = {
  start: () => ({ kind: 'product', base: 0, factors: [], floor: 0, cap: 0 }),
  parts: ({ body, path, address }) => [
    { kind: 'fields', title: '系数连乘', cells: [number([...path, 'base'], '基准分', { hint: '减分的写负数' }), number([...path, 'floor'], ends.floor), number([...path, 'cap'], ends.cap)] },
    {
      kind: 'table', title: '乘哪几张表', path: [...path, 'factors'], hint: '先选看哪一项，存好以后点“细项”填乘多少。', columns: ['看哪一项'],
      row: at => [factorBy(at, indicatorsOf(body, ['choice', 'whole', 'money', 'percent', 'year', 'day']))], more: at => `${address}.scoring.factors.${at}`,
    },
  ],
};
