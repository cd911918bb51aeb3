import type { Power } from '../access/rules.ts';
import type { Day } from '../kit/time.ts';

/** What anybody may ask about the own data (PIPL 24, 44–48; 征信业管理条例 17, 25). */
export const rightKinds = {
  report: '看自己家的报告', copy: '要一份带走', withdraw: '撤回授权', correct: '更正写错的', delete: '删除', explain: '要书面说明', review: '请人重新看一遍',
} as const;
/** What a paper is about. */
export const paperTitles: Readonly<Record<RightKind, string>> = { report: '报告', copy: '复制件', withdraw: '撤回授权', correct: '更正', delete: '删除', explain: '书面说明', review: '重新看一遍' };
export type RightKind = keyof typeof rightKinds;

/** Done while the person waits; the others are answered in writing. */
export const isDoneAtOnce = (kind: RightKind): boolean => kind === 'report' || kind === 'copy' || kind === 'withdraw';
/** Those that open the file: the officer sees it for the person present, on that day. */
export const opensFile = (kind: RightKind): boolean => kind === 'report' || kind === 'copy';
/** Those about a result need to say which. */
export const isAboutRound = (kind: RightKind): boolean => kind === 'explain' || kind === 'review';

/** How it was seen that it is the person. The number of the card is looked at and never written down. */
export const identities = { card: '看了本人的身份证', book: '看了户口簿', known: '两位同志都认得本人', mandate: '凭委托书和两个人的证件代办' } as const;
export type Identity = keyof typeof identities;

export const outcomes = ['granted', 'partly', 'refused'] as const;
export type Outcome = (typeof outcomes)[number];
export type Step = Outcome | 'dropped' | 'handed';
export type Standing = 'open' | Exclude<Step, 'handed'>;

export interface StepRow { readonly request: string; readonly step: Step; readonly day: Day; readonly words: string; readonly by: string }
export interface Right {
  readonly id: string; readonly household: string; readonly member: string; readonly kind: RightKind; readonly about: string; readonly words: string;
  readonly identified: Identity; readonly mandate: string; readonly complained_of: string | null; readonly lodged_on: Day; readonly due_on: Day; readonly by: string;
  /** In the order in which they were taken. */
  readonly steps: readonly StepRow[];
}

export const standingOf = ({ steps }: Pick<Right, 'steps'>): Standing => {
  const last = steps.findLast(one => one.step !== 'handed');
  return last === undefined || last.step === 'handed' ? 'open' : last.step;
};

/** Answered in writing, and the paper has not gone to the person yet. */
export const isToHand = (right: Pick<Right, 'steps' | 'kind'>): boolean =>
  !isDoneAtOnce(right.kind) && (outcomes as readonly string[]).includes(standingOf(right)) && !right.steps.some(one => one.step === 'handed');

/** Deleting a person's data is the township chair's to allow; the rest is answered by whoever decides on households. */
export const answerPower = (kind: RightKind): Power => kind === 'delete' ? 'household.forget' : 'right.answer';

type Words = Readonly<Partial<Record<Outcome, string>>>;
const said: Readonly<Record<RightKind, Words>> = {
  report: { granted: '当场给本人看了' }, copy: { granted: '当场给了一份' }, withdraw: { granted: '当场撤回了' },
  correct: { granted: '已经更正', partly: '更正了一部分', refused: '核过，原来写的没有错' },
  delete: { granted: '同意删除', partly: '删了一部分', refused: '现在不能删' },
  explain: { granted: '说明如下' },
  review: { granted: '有不对的，回到采集重新核、重新算', refused: '逐项看过，结果不变' },
};
/** The answers that a kind can have, in words. */
export const outcomesOf = (kind: RightKind): readonly { readonly key: Outcome; readonly label: string }[] => outcomes.flatMap(key => { const label = said[kind][key]; return label === undefined ? [] : [{ key, label }]; });
export const standingWords = (right: Pick<Right, 'kind' | 'steps'>): string => {
  const standing = standingOf(right);
  return standing === 'open' ? '等答复' : standing === 'dropped' ? '本人不要求了' : said[right.kind][standing] ?? '';
};
