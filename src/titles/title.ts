import type { Mark, Standing } from '../rounds/case.ts';

/** Steps of a title: applied for by the place, reviewed one level up, named by the county's chair (domain 1.4, 2.2). */
export const steps = {
  apply: { says: '申报', mark: 'applied', from: 'rated', back: 'undone', done: 'applied' },
  review: { says: '审核', mark: 'reviewed', from: 'applied', back: 'undone', done: 'reviewed' },
  approve: { says: '命名', mark: 'approved', from: 'reviewed', back: 'unapproved', done: 'approved' },
} as const satisfies Record<string, { readonly says: string; readonly mark: Mark; readonly from: Standing; readonly back: Mark; readonly done: Standing }>;
export type TitleStep = keyof typeof steps;
export const stepNames = Object.keys(steps) as readonly TitleStep[];
export const isTitleStep = (text: string): text is TitleStep => Object.hasOwn(steps, text);

/** The step that comes next for a title in this standing. */
export const nextStep = (standing: Standing): TitleStep | undefined => stepNames.find(step => steps[step].from === standing);
/** The step that brought it here and may be taken back. */
export const lastStep = (standing: Standing): TitleStep | undefined => stepNames.find(step => steps[step].done === standing);

/** Who takes a step, in words: a village's title goes through its township, a township's through the county's group. */
export const stepBy = (kind: TitleKind, step: TitleStep): string =>
  step === 'approve' ? '县领导小组组长' : step === 'apply' ? kind === 'village' ? '村评议小组' : '镇评定委员会' : kind === 'village' ? '镇评定委员会' : '县领导小组';

export const titleKinds = { village: '信用村', township: '信用乡镇' } as const;
export type TitleKind = keyof typeof titleKinds;
