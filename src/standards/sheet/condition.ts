import { isRecord } from '../cursor.ts';
import { boundSign, readBound } from './bounds.ts';
import type { Names } from './names.ts';
import { boundMembers } from './shape.ts';

/**
 * A condition, on the facts of one or on a member of the level below, as a sentence in one cell, and back: `家里几口人〔memberCount〕 ≥ 3 且 < 5`, `得分 履约〔performance〕 ≥ 36`, `都要（…；…）`, `有一（…；…）`, `不是（…）`.
 * What it cannot say (a new kind of claim) is written as JSON by the caller, who finds out by reading it back.
 */
export function conditionText(condition: unknown, names: Names): string {
  if (!isRecord(condition)) return '';
  for (const [member, word] of [['all', '都要'], ['any', '有一']] as const) {
    const held = condition[member];
    if (Array.isArray(held)) return `${word}（${held.map(each => conditionText(each, names)).join('；')}）`;
  }
  if (condition['not'] !== undefined) return `不是（${conditionText(condition['not'], names)}）`;
  if (typeof condition['former'] === 'string') return `上次等级 ≥ ${condition['former']}`;
  if (typeof condition['grade'] === 'string') return `评为 ${condition['grade']} 或者更好`;
  if (typeof condition['credit'] === 'boolean') return condition['credit'] ? '评上了' : '没评上';
  if (isRecord(condition['total'])) return `总分 ${boundsText(condition['total'])}`;
  if (typeof condition['category'] === 'string') return `得分 ${names.wordOf('categories', condition['category'])} ${boundsText(condition)}`;
  const key = String(condition['indicator']);
  const name = names.wordOf('indicators', key);
  const { is } = condition;
  if (condition['met'] === true) return `${name} 达到`;
  if (typeof is === 'boolean') return `${name} ${is ? '是' : '否'}`;
  if (typeof is === 'string') return `${name} 为 ${names.optionWord(key, is)}`;
  if (Array.isArray(is)) return `${name} 为其中之一 ${is.map(each => names.optionWord(key, String(each))).join('、')}`;
  return `${name} ${boundsText(condition)}`;
}

const boundsText = (held: Readonly<Record<string, unknown>>): string => boundMembers.flatMap(bound => held[bound] === undefined ? [] : [`${boundSign(bound)} ${String(held[bound])}`]).join(' 且 ');

/** Undefined when the sentence is not understood. */
export function readCondition(written: string, names: Names): unknown {
  const text = written.replaceAll('(', '（').replaceAll(')', '）').trim();
  const group = /^(都要|有一|不是)\s*（(.*)）$/s.exec(text);
  if (group !== null) {
    const parts = partsOf(group[2] ?? '').map(part => readCondition(part, names));
    if (parts.length === 0 || parts.includes(undefined)) return undefined;
    if (group[1] === '不是') return parts.length === 1 ? { not: parts[0] } : undefined;
    return group[1] === '都要' ? { all: parts } : { any: parts };
  }
  const former = /^上次等级\s*(?:≥|>=)\s*(.+)$/.exec(text)?.[1];
  if (former !== undefined) return { former: former.trim() };
  if (text === '评上了' || text === '没评上') return { credit: text === '评上了' };
  const grade = /^评为\s*(.+?)\s*(?:或者?更好|以上)$/.exec(text)?.[1];
  if (grade !== undefined) return { grade };
  const total = /^总分\s*(?=[≥≤<>＜＞])(.+)$/.exec(text)?.[1];
  if (total !== undefined) {
    const bounds = readBounds(total);
    return bounds === undefined ? undefined : { total: bounds };
  }
  const scored = /^得分\s+(.+?)\s*(?=[≥≤<>＜＞])(.+)$/.exec(text);
  if (scored !== null) {
    const bounds = readBounds(scored[2] ?? '');
    return bounds === undefined ? undefined : { category: names.keyOf('categories', scored[1] ?? ''), ...bounds };
  }
  return readClaim(text, names);
}

function readClaim(text: string, names: Names): unknown {
  const [, name = '', rest = ''] = /^([^\s〔〕]*〔[^〔〕]+〕|[^\s≥≤<>]+)\s*(.+)$/s.exec(text) ?? [];
  if (name === '') return undefined;
  const indicator = names.keyOf('indicators', name);
  if (rest === '达到') return { indicator, met: true };
  if (rest === '是' || rest === '否') return { indicator, is: rest === '是' };
  const among = /^为其中之一\s*(.+)$/.exec(rest)?.[1];
  if (among !== undefined) return { indicator, is: among.split(/[、，,]/).map(each => names.optionKey(indicator, each.trim())) };
  const single = /^[为是]\s*(.+)$/.exec(rest)?.[1];
  if (single !== undefined) return { indicator, is: names.optionKey(indicator, single.trim()) };
  const bounds = readBounds(rest);
  return bounds === undefined ? undefined : { indicator, ...bounds };
}

/** 「≥ 3 且 < 5」 */
function readBounds(text: string): Readonly<Record<string, number>> | undefined {
  const found: Record<string, number> = {};
  for (const part of text.split(/\s*(?:且|并且|，)\s*/)) {
    const bound = readBound(part);
    if (bound === undefined || !isNumeric(bound.rest)) return undefined;
    found[bound.name] = Number(bound.rest);
  }
  return found;
}

const isNumeric = (text: string): boolean => /^-?\d+(\.\d+)?$/.test(text);

/** The parts between semicolons that stand in no bracket of their own. */
function partsOf(text: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let part = '';
  for (const mark of text) {
    if (mark === '（') depth++;
    if (mark === '）') depth--;
    if (depth === 0 && (mark === '；' || mark === ';')) { parts.push(part); part = ''; } else part += mark;
  }
  return [...parts, part].map(each => each.trim()).filter(each => each !== '');
}
