import { boundsWords } from './bounds.ts';
import type { Bounds } from './bounds.ts';
import type { EventCount } from './derive.ts';
import type { Indicator, Standard } from './standard.ts';

/**
 * 汇总: a figure of a village, township or county counted from what lies below it. There are two ways to count, how many and how much in sum; shares, means
 * and weighted means are quotients of two of these (`derive`: share, average; `scoring`: share), so that every one shows what stands over and under the line.
 * A figure that somebody gives (a bank for a whole township) goes before one that is counted.
 */
export type Aggregate =
  | { readonly count: Level; readonly among?: Among; readonly where?: MemberCondition }
  | {
    readonly sum: Level; readonly value: MemberValue;
    /** Each value that many times: an indicator of the level below, a whole number. Divided by the sum of these, it is a weighted mean. */
    readonly times?: string;
    readonly among?: Among; readonly where?: MemberCondition;
    /** With a value or a `times` that is not known: the member is left out, or the whole sum must be asked for. When all that fit are unknown it is asked for anyway. */
    readonly unknown?: 'leaveOut' | 'ask';
  }
  /** The same place's figure in the round before; not known where there was none. */
  | { readonly former: string };

export const levels = { households: '农户', villages: '村', townships: '乡镇' } as const;
export type Level = keyof typeof levels;
/** Who is looked at: everybody on the register, those who take part in the round, those whose result is approved. Places all take part. */
export const amongs = { all: '在册的', takingPart: '参评的', rated: '结果批准了的' } as const;
export type Among = keyof typeof amongs;

/** `total`: points of the result. `openObjections`: objections that are not answered yet. Else a number or what happened, as the standard of the level below asks it. */
export type MemberValue = 'total' | 'openObjections' | { readonly indicator: string } | EventCount;

/** A claim about one member: its result, or a fact. What is not known fits no claim, nor its opposite. */
export type MemberCondition =
  /** This grade or a better one. */
  | { readonly grade: string }
  | { readonly credit: boolean }
  | { readonly total: Bounds }
  | { readonly indicator: string; readonly is: boolean | string | readonly string[] }
  | ({ readonly indicator: string } & Bounds)
  | { readonly all: readonly MemberCondition[] }
  | { readonly any: readonly MemberCondition[] }
  | { readonly not: MemberCondition };

export type Counting = Exclude<Aggregate, { readonly former: string }>;
export const isCounting = (aggregate: Aggregate): aggregate is Counting => !('former' in aggregate);
export const levelOf = (aggregate: Counting): Level => 'count' in aggregate ? aggregate.count : aggregate.sum;
export const amongOf = (aggregate: Counting): Among => aggregate.among ?? 'all';

/** The indicators of a standard that are counted from below. */
export const countedIndicators = (standard: Standard): readonly (Indicator & { readonly aggregate: Aggregate })[] =>
  standard.indicators.flatMap(indicator => indicator.aggregate === undefined ? [] : [{ ...indicator, aggregate: indicator.aggregate }]);

/** What it counts of one level, by key. */
export const countingOf = (standard: Standard, level: Level): ReadonlyMap<string, Counting> =>
  new Map(countedIndicators(standard).flatMap(({ key, aggregate }) => isCounting(aggregate) && levelOf(aggregate) === level ? [[key, aggregate]] : []));

/** Whether it looks at grades or points, so that only those who have some can be looked at. */
export function looksAtResults(aggregate: Counting): boolean {
  const inside = (condition: MemberCondition): boolean => 'all' in condition ? condition.all.some(inside) : 'any' in condition ? condition.any.some(inside) : 'not' in condition ? inside(condition.not) : !('indicator' in condition);
  return ('sum' in aggregate && aggregate.value === 'total') || (aggregate.where !== undefined && inside(aggregate.where));
}

/** Whether it looks at anything else than results. */
export function looksAtFacts(aggregate: Counting): boolean {
  const inside = (condition: MemberCondition): boolean => 'all' in condition ? condition.all.some(inside) : 'any' in condition ? condition.any.some(inside) : 'not' in condition ? inside(condition.not) : 'indicator' in condition;
  return ('sum' in aggregate && (typeof aggregate.value === 'object' || aggregate.times !== undefined)) || (aggregate.where !== undefined && inside(aggregate.where));
}

/** How a figure is counted, in plain Chinese: 「结果批准了的农户里，信用户有几个」. `find` is asked for indicators of the same standard. */
export function aggregateWords(aggregate: Aggregate, find: (key: string) => Indicator | undefined): string {
  if (!isCounting(aggregate)) return `上一批次的“${find(aggregate.former)?.title ?? aggregate.former}”`;
  const level = levels[levelOf(aggregate)];
  const among = levelOf(aggregate) === 'households' || amongOf(aggregate) === 'rated' ? amongs[amongOf(aggregate)] : '下面的';
  const where = aggregate.where === undefined ? '' : `里，${memberWords(aggregate.where, levelOf(aggregate))}的`;
  if ('count' in aggregate) return `${among}${level}${where}有几个`;
  const times = aggregate.times === undefined ? '' : `，每个乘它的“${aggregate.times}”`;
  const unknown = aggregate.unknown === 'leaveOut' ? '，不知道的不算在内' : aggregate.unknown === 'ask' ? '，有一个不知道就要补上' : '';
  return `${among}${level}${where}：${valueWords(aggregate.value)}加起来${times}${unknown}`;
}

function valueWords(value: MemberValue): string {
  if (value === 'total') return '总分';
  if (value === 'openObjections') return '没办完的异议';
  if ('indicator' in value) return `“${value.indicator}”`;
  return `${value.months} 个月内“${(value.items ?? [value.events]).join('、')}”的${value.of === 'count' ? '次数' : '数量'}`;
}

function memberWords(condition: MemberCondition, level: Level): string {
  if ('all' in condition) return condition.all.map(each => memberWords(each, level)).join('，并且');
  if ('any' in condition) return condition.any.map(each => memberWords(each, level)).join('，或者');
  if ('not' in condition) return `不是（${memberWords(condition.not, level)}）`;
  if ('grade' in condition) return `评为${condition.grade}或者更好`;
  if ('credit' in condition) return `${condition.credit ? '' : '不'}是信用${level === 'households' ? '户' : levels[level]}`;
  if ('total' in condition) return `总分${boundsWords(condition.total, ' 分')}`;
  if (!('is' in condition)) return `“${condition.indicator}”${boundsWords(condition)}`;
  return `“${condition.indicator}”${typeof condition.is === 'boolean' ? condition.is ? '是' : '不是' : `为 ${[condition.is].flat().join('或')} `}`;
}
