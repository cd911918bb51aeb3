import { clauseNumbers } from './clauses.ts';
import { boundsWords } from './bounds.ts';
import { conditionWords } from './conditions.ts';
import { deriveWords } from './derive.ts';
import type { Find } from './kinds/kind.ts';
import { rangeOfRule, ruleWords } from './kinds.ts';
import {
  legalLevels, missingStates, pointsText, sensitivities, sources, stateWords, valueTypes,
  type Consequence, type Indicator, type MissingState, type Standard, type SubjectKind, type WrittenFact,
} from './standard.ts';
import { itemsOf } from './facts.ts';
import { valueOf, valueWords } from './values.ts';

export const subjectWords: Readonly<Record<SubjectKind, string>> = { household: '农户', person: '居民', village: '村', township: '乡镇', county: '县' };

/** The law and article a citation names. */
export const citedWords = (standard: Standard, ids: readonly string[]): string => ids.map(id => {
  const basis = standard.legalBases.find(entry => entry.id === id);
  return basis === undefined ? id : `《${basis.law}》${basis.article}`;
}).join('、');

/** A standard in plain Chinese, block by block: what a villager reads on the wall and a page shows. */
export function standardWords(standard: Standard) {
  const numbers = clauseNumbers(standard);
  const find = (key: string): Indicator | undefined => standard.indicators.find(each => each.key === key);
  const tell = (indicator: Indicator) => indicatorWords(standard, indicator, { no: numbers.get(indicator.key) ?? '', find });
  const scored = standard.categories.map((category, at) => {
    const inside = standard.indicators.filter(indicator => indicator.category === category.key);
    return {
      no: '一二三四五六七八九十'.charAt(at), title: category.title,
      limits: [...category.cap === undefined ? [] : [`最多 ${category.cap} 分`], ...category.floor === undefined ? [] : [`最少 ${category.floor} 分`]].join('，'),
      items: inside.map(tell),
    };
  });
  const rest = standard.indicators.filter(indicator => indicator.category === undefined).map(tell);
  return {
    scored, rest,
    total: [`从 ${standard.base} 分起`, ...standard.total?.cap === undefined ? [] : [`最多 ${standard.total.cap} 分`], ...standard.total?.floor === undefined ? [] : [`最少 ${standard.total.floor} 分`]].join('，'),
    isScored: standard.categories.length > 0,
    grades: standard.grades.map((grade, at) => ({
      mark: { code: grade.code, words: grade.label, rank: at + 1 }, label: grade.label, bounds: standard.categories.length === 0 ? '条件都达到' : boundsWords(grade, ' 分'),
      credit: grade.credit ? `信用${standard.subject === 'household' ? '户' : subjectWords[standard.subject]}` : '', requires: (grade.requires ?? []).map(each => each.words),
    })),
    ungraded: standard.ungraded.label,
    vetoes: standard.vetoes.map(veto => ({ title: veto.title, when: conditionWords(veto.when, find), words: veto.words, basis: citedWords(standard, veto.legalBasis), life: `最多 ${veto.lifeMonths} 个月` })),
    preconditions: standard.preconditions.map(each => ({ title: each.title, words: each.words, when: conditionWords(each.holds, find), basis: citedWords(standard, each.legalBasis ?? []) })),
    bases: standard.legalBases.map(basis => ({ law: `《${basis.law}》${basis.article}`, level: legalLevels[basis.level], note: basis.note ?? '', from: basis.validFrom, to: basis.validTo ?? '' })),
    localBases: (standard.localBases ?? []).map(base => ({ title: base.title, value: `${base.value} ${base.unit}` })),
    checks: (standard.checks ?? []).map(check => check.say),
    adjustment: standard.adjustment === undefined ? '' : standard.adjustment.note,
    examples: standard.examples.map((example, at) => ({
      no: at + 1, title: example.title, day: example.day,
      given: [
        ...Object.entries(example.facts).map(([key, fact]) => `${find(key)?.title ?? key}：${writtenWords(find(key), fact)}`),
        ...(example.events ?? []).map(event => `${event.on} ${itemsOf(find(event.indicator)).find(item => item.key === event.item)?.label ?? event.item}${event.amount === undefined ? '' : ` ${event.amount}`}`),
      ],
      total: example.total === undefined ? '' : `${example.total} 分`,
      grade: example.grade === 'none' ? standard.ungraded.label : `${example.grade} ${standard.grades.find(grade => grade.code === example.grade)?.label ?? ''}`,
    })),
  };
}

function indicatorWords(standard: Standard, indicator: Indicator, { no, find }: { readonly no: string; readonly find: Find }) {
  const range = indicator.scoring === undefined ? undefined : rangeOfRule(indicator.scoring, indicator);
  return {
    key: indicator.key, no, title: indicator.title, hasPoints: range !== undefined && range.most !== range.least, most: range === undefined ? '' : pointsText(range.most),
    rules: indicator.scoring === undefined ? [...indicator.derive === undefined ? [] : [deriveWords(indicator.derive, find, key => baseTitle(standard, key))], ...(indicator.options ?? []).map(option => option.label)] : ruleWords(indicator.scoring, indicator, find),
    type: valueTypes[indicator.type], unit: indicator.unit ?? '', source: sources[indicator.source], purpose: indicator.purpose, hint: indicator.hint ?? '',
    missing: indicator.missing === undefined || indicator.type === 'derived' ? '' : missingWords(indicator.missing),
    basis: citedWords(standard, indicator.legalBasis), sensitivity: sensitivities[indicator.sensitivity],
    keeps: [...indicator.validityMonths === undefined ? [] : [`${indicator.validityMonths} 个月内有效`], ...indicator.retentionMonths === undefined ? [] : [`保存 ${indicator.retentionMonths} 个月`]].join('，'),
    notes: [...indicator.optional === true ? ['可以不填'] : [], ...indicator.evidence === true ? ['要有照片或文件为证'] : []],
  };
}

const baseTitle = (standard: Standard, key: string): string => standard.localBases?.find(base => base.key === key)?.title ?? key;

/** What each way of not knowing gives, in one sentence. */
function missingWords(missing: Readonly<Record<MissingState, Consequence>>): string {
  return missingStates.map(state => `${stateWords[state]}${missing[state] === 'ask' ? '要补问' : `按 ${missing[state]} 分`}`).join('；');
}

function writtenWords(indicator: Indicator | undefined, fact: WrittenFact): string {
  if (typeof fact === 'object') return stateWords[fact.missing];
  const value = indicator === undefined ? undefined : valueOf(indicator, fact);
  return indicator === undefined || value === undefined ? String(fact) : valueWords(indicator, value);
}
