import { spanOf } from '../standards/bounds.ts';
import { citationsIn } from '../standards/clauses.ts';
import { rangeOfRule } from '../standards/kinds.ts';
import { looksBack } from '../standards/looks-back.ts';
import { gradeSign, gradeWords, pointsText, sources, stateWords } from '../standards/standard.ts';
import type { Indicator, Standard } from '../standards/standard.ts';
import { tellFigure, tellShare } from './explain-share.ts';
import type { ShareTold } from './explain-share.ts';
import { appliedRule, factWords, wordsOf } from './explain-line.ts';
import type { Evaluation, IndicatorResult, Verdict } from './evaluate.ts';
import { pickWords } from '../standards/words.ts';

/** Why this result, in words a villager can read. Pages lay it out; nothing here is computed again. */
export interface Explanation {
  /** 「83 分，AA 良好」 */
  readonly headline: string;
  readonly isProvisional: boolean;
  readonly groups: readonly ExplainedGroup[];
  readonly conditions: readonly ExplainedCondition[];
  readonly vetoes: readonly { readonly title: string; readonly words: string; readonly basis: readonly string[] }[];
  readonly missing: readonly string[];
  /** The distance to the next grade, where points alone stand between. */
  readonly gap: string | null;
  /** Limits on the total that bit, what filling in could still reach. */
  readonly notes: readonly string[];
  /** What the former round has to do with it; null where the standard does not look back. */
  readonly former: string | null;
}
export interface ExplainedGroup { readonly key: string; readonly title: string; readonly points: string; readonly most: string; readonly note: string | null; readonly lines: readonly ExplainedLine[] }
export interface ExplainedLine {
  readonly key: string;
  /** The article and item of the standard that gave the points, and its place in the standard's page and print. */
  readonly clause: string;
  readonly anchor: string;
  readonly title: string;
  readonly fact: string;
  readonly rule: string;
  readonly points: string;
  readonly most: string;
  readonly source: string;
  readonly note: string | null;
}
export interface ExplainedCondition {
  readonly key: string; readonly title: string;
  /** The condition as the standard words it, without anybody's figure. */
  readonly rule: string;
  readonly verdict: Verdict; readonly verdictWords: string; readonly say: string; readonly share: ShareTold | null;
}

export const verdictWords: Readonly<Record<Verdict, string>> = { holds: '达到', fails: '还没达到', setAside: '样本不足，先放一边', ask: '还差数据' };

export function explain(standard: Standard, evaluation: Evaluation): Explanation {
  const results = new Map(evaluation.indicators.map(result => [result.key, result]));
  return {
    headline: headlineOf(standard, evaluation),
    isProvisional: !evaluation.isComplete,
    groups: groupsOf(standard, evaluation, results),
    conditions: conditionsOf(standard, evaluation, results),
    vetoes: standard.vetoes.filter(veto => evaluation.vetoes.includes(veto.key)).map(veto => ({ title: veto.title, words: veto.words, basis: veto.legalBasis.map(id => basisWords(standard, id)) })),
    missing: [...evaluation.missing.flatMap(each => missingWords(standard, each)), ...otherAsks(standard, evaluation)],
    gap: gapOf(standard, evaluation), notes: notesOf(standard, evaluation), former: formerWords(standard, evaluation),
  };
}

const hasPoints = (standard: Standard): boolean => standard.categories.length > 0;

function headlineOf(standard: Standard, evaluation: Evaluation): string {
  const grade = evaluation.grade === null ? standard.ungraded.label : gradeWords(evaluation.grade);
  const head = hasPoints(standard) ? `${pointsText(evaluation.total)} 分，${grade}` : grade;
  return evaluation.isComplete ? head : `暂估：${head}`;
}

function groupsOf(standard: Standard, evaluation: Evaluation, results: ReadonlyMap<string, IndicatorResult>): ExplainedGroup[] {
  const { cite, anchor } = citationsIn(standard);
  return standard.categories.map((category, at) => {
    const sum = evaluation.categories[at];
    let most = 0;
    const lines = standard.indicators.flatMap((indicator): ExplainedLine[] => {
      const result = results.get(indicator.key);
      if (indicator.category !== category.key || indicator.scoring === undefined || result === undefined) return [];
      const best = rangeOfRule(indicator.scoring, indicator).most;
      most = category.pick === undefined ? most + best : Math.max(most, best);
      return [{
        key: indicator.key, clause: cite(`indicator:${indicator.key}`, itemOf(standard, indicator, result)), anchor: anchor(`indicator:${indicator.key}`, itemOf(standard, indicator, result)), title: indicator.title,
        fact: factWords(standard, indicator, result, evaluation), rule: appliedRule(standard, indicator, result, evaluation),
        points: pointsText(result.points), most: pointsText(best), source: sources[indicator.source], note: limitWords(result),
      }];
    });
    const cap = category.cap === undefined ? most : Math.min(most, Math.round(category.cap * 100));
    const note = sum?.limit === 'cap' ? `合起来 ${pointsText(sum.before)} 分，这一块最多 ${pointsText(sum.after)} 分` : sum?.limit === 'floor' ? `合起来 ${pointsText(sum.before)} 分，这一块最少 ${pointsText(sum.after)} 分` : category.pick === undefined ? null : `这一块${pickWords[category.pick]}`;
    return { key: category.key, title: category.title, points: pointsText(sum?.after ?? 0), most: pointsText(cap), note, lines };
  });
}

/** Which of the ways an article gives points it was; an article with one way has no items. */
function itemOf(standard: Standard, indicator: Indicator, { clause }: IndicatorResult): number | undefined {
  const ways = wordsOf(standard, indicator).length;
  return clause === null || ways < 2 || clause >= ways ? undefined : clause + 1;
}

const limitSaid = { cap: '到顶了', floor: '减到底了', period: '有的事到了次数或分数的上限', outdone: '这一块只算一项，这项没有算' } as const;

function limitWords({ limits }: IndicatorResult): string | null {
  const words = limits.map(limit => limitSaid[limit]);
  return words.length === 0 ? null : words.join('，');
}

function conditionsOf(standard: Standard, evaluation: Evaluation, results: ReadonlyMap<string, IndicatorResult>): ExplainedCondition[] {
  return standard.preconditions.map((each, at) => {
    const verdict = evaluation.preconditions[at]?.verdict ?? 'ask';
    const key = 'indicator' in each.holds ? each.holds.indicator : undefined;
    const scoring = standard.indicators.find(indicator => indicator.key === key)?.scoring;
    const result = key === undefined ? undefined : results.get(key);
    const share = scoring?.kind === 'share' && result !== undefined ? tellShare(standard, scoring, result) : null;
    return { key: each.key, title: each.title, rule: each.words, verdict, verdictWords: verdictWords[verdict], say: share?.say ?? tellFigure(standard, each.words, result), share };
  });
}

function missingWords(standard: Standard, { key, state, gave }: Evaluation['missing'][number]): string[] {
  const indicator = standard.indicators.find(each => each.key === key);
  if (indicator === undefined || indicator.category === undefined) return [];
  return [gave === 'ask' ? `${indicator.title}：${stateWords[state]}，要补问` : `${indicator.title}：${stateWords[state]}，按 ${pointsText(gave)} 分算`];
}

/** Facts that give no points themselves but decide something: a veto, a condition. */
function otherAsks(standard: Standard, { asks }: Evaluation): string[] {
  return standard.indicators.filter(indicator => indicator.scoring === undefined && asks.includes(indicator.key)).map(indicator => `${indicator.title}：还没有，要补上`);
}

function notesOf(standard: Standard, evaluation: Evaluation): string[] {
  const notes: string[] = [];
  if (!hasPoints(standard)) return notes;
  if (evaluation.totalBefore > evaluation.total) notes.push(`合起来 ${pointsText(evaluation.totalBefore)} 分，总分最多 ${pointsText(evaluation.total)} 分。`);
  if (evaluation.totalBefore < evaluation.total) notes.push(`合起来 ${pointsText(evaluation.totalBefore)} 分，总分最少 ${pointsText(evaluation.total)} 分。`);
  const open = evaluation.asks.length;
  if (open > 0 && evaluation.most > evaluation.total) notes.push(`差 ${open} 项，补齐最多 ${pointsText(evaluation.most)} 分。`);
  return notes;
}

/** A standard that looks back says on what; the first year there is nothing, and that is said too. */
function formerWords(standard: Standard, { former }: Evaluation): string | null {
  if (!looksBack(standard)) return null;
  return former === null ? '这份标准要看上一次评定的等级。上一次没有批准过这份标准里的等级，按没有算；第一年评定都是这样。' : `这份标准要看上一次评定的等级：上一次批准的是 ${gradeWords(former)}。`;
}

/** More points would not help while something else stands in the way. */
export function gapOf(standard: Standard, evaluation: Evaluation): string | null {
  const isHeld = evaluation.vetoes.length > 0 || evaluation.preconditions.some(each => each.verdict === 'fails');
  const next = isHeld || !hasPoints(standard) ? null : nextGrade(standard, evaluation);
  if (next === null) return null;
  return next.over === undefined ? `离 ${next.sign} 还差 ${pointsText(next.short)} 分` : `到 ${next.sign} 要超过 ${pointsText(next.over)} 分，现在 ${pointsText(evaluation.total)} 分`;
}

/** The nearest better grade that points alone would give, and how many hundredths are wanting; `over` is what must be exceeded where reaching it is not enough. */
export function nextGrade(standard: Standard, evaluation: Evaluation): { readonly code: string; readonly sign: string; readonly short: number; readonly over?: number } | null {
  const own = standard.types?.find(type => type.key === evaluation.type)?.bounds;
  for (const grade of standard.grades.toReversed()) {
    const bounds = own?.[grade.code] ?? grade;
    const { from } = spanOf(bounds, 100);
    if (Number.isFinite(from) && from > evaluation.total) return { code: grade.code, sign: gradeSign(grade), short: from - evaluation.total, ...bounds.above === undefined ? {} : { over: from - 1 } };
  }
  return null;
}

/** 《中华人民共和国公路法》第四十六条 */
export function basisWords(standard: Standard, id: string): string {
  const entry = standard.legalBases.find(each => each.id === id);
  return entry === undefined ? id : `《${entry.law}》${entry.article}`;
}
