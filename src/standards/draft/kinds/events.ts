import { number, pick, text } from '../cells.ts';
import { ends, type RuleForm } from './rule-form.ts';

const picks = [{ key: 'all', label: '每件都算' }, { key: 'best', label: '只算最高的一件' }, { key: 'heaviest', label: '只算最重的一件' }] as const;
const groupPicks = [...picks.slice(1), { key: 'together', label: '合起来封顶' }] as const;
const periods = [{ key: 'day', label: '每天' }, { key: 'month', label: '每月' }, { key: 'quarter', label: '每季度' }, { key: 'year', label: '每年' }, { key: 'all', label: '一共' }] as const;

export const eventsForm: RuleForm = {
  start: () => ({ kind: 'events', start: 0, floor: 0, cap: 10, pick: 'all', items: [] }),
  parts: ({ path, address }) => [
    { kind: 'fields', title: '记事加减', cells: [number([...path, 'start'], ends.start), number([...path, 'floor'], ends.floor), number([...path, 'cap'], ends.cap), pick([...path, 'pick'], '几件事一起怎么算', picks)] },
    {
      kind: 'table', title: '记哪些事', path: [...path, 'items'], hint: '减分的写负数，并在“细项”里写依据。级别、累计、封顶也在“细项”里。', columns: ['什么事', '一次几分', '几个月内有效'], key: { member: 'key', from: 'label' },
      row: at => [text([...at, 'label'], '什么事', { most: 60 }), number([...at, 'points'], '一次几分'), number([...at, 'lifeMonths'], '几个月内有效', { places: 0 })], more: at => `${address}.scoring.items.${at}`,
    },
    {
      kind: 'table', title: '互相顶替或合起来封顶的', path: [...path, 'groups'], hint: '同一组的事，或者只算一件，或者合起来有个最多。没有就空着。', columns: ['组名（字母）', '怎么算', '按多久', '合起来最多几分'],
      row: at => [text([...at, 'key'], '组名', { most: 40 }), pick([...at, 'pick'], '怎么算', groupPicks), pick([...at, 'per'], '按多久', periods), number([...at, 'cap'], '合起来最多几分', { optional: true })],
    },
    { kind: 'fields', title: '留给村里自己定的', isFolded: true, hint: '村里可以再加几项、一次最多几分。不留就都空着。', cells: [number([...path, 'local', 'rewards'], '加分最多几项', { optional: true, places: 0 }), number([...path, 'local', 'deductions'], '减分最多几项', { optional: true, places: 0 }), number([...path, 'local', 'largest'], '一次最多几分', { optional: true }), number([...path, 'local', 'withApproval'], '镇里同意的，一次最多几分', { optional: true })] },
  ],
};
