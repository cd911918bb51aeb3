import type { Knex } from 'knex';
import { atConsole, type Actor } from '../access/actor.ts';
import { isAside } from '../access/may.ts';
import { sha256 } from '../store/trace.ts';
import type { Place } from '../places/place.ts';
import type { RatingOutcome } from '../ratings/outcome.ts';
import type { Standing } from '../rounds/case.ts';
import { sameMark } from '../rounds/queries.ts';
import { reasonOf, type Reasoned } from '../rounds/reason.ts';
import type { Round } from '../rounds/round.ts';
import { isBlocked, reasonsFor, sampleSize, type Reason } from './exception.ts';
import { gradesOf, type Grades } from './grades.ts';
import { stages, type Stage } from './stage.ts';
import { unprovedIn } from './unproved.ts';

export interface DocketRow {
  readonly subject: number; readonly id: string; readonly household_no: number; readonly head_name: string; readonly group_name: string | null;
  readonly standing: Standing; readonly held: number; readonly mark_seq: number;
  readonly points: number; readonly grade: number; readonly outcome: RatingOutcome; readonly revision: number;
  /** Last round's grade code; see `Look.before`. */
  readonly before: string | null | undefined;
  readonly reasons: readonly Reason[];
  readonly blocked: boolean;
}

/** What a committee has before it, as one of its members sees it: who is looked at one by one, and the rest that may pass together. */
export interface Docket {
  readonly grades: Grades;
  readonly alone: readonly DocketRow[];
  readonly rest: readonly DocketRow[];
  /** Drawn from the rest by the docket itself, so that nobody chooses: the same until the docket changes. */
  readonly sample: readonly DocketRow[];
  /** Stands for exactly this list: a button pressed on an older page is refused. */
  readonly seen: string;
}

type Found = Omit<DocketRow, 'before' | 'reasons' | 'blocked'>;

export async function docketOf(read: Knex, { round, village, stage, subject, actor = atConsole }: { readonly round: Round; readonly village: Pick<Place, 'no'>; readonly stage: Stage; readonly subject?: number; /** Who looks: what this person stands aside from is not among the rest. */ readonly actor?: Actor }): Promise<Docket> {
  const grades = await gradesOf(read, round.household_standard);
  const found: Found[] = await read('cases').join('households', 'households.no', 'cases.subject').join('current_ratings', join => { join.on('current_ratings.round', 'cases.round').andOn('current_ratings.subject', 'cases.subject'); })
    .leftJoin('places', 'places.no', 'households.group_no').where({ 'cases.round': round.no, 'cases.village': village.no })
    .where(any => { void any.whereIn('cases.standing', [...stages[stage].from]); if (stage !== 'village') void any.orWhere(held => { void held.where('cases.standing', stage === 'township' ? 'village-notice' : 'township-notice').where('cases.held', '>', 0); }); })
    .modify(query => { if (subject !== undefined) void query.where('cases.subject', subject); })
    .orderBy('households.household_no')
    .select('cases.subject', 'households.id', 'households.household_no', 'households.head_name', 'places.name as group_name', 'cases.standing', 'cases.held', 'cases.mark_seq',
      'current_ratings.points', 'current_ratings.grade', 'current_ratings.outcome', 'current_ratings.revision');
  const [told, unproved] = await Promise.all([historyOf(read, round, village), unprovedIn(read, { round, subjects: found.map(row => row.subject) })]);
  const rows = found.map((row): DocketRow => {
    const look = {
      ...row, before: told.before(row.subject), adjusted: told.adjusted.get(`${row.subject}/${row.revision}`) ?? null,
      returned: told.returned.get(row.subject) ?? null, reopened: told.reopened.get(row.subject) ?? null, answered: told.answered.has(row.subject), dueOn: told.due.get(row.subject) ?? null, unproved: unproved.get(row.subject) ?? [], recused: isAside(actor, row.id),
    };
    return { ...row, before: look.before, reasons: reasonsFor(look, grades.rows), blocked: isBlocked(look) };
  });
  const rest = rows.filter(row => row.reasons.length === 0);
  const seen = sha256(rest.map(row => `${row.subject}:${row.mark_seq}:${row.revision}`).join());
  return { grades, alone: rows.filter(row => row.reasons.length > 0), rest, sample: drawn(rest, seen), seen };
}

/** The draw: ordered by a digest that the docket fixes, cut at the sample size, shown in the village's order. */
export function drawn<Row extends Pick<DocketRow, 'subject' | 'household_no'>>(rest: readonly Row[], seen: string): readonly Row[] {
  const order = rest.map(row => ({ row, by: sha256(`${seen} ${row.subject}`) })).sort((a, b) => a.by < b.by ? -1 : 1);
  return order.slice(0, sampleSize(rest.length)).map(({ row }) => row).sort((a, b) => a.household_no - b.household_no);
}

interface Told {
  readonly before: (subject: number) => string | null | undefined;
  readonly adjusted: ReadonlyMap<string, { readonly before: number; readonly after: number }>;
  readonly returned: ReadonlyMap<number, string>;
  readonly reopened: ReadonlyMap<number, string>;
  readonly answered: ReadonlySet<number>;
  readonly due: ReadonlyMap<number, string>;
}

/** What happened to the village's households in this round and the last: one query each, never one a household. */
async function historyOf(read: Knex, round: Round, village: Pick<Place, 'no'>): Promise<Told> {
  const here = () => read('cases').where({ round: round.no, village: village.no }).select('subject');
  const adjusted: { subject: number; revision: number; grade_before: number; grade_after: number }[] = await read('adjustments').where({ round: round.no }).whereIn('subject', here()).select('subject', 'revision', 'grade_before', 'grade_after');
  const marked: (Reasoned & { subject: number; mark: string })[] = await read('marks').leftJoin('reasons', sameMark).where({ 'marks.round': round.no }).whereIn('marks.subject', here()).whereIn('marks.mark', ['returned', 'answered', 'approved', 'reopened']).orderBy('marks.seq').select('marks.subject', 'marks.mark', 'marks.body', 'reasons.words');
  const open: { subject: number; due_on: string }[] = await read('objections').leftJoin('answers', 'answers.objection', 'objections.id').whereNull('answers.id').where({ round: round.no }).whereIn('subject', here()).orderBy('due_on', 'desc').select('subject', 'due_on');
  return {
    before: await beforeOf(read, round, here()),
    adjusted: new Map(adjusted.map(row => [`${row.subject}/${row.revision}`, { before: row.grade_before, after: row.grade_after }])),
    returned: new Map(marked.filter(row => row.mark === 'returned').map(row => [row.subject, reasonOf(row)])),
    reopened: new Map(marked.filter((row, at) => row.mark === 'reopened' && marked.slice(0, at).some(one => one.subject === row.subject && one.mark === 'approved')).map(row => [row.subject, reasonOf(row)])),
    answered: new Set(marked.filter(row => row.mark === 'answered').map(row => row.subject)),
    due: new Map(open.map(row => [row.subject, row.due_on])),
  };
}

async function beforeOf(read: Knex, round: Round, here: Knex.QueryBuilder): Promise<Told['before']> {
  if (round.previous_no === null) return () => undefined;
  const last: { household_standard: string } | undefined = await read('rounds').where({ no: round.previous_no }).first('household_standard');
  if (last === undefined) return () => undefined;
  const then = await gradesOf(read, last.household_standard);
  const rows: { subject: number; grade: number }[] = await read('current_ratings').where({ round: round.previous_no }).whereIn('subject', here).select('subject', 'grade');
  const byNo = new Map(rows.map(row => [row.subject, then.rows[row.grade]?.code ?? '']));
  return subject => byNo.get(subject) ?? null;
}
