import { stateWords, type Indicator, type WrittenFact } from '../standards/standard.ts';
import { valueOf, valueWords } from '../standards/values.ts';

/** A fact for people: `4 人`, `常年有`, `不清楚`. */
export function factWords(indicator: Indicator, fact: WrittenFact): string {
  if (typeof fact === 'object') return stateWords[fact.missing];
  const value = valueOf(indicator, fact);
  return value === undefined ? String(fact) : valueWords(indicator, value);
}

/** What a form field holds for a fact. */
export const factText = (fact: WrittenFact | undefined): string => fact === undefined ? '' : typeof fact === 'object' ? (fact.missing === 'notAsked' ? '' : fact.missing) : String(fact);
