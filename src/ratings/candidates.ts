import type { Knex } from 'knex';
import { allConsented } from '../consents/queries.ts';
import type { Day } from '../kit/time.ts';
import { among, type Reading } from './gather.ts';
import { casesIn } from './run.ts';

/** A household that a run takes, the number of its last sheet, and what its rating in force rests on. */
export interface Candidate { readonly subject: number; readonly village: number; readonly standing: string; readonly sheet: number; readonly before: Before }

/** `last` is the highest revision ever made, in force or not; `seen` the sheet that the rating in force saw. */
interface Before {
  readonly last: number;
  readonly points: number | null; readonly grade: number | null; readonly outcome: string | null;
  readonly seen: number | null; readonly standard: string | null; readonly engine: string | null;
}

/** Which households a run takes: ready, and with every consent to be rated on its day. */
export interface Scope { readonly round: number; readonly villages: readonly number[] | undefined; readonly day: Day }

export const takenBy = (read: Knex, { round, villages, day }: Scope): ReturnType<typeof casesIn> => casesIn(read, round, villages).where(allConsented(read, { kind: 'rate', bank: '' }, day));

/** The rows of a query as lists of values: they cross as one text. */
export async function listed<Line>({ read, dialect }: Reading, query: Knex.QueryBuilder, columns: readonly string[]): Promise<Line[]> {
  const rows: { list: string }[] = await read.from(query.as('q')).select(read.raw(`${dialect.asJsonArray(columns.map(column => `"${column}"`))} as list`));
  return JSON.parse(rows[0]?.list ?? '[]') as Line[];
}

/** Households whose numbers lie above `after`, up to and with `until`; the last stretch has no end. */
export interface Stretch { readonly after: number; readonly until: number | undefined }

/** Cuts what a run still has to do into stretches of `size` cases, each found when it is wanted: the first one is soon read, however large the county. */
export async function* stretchesOf(read: Knex, { round, villages }: Pick<Scope, 'round' | 'villages'>, { after, size }: { readonly after: number; readonly size: number }): AsyncGenerator<Stretch> {
  for (let from: number | undefined = after; from !== undefined;) {
    const beyond = read('cases').where({ round }).where('subject', '>', from).orderBy('subject').offset(size - 1);
    if (villages !== undefined) void beyond.whereIn('village', [...villages]);
    const last: { subject: number | string } | undefined = await beyond.first('subject');
    const until: number | undefined = last === undefined ? undefined : Number(last.subject);
    yield { after: from, until };
    from = until;
  }
}

/** The households of a stretch that a run takes, in the order of their numbers: two queries, the second of which finds nothing in a round that nobody rated before. */
export async function candidates(reading: Reading, scope: Scope, { after, until }: Stretch): Promise<readonly Candidate[]> {
  const { read } = reading;
  const taken = takenBy(read, scope).where('c.subject', '>', after);
  if (until !== undefined) void taken.where('c.subject', '<=', until);
  const list = await listed<[number, number, string, number]>(reading, taken.select('c.subject', 'c.village', 'c.standing', 'c.sheet'), ['subject', 'village', 'standing', 'sheet']);
  list.sort((a, b) => a[0] - b[0]);
  const ratings = await ratingsOf(reading, scope.round, list.map(([subject]) => subject));
  return list.map(([subject, village, standing, sheet]) => ({ subject, village, standing, sheet, before: ratings.get(subject) ?? unrated }));
}

const unrated: Before = { last: 0, points: null, grade: null, outcome: null, seen: null, standard: null, engine: null };

/** What was ever computed of subjects (in rising order) in a round. For an adjusted rating, what was computed before the adjustment is compared. */
async function ratingsOf(reading: Reading, round: number, subjects: readonly number[]): Promise<ReadonlyMap<number, Before>> {
  const { read } = reading;
  const ever = among(read('ratings').where({ round }), 'subject', subjects).groupBy('subject').select('subject').max({ last: 'revision' });
  const inForce = read.from(ever.as('y'))
    .leftJoin('current_ratings as k', join => join.on('k.round', read.raw('?', [round])).andOn('k.subject', 'y.subject'))
    .leftJoin('ratings as r', join => join.on('r.round', 'k.round').andOn('r.subject', 'k.subject').andOn('r.revision', 'k.revision'))
    .leftJoin('yardsticks as m', 'm.no', 'r.yardstick')
    .leftJoin('adjustments as a', join => join.on('a.round', 'r.round').andOn('a.subject', 'r.subject').andOn('a.revision', 'r.revision'))
    .select('y.subject', 'y.last', 'r.sheet as seen', 'm.standard', 'm.engine')
    .select(read.raw('coalesce(a.points_before, r.points) as points'), read.raw('coalesce(a.grade_before, r.grade) as grade'), read.raw('coalesce(a.outcome_before, r.outcome) as outcome'));
  const rows = await listed<[number, number, number | null, number | null, string | null, number | null, string | null, string | null]>(reading, inForce, ['subject', 'last', 'points', 'grade', 'outcome', 'seen', 'standard', 'engine']);
  return new Map(rows.map(([subject, last, points, grade, outcome, seen, standard, engine]) => [subject, { last, points, grade, outcome, seen, standard, engine }]));
}
