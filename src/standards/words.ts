import { aggregateWords } from './aggregate.ts';
import { chaptersOf, chapterWords, citationsIn, itemWords, type ArticleId } from './clauses.ts';
import { boundsWords } from './bounds.ts';
import { conditionWords } from './conditions.ts';
import { deriveWords } from './derive.ts';
import type { Find } from './kinds/kind.ts';
import { rangeOfRule, ruleWords } from './kinds.ts';
import {
  gradeSign, gradeWords, hundredths, isOfRounds, legalLevels, missingStates, pointsText, powers, publicPlaces, sensitivities, sources, stateWords, valueTypes,
  type Consequence, type Indicator, type LegalBasis, type MissingState, type Standard, type SubjectKind, type WrittenFact,
} from './standard.ts';
import { itemsOf } from './facts.ts';
import { valueOf, valueWords } from './values.ts';

export const subjectWords: Readonly<Record<SubjectKind, string>> = { household: '农户', person: '居民', village: '村', township: '乡镇', county: '县' };

/** What to know of a standard that no round takes, before anybody plans a year with it. */
export const outsideRounds = (kind: SubjectKind): string | undefined =>
  isOfRounds(kind) ? undefined : `批次评的是农户、村和乡镇，还不能评${subjectWords[kind]}。这一份可以对照例子、采用、打印，开批次时选不到它。`;

/** The law and article a citation names. */
export const citedWords = (standard: Standard, ids: readonly string[]): string => ids.map(id => {
  const basis = standard.legalBases.find(entry => entry.id === id);
  return basis === undefined ? id : `《${basis.law}》${basis.article}`;
}).join('、');

/** A legal basis as the standard wrote it down. */
export const basisFacts = (basis: LegalBasis) => ({ law: `《${basis.law}》${basis.article}`, level: legalLevels[basis.level], note: basis.note ?? '', from: basis.validFrom, to: basis.validTo ?? '' });

export const pickWords = { best: '只算得分最高的一项', heaviest: '只算减得最重的一项' } as const;

/** A standard in plain Chinese, block by block: what a villager reads on the wall and a page shows. */
export function standardWords(standard: Standard) {
  const chapters = chaptersOf(standard);
  const cited = (id: ArticleId): { readonly no: string; readonly anchor: string } => ({ no: citationsIn(standard).cite(id), anchor: citationsIn(standard).anchor(id) });
  const find = (key: string): Indicator | undefined => standard.indicators.find(each => each.key === key);
  const tell = (indicator: Indicator) => ({ ...cited(`indicator:${indicator.key}`), ...indicatorWords(standard, indicator, find) });
  const scored = standard.categories.map(category => {
    const inside = standard.indicators.filter(indicator => indicator.category === category.key);
    return {
      no: chapterWords(chapters.find(each => each.category === category.key)?.no ?? 0), title: category.title,
      limits: [...category.cap === undefined ? [] : [`最多 ${category.cap} 分`], ...category.floor === undefined ? [] : [`最少 ${category.floor} 分`], ...category.pick === undefined ? [] : [pickWords[category.pick]]].join('，'),
      items: inside.map(tell),
    };
  });
  const rest = standard.indicators.filter(indicator => indicator.category === undefined).map(tell);
  return {
    scored, rest,
    total: [`从 ${standard.base} 分起`, ...standard.total?.cap === undefined ? [] : [`最多 ${standard.total.cap} 分`], ...standard.total?.floor === undefined ? [] : [`最少 ${standard.total.floor} 分`]].join('，'),
    isScored: standard.categories.length > 0,
    grades: standard.grades.map((grade, at) => ({
      mark: { code: gradeSign(grade), words: grade.label, rank: at + 1 }, name: gradeWords(grade), label: grade.label, bounds: standard.categories.length === 0 ? '条件都达到' : boundsWords(grade, ' 分'),
      credit: grade.credit ? `信用${standard.subject === 'household' ? '户' : subjectWords[standard.subject]}` : '', requires: (grade.requires ?? []).map(each => each.words), coefficient: grade.coefficient === undefined ? '' : `授信系数 ${grade.coefficient}`,
    })),
    types: (standard.types ?? []).map(type => ({
      ...cited(`type:${type.key}`), title: type.title, when: conditionWords(type.when, standard), weight: type.weight === undefined ? '' : `总分乘 ${type.weight}`,
      bounds: standard.grades.flatMap(grade => { const own = type.bounds?.[grade.code]; return own === undefined ? [] : [`${gradeWords(grade)}：${boundsWords(own, ' 分')}`]; }).join('；'),
    })),
    ungraded: standard.ungraded.label,
    vetoes: standard.vetoes.map(veto => ({ ...cited(`veto:${veto.key}`), title: veto.title, when: conditionWords(veto.when, standard), words: [veto.words, ...veto.total === undefined ? [] : [`直接判 ${veto.total} 分`], ...veto.repair === undefined ? [] : [`${veto.repair.words}，改为${veto.repair.points === 0 ? '不减分' : `减 ${-veto.repair.points} 分`}`]].join('；'), basis: citedWords(standard, veto.legalBasis), life: `最多 ${veto.lifeMonths} 个月` })),
    preconditions: standard.preconditions.map(each => ({ ...cited(`precondition:${each.key}`), title: each.title, words: each.words, when: conditionWords(each.holds, standard), basis: citedWords(standard, each.legalBasis ?? []) })),
    publication: publicationWords(standard),
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
      grade: namedGrade(standard, example.grade),
    })),
  };
}

export const publicationWords = (standard: Standard) => (standard.publication ?? []).map(({ board, who, shown, months, legalBasis }) => ({
  title: publicPlaces[board], words: `列${who}，写${shown}`, until: months === undefined ? '公示期满就撤下' : `最多挂 ${months} 个月`, basis: citedWords(standard, legalBasis),
}));

/** Rules that are several ways of one indicator are its items: why a household has its points cites the very one. */
function indicatorWords(standard: Standard, indicator: Indicator, find: Find) {
  const ways = indicator.scoring === undefined ? [] : ruleWords(indicator.scoring, indicator, find);
  const article: ArticleId = `indicator:${indicator.key}`;
  const plain = (text: string) => ({ no: '', anchor: '', text });
  const range = indicator.scoring === undefined ? undefined : rangeOfRule(indicator.scoring, indicator);
  return {
    key: indicator.key, title: indicator.title, most: mostWords(range),
    rules: [
      ...madeWords(standard, indicator, find).map(plain),
      ...indicator.scoring === undefined ? (indicator.options === undefined ? [] : [plain(`可以选：${indicator.options.map(option => option.label).join('、')}`)])
        : ways.length === 1 ? ways.map(plain) : ways.map((text, at) => ({ no: itemWords(at + 1), anchor: citationsIn(standard).anchor(article, at + 1), text })),
      ...indicator.scoring === undefined ? [] : extraWords(standard, indicator, find).map(plain),
    ],
    type: valueTypes[indicator.type], unit: indicator.unit ?? '', source: sources[indicator.source], purpose: indicator.purpose, hint: indicator.hint ?? '',
    missing: indicator.missing === undefined || indicator.type === 'derived' ? '' : missingWords(indicator.missing),
    basis: citedWords(standard, indicator.legalBasis), sensitivity: sensitivities[indicator.sensitivity],
    keeps: [...indicator.validityMonths === undefined ? [] : [`${indicator.validityMonths} 个月内有效`], ...indicator.retentionMonths === undefined ? [] : [`保存 ${indicator.retentionMonths} 个月`]].join('，'),
    power: powerWords(indicator),
    notes: [...indicator.optional === true ? ['可以不填'] : [], ...indicator.evidence === true ? ['要有照片或文件为证'] : []],
  };
}

/** What those who are rated can do about it, as far as the standard says: only that is suggested to them. */
const powerWords = (indicator: Indicator): readonly string[] => [
  ...indicator.withinPower === undefined ? [] : [`自己能不能改变：${powers[indicator.withinPower]}`],
  ...[...indicator.options ?? [], ...itemsOf(indicator)].flatMap(({ label, withinPower }) => withinPower === undefined ? [] : [`“${label}”：${powers[withinPower]}`]),
];

/** Nobody is told that a deduction gives 0 at most, or a cap that none reaches. */
const mostWords = (range: { readonly least: number; readonly most: number } | undefined): string =>
  range === undefined || range.most === range.least ? '' : range.most <= 0 ? '只减不加' : range.most >= 100_000 ? '' : `最多 ${pointsText(range.most)} 分`;

const asideWords = { setAside: '先放一边', unmet: '算没达到' } as const;
const periodWords = { day: '同一天里', month: '同一个月里', quarter: '同一个季度里', year: '同一年里', all: '' } as const;

/** What holds over several items of an indicator at once: replacement, what a village may add, how judgements become one. */
export function extraWords(standard: Standard, { scoring, judged }: Indicator, find: Find): readonly string[] {
  const words: string[] = [];
  const title = (key: string): string => find(key)?.title ?? key;
  if (judged !== undefined) words.push(`评议员各打各的，${judged.by === 'median' ? '取中间的一个' : judged.trim === undefined ? '取平均' : `去掉最高、最低各 ${judged.trim} 个再平均`}，不到 ${judged.least} 人不作数`);
  if (scoring?.kind === 'share') {
    words.push(`${title(scoring.numerator)} ÷ ${title(scoring.denominator)}，没有数可除时${asideWords[scoring.whenEmpty]}`);
    if (scoring.guard !== undefined) words.push(`${title(scoring.guard.count)}不到 ${scoring.guard.below}，样本不足，${asideWords[scoring.guard.then]}`);
  }
  if (scoring?.kind === 'ratio') {
    const under = typeof scoring.denominator === 'string' ? title(scoring.denominator) : [baseTitle(standard, scoring.denominator.base), ...scoring.denominator.times === undefined ? [] : [title(scoring.denominator.times)]].join(' × ');
    words.push(`${title(scoring.numerator)} ÷ ${under}，没有数可除时给 ${pointsText(hundredths(scoring.whenEmpty))} 分`);
  }
  if (scoring?.kind !== 'events') return words;
  for (const group of scoring.groups ?? []) {
    const items = scoring.items.filter(item => item.group === group.key).map(item => item.label);
    words.push(`${periodWords[group.per]}这几件${group.pick === 'together' ? `合起来最多 ${pointsText(hundredths(group.cap ?? 0))} 分` : `只算${group.pick === 'best' ? '分最高' : '最重'}的一件`}：${items.join('、')}`);
  }
  const { local } = scoring;
  if (local !== undefined) {
    const kinds = [...local.rewards > 0 ? [`最多 ${local.rewards} 项加分`] : [], ...local.deductions > 0 ? [`最多 ${local.deductions} 项减分`] : []].join('、');
    words.push(`村里可以自己定${kinds}，每次不超过 ${local.largest} 分${local.withApproval === undefined ? '' : `，镇里同意的不超过 ${local.withApproval} 分`}`);
  }
  return words;
}

const namedGrade = (standard: Standard, code: string): string => {
  const grade = standard.grades.find(each => each.code === code);
  return grade === undefined ? standard.ungraded.label : gradeWords(grade);
};

export const madeWords = (standard: Standard, indicator: Indicator, find: Find): readonly string[] =>
  indicator.derive !== undefined ? [deriveWords(indicator.derive, find, key => baseTitle(standard, key))]
    : indicator.aggregate !== undefined ? [`${indicator.source === 'computed' ? '' : `${sources[indicator.source]}没有给总数的，`}汇总：${aggregateWords(indicator.aggregate, find)}`] : [];

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
