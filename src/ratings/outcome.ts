import type { Facts } from '../standards/facts.ts';
import type { Standard } from '../standards/standard.ts';
import { verdicts, vetoVerdicts, type Trace } from '../standards/trace.ts';

/** What came of a rating. `provisional`: something must still be asked, so it counts for nothing yet; `adjusted`: a committee moved the grade by hand. */
export const outcomeWords = {
  graded: '已评出等级', ungraded: '暂未达标', vetoed: '有不能评的情形', unmet: '有条件还没达到', provisional: '暂估，还缺项', adjusted: '人工调整过',
} as const;
export type RatingOutcome = keyof typeof outcomeWords;

/** A rating in the few numbers that are kept: points in hundredths, place in the standard's grade table (best 0, none -1), credit 0 or 1. */
export interface Score { readonly points: number; readonly grade: number; readonly outcome: RatingOutcome; readonly credit: 0 | 1 }

export function scoreOf(standard: Standard, trace: Trace): Score {
  const outcome = outcomeOf(trace);
  return { points: trace.total, grade: trace.grade, outcome, credit: outcome === 'graded' && standard.grades[trace.grade]?.credit === true ? 1 : 0 };
}

/** The code under which a rating keeps the former grade that its facts told; null for none. */
export const formerCode = (standard: Standard, { former = -1 }: Pick<Facts, 'former'>): string | null => standard.grades[former]?.code ?? null;

/** What the rating in force rests on and says; for one moved by hand, what was computed before. */
interface Before { readonly seen: number | null; readonly standard: string | null; readonly engine: string | null; readonly points: number | null; readonly grade: number | null; readonly outcome: string | null }

/** Says a new rating what the one in force says already? It names the last sheet it saw: after another one it is made anew, even where nothing comes of it. */
export const isRepeat = (before: Before, made: Score, by: { readonly hash: string; readonly engine: string }, sheet: number): boolean =>
  before.seen === sheet && before.standard === by.hash && before.engine === by.engine && before.points === made.points && before.outcome === made.outcome && before.grade === made.grade;

function outcomeOf(trace: Trace): RatingOutcome {
  if (trace.asks > 0) return 'provisional';
  if (trace.grade >= 0) return 'graded';
  if (trace.vetoes.includes(vetoVerdicts.hits)) return 'vetoed';
  return trace.preconditions.includes(verdicts.fails) ? 'unmet' : 'ungraded';
}
