import type { Compiled, Context } from '../standards/compile.ts';
import { engineVersion } from '../standards/compile.ts';
import type { Facts } from '../standards/facts.ts';
import { conditionKeys } from '../standards/conditions.ts';
import { deriveParts } from '../standards/derive.ts';
import { looksBack } from '../standards/looks-back.ts';
import { partsOf } from '../standards/kinds.ts';
import { mostReachable } from '../standards/reach.ts';
import { stateOf } from '../standards/standard.ts';
import type { Grade, Indicator, Standard, State } from '../standards/standard.ts';
import { limits, outcomes, standings, verdicts, vetoVerdicts } from '../standards/trace.ts';
import type { Trace } from '../standards/trace.ts';
import { writtenOf } from '../standards/values.ts';
import { dayFromNumber, dayNumber } from '../kit/time.ts';

/** One rating told in full. Points are hundredths. Plain values in a fixed order: the same input gives the same bytes. */
export interface Evaluation {
  readonly standard: { readonly key: string; readonly year: number; readonly version: number };
  readonly engine: number;
  readonly day: string;
  readonly total: number;
  readonly totalBefore: number;
  /** Null below every grade, or after a veto or an unmet precondition. */
  readonly grade: GradeGiven | null;
  readonly gradeByPoints: GradeGiven | null;
  /** Nothing left to ask; until then the rating is 暂估 only. */
  readonly isComplete: boolean;
  /** The grade of the former round, where the standard looks back; null for none, and where it does not. */
  readonly former: GradeGiven | null;
  readonly base: number;
  readonly categories: readonly CategorySum[];
  readonly indicators: readonly IndicatorResult[];
  /** Key of the type it was measured as; null when none fits. */
  readonly type: string | null;
  readonly events: readonly EventResult[];
  readonly preconditions: readonly { readonly key: string; readonly verdict: Verdict }[];
  /** Vetoes that hit. */
  readonly vetoes: readonly string[];
  /** Vetoes that were put right, and took points instead. */
  readonly repaired: readonly string[];
  /** What was not known, and what that gave. */
  readonly missing: readonly { readonly key: string; readonly state: State; readonly gave: number | 'ask' }[];
  /** Keys of the facts that must still be asked before the result can stand: where a share is wanting, the facts it is made from. */
  readonly asks: readonly string[];
  /** The highest total that asking on could still reach. */
  readonly most: number;
}

export interface GradeGiven { readonly index: number; readonly code: string; readonly label: string; readonly credit: boolean }
export type Limit = 'cap' | 'floor';
export interface CategorySum { readonly key: string; readonly before: number; readonly after: number; readonly limit: Limit | null }
export type Outcome = 'fact' | 'scored' | 'missing' | 'ask' | 'lapsed';
export interface IndicatorResult {
  readonly key: string;
  readonly category: string | null;
  readonly outcome: Outcome;
  readonly points: number;
  readonly state: State;
  /** The fact in the standard's own words; null when there is none or it is made from others. */
  readonly fact: number | boolean | string | null;
  /** For what is made from others: the facts over and under the line, and the count a guard looks at. */
  readonly parts: readonly { readonly key: string; readonly value: number }[];
  /** Which band, option or item gave the points; null when none did. */
  readonly clause: number | null;
  readonly limits: readonly ('cap' | 'floor' | 'period' | 'outdone')[];
}
export type Standing = 'counts' | 'ended' | 'later' | 'lapsed' | 'outdone' | 'unnamed' | 'untold' | 'repaired';
/** `curedOn`: the day it was put right, if that was by the day of the rating. */
export interface EventResult { readonly indicator: string; readonly item: string; readonly on: string; readonly amount: number; readonly points: number; readonly standing: Standing; readonly curedOn: string | null }
export type Verdict = 'holds' | 'fails' | 'setAside' | 'ask';

/** Rates one subject and tells how. It is the scoring of the hot path, read back from its trace. */
export function evaluate(compiled: Compiled, given: Facts, context: Context): Evaluation {
  const { standard } = compiled;
  const trace = compiled.at(context).score(given);
  const { facts } = trace;
  const vetoesAt = (verdict: number): readonly string[] => standard.vetoes.filter((_, at) => trace.vetoes[at] === verdict).map(veto => veto.key);
  const indicators = standard.indicators.map((indicator, slot) => resultOf(compiled, indicator, slot, facts, trace));
  return {
    standard: { key: standard.key, year: standard.year, version: standard.version },
    engine: engineVersion,
    day: context.day,
    total: trace.total,
    totalBefore: trace.totalBefore,
    grade: gradeAt(standard, trace.grade),
    gradeByPoints: gradeAt(standard, trace.gradeByPoints),
    isComplete: trace.asks === 0,
    former: looksBack(standard) ? gradeAt(standard, given.former ?? -1) : null,
    base: Math.round(standard.base * 100),
    categories: standard.categories.map((category, at) => {
      const [before, after] = [trace.before[at] ?? 0, trace.after[at] ?? 0];
      return { key: category.key, before, after, limit: after < before ? 'cap' : after > before ? 'floor' : null };
    }),
    indicators,
    type: standard.types?.[trace.type]?.key ?? null,
    events: eventsOf(standard, facts, trace, dayNumber(context.day)),
    preconditions: standard.preconditions.map((each, at) => ({ key: each.key, verdict: verdictAt(trace.preconditions[at]) })),
    vetoes: vetoesAt(vetoVerdicts.hits),
    repaired: vetoesAt(vetoVerdicts.repaired),
    missing: indicators.filter(each => each.outcome === 'missing' || each.outcome === 'ask')
      .map(each => ({ key: each.key, state: each.state, gave: each.outcome === 'ask' ? 'ask' as const : each.points })),
    asks: asksOf(compiled, facts, trace),
    most: mostReachable(standard, trace),
  };
}

export function gradeAt(standard: Standard, index: number): GradeGiven | null {
  const grade: Grade | undefined = standard.grades[index];
  return grade === undefined ? null : { index, code: grade.code, label: grade.label, credit: grade.credit };
}

function resultOf({ slots }: Compiled, indicator: Indicator, slot: number, facts: Facts, trace: Trace): IndicatorResult {
  const isScored = indicator.scoring !== undefined;
  const state = isScored ? trace.state[slot] ?? 0 : facts.states[slot] ?? 1;
  const hasFact = indicator.type !== 'events' && indicator.type !== 'derived' && facts.states[slot] === 0;
  const clause = isScored ? trace.clause[slot] ?? -1 : -1;
  const limit = trace.limit[slot] ?? 0;
  return {
    key: indicator.key,
    category: indicator.category ?? null,
    outcome: isScored ? outcomeAt(trace.outcome[slot]) : 'fact',
    points: isScored ? trace.points[slot] ?? 0 : 0,
    state: indicator.type === 'events' ? 'known' : stateOf(state),
    fact: hasFact ? writtenOf(indicator, facts.values[slot] ?? 0) : null,
    parts: partKeys(indicator).flatMap(key => { const part = slots.get(key); return part === undefined || facts.states[part] !== 0 ? [] : [{ key, value: facts.values[part] ?? 0 }]; }),
    clause: clause < 0 ? null : clause,
    limits: [...(limit & limits.period ? ['period' as const] : []), ...(limit & limits.cap ? ['cap' as const] : []), ...(limit & limits.floor ? ['floor' as const] : []), ...(limit & limits.outdone ? ['outdone' as const] : [])],
  };
}

function partKeys({ derive, scoring }: Indicator): readonly string[] {
  if (derive !== undefined) return deriveParts(derive);
  if (scoring?.kind === 'product') return scoring.factors.map(factor => factor.by);
  if (scoring?.kind === 'share') return [scoring.numerator, scoring.denominator, ...(scoring.guard === undefined ? [] : [scoring.guard.count])];
  if (scoring?.kind !== 'ratio') return [];
  return typeof scoring.denominator === 'string' ? [scoring.numerator, scoring.denominator] : [scoring.numerator];
}

function asksOf({ standard, slots }: Compiled, facts: Facts, trace: Trace): readonly string[] {
  if (trace.asks === 0) return [];
  const wanted = new Set<string>();
  const lacks = (key: string): void => {
    const scoring = standard.indicators[slots.get(key) ?? -1]?.scoring;
    const derive = standard.indicators[slots.get(key) ?? -1]?.derive;
    const parts = derive !== undefined ? deriveParts(derive) : scoring === undefined ? [] : partsOf(scoring);
    if (parts.length > 0) parts.forEach(lacks);
    else if (facts.states[slots.get(key) ?? -1] !== 0) wanted.add(key);
  };
  standard.indicators.forEach((indicator, slot) => { if (indicator.scoring !== undefined && trace.outcome[slot] === outcomes.ask) lacks(indicator.key); });
  standard.vetoes.forEach((veto, at) => { if (trace.vetoes[at] === vetoVerdicts.ask) conditionKeys(veto.when).forEach(lacks); });
  standard.preconditions.forEach((each, at) => { if (trace.preconditions[at] === verdicts.ask) conditionKeys(each.holds).forEach(lacks); });
  standard.grades.forEach(grade => grade.requires?.forEach(each => { if (Object.values(each.missing).includes('ask')) conditionKeys(each.holds).forEach(lacks); }));
  return standard.indicators.map(indicator => indicator.key).filter(key => wanted.has(key));
}

const byText = (a: string, b: string): number => a < b ? -1 : a > b ? 1 : 0;

/** Sorted by day and whatever else is told of them, so that the order in which they were gathered leaves no mark. */
function eventsOf(standard: Standard, facts: Facts, trace: Trace, today: number): readonly EventResult[] {
  const told = facts.events.flatMap((event, at): EventResult[] => {
    const indicator = standard.indicators[event.slot];
    const item = indicator?.scoring?.kind === 'events' ? indicator.scoring.items[event.item] : undefined;
    if (indicator === undefined || item === undefined) return [];
    const standing = standingAt(trace.standing[at]);
    return [{ indicator: indicator.key, item: item.key, on: dayFromNumber(event.day), amount: event.amount, points: standing === 'counts' || standing === 'outdone' ? trace.eventPoints[at] ?? 0 : 0, standing, curedOn: event.cured === undefined || event.cured > today ? null : dayFromNumber(event.cured) }];
  });
  const name = (event: EventResult): string => [event.on, event.indicator, event.item].join('|');
  return told.map(event => ({ event, name: name(event) }))
    .sort((a, b) => byText(a.name, b.name) || a.event.amount - b.event.amount || a.event.points - b.event.points || byText(a.event.standing, b.event.standing) || byText(a.event.curedOn ?? '', b.event.curedOn ?? '')).map(each => each.event);
}

const named = <T extends Readonly<Record<string, number>>>(codes: T, code: number | undefined, otherwise: keyof T & string): keyof T & string =>
  (Object.keys(codes) as (keyof T & string)[]).find(name => codes[name] === code) ?? otherwise;

const verdictAt = (code: number | undefined): Verdict => named(verdicts, code, 'ask');
/** What nothing judged belongs to an indicator whose basis lapsed. */
function standingAt(code: number | undefined): Standing {
  const name = named(standings, code, 'lapsed');
  return name === 'elsewhere' ? 'lapsed' : name;
}
function outcomeAt(code: number | undefined): Outcome {
  const name = named(outcomes, code, 'ask');
  return name === 'unscored' ? 'fact' : name;
}
