import { hundredths, missingStates, type Indicator, type Standard } from '../../../src/standards/standard.ts';
import type { ByHand } from './by-hand.ts';
import type { Household } from './households.ts';

/**
 * What a rule engine is handed, made before the clock runs: the answers in words, the years in trade and the share of labour worked out, and what events give, which neither engine can
 * add up by window and month without code of ours, reckoned by the scorer written by hand. All of that is work the product does inside what is measured.
 */
export interface Prepared { readonly facts: Readonly<Record<string, string | number | boolean>> }

export function prepare({ facts, told }: Household, hand: ByHand, year: number): Prepared {
  hand.rate(facts);
  const [conduct = 0, publicSpirit = 0, honours = 0] = hand.points.slice(8, 11);
  const { labourCount, memberCount, tradeSince, ...answers } = told;
  const since = typeof tradeSince === 'number' ? year - tradeSince : tradeSince ?? 'notAsked';
  const unknown = missingStates.find(state => labourCount === state || memberCount === state);
  return { facts: { ...answers, tradeYears: since, labourShare: unknown ?? Number(labourCount) / Number(memberCount), conduct, publicSpirit, honours } };
}

/** Answers of one indicator that give the same points; those that must be asked for stand apart, those that give nothing are left out. */
export interface Clause { readonly points: number; readonly answers: readonly (string | boolean)[] }
export interface Clauses { readonly key: string; readonly clauses: readonly Clause[]; readonly asks: readonly string[] }

export function clausesOf(indicator: Indicator): Clauses {
  const told = [
    ...(indicator.options ?? []).map(option => ({ answer: option.key, points: option.points ?? 0 })),
    ...indicator.scoring?.kind === 'flag' ? [{ answer: true, points: indicator.scoring.yes }, { answer: false, points: indicator.scoring.no }] : [],
    ...missingStates.map(state => ({ answer: state, points: indicator.missing?.[state] ?? 0 })),
  ];
  const groups = Map.groupBy(told.filter(each => each.points !== 0 && each.points !== 'ask'), each => Number(each.points));
  return {
    key: indicator.key, asks: missingStates.filter(state => indicator.missing?.[state] === 'ask'),
    clauses: [...groups].map(([points, each]) => ({ points: hundredths(points), answers: each.map(({ answer }) => answer) })),
  };
}

/** Indicators whose points stand with their answers. */
export const answered = (standard: Standard): readonly Clauses[] =>
  standard.indicators.filter(({ scoring }) => scoring?.kind === 'choice' || scoring?.kind === 'flag').map(clausesOf);

/** Keys of the scored indicators in the order of the file. */
export const scoredKeys = (standard: Standard): readonly string[] => standard.indicators.filter(({ scoring }) => scoring !== undefined).map(({ key }) => key);
