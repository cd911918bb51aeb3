import { isRecord } from '../cursor.ts';
import { tidyLines } from '../../kit/text.ts';
import { conditionText, readCondition } from './condition.ts';
import { namedBy, type Names } from './names.ts';
import { wrappedChoice, type Shape } from './shape.ts';
import { choiceWord } from './words.ts';

/** What a cell stands for. `answers` is the indicator whose answer it is, where it is one. */
export interface Meaning { readonly shape: Shape; readonly member: string; readonly names: Names; readonly answers?: string | undefined }
export type ReadCell = { readonly value: unknown } | { readonly say: string; readonly remedy: string };

export const noList = '（无）';
export const noParts = '（空）';

/**
 * A value as people read it; what would not come back as it was (a text that looks like a number, blanks at its end, a claim the sentences do not know)
 * is written as JSON instead, which every cell understands. So nothing is ever lost on the way.
 */
export function cellOf(value: unknown, meaning: Meaning): string | number {
  const plain = plainOf(value, meaning);
  const back = readCell(String(plain), meaning);
  return 'value' in back && JSON.stringify(back.value) === JSON.stringify(value) ? plain : exactly(value);
}

/** As JSON, in which what a cell would mend is told by its number. */
const exactly = (value: unknown): string => JSON.stringify(value).replace(/[^!-~\u4e00-\u9fff]/gu, mark => mark === ' ' || tidyLines(`x${mark}x`) === `x${mark}x` ? mark : Array.from({ length: mark.length }, (_, at) => `\\u${mark.charCodeAt(at).toString(16).padStart(4, '0')}`).join(''));

function plainOf(value: unknown, meaning: Meaning): string | number {
  const { shape, member, names } = meaning;
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return value ? '是' : '否';
  if (Array.isArray(value)) return value.length === 0 ? noList : value.map(each => String(plainOf(each, { ...meaning, shape: shape.items ?? shape }))).join('、');
  if (isRecord(value)) {
    if (Object.keys(value).length === 0) return noParts;
    const wrapped = wrappedChoice(shape);
    return wrapped !== undefined ? choiceWord(member, String(value[wrapped.name])) : conditionText(value, names);
  }
  const text = String(value);
  if (shape.choices.includes(text)) return choiceWord(member, text);
  if (meaning.answers !== undefined) return names.optionWord(meaning.answers, text);
  const list = namedBy[member];
  return list === undefined ? text : names.wordOf(list, text);
}

/** What somebody wrote into a cell, with the changes spreadsheet programs make: full-width digits, blanks, days written otherwise, numbers as text. */
export function readCell(written: string, meaning: Meaning): ReadCell {
  const text = tidyLines(written);
  const exact = jsonOf(text);
  if (exact !== undefined) return exact;
  const { shape } = meaning;
  if (text === noList && shape.items !== undefined) return { value: [] };
  if (text === noParts && (shape.members !== undefined || shape.entries !== undefined)) return { value: {} };
  if (shape.items !== undefined) return readList(text, { ...meaning, shape: shape.items });
  return readOne(text, meaning);
}

function readList(text: string, meaning: Meaning): ReadCell {
  const values: unknown[] = [];
  for (const part of text.split(/[、，,；;\n]/)) {
    if (part.trim() === '') continue;
    const read = readOne(part.trim(), meaning);
    if (!('value' in read)) return read;
    values.push(read.value);
  }
  return { value: values };
}

function readOne(text: string, { shape, member, names, answers }: Meaning): ReadCell {
  if (shape.isCondition) {
    const value = readCondition(text, names);
    return value === undefined ? { say: `“${text}”不是能读懂的条件`, remedy: '写成“哪一项 是”“哪一项 为 选项”“哪一项 ≥ 3 且 < 5”，几个条件写成 都要（…；…）或者 有一（…；…）' } : { value };
  }
  const choice = shape.choices.find(each => each === text || choiceWord(member, each) === text);
  if (choice !== undefined) return { value: choice };
  if (shape.isNumber && isNumeric(text)) return { value: Number(bareNumber(text)) };
  if (shape.isFlag && /^(是|否|对|错|√|true|false)$/i.test(text)) return { value: /^(是|对|√|true)$/i.test(text) };
  const wrapped = wrappedChoice(shape);
  const state = wrapped?.choices.find(each => choiceWord(member, each) === text);
  if (wrapped !== undefined && state !== undefined) return { value: { [wrapped.name]: state } };
  if (shape.isText) {
    const day = shape.isDay || answers !== undefined ? dayOf(text) : undefined;
    if (day !== undefined) return { value: day };
    if (answers !== undefined) return { value: names.optionKey(answers, text) };
    const list = namedBy[member];
    return { value: list === undefined ? text : names.keyOf(list, text) };
  }
  return { say: `“${text}”不能写在这里`, remedy: wantedIn(shape, member) };
}

function wantedIn(shape: Shape, member: string): string {
  const ways = [...shape.choices.map(each => choiceWord(member, each)), ...shape.isFlag ? ['是', '否'] : []];
  const many = ways.length === 0 ? [] : [`可以写：${ways.join('、')}`];
  return [...many, ...shape.isNumber ? ['请写一个数'] : []].join('；或者') || '请照别的行的样子写';
}

const bareNumber = (text: string): string => text.replace(/(?<=\d)[,，](?=\d{3})/g, '').replaceAll('−', '-').replace(/^＋/, '').replaceAll('．', '.').replace(/^－/, '-');
const isNumeric = (text: string): boolean => /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(bareNumber(text));

/** 2026/1/5, 2026年1月5日, 2026.1.5 */
function dayOf(text: string): string | undefined {
  const [, year, month = '', date = ''] = /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?( 00:00(:00)?)?$/.exec(text) ?? [];
  return year === undefined ? undefined : `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`;
}

function jsonOf(text: string): { readonly value: unknown } | undefined {
  if (!/^["[{]/.test(text)) return undefined;
  try { return { value: JSON.parse(text) as unknown }; } catch { return undefined; }
}
