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

export const titleKinds = { village: '信用村', township: '信用乡镇' } as const;
export type TitleKind = keyof typeof titleKinds;
