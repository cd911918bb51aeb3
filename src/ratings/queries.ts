import type { Knex } from 'knex';
import { loadStandard } from '../standards/load.ts';
import { gradeSign, type Standard } from '../standards/standard.ts';
import type { RatingOutcome, Score } from './outcome.ts';
import type { Round } from '../rounds/round.ts';
import { measured, type Yardstick } from './yardstick.ts';

/** A rating as it was kept: everything that `recheck` needs to work it out again. */
export interface Rating extends Score, Yardstick {
  readonly round: number; readonly subject: number; readonly revision: number; readonly run: number; readonly village: number;
  readonly sheet: number; readonly yardstick: number;
  /** Code of the grade of the former round it was rated with: it stays, whatever becomes of that round. */
  readonly former: string | null;
}
/** Of `measured` ratings. */
export const ratingColumns = [
  ...['round', 'subject', 'revision', 'run', 'village', 'points', 'grade', 'outcome', 'credit', 'sheet', 'yardstick', 'former'].map(column => `r.${column}`), 'y.day', 'y.engine', 'y.standard', 'y.bases',
] as const;

/** A rating moved by hand, with what was computed. */
export interface Adjusted { readonly points: number; readonly grade: number; readonly outcome: RatingOutcome; readonly reason: string; readonly at: string; readonly by: string }

/** The rating that counts now. `adjusted` tells the computed result beside the one given by hand. */
export async function ratingInForce(read: Knex, round: number, subject: number): Promise<Rating & { readonly adjusted: Adjusted | undefined } | undefined> {
  const row: Rating | undefined = await measured(read).join('current_ratings as k', join => join.on('k.round', 'r.round').andOn('k.subject', 'r.subject').andOn('k.revision', 'r.revision'))
    .where({ 'r.round': round, 'r.subject': subject }).first(...ratingColumns);
  return row === undefined ? undefined : { ...row, adjusted: row.outcome === 'adjusted' ? await adjustmentOf(read, row) : undefined };
}

export async function adjustmentOf(read: Knex, { round, subject, revision }: Pick<Rating, 'round' | 'subject' | 'revision'>): Promise<Adjusted | undefined> {
  return read('adjustments').where({ round, subject, revision }).first('points_before as points', 'grade_before as grade', 'outcome_before as outcome', 'reason', 'at', 'by');
}

/** The highest revision ever made, in force or not; 0 before the first. */
export async function lastRevision(read: Knex, round: number, subject: number): Promise<number> {
  const row = await read('ratings').where({ round, subject }).max<{ revision: number | null }[]>({ revision: 'revision' }).first();
  return row?.revision ?? 0;
}

/** All revisions of a subject, newest first. */
export const revisionsOf = (read: Knex, round: number, subject: number): Promise<readonly Rating[]> =>
  measured(read).where({ 'r.round': round, 'r.subject': subject }).orderBy('r.revision', 'desc').limit(50).select<Rating[]>(...ratingColumns);

/** What stands in lists: the rating in force, without what it rests on. */
export interface Grade extends Score { readonly subject: number; readonly revision: number; readonly village: number }

/** Ratings in force of these subjects; those not rated are not in it. */
export async function gradeOf(read: Knex, round: number, subjects: readonly number[]): Promise<ReadonlyMap<number, Grade>> {
  const found = new Map<number, Grade>();
  for (let at = 0; at < subjects.length; at += 5_000) {
    const rows: Grade[] = await read('current_ratings').where({ round }).whereIn('subject', subjects.slice(at, at + 5_000)).select('subject', 'revision', 'village', 'points', 'grade', 'outcome', 'credit');
    for (const row of rows) found.set(Number(row.subject), row);
  }
  return found;
}

/** One row of a standard's grade table: `grade` is what ratings keep (best 0), `rank` what the face shows (best 1). */
export interface GradeRow { readonly grade: number; readonly rank: number; readonly code: string; readonly label: string; readonly credit: boolean }
export interface GradeTable {
  readonly rows: readonly GradeRow[];
  /** Words for nobody's grade: 暂未达标. */
  readonly ungraded: string;
  /** For `{{grade …}}`: code, words and rank of a kept grade; rank null when none was reached. */
  readonly mark: (grade: number) => { readonly code: string; readonly words: string; readonly rank: number | null };
}

export function gradeTable(standard: Standard): GradeTable {
  const rows = standard.grades.map((grade, at) => ({ grade: at, rank: at + 1, code: grade.code, label: grade.label, credit: grade.credit }));
  const ungraded = standard.ungraded.label;
  return {
    rows, ungraded,
    mark: grade => { const row = rows[grade]; return row === undefined ? { code: ungraded, words: ungraded, rank: null } : { code: gradeSign(row), words: row.label, rank: row.rank }; },
  };
}

/** The grade tables of a round's three standards. */
export async function gradesTable(read: Knex, round: Pick<Round, 'household_standard' | 'village_standard' | 'township_standard'>): Promise<{ readonly household: GradeTable; readonly village: GradeTable; readonly township: GradeTable }> {
  const [household, village, township] = await Promise.all([round.household_standard, round.village_standard, round.township_standard].map(async hash => gradeTable((await loadStandard(read, hash)).standard)));
  if (household === undefined || village === undefined || township === undefined) throw new Error('a round has three standards');
  return { household, village, township };
}

export interface Distribution {
  /** In the order of the grade table, those below every grade last. `before`: the round before; undefined when there was none. */
  readonly bars: readonly { readonly code: string; readonly label: string; readonly now: number; readonly before: number | undefined }[];
  readonly rated: number;
  readonly credit: number;
  readonly provisional: number;
}

/** Grades of the households in some villages (all of the round when not given), now and in the round before. Provisional ones are counted apart. */
export async function distribution(read: Knex, round: Round, villages?: readonly number[]): Promise<Distribution> {
  const count = async (no: number): Promise<readonly { grade: number; outcome: string; credit: number; n: number }[]> => {
    const query = read('current_ratings as k').join('subjects as s', 's.no', 'k.subject').where({ 'k.round': no, 's.kind': 'household' }).groupBy('k.grade', 'k.outcome', 'k.credit');
    if (villages !== undefined) void query.whereIn('k.village', [...villages]);
    const rows: { grade: number; outcome: string; credit: number; n: number | string }[] = await query.select('k.grade', 'k.outcome', 'k.credit').count({ n: '*' });
    return rows.map(row => ({ ...row, n: Number(row.n) }));
  };
  const { household: table } = await gradesTable(read, round);
  const earlier: { household_standard: string } | undefined = round.previous_no === null ? undefined : await read('rounds').where({ no: round.previous_no }).first('household_standard');
  const [now, before] = await Promise.all([count(round.no), round.previous_no === null ? undefined : count(round.previous_no)]);
  const earlierTable = earlier === undefined ? undefined : gradeTable((await loadStandard(read, earlier.household_standard)).standard);
  const firm = now.filter(row => row.outcome !== 'provisional');
  const sum = (rows: readonly { n: number }[]): number => rows.reduce((all, row) => all + row.n, 0);
  const then = (code: string): number | undefined => before === undefined || earlierTable === undefined ? undefined
    : sum(before.filter(row => row.outcome !== 'provisional' && (earlierTable.rows[row.grade]?.code ?? 'none') === code));
  return {
    bars: [
      ...table.rows.map(row => ({ code: row.code, label: row.label, now: sum(firm.filter(each => each.grade === row.grade)), before: then(row.code) })),
      { code: 'none', label: table.ungraded, now: sum(firm.filter(each => each.grade < 0)), before: then('none') },
    ],
    rated: sum(firm), credit: sum(firm.filter(row => row.credit === 1)), provisional: sum(now) - sum(firm),
  };
}
