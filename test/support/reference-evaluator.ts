import type { Condition, Requirement } from '../../src/standards/conditions.ts';
import type { LineRule } from '../../src/standards/kinds/line.ts';
import type { Factor, ProductRule } from '../../src/standards/kinds/product.ts';
import type { RatioRule } from '../../src/standards/kinds/ratio.ts';
import type { Grade, Indicator, MissingState, Veto } from '../../src/standards/standard.ts';
import { eventPoints, tiered } from './reference-events.ts';
import { heldFacts, numberOf, span, stateOrder, worstOf } from './reference-facts.ts';
import { compare, floor, least, minus, most, one, over, plus, q, rounded, rowOf, sum, text, times, whole, within, zero } from './reference-number.ts';
import type { Q } from './reference-number.ts';
import type { RandomRating } from './random-standard.ts';

/**
 * A second evaluator, written for the eye and not for speed: it reads the file's own words, keeps every number as an exact fraction of big integers,
 * and shares no arithmetic with the real one. Where they differ, one of them misreads the rules.
 */
export interface Referred {
  readonly points: Readonly<Record<string, string>>; readonly total: string; readonly grade: string; readonly gradeByPoints: string; readonly type: string;
  readonly vetoes: readonly string[]; readonly repaired: readonly string[]; readonly verdicts: readonly string[]; readonly asks: boolean;
  /** Each derived number, or how it is not known. */
  readonly made: Readonly<Record<string, string>>;
  /** How many single events counted, of indicators that pick all. */
  readonly counted: Readonly<Record<string, number>>;
}

export function refer({ standard, facts, events, day, bases, former, round }: RandomRating): Referred {
  const indicatorOf = (key: string): Indicator => { const found = standard.indicators.find(each => each.key === key); if (found === undefined) throw new Error(key); return found; };
  const held = heldFacts(standard, facts, events, day);
  const worst = (keys: readonly string[]): MissingState | undefined => worstOf(keys, held);
  const number = (key: string): Q => numberOf(key, held);
  const given = (key: string): unknown => { const each = held.get(key); return each !== undefined && 'value' in each ? each.value : undefined; };
  const lapsed = (cited: readonly string[] | undefined): boolean => cited !== undefined && cited.length > 0 && cited.every(id => !bases.has(id));
  const around = { day, round: round ?? { from: `${standard.year}-01-01`, to: `${standard.year}-12-31` }, rounding: standard.rounding, lapsed, known: (key: string) => worst([key]) === undefined ? number(key) : undefined };
  const formerAt = standard.grades.findIndex(each => each.code === former);
  const counted: Record<string, number> = {};
  let asks = false;

  const shareVerdict = (key: string): 'met' | 'unmet' | 'aside' | MissingState => {
    const rule = indicatorOf(key).scoring;
    if (rule?.kind !== 'share') throw new Error('not a share');
    const state = worst(partsOf(indicatorOf(key)));
    if (state !== undefined) return state;
    if (rule.guard !== undefined && compare(number(rule.guard.count), q(rule.guard.below)) < 0n) return rule.guard.then === 'setAside' ? 'aside' : 'unmet';
    if (compare(number(rule.denominator), zero) <= 0n) return rule.whenEmpty === 'setAside' ? 'aside' : 'unmet';
    return within(over(number(rule.numerator), number(rule.denominator)), rule.wanted) ? 'met' : 'unmet';
  };

  const truth = (condition: Condition): boolean | 'aside' | MissingState => {
    if ('all' in condition || 'any' in condition) {
      const decisive = 'any' in condition;
      const answers = ('any' in condition ? condition.any : condition.all).map(truth);
      if (answers.includes(decisive)) return decisive;
      const unknown = stateOrder.find(state => answers.includes(state));
      return unknown ?? (answers.length > 0 && answers.every(answer => answer === 'aside') ? 'aside' : !decisive);
    }
    if ('former' in condition) return formerAt >= 0 && formerAt <= standard.grades.findIndex(each => each.code === condition.former);
    if ('not' in condition) { const inner = truth(condition.not); return typeof inner === 'boolean' ? !inner : inner; }
    if ('category' in condition) return within(sums[standard.categories.findIndex(each => each.key === condition.category)] ?? zero, condition);
    const indicator = indicatorOf(condition.indicator);
    if (indicator.scoring?.kind === 'share') { const verdict = shareVerdict(condition.indicator); return verdict === 'met' ? true : verdict === 'unmet' ? false : verdict; }
    const state = worst([condition.indicator]);
    if (state !== undefined) return state;
    if ('is' in condition) return [condition.is].flat().some(each => each === given(condition.indicator));
    return 'met' in condition || within(number(condition.indicator), condition);
  };

  const verdict = (requirement: Requirement): 'holds' | 'fails' | 'setAside' | 'ask' => {
    const answer = truth(requirement.holds);
    return answer === true ? 'holds' : answer === false ? 'fails' : answer === 'aside' ? 'setAside' : requirement.missing[answer];
  };

  const measured = (key: string, measure: 'value' | 'years' | 'months' | undefined): Q => {
    if (measure === undefined || measure === 'value') return number(key);
    return indicatorOf(key).type === 'year' ? plus(q(day.slice(0, 4)), minus(number(key))) : whole(span(String(given(key)), day, measure));
  };
  const factorOf = (factor: Factor): Q => q(('options' in factor ? factor.options[String(given(factor.by))] : rowOf(measured(factor.by, factor.measure), factor.bands)?.times) ?? 1);
  const product = (rule: ProductRule): Q => between(rounded(rule.factors.map(factorOf).reduce(times, q(rule.base)), standard.rounding, 2), rule);

  const ratio = (rule: RatioRule): Q => {
    const named = typeof rule.denominator === 'string' ? undefined : rule.denominator;
    const mean = q(standard.localBases?.find(each => each.key === named?.base)?.value ?? 0);
    const under = typeof rule.denominator === 'string' ? number(rule.denominator) : times(mean, named?.times === undefined ? one : number(named.times));
    if (compare(under, zero) <= 0n) return q(rule.whenEmpty);
    const value = over(number(rule.numerator), under);
    if (rule.full === undefined) return q(rowOf(value, rule.bands ?? [])?.points ?? 0);
    return rounded(times(least(one, most(zero, value)), q(rule.full)), standard.rounding, 2);
  };

  const known = (indicator: Indicator): Q => {
    const rule = indicator.scoring;
    switch (rule?.kind) {
      case 'flag': return q(given(indicator.key) === true ? rule.yes : rule.no);
      case 'choice': {
        const option = indicator.options?.find(each => each.key === given(indicator.key));
        return q(lapsed(option?.legalBasis) ? indicator.neutral ?? 0 : option?.points ?? 0);
      }
      case 'bands': return q(rule.bands.find(band => within(measured(indicator.key, rule.measure), band))?.points ?? 0);
      case 'steps': {
        const away = over(plus(number(indicator.key), minus(q(rule.standard))), q(rule.step));
        const steps = away[0] < 0n ? -floor(minus(away)) : floor(away);
        return between(plus(q(rule.at), times(whole(steps), q(rule.pointsPerStep))), rule);
      }
      case 'line': return onLine(rule, number(indicator.key), standard.rounding);
      case 'tiers': return between(plus(q(rule.start), tiered(rule.ranges, number(indicator.key))), rule);
      case 'product': return product(rule);
      case 'ratio': return ratio(rule);
      case 'share': {
        const answer = shareVerdict(indicator.key);
        return q(answer === 'met' ? rule.points?.met ?? 0 : answer === 'aside' ? rule.points?.setAside ?? 0 : rule.points?.unmet ?? 0);
      }
      default: return zero;
    }
  };

  const pointsOf = (indicator: Indicator): Q => {
    const rule = indicator.scoring;
    if (rule === undefined) return zero;
    if (indicator.neutral !== undefined && lapsed(indicator.legalBasis)) return q(indicator.neutral);
    if (rule.kind === 'events') {
      const told = eventPoints(rule, events.filter(event => event.indicator === indicator.key), around);
      if (rule.pick === 'all') counted[indicator.key] = told.counted;
      return told.points;
    }
    if (rule.kind === 'former') return q(rule.grades[standard.grades[formerAt]?.code ?? ''] ?? rule.otherwise);
    const state = worst(partsOf(indicator));
    if (state === undefined) return known(indicator);
    const gives = indicator.missing?.[state] ?? (indicator.category === undefined ? 0 : 'ask');
    if (gives === 'ask') { asks = true; return zero; }
    return q(gives);
  };

  const points = new Map(standard.indicators.filter(each => each.scoring !== undefined).map(each => [each.key, pointsOf(each)]));
  const sums = standard.categories.map(category => {
    const inside = standard.indicators.filter(each => each.category === category.key && each.scoring !== undefined);
    const { pick } = category;
    if (pick !== undefined) {   // The first that no other outdoes is left, the others have nothing.
      const better = (a: Indicator, b: Indicator): bigint => compare(points.get(a.key) ?? zero, points.get(b.key) ?? zero) * (pick === 'best' ? 1n : -1n);
      const kept = inside.find(each => inside.every(other => better(other, each) <= 0n));
      for (const each of inside) if (each !== kept) points.set(each.key, zero);
    }
    return between(sum(inside.map(each => points.get(each.key) ?? zero)), category);
  });

  const type = standard.types?.find(each => {
    const answer = truth(each.when);
    if (typeof answer === 'string' && answer !== 'aside' && each.missing[answer] === 'ask') asks = true;
    return answer === true;
  });
  /** Hit by what is known, with a basis that still holds. */
  const hit = standard.vetoes.filter(veto => {
    if (lapsed(veto.legalBasis)) return false;
    const answer = truth(veto.when);
    if (typeof answer === 'string' && answer !== 'aside' && veto.missing[answer] === 'ask') asks = true;
    return answer === true;
  });
  const repaired = hit.filter(veto => veto.repair !== undefined && truth(veto.repair.when) === true);
  const judging = hit.filter(veto => !repaired.includes(veto));

  const counts = plus(plus(q(standard.base), sum(sums)), sum(repaired.map(veto => q(veto.repair?.points ?? 0))));
  const byPoints = between(rounded(times(counts, q(type?.weight ?? 1)), standard.rounding, 2), standard.total ?? {});
  const total = judging.reduce((lowest, veto) => veto.total === undefined ? lowest : least(lowest, q(veto.total)), byPoints);

  const boundsOf = (grade: Grade) => type?.bounds?.[grade.code] ?? grade;
  /** Place of the first grade that fits; no grade stands behind them all. */
  const gradeFor = (value: Q): number => {
    const at = standard.grades.findIndex(grade => {
      if (!within(value, boundsOf(grade))) return false;
      const answers = (grade.requires ?? []).map(verdict);
      if (answers.includes('ask')) asks = true;
      return answers.every(answer => answer === 'holds' || answer === 'setAside');
    });
    return at < 0 ? standard.grades.length : at;
  };
  const judgedTo = (veto: Veto): number => veto.grade !== undefined ? standard.grades.findIndex(each => each.code === veto.grade) : veto.total !== undefined ? 0 : standard.grades.length;
  const verdicts = standard.preconditions.map(each => lapsed(each.legalBasis) ? 'setAside' : verdict(each));
  if (verdicts.includes('ask')) asks = true;
  const gradeByPoints = gradeFor(byPoints);
  const grade = verdicts.includes('fails') ? standard.grades.length : Math.max(gradeByPoints, gradeFor(total), ...judging.map(judgedTo));

  return {
    points: Object.fromEntries([...points].map(([key, value]) => [key, text(value)])), total: text(total),
    grade: standard.grades[grade]?.code ?? 'none', gradeByPoints: standard.grades[gradeByPoints]?.code ?? 'none', type: type?.key ?? 'none',
    vetoes: judging.map(veto => veto.key), repaired: repaired.map(veto => veto.key), verdicts, asks, counted,
    made: Object.fromEntries(standard.indicators.filter(each => each.derive !== undefined).map(each => [each.key, worst([each.key]) ?? text(number(each.key))])),
  };
}

const between = (value: Q, { cap, floor: low }: { readonly cap?: number; readonly floor?: number }): Q => {
  const capped = cap === undefined ? value : least(value, q(cap));
  return low === undefined ? capped : most(q(low), capped);
};

/** Evenly between two knots, and level beyond the outer ones. */
function onLine({ knots }: LineRule, value: Q, rounding: 'half-up' | 'down'): Q {
  const at = knots.findIndex(knot => compare(value, q(knot.value)) <= 0n);
  const [low, high] = at < 0 ? [knots.at(-1), knots.at(-1)] : [knots[at - 1] ?? knots[at], knots[at]];
  if (low === undefined || high === undefined) throw new Error('a line has knots');
  if (low === high) return q(low.points);
  const part = over(plus(value, minus(q(low.value))), plus(q(high.value), minus(q(low.value))));
  return rounded(plus(q(low.points), times(part, plus(q(high.points), minus(q(low.points))))), rounding, 2);
}

/** Keys of the facts that a rule looks at. */
function partsOf({ key, scoring }: Indicator): readonly string[] {
  switch (scoring?.kind) {
    case 'ratio': return [scoring.numerator, ...typeof scoring.denominator === 'string' ? [scoring.denominator] : scoring.denominator.times === undefined ? [] : [scoring.denominator.times]];
    case 'share': return [scoring.numerator, scoring.denominator, ...scoring.guard === undefined ? [] : [scoring.guard.count]];
    case 'product': return scoring.factors.map(factor => factor.by);
    default: return [key];
  }
}
