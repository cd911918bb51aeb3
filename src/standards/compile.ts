import { assert } from '../kit/assert.ts';
import { dayNumber } from '../kit/time.ts';
import type { Day } from '../kit/time.ts';
import { spanOf } from './bounds.ts';
import { compileIndicators } from './compile-indicators.ts';
import { compileType, compileVeto, verdictOf } from './compile-verdicts.ts';
import { compileDerive } from './derive.ts';
import type { OwnFacts } from './derive.ts';
import type { Facts } from './facts.ts';
import { slotsOf } from './facts.ts';
import type { Setting } from './kinds/kind.ts';
import { basesOn, hundredths } from './standard.ts';
import type { Standard } from './standard.ts';
import { limits, newTrace, standings, verdicts, vetoVerdicts } from './trace.ts';
import type { Trace } from './trace.ts';

/** Changes whenever the same standard and facts could give another result; kept with every rating. */
export const engineVersion = 3;

/** The day a rating speaks about, and which legal bases are in force on it: from the register, or else from the entries the standard itself carries. */
export interface Context {
  readonly day: Day;
  readonly bases?: ReadonlySet<string>;
  /** First and last day of the round; the calendar year of the standard when it is not said. */
  readonly round?: { readonly from: Day; readonly to: Day };
}

export interface Compiled {
  readonly standard: Standard;
  readonly slots: ReadonlyMap<string, number>;
  /** Ready to rate on one day. The last few are kept, so asking again costs nothing: what would lift a grade looks at several days. */
  readonly at: (context: Context) => Scorer;
}

export interface Scorer {
  readonly context: Context;
  /** Rates one subject. The trace is overwritten by the next call: read it, or copy what must stay. */
  readonly score: (facts: Facts) => Trace;
}

const mostKept = 16;

export function compile(standard: Standard): Compiled {
  const slots = slotsOf(standard);
  let kept: readonly Scorer[] = [];
  return {
    standard, slots,
    at(context) {
      const known = kept.find(each => each.context.day === context.day && each.context.bases === context.bases && each.context.round === context.round);
      if (known !== undefined && known === kept[0]) return known;
      const made = known ?? scorer(standard, slots, context);
      kept = [made, ...kept.filter(each => each !== made)].slice(0, mostKept);
      return made;
    },
  };
}

function scorer(standard: Standard, slots: ReadonlyMap<string, number>, context: Context): Scorer {
  const trace = newTrace({ indicators: standard.indicators.length, categories: standard.categories.length, vetoes: standard.vetoes.length, preconditions: standard.preconditions.length });
  const setting = settingOf(standard, slots, context, trace);
  const scoreIndicators = compileIndicators(standard, setting);
  const categories = categoriesOf(standard, setting);
  const derives = standard.indicators.flatMap(indicator => indicator.derive === undefined ? [] : [compileDerive(indicator.derive, indicator, setting)]);
  const own: OwnFacts = { values: new Float64Array(standard.indicators.length), states: new Uint8Array(standard.indicators.length), events: [] };
  const vetoes = standard.vetoes.map(veto => compileVeto(veto, setting));
  const types = (standard.types ?? []).map(type => compileType(type, standard, setting));
  const preconditions = standard.preconditions.map(each => ({ verdict: verdictOf(each, setting), isLapsed: setting.isLapsed(each.legalBasis) }));
  const spans = standard.grades.map(grade => spanOf(grade, 100));
  const requires = standard.grades.map(grade => grade.requires?.map(each => verdictOf(each, setting)));
  const base = hundredths(standard.base);
  const floor = standard.total?.floor === undefined ? -Infinity : hundredths(standard.total.floor);
  const cap = standard.total?.cap === undefined ? Infinity : hundredths(standard.total.cap);

  /** The first grade whose bounds hold the total and whose own conditions are met, or -1. */
  const gradeOf = (total: number, facts: Facts): number => {
    const bounds = trace.type < 0 ? spans : types[trace.type]?.spans ?? spans;
    for (let at = 0; at < bounds.length; at++) {
      const span = bounds[at];
      if (span === undefined || total < span.from || total > span.to) continue;
      const own = requires[at];
      if (own === undefined || isMet(own, facts, trace)) return at;
    }
    return -1;
  };

  const score = (given: Facts): Trace => {
    const facts = derives.length === 0 ? given : derived(given, own, derives);
    trace.facts = facts;
    trace.asks = 0;
    if (trace.standing.length < facts.events.length) {
      trace.standing = new Uint8Array(facts.events.length * 2);
      trace.eventPoints = new Float64Array(facts.events.length * 2);
    }
    for (let at = 0; at < facts.events.length; at++) trace.standing[at] = standings.elsewhere;
    scoreIndicators(facts, trace);

    let total = base;
    for (let at = 0; at < categories.length; at++) {
      const category = categories[at];
      if (category === undefined) continue;
      let sum = 0;
      const { slots: own } = category;
      if (category.sense !== 0) pickOne(own, category.sense, trace);
      for (let n = 0; n < own.length; n++) sum += trace.points[own[n] ?? 0] ?? 0;
      trace.before[at] = sum;
      if (sum > category.cap) sum = category.cap;
      if (sum < category.floor) sum = category.floor;
      trace.after[at] = sum;
      total += sum;
    }
    let judged = Infinity;
    for (let at = 0; at < vetoes.length; at++) {
      const veto = vetoes[at];
      if (veto === undefined) continue;
      const verdict = veto.verdict(facts);
      trace.vetoes[at] = verdict;
      if (verdict === vetoVerdicts.ask) trace.asks++;
      if (verdict === vetoVerdicts.repaired) total += veto.repair;
      if (verdict === vetoVerdicts.hits && veto.total < judged) judged = veto.total;
    }
    trace.totalBefore = total;
    trace.type = -1;
    for (let at = 0; at < types.length && trace.type < 0; at++) {
      const fits = types[at]?.fits(facts);
      if (fits === verdicts.ask) trace.asks++;
      if (fits === verdicts.holds) trace.type = at;
    }
    if (trace.type >= 0) total = types[trace.type]?.weighted(total) ?? total;   // A place below nought is slow to look up.
    total = total > cap ? cap : total < floor ? floor : total;
    trace.gradeByPoints = gradeOf(total, facts);
    trace.total = Math.min(total, judged);
    let grade = trace.total === total ? trace.gradeByPoints : worse(trace.gradeByPoints, gradeOf(trace.total, facts));

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
      if (veto === undefined || trace.vetoes[at] !== vetoVerdicts.hits || veto.total < Infinity) continue;
      grade = worse(grade, veto.grade);   // The worst of all that hit.
    }
    trace.grade = grade;
    return trace;
  };
  return { context, score };
}

function settingOf(standard: Standard, slots: ReadonlyMap<string, number>, context: Context, trace: Trace): Setting {
  const inForce = context.bases ?? basesOn(standard.legalBases, context.day);
  return {
    slot: key => { const slot = slots.get(key); assert(slot !== undefined, `an indicator ${key}`); return slot; },
    indicator: key => { const held = standard.indicators[slots.get(key) ?? -1]; assert(held !== undefined, `an indicator ${key}`); return held; },
    localBase: key => { const held = standard.localBases?.find(each => each.key === key); assert(held !== undefined, `a local base ${key}`); return held; },
    rounding: standard.rounding,
    categoryPoints: key => { const at = standard.categories.findIndex(each => each.key === key); return () => trace.after[at] ?? 0; },
    gradeAt: code => standard.grades.findIndex(grade => grade.code === code),
    dayNumber: dayNumber(context.day),
    yearStart: dayNumber(`${context.day.slice(0, 4)}-01-01`),
    round: { from: dayNumber(context.round?.from ?? `${standard.year}-01-01`), to: dayNumber(context.round?.to ?? `${standard.year}-12-31`) },
    isLapsed: cited => cited !== undefined && cited.length > 0 && !cited.some(id => inForce.has(id)),
  };
}

/** The facts as the scorer's own, with every derived number put in: whoever gave them keeps theirs as they were. */
function derived(given: Facts, own: OwnFacts, derives: readonly ((facts: OwnFacts) => void)[]): Facts {
  own.values.set(given.values);
  own.states.set(given.states);
  own.events = given.events;
  own.former = given.former;
  for (const derive of derives) derive(own);
  return own;
}

/** Of two grades by place, where none is the worst of all: a veto never lifts. */
const worse = (a: number, b: number): number => a < 0 || b < 0 ? -1 : Math.max(a, b);

/** All but one of a category are left without points. */
function pickOne(slots: readonly number[], sense: number, trace: Trace): void {
  let kept = slots[0] ?? 0;
  for (const slot of slots) if ((trace.points[slot] ?? 0) * sense > (trace.points[kept] ?? 0) * sense) kept = slot;
  for (const slot of slots) {
    const isOutdone = slot !== kept && trace.points[slot] !== 0;
    trace.limit[slot] = (trace.limit[slot] ?? 0) & ~limits.outdone | (isOutdone ? limits.outdone : 0);   // What is looked up in a table leaves its limits as another subject had them.
    if (isOutdone) trace.points[slot] = 0;
  }
}

/** `sense`: 1 for the best alone, -1 for the heaviest, 0 for all. */
function categoriesOf(standard: Standard, setting: Setting): { slots: readonly number[]; sense: number; cap: number; floor: number }[] {
  return standard.categories.map(category => ({
    slots: standard.indicators.filter(indicator => indicator.category === category.key && indicator.scoring !== undefined).map(indicator => setting.slot(indicator.key)),
    sense: category.pick === undefined ? 0 : category.pick === 'best' ? 1 : -1,
    cap: category.cap === undefined ? Infinity : hundredths(category.cap),
    floor: category.floor === undefined ? -Infinity : hundredths(category.floor),
  }));
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
