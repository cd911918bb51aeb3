import type { Knex } from 'knex';
import { spanOf } from '../standards/bounds.ts';
import type { Standard } from '../standards/standard.ts';
import type { GradeMark } from '../web/helpers.ts';
import { common } from '../kit/refusals.ts';

export interface GradeRow { readonly code: string; readonly label: string; readonly credit: boolean; /** Points in hundredths from which it is given; -Infinity when points do not decide. */ readonly from: number }

/** The grade table of a frozen standard, best first; ratings name a grade by its place in it, -1 for none. */
export interface Grades {
  readonly rows: readonly GradeRow[];
  readonly mark: (grade: number) => GradeMark;
  readonly isCredit: (grade: number) => boolean;
}

const kept = new Map<string, Grades>();   // A standard never changes under its hash.

export async function gradesOf(read: Knex, hash: string): Promise<Grades> {
  const known = kept.get(hash);
  if (known !== undefined) return known;
  const row: { body: string } | undefined = await read('standards').where({ hash }).first('body');
  const made = gradesIn(JSON.parse((row ?? common.refuse('not-found')).body) as Pick<Standard, 'grades' | 'ungraded'>);
  if (kept.size > 200) kept.clear();
  kept.set(hash, made);
  return made;
}

export function gradesIn(standard: Pick<Standard, 'grades' | 'ungraded'>): Grades {
  const rows = standard.grades.map(grade => ({ code: grade.code, label: grade.label, credit: grade.credit, from: spanOf(grade, 100).from }));
  return {
    rows,
    mark(grade) {
      const row = rows[grade];
      return row === undefined ? { code: '', words: standard.ungraded.label, rank: null } : { code: row.code, words: row.label, rank: grade + 1 };
    },
    isCredit: grade => rows[grade]?.credit === true,
  };
}
