import type { RatingOutcome } from '../ratings/outcome.ts';
import type { Standing } from '../rounds/case.ts';
import type { GradeRow } from './grades.ts';

/** What is known of one household when a committee opens its docket. Points in hundredths; grades by place in the table, -1 for none. */
export interface Look {
  readonly standing: Standing;
  readonly held: number;
  readonly points: number;
  readonly grade: number;
  readonly outcome: RatingOutcome;
  /** Last round's grade code: `''` for none reached, `null` for not rated, `undefined` when there was no round before. */
  readonly before: string | null | undefined;
  readonly adjusted: { readonly before: number; readonly after: number } | null;
  /** Why it came back in this round, in the committee's words. */
  readonly returned: string | null;
  /** Why it was opened again after it had been approved in this round. */
  readonly reopened: string | null;
  readonly answered: boolean;
  /** Questions whose answer wants a photo that nobody has brought. */
  readonly unproved: readonly string[];
  /** Whoever looks stands aside from it. */
  readonly recused: boolean;
  /** Day by which an open objection must be answered. */
  readonly dueOn: string | null;
}

export interface Reason { readonly code: 'recused' | 'disputed' | 'missing' | 'barred' | 'unproved' | 'returned' | 'reopened' | 'adjusted' | 'leap' | 'edge' | 'answered' | 'newcomer'; readonly words: string }

/** Points within which a changed grade is looked at again: one point. */
export const nearPoints = 100;

/** Why a household stands alone on the docket, weightiest first; nothing: it may pass with the rest. Standing alone is no fault. */
export function reasonsFor(look: Look, grades: readonly GradeRow[]): readonly Reason[] {
  const reasons: Reason[] = [];
  if (look.recused) reasons.push({ code: 'recused', words: '您对这一户回避，由别的同志办' });
  if (look.held > 0) reasons.push({ code: 'disputed', words: look.dueOn === null ? '异议核查中，本户先停' : `异议核查中，${monthDay(look.dueOn)}前答复，本户先停` });
  if (look.outcome === 'provisional') reasons.push({ code: 'missing', words: '还缺项，现在只是暂估分，先补齐' });
  if (look.outcome === 'vetoed') reasons.push({ code: 'barred', words: '有标准里写明不能评的情形' });
  if (look.outcome === 'unmet') reasons.push({ code: 'barred', words: '有条件还没达到' });
  if (look.unproved.length > 0) reasons.push({ code: 'unproved', words: `还缺照片：${look.unproved.join('、')}` });
  if (look.returned !== null) reasons.push({ code: 'returned', words: `退回过：${look.returned}` });
  if (look.reopened !== null) reasons.push({ code: 'reopened', words: `批准以后重新打开过：${look.reopened}` });
  if (look.adjusted !== null) reasons.push({ code: 'adjusted', words: `人工调整过，从 ${codeOf(grades, look.adjusted.before)} 调到 ${codeOf(grades, look.adjusted.after)}，有理由` });
  const moved = movement(look, grades);
  if (Math.abs(moved) >= 2) reasons.push({ code: 'leap', words: `一次${moved > 0 ? '升' : '降'}${counted(Math.abs(moved))}级` });
  else if (moved !== 0) {
    const edge = nearestEdge(look.points, grades);
    if (edge !== undefined) reasons.push({ code: 'edge', words: `${edge}，${moved > 0 ? '升' : '降'}了一级` });
  }
  if (look.answered) reasons.push({ code: 'answered', words: '有人提过异议，已经答复' });
  if (look.before === null && look.grade >= 0) reasons.push({ code: 'newcomer', words: '去年没参评，今年第一次评' });
  return reasons;
}

/** The committee may not pass it however carefully it looks: something must happen first. */
export const isBlocked = (look: Pick<Look, 'held' | 'outcome' | 'recused'>): boolean => look.recused || look.held > 0 || look.outcome === 'provisional';

/** Grades up (+) or down (−) since last round; no grade counts as the step below the lowest. */
function movement({ grade, before }: Look, grades: readonly GradeRow[]): number {
  if (before === null || before === undefined) return 0;
  const was = before === '' ? grades.length : grades.findIndex(row => row.code === before);
  if (was < 0) return 0;   // Last year's table had other grades: nothing to compare.
  return was - (grade < 0 ? grades.length : grade);
}

function nearestEdge(points: number, grades: readonly GradeRow[]): string | undefined {
  for (const { code, from } of grades) {
    if (!Number.isFinite(from)) continue;
    if (points < from && from - points <= nearPoints) return `离 ${code} 差 ${said(from - points)} 分`;
    if (points >= from && points - from <= nearPoints) return points === from ? `刚到 ${code} 的线` : `只比 ${code} 的线高 ${said(points - from)} 分`;
  }
  return undefined;
}

const said = (hundredths: number): string => String(hundredths / 100);
const counted = (steps: number): string => ['', '一', '两', '三', '四', '五'][steps] ?? String(steps);
const codeOf = (grades: readonly GradeRow[], grade: number): string => grades[grade]?.code ?? '无等级';
const monthDay = (day: string): string => `${Number(day.slice(5, 7))}月${Number(day.slice(8, 10))}日`;

/** How many of the rest are drawn to be looked at: one in twenty, at least 3, at most 20. */
export const sampleSize = (rest: number): number => Math.min(rest, Math.max(3, Math.min(20, Math.ceil(rest / 20))));
