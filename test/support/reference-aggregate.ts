import { addMonths } from '../../src/kit/time.ts';
import type { Counting, MemberCondition, MemberValue } from '../../src/standards/aggregate.ts';
import type { Standard, WrittenEvent, WrittenFact } from '../../src/standards/standard.ts';
import { compare, plus, q, times, whole, within, zero } from './reference-number.ts';
import type { Q } from './reference-number.ts';

/** A household as it is told in words: what it answered, what happened, and its result if that is approved. */
export interface ToldMember {
  readonly facts: Readonly<Record<string, WrittenFact>>; readonly events: readonly WrittenEvent[]; readonly takesPart: boolean; readonly objections: number;
  readonly result?: { readonly points: number; readonly grade: string } | undefined;
}

/** How many fit, of how many the value is known, and their sum in exact numbers: the docstrings of `aggregate.ts`, read a second time. */
export function referSum(aggregate: Counting, standard: Standard, members: readonly ToldMember[], day: string): { readonly fit: number; readonly known: number; readonly sum: Q } {
  const order = standard.grades.map(grade => grade.code);
  const fits = members.filter(member => (aggregate.among === 'rated' ? member.result !== undefined : aggregate.among !== 'takingPart' || member.takesPart) && (aggregate.where === undefined || truth(aggregate.where, member) === 'yes'));
  const values = fits.map(member => 'count' in aggregate ? whole(1) : product(valueOf(aggregate.value, member), aggregate.times === undefined ? whole(1) : valueOf({ indicator: aggregate.times }, member)));
  const known = values.filter(value => value !== undefined);
  return { fit: fits.length, known: known.length, sum: known.reduce(plus, zero) };

  function valueOf(value: MemberValue, { facts, events, result, objections }: ToldMember): Q | undefined {
    if (value === 'total') return result === undefined ? undefined : q(result.points);
    if (value === 'openObjections') return whole(objections);
    if ('indicator' in value) { const fact = facts[value.indicator]; return typeof fact === 'number' ? q(fact) : undefined; }
    const own = events.filter(event => event.indicator === value.events && (value.items === undefined || value.items.includes(event.item)) && event.on <= day && addMonths(event.on, value.months) > day);
    return value.of === 'count' ? whole(own.length) : own.map(event => q(event.amount ?? 1)).reduce(plus, zero);
  }

  function truth(condition: MemberCondition, member: ToldMember): 'yes' | 'no' | 'unknown' {
    if ('all' in condition) { const answers = condition.all.map(each => truth(each, member)); return answers.includes('no') ? 'no' : answers.includes('unknown') ? 'unknown' : 'yes'; }
    if ('any' in condition) { const answers = condition.any.map(each => truth(each, member)); return answers.includes('yes') ? 'yes' : answers.includes('unknown') ? 'unknown' : 'no'; }
    if ('not' in condition) { const answer = truth(condition.not, member); return answer === 'yes' ? 'no' : answer === 'no' ? 'yes' : 'unknown'; }
    if ('indicator' in condition) {
      const fact = member.facts[condition.indicator];
      if (fact === undefined || typeof fact === 'object') return 'unknown';
      return ('is' in condition ? [condition.is].flat().some(each => each === fact) : typeof fact === 'number' && within(q(fact), condition)) ? 'yes' : 'no';
    }
    if (member.result === undefined) return 'unknown';
    const { points, grade } = member.result;
    if ('total' in condition) return within(q(points), condition.total) ? 'yes' : 'no';
    if ('credit' in condition) return (standard.grades.find(each => each.code === grade)?.credit === true) === condition.credit ? 'yes' : 'no';
    return order.includes(grade) && order.indexOf(grade) <= order.indexOf(condition.grade) ? 'yes' : 'no';
  }
}

const product = (a: Q | undefined, b: Q | undefined): Q | undefined => a === undefined || b === undefined ? undefined : times(a, b);
/** Hundredths as a whole number. */
export const inHundredths = (a: Q): number => { const scaled = times(a, whole(100)); if (compare(scaled, whole(scaled[0] / scaled[1])) !== 0n) throw new Error('more than two places'); return Number(scaled[0] / scaled[1]); };
