import { amongOf, isCounting } from './aggregate.ts';
import type { Aggregate, Counting, MemberCondition, MemberValue } from './aggregate.ts';
import { holds, spanOf } from './bounds.ts';
import { isHeld, itemsOf, slotsOf, type Facts } from './facts.ts';
import { firstDayBack } from './kinds/window.ts';
import type { Indicator, Standard } from './standard.ts';
import { largestFact, scaleOf, valueOf, writtenOf } from './values.ts';

/** What is known of a household or place when those above it count: its facts, and its result if that is approved. */
export interface Member { readonly facts: Facts; readonly takesPart: boolean; readonly objections: number; readonly result?: MemberResult | undefined }
/** Points in hundredths, the place in the table of grades (-1 for none). */
export interface MemberResult { readonly points: number; readonly grade: number; readonly credit: boolean }

/** How many fit, of how many the value is known, and the sum of what is known. */
export interface Sum { readonly fit: number; readonly known: number; readonly sum: number }

/** The sums of several places together; one that has none adds nothing. */
export const sumOver = (places: readonly number[], of: (place: number) => Sum | undefined): Sum => places.reduce<Sum>((whole, place) => {
  const own = of(place);
  return own === undefined ? whole : { fit: whole.fit + own.fit, known: whole.known + own.known, sum: whole.sum + own.sum };
}, { fit: 0, known: 0, sum: 0 });

/** `facts` names what the facts of members are, `grades` the table of their results: where a draft is tried they may be two standards. */
export interface Below { readonly facts: Standard; readonly grades: Pick<Standard, 'grades'>; readonly dayNumber: number }

/** What one member adds: null where it does not fit, NaN where it fits and is not known. */
export type Measure = (member: Member) => number | null;

export function measureOf(aggregate: Counting, below: Below): Measure {
  const among = amongOf(aggregate);
  const fits = aggregate.where === undefined ? () => true : claim(aggregate.where, below);
  const value = 'count' in aggregate ? () => 1 : valueIn(aggregate.value, below);
  const times = 'sum' in aggregate && aggregate.times !== undefined ? valueIn({ indicator: aggregate.times }, below) : undefined;
  return member => {
    if (among === 'rated' ? member.result === undefined : among === 'takingPart' && !member.takesPart) return null;
    if (fits(member) !== true) return null;
    return times === undefined ? value(member) : value(member) * times(member);
  };
}

export function sumOf(members: Iterable<Member>, measure: Measure): Sum {
  let [fit, known, sum] = [0, 0, 0];
  for (const member of members) {
    const value = measure(member);
    if (value === null) continue;
    fit++;
    if (Number.isNaN(value)) continue;
    known++;
    sum += value;
  }
  return { fit, known, sum };
}

/** The figure as a fact of the place: a kept integer, or undefined where it is not known (or too large to be one). */
export function figureOf(aggregate: Aggregate, indicator: Indicator, { fit, known, sum }: Sum): number | undefined {
  if (!isCounting(aggregate)) return undefined;
  if ('sum' in aggregate && fit > 0 && (known === 0 || (aggregate.unknown === 'ask' && known < fit))) return undefined;
  const amounts = 'sum' in aggregate && typeof aggregate.value === 'object' && 'events' in aggregate.value && aggregate.value.of === 'amount' && scaleOf(indicator.type) === 1;
  const figure = amounts ? Math.floor(sum / 100) : sum;
  return Math.abs(figure) > largestFact ? undefined : figure;
}
/** The same in the words of a file. */
export const writtenFigure = (aggregate: Aggregate, indicator: Indicator, sum: Sum): number | undefined => {
  const figure = figureOf(aggregate, indicator, sum);
  return figure === undefined ? undefined : Number(writtenOf(indicator, figure));
};

function valueIn(value: MemberValue, { facts, dayNumber }: Below): (member: Member) => number {
  if (value === 'total') return ({ result }) => result?.points ?? NaN;
  if (value === 'openObjections') return member => member.objections;
  const slots = slotsOf(facts);
  if ('indicator' in value) {
    const slot = slots.get(value.indicator) ?? -1;
    return member => member.facts.states[slot] === 0 ? member.facts.values[slot] ?? NaN : NaN;
  }
  const slot = slots.get(value.events) ?? -1;
  const items = itemsOf(facts.indicators[slot]).map(item => value.items === undefined || value.items.includes(item.key));
  const since = firstDayBack(value.months, dayNumber);
  return ({ facts: { events } }) => {
    if (slot < 0) return NaN;
    let sum = 0;
    for (const event of events) if (event.slot === slot && items[event.item] === true && event.day >= since && event.day <= dayNumber && isHeld(event, dayNumber)) sum += value.of === 'count' ? 1 : event.amount;
    return sum;
  };
}

/** Undefined: not known. */
type Claim = (member: Member) => boolean | undefined;

function claim(condition: MemberCondition, below: Below): Claim {
  if ('all' in condition) return several(condition.all.map(each => claim(each, below)), false);
  if ('any' in condition) return several(condition.any.map(each => claim(each, below)), true);
  if ('not' in condition) { const inner = claim(condition.not, below); return member => { const answer = inner(member); return answer === undefined ? undefined : !answer; }; }
  if ('credit' in condition) return ({ result }) => result === undefined ? undefined : result.credit === condition.credit;
  if ('grade' in condition) {
    const least = below.grades.grades.findIndex(grade => grade.code === condition.grade);
    return ({ result }) => result === undefined || least < 0 ? undefined : result.grade >= 0 && result.grade <= least;
  }
  if ('total' in condition) { const span = spanOf(condition.total, 100); return ({ result }) => result === undefined ? undefined : holds(span, result.points); }
  const slot = slotsOf(below.facts).get(condition.indicator) ?? -1;
  const indicator = below.facts.indicators[slot];
  if (indicator === undefined) return () => undefined;
  const fits = factTest(condition, indicator);
  return ({ facts }) => facts.states[slot] === 0 ? fits(facts.values[slot] ?? 0) : undefined;
}

/** What a claim about a fact asks of its kept integer. */
export function factTest(condition: Extract<MemberCondition, { readonly indicator: string }>, indicator: Indicator): (value: number) => boolean {
  const wanted = wantedValues(condition, indicator);
  if (wanted !== undefined) return value => wanted.includes(value);
  const span = spanOf('is' in condition ? {} : condition, scaleOf(indicator.type));
  return value => holds(span, value);
}
/** The integers that `is` names; undefined for bounds. */
export const wantedValues = (condition: Extract<MemberCondition, { readonly indicator: string }>, indicator: Indicator): readonly number[] | undefined =>
  'is' in condition ? [condition.is].flat().flatMap(each => valueOf(indicator, each) ?? []) : undefined;

const several = (claims: readonly Claim[], decisive: boolean): Claim => member => {
  let answer: boolean | undefined = !decisive;
  for (const each of claims) {
    const own = each(member);
    if (own === decisive) return decisive;
    if (own === undefined) answer = undefined;
  }
  return answer;
};
