import type { Power } from '../access/rules.ts';
import type { Mark, Standing } from '../rounds/case.ts';

/** The three sittings a household's result goes through (domain 2.1, steps 5, 8, 9). */
export const stages = {
  village: {
    says: '村初评', verb: '通过', from: ['rated', 'returned'], mark: 'preliminary', done: 'preliminary', undo: 'undone', power: 'case.prelim', returns: false, notice: 'village', until: '贴村公示以前',
  },
  township: {
    says: '镇审核', verb: '通过', from: ['village-noticed'], mark: 'reviewed', done: 'reviewed', undo: 'undone', power: 'case.review', returns: true, notice: 'township', until: '贴镇公示以前',
  },
  approval: {
    says: '镇批准', verb: '批准', from: ['township-noticed'], mark: 'approved', done: 'approved', undo: 'unapproved', power: 'case.approve', returns: true, notice: 'final', until: '上光荣榜以前',
  },
} as const satisfies Record<string, {
  readonly says: string; readonly verb: string; readonly from: readonly Standing[]; readonly mark: Mark; readonly done: Standing; readonly undo: Mark; readonly power: Power;
  readonly returns: boolean; readonly notice: string; readonly until: string;
}>;
export type Stage = keyof typeof stages;
export const stageNames = Object.keys(stages) as readonly Stage[];
export const isStage = (text: string): text is Stage => Object.hasOwn(stages, text);
