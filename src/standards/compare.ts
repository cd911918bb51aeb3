import { boundsWords } from './bounds.ts';
import { conditionWords } from './conditions.ts';
import { itemWords } from './kinds/event-item.ts';
import type { Find } from './kinds/kind.ts';
import { ruleWords } from './kinds.ts';
import { standardText } from './hash.ts';
import { gradeWords, legalLevels, missingStates, pointsText, powers, hundredths, sensitivities, sources, stateWords, valueTypes } from './standard.ts';
import type { Indicator, Power, Standard } from './standard.ts';
import { citedWords, extraWords, madeWords, pickWords, publicationWords, standardWords, subjectWords } from './words.ts';

/** One thing that differs between two standards, in words. Nothing before: it is new; nothing after: it is gone. */
export interface Difference { readonly where: string; readonly what: string; readonly before: string; readonly after: string }

/** What a standard says, one saying each, named so that the same saying of another version is found. */
interface Saying { readonly id: string; readonly where: string; readonly what: string; readonly text: string }

/** Everything that differs, in the order of the newer one, then what is gone. Two standards that differ at all differ in something here. */
export function differences(before: Standard, after: Standard): readonly Difference[] {
  const [old, now] = [sayingsOf(before), sayingsOf(after)];
  const held = new Map(old.map(saying => [saying.id, saying]));
  const kept = new Set(now.map(saying => saying.id));
  const found = [
    ...now.flatMap(({ id, where, what, text }): Difference[] => { const was = held.get(id)?.text ?? ''; return was === text ? [] : [{ where, what, before: was, after: text }]; }),
    ...old.filter(saying => !kept.has(saying.id)).map(({ where, what, text }) => ({ where, what, before: text, after: '' })),
  ];
  if (found.length > 0 || standardText(before) === standardText(after)) return found;
  return [{ where: '写法', what: '次序或者写法', before: '原来的写法', after: '现在的写法，意思没变' }];
}

const points = (written: number | undefined): string => written === undefined ? '' : `${pointsText(hundredths(written))} 分`;
const cited = (standard: Standard, ids: readonly string[] | undefined): string => citedWords(standard, ids ?? []);

function sayingsOf(standard: Standard): readonly Saying[] {
  const find: Find = key => standard.indicators.find(each => each.key === key);
  return [
    ...headOf(standard),
    ...standard.categories.flatMap(({ key, title, cap, floor, pick }) => saying(`category ${key}`, title, { 类别: title, 最多: points(cap), 最少: points(floor), 怎么合: pick === undefined ? '相加' : pickWords[pick] })),
    ...standard.indicators.flatMap(indicator => indicatorSayings(standard, indicator, find)),
    ...standard.grades.flatMap(grade => saying(`grade ${grade.code}`, `等级 ${gradeWords(grade)}`, {
      名称: gradeWords(grade), 总分: boundsWords(grade, ' 分'), 还要: (grade.requires ?? []).map(each => `${each.words}（${conditionWords(each.holds, standard)}；${missingText(each.missing, requirementWords)}）`).join('；'),
      算不算信用户: grade.credit ? '算' : '不算', 授信系数: String(grade.coefficient ?? ''),
    })),
    ...(standard.types ?? []).flatMap(type => saying(`type ${type.key}`, `另算的一类 ${type.title}`, {
      名称: type.title, 哪些户: conditionWords(type.when, standard), 不知道时: missingText(type.missing, requirementWords), 总分乘: String(type.weight ?? ''),
      等级: standard.grades.flatMap(grade => { const own = type.bounds?.[grade.code]; return own === undefined ? [] : [`${gradeWords(grade)} ${boundsWords(own, ' 分')}`]; }).join('；'),
    })),
    ...standard.vetoes.flatMap(veto => saying(`veto ${veto.key}`, `一票否决 ${veto.title}`, {
      名称: veto.title, 什么情况: conditionWords(veto.when, standard), 怎么说: veto.words, 依据: cited(standard, veto.legalBasis), 最长: `${veto.lifeMonths} 个月`, 不知道时: missingText(veto.missing, vetoWords),
      直接定为: veto.grade ?? '', 直接判: points(veto.total), 改正后: veto.repair === undefined ? '' : `${veto.repair.words}（${conditionWords(veto.repair.when, standard)}）${points(veto.repair.points)}`,
    })),
    ...standard.preconditions.flatMap(each => saying(`precondition ${each.key}`, `先要达到 ${each.title}`, { 名称: each.title, 条件: conditionWords(each.holds, standard), 怎么说: each.words, 依据: cited(standard, each.legalBasis), 不知道时: missingText(each.missing, requirementWords) })),
    ...(standard.checks ?? []).flatMap(check => saying(`check ${check.key}`, '核对', { 核对: `${find(check.left)?.title ?? check.left} 不超过 ${find(check.atMost)?.title ?? check.atMost}：${check.say}` })),
    ...(standard.publication ?? []).flatMap((rule, at) => { const told = publicationWords(standard)[at]; return saying(`publication ${rule.board}`, `公布 ${told?.title ?? ''}`, { 列谁写什么: told?.words ?? '', 多久: told?.until ?? '', 依据: told?.basis ?? '' }); }),
    ...(standard.localBases ?? []).flatMap(base => saying(`base ${base.key}`, `县基数 ${base.title}`, { 名称: base.title, 数: `${base.value} ${base.unit}`, 种类: valueTypes[base.type] })),
    ...standard.legalBases.flatMap(basis => saying(`law ${basis.id}`, '依据的法律', { 条文: `《${basis.law}》${basis.article}（${legalLevels[basis.level]}）${basis.note ?? ''}`, 起止: `${basis.validFrom} 起${basis.validTo === undefined ? '' : `，到 ${basis.validTo} 止`}` })),
    ...exampleSayings(standard, find),
  ];
}

const headOf = (standard: Standard): readonly Saying[] => saying('head', '基本情况', {
  名称: standard.title, 标识: standard.key, 适用: `${standard.place.name}（${standard.place.code}）`, 年度: `${standard.year} 年`, 版次: `第 ${standard.version} 版`, 评什么: subjectWords[standard.subject],
  起始分: points(standard.base), 总分最多: points(standard.total?.cap), 总分最少: points(standard.total?.floor), 除不尽时: standard.rounding === 'half-up' ? '四舍五入' : '舍去',
  没有等级时写: standard.ungraded.label, 人工调整: standard.adjustment === undefined ? '' : `${standard.adjustment.grades} 级，${standard.adjustment.note}`,
});

function indicatorSayings(standard: Standard, indicator: Indicator, find: Find): readonly Saying[] {
  const { key, title, scoring } = indicator;
  const id = `indicator ${key}`;
  return [
    ...saying(id, title, {
      项目: title, 类别: standard.categories.find(category => category.key === indicator.category)?.title ?? '', 填什么: valueTypes[indicator.type], 单位: indicator.unit ?? '',
      最小: String(indicator.least ?? ''), 最大: String(indicator.most ?? ''), 表上的标题: indicator.block ?? '', 谁填: sources[indicator.source], 提示: indicator.hint ?? '', 为什么要: indicator.purpose,
      依据: cited(standard, indicator.legalBasis), 敏感: sensitivities[indicator.sensitivity], 有效: monthsText(indicator.validityMonths), 保存: monthsText(indicator.retentionMonths),
      可以不填: yes(indicator.optional), 要有照片: yes(indicator.evidence), 没有不清楚: yes(indicator.withoutDontKnow), 自己能改吗: power(indicator.withinPower), 没有答案时: indicator.missing === undefined ? '' : missingText(indicator.missing, given => given === 'ask' ? '要补问' : points(Number(given))),
      依据失效后: points(indicator.neutral), 推算: madeWords(standard, indicator, find).join(''), 几条一起: extraWords(standard, indicator, find).join('；'),
    }),
    ...(indicator.options ?? []).flatMap(option => saying(`${id} option ${option.key}`, `${title} · ${option.label}`, { 选项: option.label, 分: points(option.points), 依据: cited(standard, option.legalBasis), 算多久: monthsText(option.lifeMonths), 自己能改吗: power(option.withinPower) })),
    ...scoring?.kind === 'events' ? scoring.items.flatMap(item => saying(`${id} item ${item.key}`, `${title} · ${item.label}`, { 事项: item.label, 给分: itemWords(item).slice(item.label.length + 1), 依据: cited(standard, item.legalBasis), 自己能做吗: power(item.withinPower), 按谁的人数: item.times === undefined ? '' : `${find(item.times.indicator)?.title ?? item.times.indicator}，不知道按 ${item.times.missing}` })) : [],
    ...scoring?.kind === 'events' ? saying(`${id} whole`, title, { 起始分: points(scoring.start), 最多: points(scoring.cap), 最少: points(scoring.floor), 怎么算: { all: '都算', best: '只算最高的一件', heaviest: '只算最重的一件' }[scoring.pick] }) : [],
    ...scoring === undefined || scoring.kind === 'events' || scoring.kind === 'choice' ? [] : ruleWords(scoring, indicator, find).map((text, at) => ({ id: `${id} rule ${at}`, where: title, what: `给分第 ${at + 1} 条`, text })),
  ];
}

/** One saying for each that is said at all. */
const saying = (id: string, where: string, texts: Readonly<Record<string, string>>): readonly Saying[] =>
  Object.entries(texts).flatMap(([what, text]) => text === '' ? [] : [{ id: `${id} ${what}`, where, what, text }]);

const power = (given: Power | undefined): string => given === undefined ? '' : powers[given];
const monthsText = (count: number | undefined): string => count === undefined ? '' : `${count} 个月`;
const yes = (is: boolean | undefined): string => is === true ? '是' : '';
const requirementWords = (answer: unknown): string => ({ holds: '算达到', fails: '算没达到', ask: '要补问' })[String(answer)] ?? '';
const vetoWords = (answer: unknown): string => ({ clear: '不否决', ask: '要补问' })[String(answer)] ?? '';
const missingText = (missing: Readonly<Record<string, unknown>>, tell: (answer: unknown) => string): string => missingStates.map(state => `${stateWords[state]}${tell(missing[state])}`).join('，');

/** What an example gives and what must come out, every part of it. */
function exampleSayings(standard: Standard, find: Find): readonly Saying[] {
  const told = standardWords(standard).examples;
  return standard.examples.map((example, at) => {
    const nth = standard.examples.slice(0, at).filter(each => each.title === example.title).length;
    const words = told[at];
    const parts = [
      `${example.day}`, ...words?.given ?? [], ...(example.events ?? []).flatMap(event => [event.level, event.curedOn, event.shared === true ? '集体' : undefined].filter(each => each !== undefined)),
      ...example.former === undefined ? [] : [`上次 ${example.former}`], ...(example.without ?? []).map(id => `没有 ${cited(standard, [id])}`),
      ...Object.entries(example.points ?? {}).sort(([a], [b]) => a < b ? -1 : 1).map(([key, given]) => `${find(key)?.title ?? key} 得 ${points(given)}`),
      `${words?.total ?? ''} ${words?.grade ?? ''}`, ...example.type === undefined ? [] : [`按 ${example.type}`], ...example.vetoes === undefined ? [] : [`否决 ${example.vetoes.join('、') || '没有'}`],
      ...example.unmet === undefined ? [] : [`没达到 ${example.unmet.join('、') || '没有'}`], ...example.most === undefined ? [] : [`最多 ${points(example.most)}`],
    ];
    return { id: `example ${nth} ${example.title}`, where: `例子 ${example.title}`, what: '例子', text: parts.join('；') };
  });
}
