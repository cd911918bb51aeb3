import { number } from '../cells.ts';
import type { Path } from '../edit/path.ts';
import type { Table } from '../pane.ts';
import { ends, type RuleForm } from './rule-form.ts';

/** Consecutive ranges, as here and in events. */
export const rangesTable = (path: Path, unit: string): Table => ({
  kind: 'table', title: '一段一段累计', path, hint: '后一段接着前一段，最后一段可以没有终点。', columns: [`到多少为止${unit}`, `每多少${unit}`, '几分'],
  row: at => [number([...at, 'upTo'], '到多少为止', { optional: true }), number([...at, 'every'], '每多少'), number([...at, 'points'], '几分')],
});

export const tiersForm: RuleForm = {
  start: () => ({ kind: 'tiers', start: 0, ranges: [{ every: 1, points: 1 }], floor: 0, cap: 10 }),
  parts: ({ path, unit }) => [
    { kind: 'fields', title: '分段累计', cells: [number([...path, 'start'], ends.start), number([...path, 'floor'], ends.floor), number([...path, 'cap'], ends.cap)] },
    rangesTable([...path, 'ranges'], unit === '' ? '' : `（${unit}）`),
  ],
};
