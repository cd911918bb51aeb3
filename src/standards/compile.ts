import { assert } from '../kit/assert.ts';
import { dayNumber } from '../kit/time.ts';
import type { Day } from '../kit/time.ts';
import { spanOf } from './bounds.ts';
import { compileCondition, partsState } from './conditions.ts';
import type { Requirement } from './conditions.ts';
import type { Facts } from './facts.ts';
import { slotsOf } from './facts.ts';
import type { Setting } from './kinds/kind.ts';
import { compileRule, partsOf } from './kinds.ts';
import { basesOn, hundredths, missingStates } from './standard.ts';
import type { Indicator, Standard } from './standard.ts';
import { newTrace, outcomes, verdicts } from './trace.ts';
import type { Trace } from './trace.ts';

/** Changes whenever the same standard and facts could give another result; kept with every rating. */
export const engineVersion = 1;

/** The day a rating speaks about, and which legal bases are in force on it: from the register, or else from the entries the standard itself carries. */
export interface Context { readonly day: Day; readonly bases?: ReadonlySet<string> }

export interface Compiled {
  readonly standard: Standard;
  readonly slots: ReadonlyMap<string, number>;
  /** Ready to rate on one day. The last one is kept, so asking again costs nothing. */
  readonly at: (context: Context) => Scorer;
}

export interface Scorer {
  readonly context: Context;
  /** Rates one subject. The trace is overwritten by the next call: read it, or copy what must stay. */
  readonly score: (facts: Facts) => Trace;
}

export function compile(standard: Standard): Compiled {
  const slots = slotsOf(standard);
  let last: Scorer | undefined;
  return {
    standard, slots,
    at(context) {
      if (last === undefined || last.context.day !== context.day || last.context.bases !== context.bases) last = scorer(standard, slots, context);
      return last;
    },
  };
}

function scorer(standard: Standard, slots: ReadonlyMap<string, number>, context: Context): Scorer {
  const setting = settingOf(standard, slots, context);
  const steps = standard.indicators.filter(indicator => indicator.scoring !== undefined).map(indicator => stepOf(indicator, setting));
  const categories = categoriesOf(standard, setting);
  const vetoes = standard.vetoes.map(veto => ({
    truth: compileCondition(veto.when, setting), isLapsed: setting.isLapsed(veto.legalBasis),
    asks: missingStates.map(state => veto.missing[state] === 'ask'),
    grade: veto.grade === undefined ? -1 : standard.grades.findIndex(grade => grade.code === veto.grade),
  }));
  const preconditions = standard.preconditions.map(each => ({ verdict: verdictOf(each, setting), isLapsed: setting.isLapsed(each.legalBasis) }));
  const grades = standard.grades.map(grade => ({ span: spanOf(grade, 100), requires: (grade.requires ?? []).map(each => verdictOf(each, setting)) }));
  const base = hundredths(standard.base);
  const floor = standard.total?.floor === undefined ? -Infinity : hundredths(standard.total.floor);
  const cap = standard.total?.cap === undefined ? Infinity : hundredths(standard.total.cap);
  const trace = newTrace({ indicators: standard.indicators.length, categories: categories.length, vetoes: vetoes.length, preconditions: preconditions.length });

  const score = (facts: Facts): Trace => {
    trace.asks = 0;
    trace.limit.fill(0);
    if (trace.standing.length < facts.events.length) {
      trace.standing = new Uint8Array(facts.events.length * 2);
      trace.eventPoints = new Float64Array(facts.events.length * 2);
    }
    trace.standing.fill(0);
    for (let at = 0; at < steps.length; at++) steps[at]?.(facts, trace);

    let total = base;
    for (let at = 0; at < categories.length; at++) {
      const category = categories[at];
      if (category === undefined) continue;
      let sum = 0;
      for (const slot of category.slots) sum += trace.points[slot] ?? 0;
      trace.before[at] = sum;
      if (sum > category.cap) sum = category.cap;
      if (sum < category.floor) sum = category.floor;
      trace.after[at] = sum;
      total += sum;
    }
    trace.totalBefore = total;
    trace.total = total > cap ? cap : total < floor ? floor : total;

    let grade = -1;
    for (let at = 0; at < grades.length && grade < 0; at++) {
      const each = grades[at];
      if (each !== undefined && trace.total >= each.span.from && trace.total <= each.span.to && isMet(each.requires, facts, trace)) grade = at;
    }
    trace.gradeByPoints = grade;

    for (let at = 0; at < preconditions.length; at++) {
      const each = preconditions[at];
      if (each === undefined) continue;
      const verdict = each.isLapsed ? verdicts.setAside : each.verdict(facts);
      trace.preconditions[at] = verdict;
      if (verdict === verdicts.fails) grade = -1;
      if (verdict === verdicts.ask) trace.asks++;
    }
    for (let at = 0; at < vetoes.length; at++) {
      const veto = vetoes[at];
      if (veto === undefined) continue;
      const truth = veto.isLapsed ? 0 : veto.truth(facts);
      const hits = truth === 1;
      const mustAsk = truth < 0 && veto.asks[-truth - 1] === true;
      trace.vetoes[at] = hits ? 1 : mustAsk ? 2 : 0;
      if (hits) grade = veto.grade < 0 || grade < 0 ? -1 : Math.max(grade, veto.grade);   // The worst of all that hit; a veto never lifts.
      if (mustAsk) trace.asks++;
    }
    trace.grade = grade;
    return trace;
  };
  return { context, score };
}

function settingOf(standard: Standard, slots: ReadonlyMap<string, number>, context: Context): Setting {
  const inForce = context.bases ?? basesOn(standard.legalBases, context.day);
  return {
    slot: key => { const slot = slots.get(key); assert(slot !== undefined, `an indicator ${key}`); return slot; },
    indicator: key => { const held = standard.indicators[slots.get(key) ?? -1]; assert(held !== undefined, `an indicator ${key}`); return held; },
    localBase: key => { const held = standard.localBases?.find(each => each.key === key); assert(held !== undefined, `a local base ${key}`); return held; },
    rounding: standard.rounding,
    dayNumber: dayNumber(context.day),
    isLapsed: cited => cited !== undefined && cited.length > 0 && !cited.some(id => inForce.has(id)),
  };
}

type Step = (facts: Facts, trace: Trace) => void;

/** One indicator: lapsed, not known, or scored by its kind. */
function stepOf(indicator: Indicator, setting: Setting): Step {
  const { scoring } = indicator;
  assert(scoring !== undefined, 'a scored indicator');
  const slot = setting.slot(indicator.key);
  const neutral = hundredths(indicator.neutral ?? 0);
  if (indicator.neutral !== undefined && setting.isLapsed(indicator.legalBasis)) {
    return (_facts, trace) => { trace.points[slot] = neutral; trace.outcome[slot] = outcomes.lapsed; trace.clause[slot] = -1; trace.state[slot] = 0; };
  }
  const points = compileRule(scoring, indicator, setting);
  if (indicator.type === 'events') {
    return (facts, trace) => { trace.clause[slot] = -1; trace.outcome[slot] = outcomes.scored; trace.points[slot] = points(facts, trace); };
  }
  const parts = partsOf(scoring).map(setting.slot);
  const stateOf = parts.length === 0 ? undefined : partsState(parts);
  const otherwise = indicator.category === undefined ? 0 : 'ask' as const;   // What counts nowhere is asked for by the conditions that use it.
  const given = missingStates.map(state => { const consequence = indicator.missing?.[state] ?? otherwise; return consequence === 'ask' ? NaN : hundredths(consequence); });
  return (facts, trace) => {
    const state = stateOf === undefined ? facts.states[slot] ?? 1 : stateOf(facts);
    trace.state[slot] = state;
    trace.clause[slot] = -1;
    if (state === 0) {
      trace.outcome[slot] = outcomes.scored;
      trace.points[slot] = points(facts, trace);
      return;
    }
    const consequence = given[state - 1] ?? NaN;
    if (consequence === consequence) { trace.outcome[slot] = outcomes.missing; trace.points[slot] = consequence; return; }
    trace.outcome[slot] = outcomes.ask;
    trace.points[slot] = 0;
    trace.asks++;
  };
}

function categoriesOf(standard: Standard, setting: Setting): { slots: readonly number[]; cap: number; floor: number }[] {
  return standard.categories.map(category => ({
    slots: standard.indicators.filter(indicator => indicator.category === category.key && indicator.scoring !== undefined).map(indicator => setting.slot(indicator.key)),
    cap: category.cap === undefined ? Infinity : hundredths(category.cap),
    floor: category.floor === undefined ? -Infinity : hundredths(category.floor),
  }));
}

function verdictOf(requirement: Requirement, setting: Setting): (facts: Facts) => number {
  const truth = compileCondition(requirement.holds, setting);
  const missing = missingStates.map(state => verdicts[requirement.missing[state]]);
  return facts => {
    const answer = truth(facts);
    return answer === 1 ? verdicts.holds : answer === 2 ? verdicts.setAside : answer === 0 ? verdicts.fails : missing[-answer - 1] ?? verdicts.ask;
  };
}

/** A grade's own requirements: one that must be asked does not hold yet, and keeps the rating provisional. */
function isMet(requires: readonly ((facts: Facts) => number)[], facts: Facts, trace: Trace): boolean {
  let met = true;
  for (const verdict of requires) {
    const answer = verdict(facts);
    if (answer === verdicts.ask) trace.asks++;
    if (answer !== verdicts.holds && answer !== verdicts.setAside) met = false;
  }
  return met;
}
