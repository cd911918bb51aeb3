import type { Knex } from 'knex';
import { mayRate } from '../consents/queries.ts';
import type { Day } from '../kit/time.ts';
import type { Place } from '../places/place.ts';
import { openBook, type Book } from '../ratings/book.ts';
import { gather, type Reading } from '../ratings/gather.ts';
import { scoreOf, type Score } from '../ratings/outcome.ts';
import { today } from '../ratings/today.ts';
import type { Round } from '../rounds/round.ts';
import { householdStandard } from '../standards/village-items.ts';
import { outcomeOf, type Change, type Outcome } from './award.ts';
import type { Target } from './target.ts';

/** A certificate in force, and what the record would give on a day. */
export interface Reckoned {
  readonly certificate: string; readonly subject: number;
  /** Of the household, or of the place. */
  readonly id: string;
  readonly name: string; readonly household_no: number | null; readonly held: number;
  readonly code: string; readonly until: Day;
  readonly score: Pick<Score, 'points' | 'grade' | 'credit' | 'outcome'>;
  /** The points are those in force: nothing needs to be written down anew. */
  readonly isSame: boolean;
  readonly outcome: Outcome | undefined;
}

/** Does the record still say what was put forward? */
export const isAsProposed = (change: Pick<Change, 'outcome' | 'points' | 'grade'>, found: Reckoned): boolean => found.outcome === change.outcome && found.score.points === change.points && found.score.grade === change.grade;

interface Row {
  readonly certificate: string; readonly subject: number; readonly id: string; readonly name: string; readonly household_no: number | null; readonly held: number; readonly code: string; readonly until: Day;
  readonly points: number; readonly grade: number; readonly points_before: number | null; readonly grade_before: number | null;
}

const inForce = (read: Knex, round: Pick<Round, 'no'>) => read('certificates').join('cases', join => join.on('cases.round', 'certificates.round').andOn('cases.subject', 'certificates.subject'))
  .where({ 'certificates.round': round.no, 'cases.standing': 'published' }).whereNull('certificates.revoked_on').whereNull('certificates.replaced_by');
const columns = ['certificates.no as certificate', 'certificates.subject', 'cases.held', 'certificates.grade_code as code', 'certificates.valid_until as until', 'cases.points', 'cases.grade'] as const;

/** Households of a village whose certificate stands, by what is on record today: all, or the named ones. */
export async function reckonHouseholds({ read, dialect }: Reading, round: Round, village: Pick<Place, 'no'>, day: Day, subjects?: readonly number[]): Promise<readonly Reckoned[]> {
  const rows: Row[] = await inForce(read, round).join('households', 'households.no', 'certificates.subject').leftJoin('adjustments', join => join.on('adjustments.round', 'cases.round').andOn('adjustments.subject', 'cases.subject').andOn('adjustments.revision', 'cases.revision'))
    .where('cases.village', village.no).whereNull('households.closed_on').modify(query => { if (subjects !== undefined) void query.whereIn('certificates.subject', [...subjects]); }).orderBy('households.household_no')
    .select(...columns, 'households.id', 'households.head_name as name', 'households.household_no', 'adjustments.points_before', 'adjustments.grade_before');
  const willing = await mayRate(read, rows.map(row => Number(row.subject)), day);
  const rated = rows.filter(row => willing.has(Number(row.subject)));
  if (rated.length === 0) return [];
  const book = await openBook(read, await householdStandard(read, round, village.no), day);
  const facts = await gather({ read, dialect }, round.no, rated.map(row => Number(row.subject)), book);
  return rated.map((row, at) => compared(row, scoreOf(book.standard, book.scorer.score(facts.at(at))), book));
}

/** A grade that a committee moved by hand stays moved as long as nothing else is reckoned than what it moved. */
function compared({ points, grade, points_before, grade_before, ...row }: Row, score: Score, { standard }: Book): Reckoned {
  const isSame = score.points === Number(points_before ?? points) && score.grade === Number(grade_before ?? grade);
  const held = standard.grades.findIndex(one => one.code === row.code);
  return { ...row, subject: Number(row.subject), held: Number(row.held), score: isSame && points_before !== null ? { ...score, points: Number(points), grade: Number(grade) } : score, isSame, outcome: isSame && Number(grade) === held ? 'keep' : outcomeOf(score, held) };
}

/** The title of a village or township, by today's shares: it is kept or it is not. */
export async function reckonTitle(read: Knex, round: Round, place: Place, day: Day): Promise<Reckoned | undefined> {
  const row: Row | undefined = await inForce(read, round).join('subjects', 'subjects.no', 'certificates.subject').where('subjects.place_no', place.no).whereIn('subjects.kind', ['village', 'township']).first(...columns);
  const now = row === undefined ? undefined : await today(read, round, place, day);
  if (row === undefined || now === undefined) return undefined;
  const credit = now.isCredit ? 1 : 0;
  return { ...row, subject: Number(row.subject), held: Number(row.held), id: place.id, name: place.name, household_no: null, score: { points: 0, grade: credit === 1 ? 0 : -1, credit, outcome: credit === 1 ? 'graded' : 'unmet' }, isSame: true, outcome: credit === 1 ? 'keep' : 'cancel' };
}

/** One certificate, whosever it is; undefined where none is in force. */
export const reckon = async (reading: Reading, round: Round, target: Target, day: Day): Promise<Reckoned | undefined> =>
  target.kind === 'household' ? (await reckonHouseholds(reading, round, target.place, day, [target.no]))[0] : reckonTitle(reading.read, round, target.place, day);
