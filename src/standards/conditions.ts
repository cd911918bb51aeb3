import { boundsWords, holds as inSpan, spanOf } from './bounds.ts';
import type { Bounds } from './bounds.ts';
import type { Cursor } from './cursor.ts';
import { isRecord } from './cursor.ts';
import { worstOf } from './facts.ts';
import type { Facts } from './facts.ts';
import { boundKeys, boundsAt } from './kinds/bands.ts';
import type { Around, Setting } from './kinds/kind.ts';
import { shareClauses, shareRuleOf, shareTest } from './kinds/share.ts';
import type { MissingState, Standard } from './standard.ts';
import { missingStates } from './standard.ts';
import { scaleOf, valueOf } from './values.ts';

/** A claim about facts, without code: an answer, a number within bounds, a share that is met, or several of these. */
export type Condition =
  | { readonly indicator: string; readonly is: boolean | string | readonly string[] }
  | { readonly indicator: string; readonly met: true }
  | ({ readonly indicator: string } & Bounds)
  /** The grade of the former round was this one or better: tiers are earned in order. */
  | { readonly former: string }
  /** Points of a category, after its own floor and cap: a grade may ask so many of one block besides the total. Only for grades and preconditions. */
  | ({ readonly category: string } & Bounds)
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition };

/** A condition with its declared answer for every way of not knowing. */
export interface Requirement {
  readonly holds: Condition;
  readonly words: string;
  readonly missing: Readonly<Record<MissingState, 'holds' | 'fails' | 'ask'>>;
}

/** 1 true, 0 false, 2 set aside (too few to judge), below 0 not known: the negative of a state's code. */
export type Truth = (facts: Facts) => number;

export function compileCondition(condition: Condition, setting: Setting): Truth {
  if ('all' in condition) return combined(condition.all.map(each => compileCondition(each, setting)), 0);
  if ('any' in condition) return combined(condition.any.map(each => compileCondition(each, setting)), 1);
  if ('not' in condition) {
    const inner = compileCondition(condition.not, setting);
    return facts => { const truth = inner(facts); return truth === 1 ? 0 : truth === 0 ? 1 : truth; };
  }
  if ('former' in condition) {
    const least = setting.gradeAt(condition.former);
    return facts => facts.former !== undefined && facts.former >= 0 && facts.former <= least ? 1 : 0;
  }
  if ('category' in condition) {
    const points = setting.categoryPoints(condition.category);
    const span = spanOf(condition, 100);
    return () => inSpan(span, points()) ? 1 : 0;
  }
  const slot = setting.slot(condition.indicator);
  const indicator = setting.indicator(condition.indicator);
  const share = shareRuleOf(indicator);
  if (share !== undefined) return shareTruth(share, setting);
  if ('is' in condition) {
    const wanted = (Array.isArray(condition.is) ? condition.is : [condition.is]).map((each: boolean | string) => valueOf(indicator, each));
    return facts => facts.states[slot] !== 0 ? -(facts.states[slot] ?? 1) : wanted.includes(facts.values[slot]) ? 1 : 0;
  }
  const span = spanOf('met' in condition ? {} : condition, scaleOf(indicator.type));
  return facts => facts.states[slot] !== 0 ? -(facts.states[slot] ?? 1) : inSpan(span, facts.values[slot] ?? 0) ? 1 : 0;
}

/** One decisive answer settles it whatever is unknown; else the state that most needs asking; else set aside only if all are. */
function combined(truths: readonly Truth[], decisive: 0 | 1): Truth {
  return facts => {
    let unknown = 0;
    let plain = false;
    for (const truth of truths) {
      const answer = truth(facts);
      if (answer === decisive) return decisive;
      if (answer < 0) unknown = unknown === 0 ? answer : Math.max(unknown, answer);
      else if (answer !== 2) plain = true;
    }
    return unknown < 0 ? unknown : plain || truths.length === 0 ? 1 - decisive : 2;
  };
}

function shareTruth(share: NonNullable<ReturnType<typeof shareRuleOf>>, setting: Setting): Truth {
  const clauseOf = shareTest(share, setting);
  const slots = [share.numerator, share.denominator, ...(share.guard === undefined ? [] : [share.guard.count])].map(setting.slot);
  return facts => {
    const state = worstOf(slots, facts);
    if (state !== 0) return -state;
    const clause = clauseOf(facts);
    return clause === shareClauses.met ? 1 : clause === shareClauses.setAside ? 2 : 0;
  };
}

/** Whether it looks at the points of a category, which more of something good might take past a bound. */
export const looksAtPoints = (condition: Condition): boolean =>
  'all' in condition ? condition.all.some(looksAtPoints) : 'any' in condition ? condition.any.some(looksAtPoints) : 'not' in condition ? looksAtPoints(condition.not) : 'category' in condition;

/** Keys of every indicator a condition looks at. */
export function conditionKeys(condition: Condition): readonly string[] {
  if ('all' in condition) return condition.all.flatMap(conditionKeys);
  if ('any' in condition) return condition.any.flatMap(conditionKeys);
  return 'not' in condition ? conditionKeys(condition.not) : 'former' in condition || 'category' in condition ? [] : [condition.indicator];
}

/** The condition in plain Chinese. */
export function conditionWords(condition: Condition, named: Pick<Standard, 'indicators' | 'categories'>): string {
  if ('all' in condition) return condition.all.map(each => conditionWords(each, named)).join('，并且');
  if ('any' in condition) return condition.any.map(each => conditionWords(each, named)).join('，或者');
  if ('not' in condition) return `不是：${conditionWords(condition.not, named)}`;
  if ('former' in condition) return `上一次评为${condition.former}或者更好`;
  if ('category' in condition) return `${named.categories.find(each => each.key === condition.category)?.title ?? condition.category}得分${boundsWords(condition, ' 分')}`;
  const indicator = named.indicators.find(each => each.key === condition.indicator);
  const title = indicator?.title ?? condition.indicator;
  if ('met' in condition) return `${title}达到要求`;
  if (!('is' in condition)) return `${title}${boundsWords(condition, indicator?.unit === undefined ? '' : ` ${indicator.unit}`)}`;
  if (typeof condition.is === 'boolean') return `${title}：${condition.is ? '是' : '不是'}`;
  const keys = typeof condition.is === 'string' ? [condition.is] : condition.is;
  return `${title}：${keys.map(key => indicator?.options?.find(option => option.key === key)?.label ?? key).join('或')}`;
}

/** Names what is wrong with a written condition. `isShare` says whether an indicator is one. */
export interface ConditionsAround extends Around { readonly itemsOf: (key: string) => readonly string[]; readonly isShare: (key: string) => boolean; /** Those whose points may be looked at; undefined where only facts may. */ readonly categories?: readonly string[] }

export function checkCondition(place: Cursor, around: ConditionsAround, depth = 0): void {
  if (!isRecord(place.value)) { place.record(['indicator']); return; }
  if (depth > 6) { place.fault('套得太深', '最多套六层'); return; }
  for (const word of ['all', 'any'] as const) {
    if (!place.get(word).isAbsent) {
      place.record([word]);
      place.get(word).list(1).forEach(each => checkCondition(each, around, depth + 1));
      return;
    }
  }
  if (!place.get('not').isAbsent) { place.record(['not']); checkCondition(place.get('not'), around, depth + 1); return; }
  if (!place.get('former').isAbsent) { place.record(['former']); place.get('former').oneOf(around.gradeCodes); return; }
  if (!place.get('category').isAbsent) { checkPoints(place, around); return; }
  checkClaim(place, around);
}

function checkPoints(place: Cursor, { categories }: ConditionsAround): void {
  place.record(['category'], boundKeys);
  const key = place.get('category').text();
  if (key === undefined) return;
  if (categories === undefined) { place.get('category').fault('这里只看事实，不看得分', '类别的得分只能写在等级的 requires 和 preconditions 里'); return; }
  if (!categories.includes(key)) place.get('category').unknown('类别', key, categories, '写成一个类别的 key');
  if (Object.values(boundsAt(place, 2)).every(bound => bound === undefined)) place.fault('类别的得分要写门槛', `{ category: ${key}, atLeast: 1 }`);
}

function checkClaim(place: Cursor, around: ConditionsAround): void {
  place.record(['indicator'], ['is', 'met', ...boundKeys]);
  const key = place.get('indicator').text();
  const type = key === undefined ? undefined : around.typeOf(key);
  if (key === undefined) return;
  if (type === undefined) { place.get('indicator').unknown('指标', key, around.indicatorKeys, '写成本标准里一个指标的 key'); return; }
  if (around.isShare(key)) { if (place.get('met').value !== true) place.fault('占比指标要写 met: true', `{ indicator: ${key}, met: true }`); return; }
  const is = place.get('is');
  if (type === 'flag') { if (typeof is.value !== 'boolean') place.fault('是或否的指标要写 is', `{ indicator: ${key}, is: true }`); return; }
  if (type === 'choice') {
    const options = around.optionsOf(key);
    const named: readonly unknown[] = Array.isArray(is.value) ? is.value : [is.value];
    if (is.isAbsent || named.length === 0) place.fault('选项指标要写 is', `{ indicator: ${key}, is: ${options[0] ?? '选项'} }`);
    else for (const each of named) if (typeof each !== 'string' || !options.includes(each)) is.fault(`“${key}”没有选项“${String(each)}”`, `可以写：${options.join('、')}`);
    return;
  }
  if (type === 'events' || type === 'derived' || type === 'day') { place.get('indicator').fault(`“${key}”不能用在条件里`, '用是或否、选项、数字或占比指标'); return; }
  const bounds = boundsAt(place, scaleOf(type) === 100 ? 2 : 0);
  if (Object.values(bounds).every(bound => bound === undefined)) place.fault('数字指标要写门槛', `{ indicator: ${key}, atLeast: 1 }`);
}

export function checkRequirement(place: Cursor, around: ConditionsAround): void {
  checkCondition(place.get('holds'), around);
  place.get('words').text();
  checkMissing(place.get('missing'), ['holds', 'fails', 'ask']);
}

export function checkMissing(place: Cursor, answers: readonly string[]): void {
  if (place.record(missingStates) !== undefined) for (const state of missingStates) place.get(state).oneOf(answers);
}
