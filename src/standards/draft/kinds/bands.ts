import { bounds } from '../cells-bounds.ts';
import { number, pick } from '../cells.ts';
import type { RuleForm } from './rule-form.ts';

const measures = [{ key: 'years', label: '到评定那天满几年' }, { key: 'months', label: '到评定那天满几个月' }, { key: 'value', label: '就看这个数' }] as const;

export const bandsForm: RuleForm = {
  start: ({ type }) => ({ kind: 'bands', ...type === 'day' ? { measure: 'years' } : {}, bands: [{ below: 1, points: 0 }, { atLeast: 1, points: 5 }] }),
  parts: ({ path, type, unit }) => [
    ...type === 'day' || type === 'year' ? [{ kind: 'fields' as const, title: '按什么分段', cells: [pick([...path, 'measure'], '按什么分段', measures, { optional: type === 'year' })] }] : [],
    {
      kind: 'table', title: '分段给分', path: [...path, 'bands'], isJoined: true, hint: '一段接一段，同一个数只落在一段里；改一头，相接的那头跟着改。两头没有界的，空着。',
      columns: [`从哪到哪${unit === '' ? '' : `（${unit}）`}`, '几分'], row: at => [bounds(at), number([...at, 'points'], '几分')],
    },
  ],
};
