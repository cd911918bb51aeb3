import { addMonths } from '../../src/kit/time.ts';
import type { Condition, Requirement } from '../../src/standards/conditions.ts';
import type { EventItem } from '../../src/standards/kinds/event-item.ts';
import type { EventsRule } from '../../src/standards/kinds/events.ts';
import type { Indicator, MissingState, Standard, WrittenEvent, WrittenFact } from '../../src/standards/standard.ts';

/**
 * A second evaluator, written for the eye and not for speed: it reads the file's own words, keeps every number as an exact fraction of big integers,
 * and shares no arithmetic with the real one. Where they differ, one of them misreads the rules.
 */
export interface Referred { readonly points: Readonly<Record<string, string>>; readonly total: string; readonly grade: string; readonly vetoes: readonly string[]; readonly verdicts: readonly string[]; readonly asks: boolean }

type Q = readonly [bigint, bigint];   // Always with a positive second part.
const q = (written: number | string): Q => {
  const text = String(written);
  if (text.includes('/')) { const [a = '0', b = '1'] = text.split('/'); return [BigInt(a.trim()), BigInt(b.trim())]; }
  if (text.endsWith('%')) { const [a, b] = q(text.slice(0, -1)); return [a, b * 100n]; }
  const [whole = '0', part = ''] = text.split('.');
  return [BigInt(whole + part), 10n ** BigInt(part.length)];
};
const compare = (a: Q, b: Q): bigint => a[0] * b[1] - b[0] * a[1];
const plus = (a: Q, b: Q): Q => [a[0] * b[1] + b[0] * a[1], a[1] * b[1]];
const times = (a: Q, b: Q): Q => [a[0] * b[0], a[1] * b[1]];
const over = (a: Q, b: Q): Q => b[0] < 0n ? [-a[0] * b[1], a[1] * -b[0]] : [a[0] * b[1], a[1] * b[0]];
const least = (a: Q, b: Q): Q => compare(a, b) < 0n ? a : b;
const most = (a: Q, b: Q): Q => compare(a, b) > 0n ? a : b;
const floor = (a: Q): bigint => a[0] >= 0n ? a[0] / a[1] : -((-a[0] + a[1] - 1n) / a[1]);
const zero: Q = [0n, 1n];
const whole = (n: bigint): Q => [n, 1n];
const minus = (a: Q): Q => [-a[0], a[1]];
const sum = (all: readonly Q[]): Q => all.reduce(plus, zero);
const text = (a: Q): string => { const cents = floor(plus(times(a, whole(100n)), [1n, 2n])); return String(Number(cents) / 100); };

interface Bounds { readonly atLeast?: number | string; readonly above?: number | string; readonly atMost?: number | string; readonly below?: number | string }
const within = (value: Q, b: Bounds): boolean =>
  (b.atLeast === undefined || compare(value, q(b.atLeast)) >= 0n) && (b.above === undefined || compare(value, q(b.above)) > 0n)
  && (b.atMost === undefined || compare(value, q(b.atMost)) <= 0n) && (b.below === undefined || compare(value, q(b.below)) < 0n);

const stateOrder: readonly MissingState[] = ['notAsked', 'dontKnow', 'refused', 'noDealings'];

export function refer(standard: Standard, facts: Readonly<Record<string, WrittenFact>>, events: readonly WrittenEvent[], day: string, inForce: ReadonlySet<string>): Referred {
  const indicatorOf = (key: string): Indicator => { const held = standard.indicators.find(each => each.key === key); if (held === undefined) throw new Error(key); return held; };
  const stateOf = (key: string): MissingState | 'known' => { const fact = facts[key]; return fact === undefined ? 'notAsked' : typeof fact === 'object' ? fact.missing : 'known'; };
  const number = (key: string): Q => { const fact = facts[key]; return typeof fact === 'number' ? q(fact) : zero; };
  const lapsed = (cited: readonly string[] | undefined): boolean => cited !== undefined && cited.length > 0 && cited.every(id => !inForce.has(id));
  const worst = (keys: readonly string[]): MissingState | 'known' => stateOrder.find(state => keys.some(key => stateOf(key) === state)) ?? 'known';
  let asks = false;

  const shareVerdict = (key: string): 'met' | 'unmet' | 'aside' | MissingState => {
    const rule = indicatorOf(key).scoring;
    if (rule?.kind !== 'share') throw new Error('not a share');
    const state = worst([rule.numerator, rule.denominator, ...(rule.guard === undefined ? [] : [rule.guard.count])]);
    if (state !== 'known') return state;
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
    if ('former' in condition) return false;
    if ('not' in condition) { const inner = truth(condition.not); return typeof inner === 'boolean' ? !inner : inner; }
    const indicator = indicatorOf(condition.indicator);
    if (indicator.scoring?.kind === 'share') { const verdict = shareVerdict(condition.indicator); return verdict === 'met' ? true : verdict === 'unmet' ? false : verdict; }
    const state = stateOf(condition.indicator);
    if (state !== 'known') return state;
    const fact = facts[condition.indicator];
    if ('is' in condition) return [condition.is].flat().some(each => each === fact);
    return 'met' in condition || within(number(condition.indicator), condition);
  };

  const verdict = (requirement: Requirement): 'holds' | 'fails' | 'setAside' | 'ask' => {
    const answer = truth(requirement.holds);
    return answer === true ? 'holds' : answer === false ? 'fails' : answer === 'aside' ? 'setAside' : requirement.missing[answer];
  };

  const known = (indicator: Indicator): Q => {
    const rule = indicator.scoring;
    const fact = facts[indicator.key];
    switch (rule?.kind) {
      case 'flag': return q(fact === true ? rule.yes : rule.no);
      case 'choice': {
        const option = indicator.options?.find(each => each.key === fact);
        return q(lapsed(option?.legalBasis) ? indicator.neutral ?? 0 : option?.points ?? 0);
      }
      case 'bands': {
        const measured = rule.measure === undefined || rule.measure === 'value' ? number(indicator.key) : whole(BigInt(passed(rule.measure, fact, day)));
        return q(rule.bands.find(band => within(measured, band))?.points ?? 0);
      }
      case 'steps': {
        const away = over(plus(number(indicator.key), minus(q(rule.standard))), q(rule.step));
        const steps = away[0] < 0n ? -floor(minus(away)) : floor(away);
        return most(q(rule.floor), least(q(rule.cap), plus(q(rule.at), times(whole(steps), q(rule.pointsPerStep)))));
      }
      case 'ratio': {
        const named = typeof rule.denominator === 'string' ? undefined : rule.denominator;
        const base = standard.localBases?.find(each => each.key === named?.base);
        const under = typeof rule.denominator === 'string' ? number(rule.denominator) : times(q(base?.value ?? 0), named?.times === undefined ? whole(1n) : number(named.times));
        if (compare(under, zero) <= 0n) return q(rule.whenEmpty);
        const value = over(number(rule.numerator), under);
        if (rule.full === undefined) return q(rule.bands?.find(band => within(value, band))?.points ?? 0);
        const cents = times(times(least(whole(1n), most(zero, value)), q(rule.full)), whole(100n));
        return over(whole(floor(standard.rounding === 'down' ? cents : plus(cents, [1n, 2n]))), whole(100n));
      }
      case 'share': {
        const answer = shareVerdict(indicator.key);
        return q(answer === 'met' ? rule.points?.met ?? 0 : answer === 'aside' ? rule.points?.setAside ?? 0 : rule.points?.unmet ?? 0);
      }
      default: return zero;
    }
  };

  const eventPoints = (indicator: Indicator, rule: EventsRule): Q => {
    const living = events.filter(event => event.indicator === indicator.key && event.on <= day).filter(event => {
      const item = rule.items.find(each => each.key === event.item);
      return item !== undefined && !lapsed(item.legalBasis) && addMonths(event.on, item.lifeMonths) > day;
    });
    const gains = rule.items.flatMap(item => itemGains(item, living.filter(event => event.item === item.key), rule.pick === 'all'));
    const whole = rule.pick === 'all' ? sum(gains) : gains.length === 0 ? zero : gains.reduce(rule.pick === 'best' ? most : least);
    return most(q(rule.floor), least(q(rule.cap), plus(q(rule.start), whole)));
  };

  const pointsOf = (indicator: Indicator): Q => {
    const rule = indicator.scoring;
    if (rule === undefined) return zero;
    if (indicator.neutral !== undefined && lapsed(indicator.legalBasis)) return q(indicator.neutral);
    if (rule.kind === 'events') return eventPoints(indicator, rule);
    const parts = rule.kind === 'ratio' ? [rule.numerator, ...(typeof rule.denominator === 'string' ? [rule.denominator] : rule.denominator.times === undefined ? [] : [rule.denominator.times])]
      : rule.kind === 'share' ? [rule.numerator, rule.denominator, ...(rule.guard === undefined ? [] : [rule.guard.count])] : [indicator.key];
    const state = worst(parts);
    if (state === 'known') return known(indicator);
    const given = indicator.missing?.[state] ?? (indicator.category === undefined ? 0 : 'ask');
    if (given === 'ask') { asks = true; return zero; }
    return q(given);
  };

  const points = new Map(standard.indicators.filter(each => each.scoring !== undefined).map(each => [each.key, pointsOf(each)]));
  const clamp = (value: Q, limits: { readonly cap?: number; readonly floor?: number } = {}): Q => {
    const low = limits.cap === undefined ? value : least(value, q(limits.cap));
    return limits.floor === undefined ? low : most(low, q(limits.floor));
  };
  const sums = standard.categories.map(category => clamp(sum(standard.indicators.filter(each => each.category === category.key).map(each => points.get(each.key) ?? zero)), category));
  const total = clamp(plus(q(standard.base), sum(sums)), standard.total);

  let grade = standard.grades.findIndex(each => {
    if (!within(total, each)) return false;
    const answers = (each.requires ?? []).map(verdict);
    if (answers.includes('ask')) asks = true;
    return answers.every(answer => answer === 'holds' || answer === 'setAside');
  });
  const verdicts = standard.preconditions.map(each => lapsed(each.legalBasis) ? 'setAside' : verdict(each));
  if (verdicts.includes('fails')) grade = -1;
  if (verdicts.includes('ask')) asks = true;
  const hits = standard.vetoes.filter(veto => {
    if (lapsed(veto.legalBasis)) return false;
    const answer = truth(veto.when);
    if (typeof answer === 'string' && answer !== 'aside' && veto.missing[answer] === 'ask') asks = true;
    return answer === true;
  });
  const direct = hits.map(veto => veto.grade === undefined ? Infinity : standard.grades.findIndex(each => each.code === veto.grade));
  if (grade >= 0) grade = Math.max(grade, ...direct);
  return {
    points: Object.fromEntries([...points].map(([key, value]) => [key, text(value)])),
    total: text(total), grade: standard.grades[grade]?.code ?? 'none', vetoes: hits.map(veto => veto.key), verdicts, asks,
  };
}

/** What each item gives: one gain per event, or one for the item where it is summed or capped by period. */
function itemGains(item: EventItem, living: readonly WrittenEvent[], isSummedUp: boolean): Q[] {
  if (living.length === 0) return [];
  const limited = (value: Q, cap: number | undefined): Q => cap === undefined ? value : most(minus(q(cap)), least(q(cap), value));
  const amounts = living.map(event => q(event.amount ?? 1));
  if (item.ladder !== undefined) {
    const reached = sum(amounts);
    const rungs = item.ladder.rungs.filter(rung => compare(reached, q(rung.atLeast)) >= 0n).sort((a, b) => b.atLeast - a.atLeast);
    return [limited(q(rungs[0]?.points ?? 0), item.atAll)];
  }
  if (item.tiers !== undefined) {
    let [from, gained]: [Q, Q] = [zero, zero];
    for (const range of item.tiers.ranges) {
      const upTo = range.upTo === undefined ? sum(amounts) : least(q(range.upTo), sum(amounts));
      const inside = most(zero, plus(upTo, minus(from)));
      gained = plus(gained, times(q(range.points), whole(floor(over(inside, q(range.every))))));
      if (range.upTo !== undefined) from = q(range.upTo);
    }
    return [limited(gained, item.atAll)];
  }
  const { each } = item;
  if (each?.sum === true) return [limited(times(q(item.points), whole(floor(over(sum(amounts), q(each.amount))))), item.atAll)];
  const gains = living.map((event, at) => ({ on: event.on, points: limited(each === undefined ? q(item.points) : times(q(item.points), whole(floor(over(amounts[at] ?? zero, q(each.amount))))), item.perEvent) }));
  if (!isSummedUp) return gains.map(gain => gain.points);
  const grouped = (list: readonly { readonly on: string; readonly points: Q }[], periodOf: (on: string) => string, cap: number | undefined): { on: string; points: Q }[] =>
    [...Map.groupBy(list, gain => periodOf(gain.on)).values()].map(group => ({ on: group[0]?.on ?? '', points: limited(sum(group.map(gain => gain.points)), cap) }));
  const months = grouped(gains, on => on.slice(0, 7), item.perMonth);
  const quarters = grouped(months, on => `${on.slice(0, 4)}-${Math.floor((Number(on.slice(5, 7)) - 1) / 3)}`, item.perQuarter);
  const years = grouped(quarters, on => on.slice(0, 4), item.perYear);
  return [limited(sum(years.map(year => year.points)), item.atAll)];
}

function passed(measure: 'years' | 'months', fact: WrittenFact | undefined, day: string): number {
  if (typeof fact === 'number') return Number(day.slice(0, 4)) - fact;
  const from = String(fact);
  const months = (Number(day.slice(0, 4)) - Number(from.slice(0, 4))) * 12 + Number(day.slice(5, 7)) - Number(from.slice(5, 7)) - (day.slice(8) < from.slice(8) ? 1 : 0);
  return measure === 'months' ? months : Math.floor(months / 12);
}
