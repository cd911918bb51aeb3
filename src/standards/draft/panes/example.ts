import type { Field } from '../../../kit/form.ts';
import { readValue, writtenOf } from '../../values.ts';
import { missingStates, stateWords, type Indicator } from '../../standard.ts';
import { gradesOf, lawOf, optionsOf, preconditionsOf, typeOf, typesOf, vetoesOf } from '../around.ts';
import { bad, good, nameOf, textOf, type Cell } from '../cell.ts';
import { day, number, pick, text, ticks, yes } from '../cells.ts';
import { isObject, rows, type Body, type Path } from '../edit/path.ts';
import type { Pane } from '../pane.ts';

const none = { key: 'none', label: '没有等级' } as const;
const isAsked = (row: Body): boolean => typeof row['key'] === 'string' && row['derive'] === undefined && !['events', 'derived'].includes(typeOf(row) ?? 'events');
const isScored = (row: Body): boolean => typeof row['key'] === 'string' && isObject(row['scoring']) && row['category'] !== undefined;

/** A worked example: what is known of somebody, and what must come out. */
export const example: Pane = {
  address: 'examples.#', depth: 2, title: (body, path) => `例子“${String((rows(body, ['examples'])[Number(path[1])] ?? {})['title'] ?? '')}”`,
  members: ['title', 'day', 'facts', 'events', 'former', 'type', 'without', 'points', 'total', 'grade', 'vetoes', 'unmet', 'most'],
  parts: (body, path) => {
    const indicators = rows(body, ['indicators']);
    const grades = [...gradesOf(body), none];
    return [
      { kind: 'fields', title: '这个例子', cells: [text([...path, 'title'], '说的是什么'), day([...path, 'day'], '按哪天算'), pick([...path, 'former'], '上一次的等级', grades, { optional: true })] },
      { kind: 'fields', title: '每一项的回答', hint: '空着就是没问到。也可以写“不清楚”“不愿说”“没有往来”。', cells: indicators.filter(isAsked).map(row => factCell([...path, 'facts', String(row['key'])], row)) },
      ...happenings(indicators).length === 0 ? [] : [{
        kind: 'table' as const, title: '记了哪些事', path: [...path, 'events'], columns: ['什么事', '哪一天', '数量', '哪天改正的', '集体的奖，没写他的名字'],
        row: (at: Path) => [happening(at, indicators), day([...at, 'on'], '哪一天'), number([...at, 'amount'], '数量', { optional: true }), day([...at, 'curedOn'], '哪天改正的', { optional: true }), yes([...at, 'shared'], '没写他的名字')],
      }],
      {
        kind: 'fields', title: '应该得出', cells: [
          number([...path, 'total'], '总分', { optional: true }), pick([...path, 'grade'], '等级', grades), number([...path, 'most'], '补问以后最多能到几分', { optional: true }),
          ...vetoesOf(body).length === 0 ? [] : [ticks([...path, 'vetoes'], '被哪些否决', vetoesOf(body), { optional: true })], ...preconditionsOf(body).length === 0 ? [] : [ticks([...path, 'unmet'], '哪些条件没达到', preconditionsOf(body), { optional: true })],
          ...typesOf(body).length === 0 ? [] : [pick([...path, 'type'], '算哪一类', [...typesOf(body), { key: 'none', label: '都不算' }], { optional: true })],
        ],
      },
      { kind: 'fields', title: '各项应该得几分', isFolded: true, hint: '要核对哪一项，就写哪一项。', cells: indicators.filter(isScored).map(row => number([...path, 'points', String(row['key'])], String(row['title'] ?? row['key']), { optional: true })) },
      { kind: 'fields', title: '哪些依据那时已经失效', isFolded: true, cells: [ticks([...path, 'without'], '已经失效的', lawOf(body), { optional: true })] },
    ];
  },
};

/** One answer, typed as on the collection form. */
function factCell(path: Path, row: Body): Cell {
  const name = nameOf(path);
  const indicator = row as unknown as Indicator;   // Only its type, bounds and options are looked at, and each may be missing.
  const label = String(row['title'] ?? row['key']);
  const states = missingStates.map(state => ({ key: stateWords[state], label: stateWords[state] }));
  const options = row['type'] === 'choice' ? optionsOf(row) : row['type'] === 'flag' ? [{ key: '是', label: '是' }, { key: '不是', label: '不是' }] : undefined;
  const field: Field<unknown> = {
    label, optional: true, control: options === undefined ? 'text' : 'select', ...options === undefined ? {} : { options: [...options, ...states] }, ...typeof row['unit'] === 'string' ? { unit: row['unit'] } : {},
    parse(raw) {
      const typed = textOf(raw);
      if (typed === '') return good(undefined);
      const read = readValue(indicator, typed);
      if ('missing' in read) return good({ missing: read.missing });
      return 'fault' in read ? bad('value', `${label}：${read.fault}`) : good(writtenOf(indicator, read.value));
    },
  };
  return {
    path, fields: { [name]: field },
    show: fact => ({ [name]: fact === undefined ? '' : isObject(fact) ? missingStates.filter(state => state === fact['missing']).map(state => stateWords[state]).join('') : typeof fact === 'boolean' ? fact ? '是' : '不是' : String(fact) }),
    hold: values => values[name],
  };
}

const happenings = (indicators: readonly Body[]): readonly { readonly key: string; readonly label: string }[] => indicators.flatMap(row => rows(row, ['scoring', 'items']).flatMap(item => {
  const key = `${String(row['key'])}/${String(item['key'])}`;
  const levels = rows(item, ['levels']);
  return levels.length === 0 ? [{ key, label: String(item['label'] ?? '') }] : levels.map(level => ({ key: `${key}/${String(level['key'])}`, label: `${String(item['label'] ?? '')}（${String(level['label'] ?? '')}）` }));
}));

/** Indicator, item and level of an event, chosen as one thing. */
function happening(path: Path, indicators: readonly Body[]): Cell {
  const name = `${nameOf(path)}.what`;
  const options = happenings(indicators);
  return {
    path, members: ['indicator', 'item', 'level'],
    fields: { [name]: { label: '什么事', control: 'select', options, optional: true, parse: raw => good(textOf(raw)) } },
    show: held => { const event = isObject(held) ? held : {}; return { [name]: [event['indicator'], event['item'], event['level']].filter(each => each !== undefined).join('/') }; },
    hold(values, held) {
      const { indicator: _indicator, item: _item, level: _level, ...rest } = isObject(held) ? held : {};
      const [indicator, item, level] = String(values[name] ?? '').split('/');
      return indicator === undefined || indicator === '' ? rest : { indicator, item, ...level === undefined ? {} : { level }, ...rest };
    },
  };
}
