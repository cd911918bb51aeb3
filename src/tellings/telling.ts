import type { Terms } from '../calendar/terms.ts';
import { addWorkingDays, type Calendar } from '../kit/calendar.ts';
import { addDays, type Day } from '../kit/time.ts';

/** What is done before something that takes points counts: somebody else confirms it, the person is told and may answer. */
export const steps = { confirmed: '核实', told: '告知', recalled: '撤回告知登记' } as const;
export type Step = keyof typeof steps;

export const tellingWays = { handed: '当面交给本人', family: '交给同住的成年家人', posted: '挂号信送到', refused: '本人不收' } as const;
export type TellingWay = keyof typeof tellingWays;

/** The last day on which to answer: the day of telling is not counted. */
export const answerUntil = (toldOn: Day, { answer }: Pick<Terms, 'answer'>, calendar: Calendar): Day => addWorkingDays(toldOn, answer, calendar);
/** It counts from the day after. */
export const countsFrom = (toldOn: Day, terms: Pick<Terms, 'answer'>, calendar: Calendar): Day => addDays(answerUntil(toldOn, terms, calendar), 1);

export interface Telling { readonly id: string; readonly event: string; readonly step: Step; readonly day: Day; readonly how: string; readonly words: string; readonly counts_from: Day | null; readonly evidence: string | null; readonly at: string; readonly by: string }

/** The telling that stands: the last one, unless it was taken back since. */
export const toldIn = (done: readonly Telling[]): Telling | undefined => { const last = done.findLast(one => one.step !== 'confirmed'); return last?.step === 'told' ? last : undefined; };

/** How far it has come. What was told of in a former round, or before this office kept it, counts by its span alone. */
export type Reached = 'recorded' | 'confirmed' | 'answering' | 'counts' | 'repaired';

export function reached(span: { readonly from: Day; readonly until?: Day } | undefined, isConfirmed: boolean, { never, day }: { readonly never: Day; readonly day: Day }): Reached {
  if (span === undefined) return 'counts';
  if (span.until !== undefined && span.until <= day) return 'repaired';
  if (span.from === never) return isConfirmed ? 'confirmed' : 'recorded';
  return span.from > day ? 'answering' : 'counts';
}
