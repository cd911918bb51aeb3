import { basesOf, choicesOf, indicatorAt, indicatorsOf, itemsOf, stateChoices } from '../around.ts';
import { memberPart, valueCell } from '../cells-below.ts';
import { number, pick, text, ticks, written } from '../cells.ts';
import { amongs, levels } from '../../aggregate.ts';
import { held, isObject, put, type Body, type Path } from '../edit/path.ts';
import type { ValueType } from '../../standard.ts';
import type { Pane, Part } from '../pane.ts';

const spans = [{ key: 'years', label: '年' }, { key: 'months', label: '月' }, { key: 'days', label: '天' }] as const;
const counted = ['whole', 'money', 'percent'] as const;

/** Every way a number is made from others: its words, what it begins with, what it asks. */
interface Way { readonly label: string; /** What such a number is, where nothing else is said: the type follows the way. */ readonly types: readonly ValueType[]; readonly start: Body; readonly parts: (body: Body, path: Path) => readonly Part[] }
const pair = (title: string, member: string, labels: readonly [string, string], types: readonly ('whole' | 'money' | 'percent' | 'day')[], isDivided = false): Way['parts'] => (body, path) => [{
  kind: 'fields', title, cells: [...labels.map((label, at) => pick([...path, member, at], label, indicatorsOf(body, types))), ...isDivided ? [pick([...path, 'whenEmpty'], '后一个是 0 时，当作', stateChoices)] : []],
}];

const several = (title: string, member: string): Way['parts'] => (body, path) => [{ kind: 'fields', title, cells: [ticks([...path, member], title, indicatorsOf(body, counted))] }];

const ways: Readonly<Record<string, Way>> = {
  sum: { types: counted, label: '几项相加', start: { sum: [] }, parts: several('把哪些加起来', 'sum') },
  difference: { types: counted, label: '前一项减后一项', start: { difference: [] }, parts: pair('谁减谁', 'difference', ['前一项', '减去'], counted) },
  highest: { types: counted, label: '几项里取最大的', start: { highest: [] }, parts: several('在哪些里取最大的', 'highest') },
  lowest: { types: counted, label: '几项里取最小的', start: { lowest: [] }, parts: several('在哪些里取最小的', 'lowest') },
  weighted: {
    types: counted, label: '几项各乘一个数再相加', start: { weighted: [] }, parts: (body, path) => [{
      kind: 'table', title: '哪些项，各乘多少', path: [...path, 'weighted'], hint: '如半劳力乘 0.5。要减去的，乘负数。', columns: ['哪一项', '乘多少'],
      row: at => [pick([...at, 'of'], '哪一项', indicatorsOf(body, counted)), number([...at, 'times'], '乘多少', { places: 4 })],
    }],
  },
  share: { types: ['percent'], label: '前一项占后一项百分之几（取到 0.01%）', start: { share: [], whenEmpty: 'noDealings' }, parts: pair('谁占谁', 'share', ['前一项', '占后一项'], ['whole', 'money'], true) },
  average: { types: counted, label: '平均：总数除以个数', start: { average: [], whenEmpty: 'noDealings' }, parts: pair('谁除以谁', 'average', ['总数', '除以'], ['whole', 'money'], true) },
  since: { types: ['whole'], label: '从那一天到评定那天', start: { in: 'years' }, parts: (body, path) => [{ kind: 'fields', title: '过了多久', cells: [pick([...path, 'since'], '从哪一项的日子起', indicatorsOf(body, ['year', 'day'])), pick([...path, 'in'], '按什么算', spans)] }] },
  between: { types: ['whole'], label: '从一天到另一天', start: { between: [], in: 'days' }, parts: (body, path) => [...pair('从哪天到哪天', 'between', ['从', '到'], ['day'])(body, path), { kind: 'fields', title: '按什么算', cells: [pick([...path, 'in'], '按什么算', spans)] }] },
  events: {
    types: ['whole', 'money'], label: '数一数记事', start: { of: 'count', months: 12 }, parts: (body, path) => [{
      kind: 'fields', title: '数哪些记事', cells: [
        pick([...path, 'events'], '哪一项记事', indicatorsOf(body, ['events'])), ticks([...path, 'items'], '只数这些（不选就都数）', itemsOf(indicatorAt(body, held(body, [...path, 'events']))), { optional: true }),
        pick([...path, 'of'], '数什么', [{ key: 'count', label: '次数' }, { key: 'amount', label: '数量合计' }]), number([...path, 'months'], '往回几个月', { places: 0, unit: '个月' }),
      ],
    }],
  },
  other: { types: counted, label: '照文件的写法', start: { sum: [] }, parts: (_body, path) => [{ kind: 'fields', title: '怎么算', cells: [written(path, '怎么算', { hint: '照文件里 derive 的写法' })] }] },
  base: { types: counted, label: '县基数', start: {}, parts: (body, path) => [{ kind: 'fields', title: '哪个县基数', cells: [pick([...path, 'base'], '哪个县基数', basesOf(body))] }] },
};

/** A way that was only begun is known by what it begins with; one without a form is shown as it is written. */
function wayOf(derive: unknown): string {
  if (!isObject(derive)) return '';
  const named = Object.keys(ways).find(key => key in derive);
  return named ?? ('of' in derive ? 'events' : 'in' in derive ? 'since' : Object.keys(derive).length === 0 ? 'base' : 'other');
}

/** What is worked out is asked of nobody, has no ends of its own, and is a number. */
function turned(body: Body, path: Path, { types, start }: Way): Body {
  const type = held(body, [...path, 'type']);
  const members: Body = { source: 'computed', derive: start, type: types.find(each => each === type) ?? types[0], least: undefined, most: undefined };
  return Object.entries(members).reduce((so, [member, value]) => put(so, [...path, member], value), body);
}

/** How a number is made from other facts; or, for what reviewers judge, how their answers become one. */
export const made: Pane = {
  address: 'indicators.#.derive', depth: 2, members: ['derive', 'aggregate', 'judged'], title: (body, path) => { const own = held(body, path); return `${isObject(own) ? String(own['title'] ?? '') : ''}：怎么得来`; },
  turn: (body, path) => ({
    label: '由别的项算出来吗', hint: '由人填的，不选。', now: wayOf(held(body, [...path, 'derive'])), options: Object.entries(ways).map(([key, { label }]) => ({ key, label })),
    to: key => !Object.hasOwn(ways, key) || ways[key] === undefined ? put(body, [...path, 'derive'], undefined) : turned(body, path, ways[key]),
  }),
  parts: (body, path) => [
    ...ways[wayOf(held(body, [...path, 'derive']))]?.parts(body, [...path, 'derive']) ?? [],
    {
      kind: 'fields', title: '从下一级汇总', isFolded: held(body, [...path, 'aggregate']) === undefined, hint: '村、镇的标准才用。数有几个，或者把什么加起来，只写一个。', cells: [
        pick([...path, 'aggregate', 'count'], '数有几个', choicesOf(levels), { optional: true }), pick([...path, 'aggregate', 'sum'], '把哪一级的加起来', choicesOf(levels), { optional: true }), pick([...path, 'aggregate', 'among'], '看哪些', choicesOf(amongs), { optional: true }),
        valueCell([...path, 'aggregate', 'value']), text([...path, 'aggregate', 'times'], '每个乘它的哪一项', { optional: true, most: 64 }),
        pick([...path, 'aggregate', 'unknown'], '有不知道的', [{ key: 'leaveOut', label: '不算在内' }, { key: 'ask', label: '要补上' }], { optional: true }), pick([...path, 'aggregate', 'former'], '或者取上一批次的', indicatorsOf(body, counted), { optional: true }),
      ],
    },
    ...held(body, [...path, 'aggregate']) === undefined ? [] : [memberPart(body, [...path, 'aggregate', 'where'], '只看符合什么的')],
    {
      kind: 'fields', title: '评议员打的分怎么合成一个', isFolded: held(body, [...path, 'judged']) === undefined, hint: '只有评议员各自填的项要写。', cells: [
        pick([...path, 'judged', 'by'], '怎么合成', [{ key: 'median', label: '取中间的' }, { key: 'trimmedMean', label: '去掉头尾取平均' }], { optional: true }),
        number([...path, 'judged', 'least'], '最少要几个人', { optional: true, places: 0 }), number([...path, 'judged', 'trim'], '头尾各去几个', { optional: true, places: 0 }),
      ],
    },
  ],
};
