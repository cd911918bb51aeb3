import type { Knex } from 'knex';
import type { Place } from '../places/place.ts';
import { placesBelow } from '../places/queries.ts';
import { caseColumns, type Case } from '../rounds/mark.ts';
import type { Round } from '../rounds/round.ts';
import type { GradeRow } from '../panels/grades.ts';
import type { Figures } from './roll.ts';

/** One approved result that is not on the roll yet. Behind the sign-in only: it carries the full name. */
export interface Approved {
  readonly case: Case;
  readonly subject: number;
  /** Of the household, or of the place. */
  readonly id: string;
  readonly kind: 'household' | 'village' | 'township';
  readonly place_no: number;
  readonly name: string;
  readonly group_name: string;
  readonly grade: number;
}

const qualified = caseColumns.map(column => `cases.${column}`);

/** Approved cases below a place that no objection holds: credit households of its villages that still live, titles of its villages and of itself. */
export async function publishable(read: Knex, round: Round, place: Place): Promise<readonly Approved[]> {
  const rows: (Case & { id: string; grade: number; kind: Approved['kind']; place_no: number; head_name: string | null; group_name: string | null; place_name: string })[] = await read('cases')
    .join('subjects', 'subjects.no', 'cases.subject').join('places', 'places.no', 'subjects.place_no')
    .join('current_ratings', ratings => ratings.on('current_ratings.round', 'cases.round').andOn('current_ratings.subject', 'cases.subject'))
    .leftJoin('households', 'households.no', 'cases.subject').leftJoin('places as groups', 'groups.no', 'households.group_no')
    .where({ 'cases.round': round.no, 'cases.standing': 'approved', 'cases.held': 0, 'current_ratings.credit': 1 }).whereNull('households.closed_on').where('places.path', 'like', `${place.path}%`)
    .orderBy('current_ratings.grade').orderBy('places.sort').orderBy('groups.sort', 'asc', 'last').orderBy('households.name_sort').orderBy('cases.subject')
    .select(...qualified, 'subjects.id', 'current_ratings.grade', 'subjects.kind', 'subjects.place_no', 'households.head_name', 'groups.name as group_name', 'places.name as place_name');
  return rows.map(({ id, grade, kind, place_no, head_name, group_name, place_name, ...one }) => ({
    case: one, subject: one.subject, id, kind, place_no, grade, name: kind === 'household' ? head_name ?? '' : place_name, group_name: group_name ?? '',
  }));
}

/** Counts of a round below a place, on the day of publication: the public pages show these and never count live. */
export async function figuresOf(read: Knex, { round, place, grades }: { readonly round: Round; readonly place: Place; readonly grades: readonly GradeRow[] }): Promise<Figures> {
  const villages = await placesBelow(read, place.path, 'village');
  const credit = grades.filter(grade => grade.credit);
  const counts: { village: number; standing: string; grade: number | null; n: number | string }[] = await read('cases')
    .join('subjects', 'subjects.no', 'cases.subject')
    .leftJoin('current_ratings', ratings => ratings.on('current_ratings.round', 'cases.round').andOn('current_ratings.subject', 'cases.subject'))
    .where({ 'cases.round': round.no, 'subjects.kind': 'household' }).whereIn('cases.village', villages.map(village => village.no))
    .groupBy('cases.village', 'cases.standing', 'current_ratings.grade').select('cases.village', 'cases.standing', 'current_ratings.grade').count({ n: '*' });
  const final = ['approved', 'published'];
  return {
    grades: credit.map(({ code, label }) => ({ code, label })),
    villages: villages.map(village => {
      const own = counts.filter(row => row.village === village.no);
      const sum = (rows: typeof own): number => rows.reduce((n, row) => n + Number(row.n), 0);
      return {
        no: village.no, all: sum(own), rated: sum(own.filter(row => row.grade !== null && row.standing !== 'excused')),
        byGrade: credit.map((_, at) => sum(own.filter(row => final.includes(row.standing) && row.grade === at))),
      };
    }),
  };
}
