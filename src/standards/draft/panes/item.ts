import { powers } from '../../standard.ts';
import { choicesOf, indicatorsOf, lawOf } from '../around.ts';
import { either, number, numbers, pick, text, ticks, yes } from '../cells.ts';
import { held, isObject, put, rows, type Body, type Path } from '../edit/path.ts';
import { eventFactorParts, eventFactorTable, factorParts } from '../kinds/factor-parts.ts';
import { rangesTable } from '../kinds/tiers.ts';
import type { Pane, Part } from '../pane.ts';

/** How the points of one event come about; a plain one has its own points. */
interface Way { readonly label: string; readonly start: Body; readonly parts: (body: Body, path: Path) => readonly Part[] }
const ways: Readonly<Record<string, Way>> = {
  levels: {
    label: '按级别：村里的、镇里的、县里的……', start: { levels: [] },
    parts: (_body, path) => [{ kind: 'table', title: '按级别给分', path: [...path, 'levels'], columns: ['级别', '几分'], key: { member: 'key', from: 'label' }, row: at => [text([...at, 'label'], '级别', { most: 40 }), number([...at, 'points'], '几分')] }],
  },
  each: {
    label: '按数量：每多少加几分', start: { each: { sum: true } },
    parts: (_body, path) => [{ kind: 'fields', title: '按数量给分', hint: '比如每 3 小时加 1 分，分写在上面的“一次几分”里。', cells: [number([...path, 'each', 'amount'], '每多少'), text([...path, 'each', 'unit'], '单位', { most: 10 }), either([...path, 'each', 'sum'], '几次合起来算吗', ['合起来算', '一次一次算'])] }],
  },
  ladder: {
    label: '累计到多少给几分', start: { ladder: { rungs: [{ atLeast: 1, points: 1 }] } },
    parts: (_body, path) => [
      { kind: 'fields', title: '累计的单位', cells: [text([...path, 'ladder', 'unit'], '单位', { most: 10 })] },
      { kind: 'table', title: '累计到多少给几分', path: [...path, 'ladder', 'rungs'], hint: '只算够到的最高一档。', columns: ['累计满', '几分'], row: at => [number([...at, 'atLeast'], '累计满'), number([...at, 'points'], '几分')] },
    ],
  },
  tiers: {
    label: '一段一段累计', start: { tiers: { ranges: [{ every: 1, points: 1 }] } },
    parts: (_body, path) => [{ kind: 'fields', title: '累计的单位', cells: [text([...path, 'tiers', 'unit'], '单位', { most: 10 })] }, rangesTable([...path, 'tiers', 'ranges'], '')],
  },
};
const wayOf = (item: unknown): string => isObject(item) ? Object.keys(ways).find(way => way in item) ?? '' : '';

const windows = [{ key: 'year', label: '只算当年的' }, { key: 'round', label: '只算这一轮的' }] as const;

/** One thing that can happen, with everything that a row of the table has no room for. */
export const item: Pane = {
  address: 'indicators.#.scoring.items.#', depth: 5, title: (body, path) => { const own = held(body, path); return `记事“${isObject(own) ? String(own['label'] ?? '') : ''}”`; },
  members: ['key', 'label', 'points', 'lifeMonths', 'legalBasis', 'withinPower', 'perEvent', 'perMonth', 'perQuarter', 'perYear', 'atAll', 'levels', 'each', 'ladder', 'tiers', 'times', 'factors', 'repeats', 'namedOnly', 'cured', 'group', 'window', 'untilCured'],
  turn: (body, path) => ({
    label: '分怎么算', hint: '每次一样多的，不选。', now: wayOf(held(body, path)), options: Object.entries(ways).map(([key, { label }]) => ({ key, label })),
    to: key => { const own = held(body, path); const bare = Object.fromEntries(Object.entries(isObject(own) ? own : {}).filter(([member]) => ways[member] === undefined)); return put(body, path, { ...bare, ...ways[key]?.start }); },
  }),
  parts: (body, path) => [
    {
      kind: 'fields', title: '这件事', cells: [
        text([...path, 'label'], '什么事', { most: 60 }), number([...path, 'points'], '一次几分', { hint: '减分的写负数' }), number([...path, 'lifeMonths'], '几个月内有效', { places: 0, unit: '个月', hint: '减分的最长六十个月' }),
        ticks([...path, 'legalBasis'], '依据', lawOf(body), { optional: true, hint: '减分的一定要有' }), pick([...path, 'withinPower'], '自己能不能去做', choicesOf(powers), { optional: true }),
      ],
    },
    { kind: 'fields', title: '封顶', hint: '不论加减，都写正数；不限的空着。', cells: (['perEvent', 'perMonth', 'perQuarter', 'perYear', 'atAll'] as const).map((key, at) => number([...path, key], ['每次最多', '每月最多', '每季度最多', '每年最多', '一共最多'][at] ?? '', { optional: true })) },
    ...ways[wayOf(held(body, path))]?.parts(body, path) ?? [],
    {
      kind: 'fields', title: '别的讲究', isFolded: true, cells: [
        pick([...path, 'window'], '只算哪一段时间的', windows, { optional: true }), yes([...path, 'untilCured'], '没改正的，过了这段时间接着算'), number([...path, 'cured'], '改正以后改为几分', { optional: true }),
        yes([...path, 'namedOnly'], '集体的奖，只算写明姓名的人'), numbers([...path, 'repeats'], '一犯再犯，依次乘几', { hint: '第一次、第二次……用顿号隔开，比如 1、2' }),
        pick([...path, 'group'], '属于哪个互相顶替的组', rows(body, [...path.slice(0, 3), 'groups']).flatMap(row => typeof row['key'] === 'string' ? [{ key: row['key'], label: row['key'] }] : []), { optional: true }),
        pick([...path, 'times', 'indicator'], '按几个人算', indicatorsOf(body, ['whole']), { optional: true }), number([...path, 'times', 'missing'], '不知道几个人时，按几个', { optional: true, places: 0 }),
      ],
    },
    eventFactorTable([...path, 'factors'], path.join('.')),
  ],
};

/** One table of a product. */
export const factor: Pane = {
  address: 'indicators.#.scoring.factors.#', depth: 5, members: ['by', 'options', 'measure', 'bands'], title: () => '系数表',
  parts: (body, path) => factorParts(body, path),
};

/** One table that an event is multiplied by. */
export const itemFactor: Pane = {
  address: 'indicators.#.scoring.items.#.factors.#', depth: 7, members: ['by', 'levels', 'unit', 'bands', 'open'], title: (body, path) => `“${String(held(body, [...path.slice(0, 5), 'label']) ?? '')}”的系数表`,
  parts: (body, path) => eventFactorParts(body, path),
};
