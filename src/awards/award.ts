import type { Score } from '../ratings/outcome.ts';
import type { Day } from '../kit/time.ts';

/** What may come of looking again at a result that stands published: 年审, or 动态调整 between two of them. */
export const outcomes = ['keep', 'raise', 'lower', 'cancel'] as const;
export type Outcome = (typeof outcomes)[number];
export const outcomeWords: Readonly<Record<Outcome, string>> = { keep: '保持', raise: '升级', lower: '降级', cancel: '取消' };

/** What takes something from somebody is decided after they were heard. */
export const isHeardFirst = (outcome: Outcome): boolean => outcome === 'lower' || outcome === 'cancel';

/** The record decides what may be put forward, people decide whether it is done: nobody raises or lowers by feeling. Undefined: something must be asked first. */
export function outcomeOf(score: Pick<Score, 'grade' | 'credit' | 'outcome'>, held: number): Outcome | undefined {
  if (score.outcome === 'provisional') return undefined;
  if (score.credit === 0) return 'cancel';
  return score.grade === held ? 'keep' : score.grade < held ? 'raise' : 'lower';
}

export const steps = ['invited', 'heard', 'agreed', 'declined', 'dropped'] as const;
export type Step = (typeof steps)[number];
export interface StepRow { readonly change: string; readonly step: Step; readonly day: Day; readonly speak_until: Day | null; readonly words: string; readonly by: string }

/** One proposal with what was done about it since, in order. */
export interface Change {
  readonly id: string; readonly annual: string | null; readonly round: number; readonly subject: number; readonly certificate: string; readonly outcome: Outcome;
  readonly points: number; readonly grade: number; readonly valid_until: Day; readonly words: string; readonly proposed_on: Day; readonly by: string; readonly steps: readonly StepRow[];
}

type Stepped = Pick<Change, 'steps' | 'outcome'>;
const ended: readonly Step[] = ['agreed', 'declined', 'dropped'];
export const endOf = ({ steps: own }: Pick<Change, 'steps'>): StepRow | undefined => own.find(one => ended.includes(one.step));
export const isOpen = (change: Pick<Change, 'steps'>): boolean => endOf(change) === undefined;
export const invitationOf = ({ steps: own }: Pick<Change, 'steps'>): StepRow | undefined => own.findLast(one => one.step === 'invited');
export const wasHeard = ({ steps: own }: Pick<Change, 'steps'>): boolean => own.some(one => one.step === 'heard');

/** What a proposal waits for. Who was invited and said nothing by the last day has had the chance to. */
export function waitsFor(change: Stepped, day: Day): 'invitation' | 'hearing' | 'decision' | undefined {
  if (!isOpen(change)) return undefined;
  if (!isHeardFirst(change.outcome) || wasHeard(change)) return 'decision';
  const invited = invitationOf(change);
  return invited === undefined ? 'invitation' : day > (invited.speak_until ?? '') ? 'decision' : 'hearing';
}
