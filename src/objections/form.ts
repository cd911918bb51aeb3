import { form } from '../kit/form.ts';
import { checks, choice, day, text, wholeNumber } from '../kit/fields.ts';
import { isId } from '../kit/id.ts';
import type { Day } from '../kit/time.ts';
import { askedOf, type AskedOf } from './check.ts';
import { ways, outcomes } from './objection.ts';
import type { Topic } from '../observations/topics.ts';

const wordsField = text('您的意见', { lines: true, most: 1_000, hint: '哪里不对、您知道的情况是什么。不要写身份证号。' });
const nameField = text('您的姓名', { optional: true, most: 40 });
const contactField = text('怎么告诉您结果', { optional: true, most: 80, hint: '电话或者住处；不写也能凭受理号自己查' });
const aboutField = (topics: readonly Topic[]) => choice('对哪一项有意见', topics, { select: true });
const idField = text('这份意见', { most: 36, pattern: /^[0-9a-f-]{36}$/, say: '这一页放得太久了，请刷新再填。' });

/** What a visitor without an account fills in: a line of the notice by its name, or by the number on the letter. */
export const publicForm = (topics: readonly Topic[]) => form({
  id: idField, row: wholeNumber('是哪一户', { optional: true, least: 1, most: 1_000_000_000 }), letter: wholeNumber('没列名的，填信上的编号', { optional: true, least: 1, most: 1_000_000_000 }),
  about: aboutField(topics), words: wordsField, name: nameField, contact: contactField,
}, values => [
  ...isId(values.id) ? [] : [{ field: 'id', code: 'id', say: '这一页放得太久了，请刷新再填。' }],
  ...values.row === undefined && values.letter === undefined ? [{ field: 'row', code: 'missing', say: '请选是哪一户；没列名的，填信上的编号。' }] : [],
]);

/** What a visitor writes about a title, or about an answer that does not satisfy: whom it is about is known already. */
export const publicTitleForm = (topics: readonly Topic[]) => form({ id: idField, about: aboutField(topics), words: wordsField, name: nameField, contact: contactField });
/** What somebody writes who holds a printed sheet of reasons: the number tells which line of it. */
export const sheetForm = form({ id: idField, line: wholeNumber('纸上哪一行', { optional: true, least: 1, most: 10_000, hint: '那一行前面的编号，例如 3。对整个结果有意见的，空着' }), words: wordsField, name: nameField, contact: contactField });
export const appealForm = form({ id: idField, words: { ...wordsField, label: '为什么不服' } });

/** What the hall or the village writes down for somebody who came or called. */
export const hallForm = (topics: readonly Topic[]) => form({
  id: idField, round: text('批次', { most: 36 }), subject: text('对谁', { most: 36 }), how: choice('怎么提的', [{ key: 'hall', label: ways.hall }, { key: 'phone', label: ways.phone }]),
  about: aboutField(topics), words: { ...wordsField, label: '意见', hint: '照本人的话写' }, name: { ...nameField, label: '提出人姓名' }, contact: contactField,
});

/** The record of the check stands before the answer, on one page; `from` is the day of the objection. */
export const answerForm = (from: Day, to: Day) => form({
  outcome: choice('核查结果', (Object.entries(outcomes) as [keyof typeof outcomes, string][]).map(([key, label]) => ({ key, label }))),
  on: day('哪天核查的', { optional: true, from, to }),
  looked: text('看了哪里', { optional: true, most: 100, hint: '例如：到户里看了，翻了合同台账' }),
  asked: checks('问了谁', (Object.entries(askedOf) as [AskedOf, string][]).map(([key, label]) => ({ key, label })), { hint: '只记身份，不记姓名' }),
  found: text('查到什么', { optional: true, lines: true, most: 500, hint: '这一句只给本户和上一级看' }),
  words: text('书面答复', { lines: true, most: 1_000, hint: '怎么看、下一步怎么办；这段话提出的人看得到' }),
}, ({ outcome, on, looked, found }) => outcome === 'withdrawn' ? [] : [
  ...on === undefined ? [{ field: 'on', code: 'missing', say: '请填写哪天核查的。' }] : [],
  ...looked === undefined ? [{ field: 'looked', code: 'missing', say: '请填写看了哪里。' }] : [],
  ...found === undefined ? [{ field: 'found', code: 'missing', say: '请填写查到什么。' }] : [],
]);
