import { addMonths, type Day } from '../kit/time.ts';
import type { Purpose, PledgeText } from './texts.ts';

export const pledgeWays = { paper: '纸上签字', drawn: '在平板上签名' } as const;
export type PledgeWay = keyof typeof pledgeWays;
export const outcomes = { kept: '做到了', broken: '没做到' } as const;
export type Outcome = keyof typeof outcomes;

/** Hidden from the public page; somebody reported how it went; somebody else agreed, or did not. */
export type Step = 'hidden' | 'reported' | 'settled' | 'dropped';
export interface StepRow { readonly pledge: string; readonly step: Step; readonly outcome: Outcome | ''; readonly day: Day; readonly words: string; readonly evidence: string | null; readonly by: string }
export interface Pledge {
  readonly id: string; readonly household: string; readonly member: string; readonly purpose: Purpose; readonly text_version: string; readonly event: string;
  readonly signed_on: Day; readonly kept_until: Day; readonly how: PledgeWay; readonly open: number; readonly evidence: string;
  /** In the order in which they were written. */
  readonly steps: readonly StepRow[];
}

export const keptUntil = (signedOn: Day, text: Pick<PledgeText, 'months'>): Day => addMonths(signedOn, text.months);

/** How a pledge stands on a day: two people say whether it was kept; nobody says anything by letting time pass. */
export type Standing = 'running' | 'over' | 'reported' | 'kept' | 'broken';
export const standingWords: Readonly<Record<Standing, string>> = { running: '正在履行', over: '到期了，等说明做到没有', reported: '报了履行情况，等另一位同志核定', kept: '做到了', broken: '没做到' };

export function standingOf({ steps, kept_until }: Pick<Pledge, 'steps' | 'kept_until'>, day: Day): Standing {
  const settled = steps.findLast(step => step.step === 'settled');
  if (settled !== undefined) return settled.outcome === 'broken' ? 'broken' : 'kept';
  const last = steps.findLast(step => step.step === 'reported' || step.step === 'dropped');
  if (last?.step === 'reported') return 'reported';
  return kept_until < day ? 'over' : 'running';
}

/** The report that waits for somebody else's eyes. */
export const reportOf = ({ steps }: Pick<Pledge, 'steps'>): StepRow | undefined => {
  const last = steps.findLast(step => step.step !== 'hidden');
  return last?.step === 'reported' ? last : undefined;
};
export const isHidden = ({ steps }: Pick<Pledge, 'steps'>): boolean => steps.some(step => step.step === 'hidden');
