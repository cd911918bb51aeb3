import { gradeSign, type Standard } from '../standards/standard.ts';
import { sumsBy, type Cell } from './cell.ts';
import { codeOf, without } from './change.ts';

/** Two tables of grades: the standard in force and the one tried. */
export interface Tables { readonly before: Standard; readonly after: Standard }

export interface GradeBar { readonly label: string; readonly now: number; readonly was: number }

/** Households by grade: those of the standard tried, then those that only the one in force has; below every grade and provisional last. */
export function barsOf({ before, after }: Tables, cells: readonly Cell[]): readonly GradeBar[] {
  const labels = new Map([...after.grades, ...before.grades].map(grade => [grade.code, gradeSign(grade)]));
  const [was, now] = [sumsBy(cells, cell => codeOf(before, cell.before)), sumsBy(cells, cell => codeOf(after, cell.after))];
  const all = [...labels, ['none', after.ungraded.label] as const, ['provisional', '暂估'] as const];
  return all.map(([code, label]) => ({ code, label, now: now.get(code) ?? 0, was: was.get(code) ?? 0 })).filter(bar => bar.code !== 'provisional' || bar.now + bar.was > 0);
}

/** How many there are, go up, go down, must be asked again, and have a credit grade. A grade that the standard tried does not have is neither above nor below. */
export interface Moves { readonly households: number; readonly changed: number; readonly raised: number; readonly lowered: number; readonly opened: number; readonly creditWas: number; readonly creditNow: number }

export function movesOf({ before, after }: Tables, cells: readonly Cell[]): Moves {
  const sum = { households: 0, changed: 0, raised: 0, lowered: 0, opened: 0, creditWas: 0, creditNow: 0 };
  for (const cell of cells) {
    sum.households += cell.n;
    if (before.grades[cell.before]?.credit === true) sum.creditWas += cell.n;
    if (after.grades[cell.after]?.credit === true) sum.creditNow += cell.n;
    if (codeOf(before, cell.before) === codeOf(after, cell.after)) continue;
    sum.changed += cell.n;
    const was = cell.before === without.grade ? after.grades.length : after.grades.findIndex(grade => grade.code === codeOf(before, cell.before));
    const is = cell.after === without.grade ? after.grades.length : cell.after;
    if (cell.after === without.provisional) sum.opened += cell.n; else if (was >= 0 && is < was) sum.raised += cell.n; else if (was >= 0 && is > was) sum.lowered += cell.n;
  }
  return sum;
}
