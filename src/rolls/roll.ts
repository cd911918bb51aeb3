import type { GradeRow } from '../panels/grades.ts';
import { gradeLetters } from '../standards/standard.ts';

/** What stands on a public roll about one household, village or township: nothing else may ever be shown. */
export interface Entry {
  readonly seq: number;
  readonly kind: 'household' | 'village' | 'township';
  readonly place_no: number;
  readonly group_name: string;
  readonly shown: string;
  readonly grade_code: string;
  readonly grade: number;
}

/** Counts that go out with a roll, as they were on its day: by village and grade. How many are named is counted when it is read, for names leave a roll. */
export interface Figures {
  readonly grades: readonly { readonly code: string; readonly label: string }[];
  readonly villages: readonly VillageFigures[];
}
export interface VillageFigures {
  readonly no: number;
  /** Living households in the round's register. */
  readonly all: number;
  readonly rated: number;
  /** Credit households, by rank in the grade table. */
  readonly byGrade: readonly number[];
}

export const creditOf = (village: Pick<VillageFigures, 'byGrade'>): number => village.byGrade.reduce((sum, n) => sum + n, 0);

export function totals(villages: readonly VillageFigures[], grades: number): Omit<VillageFigures, 'no'> {
  return {
    all: villages.reduce((sum, one) => sum + one.all, 0),
    rated: villages.reduce((sum, one) => sum + one.rated, 0),
    byGrade: Array.from({ length: grades }, (_, at) => villages.reduce((sum, one) => sum + (one.byGrade[at] ?? 0), 0)),
  };
}

export interface Section { readonly code: string; readonly label: string; readonly rank: number; readonly total: number; /** How many of them agreed to be named. */ readonly listed: number; readonly names: readonly Name[] }
export interface Name { readonly name: string; readonly group: string; readonly wide: boolean }

/** Names by grade, best first, and by group within it; a long name takes two places. */
export function sections(entries: readonly Entry[], grades: readonly Pick<GradeRow, 'code' | 'label'>[], byGrade: readonly number[]): readonly Section[] {
  return grades.map((grade, at) => {
    const names = entries.filter(entry => entry.kind === 'household' && entry.grade === at)
      .map(entry => ({ name: entry.shown, group: shortGroup(entry.group_name), wide: [...entry.shown].length >= 5 }));
    return { code: gradeLetters(grade), label: grade.label, rank: at + 1, total: byGrade[at] ?? names.length, listed: names.length, names };
  }).filter(section => section.total > 0);
}

/** 第3组 is 3组 beside a name. */
export const shortGroup = (name: string): string => /^第(\d+)组$/.exec(name)?.[1]?.concat('组') ?? name;

/** Leaves of a roll: the salt makes a name impossible to guess from its leaf. */
export const leafText = (entry: Entry, salt: string): string => [salt, entry.kind, entry.place_no, entry.group_name, entry.shown, entry.grade_code].join('|');
