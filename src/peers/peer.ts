import type { Indicator, Standard } from '../standards/standard.ts';
import type { Day, Instant } from '../kit/time.ts';

/** 背靠背评议: evaluators of one villagers' group answer the same questions, each alone; at most three times (domain 2.1). */
export const mostPasses = 3;

export interface Review {
  readonly id: string; readonly round: number; readonly village_no: number; readonly group_no: number; readonly pass: number;
  /** The pass before, whose open questions this one asks again. */
  readonly follows: string | null;
  readonly until: Day; readonly opened_on: Day; readonly closed_on: Day | null;
}
export const seatWays = { tablet: '平板', paper: '纸' } as const;
export type SeatWay = keyof typeof seatWays;
/** An evaluator's place: on paper it goes by its number alone. */
export interface Seat { readonly review: string; readonly officer: string; readonly no: number; readonly how: SeatWay; readonly done_at: Instant | null }

/** What the evaluators of a group came to on one question about one household. */
export interface Result { readonly review: string; readonly subject: number; readonly indicator: string; readonly answers: number; readonly unclear: number; /** Highest less lowest, in steps of the options or in the units that are kept. */ readonly spread: number; /** 1: a value came of it. */ readonly counts: 0 | 1 }

export const askedOf = (standard: Standard): readonly Indicator[] => standard.indicators.filter(indicator => indicator.source === 'reviewers');

/** Answers too far apart to leave it at that: two options, a yes against a no, a third of the range. Another pass may be held; nothing is held up by it. */
export function isWide(indicator: Indicator, spread: number): boolean {
  if (indicator.type === 'choice') return spread >= 2;
  if (indicator.type === 'flag' || indicator.least === undefined || indicator.most === undefined) return spread > 0;
  return spread * 3 > indicator.most - indicator.least;
}

export function spreadWords(indicator: Indicator, { answers, unclear, spread, counts }: Pick<Result, 'answers' | 'unclear' | 'spread' | 'counts'>): string {
  const apart = spread === 0 ? '都一样' : indicator.type === 'choice' ? `最高最低差 ${spread} 档` : indicator.type === 'flag' ? '有说是的，有说不是的' : `最高最低差 ${spread}${indicator.unit ?? ''}`;
  return `${answers} 人评${unclear === 0 ? '' : `，${unclear} 人不清楚`}${counts === 0 ? '，人数不够，没有结果' : `，${apart}`}`;
}
