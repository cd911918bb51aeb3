import { countedIndicators, isCounting, levelOf } from './aggregate.ts';
import type { Aggregate, Level, MemberCondition } from './aggregate.ts';
import { itemsOf } from './facts.ts';
import { isMade, valueTypes } from './standard.ts';
import type { Indicator, Standard } from './standard.ts';
import { scaleOf } from './values.ts';

/** The standards that a round brings together, by what each of them rates. */
export type Together = Readonly<Partial<Record<Level, Standard>>>;

/**
 * What a standard counts below that the standards below do not have, one sentence each; empty when they meet. Asked when a round is opened: each file is right by
 * itself, and any village standard may come together with any household standard. What an office may tell itself is no fault: it then has to.
 */
export function unmetBelow(standard: Standard, below: Together): readonly string[] {
  return countedIndicators(standard).filter(({ source }) => source === 'computed').flatMap(indicator => wanting(indicator, indicator.aggregate, below).map(what => `“${indicator.title}”：${what}`));
}

/** Why one figure cannot be counted below these standards; empty when it can. */
export function wanting(indicator: Indicator, aggregate: Aggregate, below: Together): readonly string[] {
  if (!isCounting(aggregate)) return [];
  const level = levelOf(aggregate);
  const of = below[level];
  if (of === undefined) return ['这个批次里没有下一级的标准'];
  const named = (key: string): Indicator | undefined => of.indicators.find(each => each.key === key);
  const lacks = (key: string): string => `《${of.title}》里没有“${key}”这一项`;
  const stored = (key: string): readonly string[] => {
    const own = named(key);
    if (own === undefined) return [lacks(key)];
    return level === 'households' && (isMade(own) || own.type === 'events') ? [`“${own.title}”是推算或记事的，不能按户汇总；请汇总它所用的那几项`] : [];
  };
  const claims = (condition: MemberCondition): readonly string[] => {
    if ('all' in condition) return condition.all.flatMap(claims);
    if ('any' in condition) return condition.any.flatMap(claims);
    if ('not' in condition) return claims(condition.not);
    if ('grade' in condition) return of.grades.some(grade => grade.code === condition.grade) ? [] : [`《${of.title}》里没有等级“${condition.grade}”`];
    if (!('indicator' in condition)) return [];
    const own = named(condition.indicator);
    return own === undefined ? [lacks(condition.indicator)] : [...stored(condition.indicator), ...misfits(condition, own)];
  };
  const found = aggregate.where === undefined ? [] : [...claims(aggregate.where)];
  if ('count' in aggregate) return found;
  if (aggregate.times !== undefined) found.push(...stored(aggregate.times), ...(named(aggregate.times)?.type === 'whole' ? [] : [`“${aggregate.times}”要是整数，才能拿来乘`]));
  const { value } = aggregate;
  if (typeof value === 'string') return found;
  if ('indicator' in value) {
    const own = named(value.indicator);
    return [...found, ...stored(value.indicator), ...own === undefined || (isNumber(own) && scaleOf(own.type) === scaleOf(indicator.type)) ? [] : [`“${own.title}”是${valueTypes[own.type]}，加不成${valueTypes[indicator.type]}`]];
  }
  const own = named(value.events);
  if (own?.type !== 'events') return [...found, own === undefined ? lacks(value.events) : `“${own.title}”不是记事`];
  const known = itemsOf(own).map(item => item.key);
  return [...found, ...(value.items ?? []).filter(item => !known.includes(item)).map(item => `“${own.title}”里没有事项“${item}”`)];
}

const isNumber = ({ type }: Indicator): boolean => type === 'whole' || type === 'money' || type === 'percent';

function misfits(condition: Extract<MemberCondition, { readonly indicator: string }>, own: Indicator): readonly string[] {
  if (!('is' in condition)) return isNumber(own) || own.type === 'year' ? [] : [`“${own.title}”不是数字，不能写门槛`];
  if (own.type === 'flag') return typeof condition.is === 'boolean' ? [] : [`“${own.title}”是“是或否”，要写 is: true 或 false`];
  const options = (own.options ?? []).map(option => option.key);
  const named = [condition.is].flat().filter(each => typeof each !== 'string' || !options.includes(each));
  return own.type === 'choice' ? named.map(each => `“${own.title}”没有选项“${String(each)}”`) : [`“${own.title}”不是选项，不能写 is`];
}
