import { subjectKinds } from '../../standard.ts';
import { subjectWords } from '../../words.ts';
import { number, pick, text } from '../cells.ts';
import type { Pane } from '../pane.ts';

const roundings = [{ key: 'half-up', label: '四舍五入' }, { key: 'down', label: '舍去零头' }] as const;

export const head: Pane = {
  address: 'head', depth: 0, title: () => '基本情况',
  members: ['format', 'title', 'key', 'year', 'version', 'place', 'subject', 'base', 'total', 'rounding', 'ungraded', 'adjustment'],
  parts: () => [
    {
      kind: 'fields', title: '这是哪一份', cells: [
        text(['title'], '名称', { most: 80 }), number(['year'], '年度', { places: 0 }), number(['version'], '第几版', { places: 0, hint: '同一份标准每改一回加一' }),
        pick(['subject'], '评什么', subjectKinds.map(key => ({ key, label: subjectWords[key] }))), text(['place', 'name'], '用在哪里', { most: 40 }), text(['place', 'code'], '那里的区划代码', { most: 12 }),
      ],
    },
    {
      kind: 'fields', title: '总分怎么算', cells: [
        number(['base'], '从几分起'), number(['total', 'cap'], '总分最多', { optional: true }), number(['total', 'floor'], '总分最少', { optional: true }), pick(['rounding'], '除不尽时', roundings),
        text(['ungraded', 'label'], '到不了任何等级的，写成', { most: 20 }),
      ],
    },
    { kind: 'fields', title: '人工调整', hint: '不许调整的，两格都空着。', cells: [number(['adjustment', 'grades'], '上下最多几级', { optional: true, places: 0 }), text(['adjustment', 'note'], '怎么说明', { optional: true, lines: true })] },
    { kind: 'fields', title: '在文件里的名称', isFolded: true, hint: '同一份标准的各版用同一个，一般不改。', cells: [text(['key'], '英文名称', { most: 64 })] },
  ],
};
