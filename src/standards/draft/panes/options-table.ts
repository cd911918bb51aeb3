import { number, text } from '../cells.ts';
import type { Path } from '../edit/path.ts';
import type { Table } from '../pane.ts';

/** The answers to choose from, with their points. `indicator`: where the indicator stands; `address`: that of its page. */
export const optionsTable = (indicator: Path, address: string): Table => ({
  kind: 'table', title: '选项', path: [...indicator, 'options'], hint: '“不清楚”每题都有，不用写。', columns: ['选项', '几分'], key: { member: 'key', from: 'label' },
  row: at => [text([...at, 'label'], '选项', { most: 40 }), number([...at, 'points'], '几分', { optional: true })],
  more: at => `${address}.options.${at}`,
});
