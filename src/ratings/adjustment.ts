import type { Standard } from '../standards/standard.ts';

/** Whether a committee may move a result by hand from one grade to another, given as grade codes or `none`; the reason itself is the act's business. */
export function mayAdjust(standard: Standard, { from, to }: { readonly from: string; readonly to: string }): boolean {
  const place = (code: string): number => code === 'none' ? standard.grades.length : standard.grades.findIndex(grade => grade.code === code);
  const [start, end] = [place(from), place(to)];
  return start >= 0 && end >= 0 && start !== end && Math.abs(start - end) <= (standard.adjustment?.grades ?? 0);
}
