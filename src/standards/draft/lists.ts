import { valueTypes, type ValueType } from '../standard.ts';
import { addRow, dropRow, raiseRow } from './edit/rows.ts';
import { keyFor } from './edit/keys.ts';
import { rows, type Body } from './edit/path.ts';
import { kindsFor, ruleForms } from './rule-forms.ts';

/** A part of a draft whose entries have pages of their own. */
export interface Listed { readonly address: string; readonly title: string; readonly one: string; readonly empty: string; readonly hint: string; readonly start: (body: Body, given: Entry) => Body }

/** What a new entry is to be: `like` is the place of the entry that it is a copy of. */
export interface Entry { readonly title: string; readonly type: string; readonly category: string; readonly like: string }

const named = (body: Body, list: string, title: string): string => keyFor(title, rows(body, [list]).map(row => String(row['key'] ?? '')));
const toAsk = { notAsked: 'ask', dontKnow: 'ask', refused: 'ask', noDealings: 'ask' } as const;
const unmet = { notAsked: 'ask', dontKnow: 'fails', refused: 'fails', noDealings: 'fails' } as const;

export const lists: readonly Listed[] = [
  {
    address: 'indicators', title: '项目', one: '项目', empty: '还没有项目。', hint: '一项问一件事。算出来的项，要排在它用到的项后面。',
    start(body, { title, type, category }) {
      const key = named(body, 'indicators', title);
      const kind = kindsFor(type as ValueType)[0]?.key;
      const base: Body = { key, title, type, source: type === 'derived' ? 'computed' : 'grid', legalBasis: [], sensitivity: 'ordinary', ...type === 'choice' ? { options: [] } : {} };
      if (category === '' || kind === undefined) return base;
      return { ...base, category, scoring: ruleForms[kind].start(base), ...kind === 'events' || kind === 'former' ? {} : { missing: toAsk, neutral: 0 } };
    },
  },
  {
    address: 'vetoes', title: '一票否决', one: '否决', empty: '没有一票否决。', hint: '只在法律法规写明的时候用，每条都要有依据、有期限。',
    start: (body, { title }) => ({ key: named(body, 'vetoes', title), title, words: title, legalBasis: [], lifeMonths: 12, missing: { notAsked: 'ask', dontKnow: 'clear', refused: 'clear', noDealings: 'clear' } }),
  },
  {
    address: 'legalBases', title: '依据的法律', one: '依据', empty: '还没有依据。', hint: '各项凭什么问、凭什么减，都引用这里的。',
    start: (body, { title }) => ({ id: keyFor(title, rows(body, ['legalBases']).map(row => String(row['id'] ?? ''))), law: title, level: 'law' }),
  },
  { address: 'preconditions', title: '先要达到的条件', one: '条件', empty: '没有先要达到的条件。', hint: '都达到了才按分定等级。', start: (body, { title }) => ({ key: named(body, 'preconditions', title), title, words: title, missing: unmet }) },
  { address: 'types', title: '另算的几类', one: '类', empty: '所有的户都一样算。', hint: '分数线不同的几类户，先排的先看。', start: (body, { title }) => ({ key: named(body, 'types', title), title, missing: { notAsked: 'ask', dontKnow: 'fails', refused: 'fails', noDealings: 'fails' } }) },
  { address: 'examples', title: '例子', one: '例子', empty: '还没有例子。至少要有一个。', hint: '写几户有代表性的，机器照着算一遍，对不上就不能定稿。', start: (body, { title, like }) => ({ ...rows(body, ['examples'])[like === '' ? -1 : Number(like)] ?? { day: `${String(body['year'] ?? 2026)}-06-30`, facts: {}, grade: 'none' }, title }) },
];

export const listAt = (address: string): Listed | undefined => lists.find(list => list.address === address);

/** A further entry at the end. */
export const withEntry = (body: Body, list: Listed, given: Entry): Body => addRow(body, [list.address], list.start(body, given));

/** `up:3` and `drop:3`. */
export function listAct(body: Body, { address }: Listed, wish: string): Body {
  const [act, position] = wish.split(':');
  const at = Number(position);
  if (!Number.isInteger(at) || at < 0) return body;
  return act === 'up' ? raiseRow(body, [address], at) : act === 'drop' ? dropRow(body, [address], at) : body;
}

export const newTypes = (Object.keys(valueTypes) as ValueType[]).map(key => ({ key, label: valueTypes[key] }));
