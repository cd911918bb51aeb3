import type { Knex } from 'knex';
import { takenBack } from '../consents/queries.ts';
import type { Day } from '../kit/time.ts';
import { gather, type Gathered, type Reading } from '../ratings/gather.ts';
import { listed } from '../ratings/candidates.ts';
import { looksBack } from '../standards/looks-back.ts';
import type { Standard } from '../standards/standard.ts';
import type { Books } from '../ratings/books.ts';
import { elderlyOf, type Elderly } from './elderly.ts';

/** A household with a rating in force that was computed here from sheets. For one moved by hand, what had been computed. */
export interface Rated { readonly subject: number; readonly village: number; readonly group: number; readonly elderly: Elderly; readonly revision: number; readonly sheet: number; readonly points: number; readonly grade: number; readonly isMoved: boolean }
type Listed = [number, number, number | null, Elderly, number, number, number, number, number | null];

/** `today`: whose consent was taken back by then is not tried, however long ago the round was. */
export interface Stretch { readonly round: number; readonly villages: readonly number[]; readonly today: Day }

/** Households that take part in the round and have a rating of it. */
const ratedHere = (read: Knex, { round, villages, today }: Stretch): Knex.QueryBuilder => read('current_ratings as k').join('households as h', 'h.no', 'k.subject').where('k.round', round).whereIn('k.village', [...villages]).whereNull('h.closed_on')
  .join('ratings as r', join => join.on('r.round', 'k.round').andOn('r.subject', 'k.subject').andOn('r.revision', 'k.revision')).where('r.sheet', '>', 0)
  .join('cases as c', join => join.on('c.round', 'k.round').andOn('c.subject', 'k.subject')).whereNot('c.standing', 'excused').whereNotIn('h.id', takenBack(read, 'rate', today));

export async function countRated(read: Knex, stretch: Stretch): Promise<number> {
  if (stretch.villages.length === 0) return 0;
  const row: { n?: number | string } | undefined = await ratedHere(read, stretch).count({ n: '*' }).first();
  return Number(row?.n ?? 0);
}

/** The day the ratings of a round speak about: that of its last run. Undefined where none was ever made here. */
export async function dayOfRound(read: Knex, round: number): Promise<string | undefined> {
  const row: { day: string } | undefined = await read('rating_runs').where({ round, kind: 'household', phase: 'done' }).orderBy('no', 'desc').first('day');
  return row?.day;
}

export interface Batch { readonly list: readonly Rated[]; readonly facts: Gathered }

/** The next rated households in the order of their numbers, with their facts in the words of the standard in force; `tried` may look back on former grades where that one does not. */
export async function nextRated(reading: Reading, books: Books, stretch: Stretch, { after, most, tried }: { readonly after: number; readonly most: number; readonly tried: Standard }): Promise<Batch> {
  const { read } = reading;
  const query = ratedHere(read, stretch).where('k.subject', '>', after).orderBy('k.subject').limit(most)
    .leftJoin('adjustments as a', join => join.on('a.round', 'r.round').andOn('a.subject', 'r.subject').andOn('a.revision', 'r.revision'))
    .select('k.subject', 'k.village', 'c.group', 'h.id as household', 'k.revision', 'r.sheet', 'a.revision as moved')
    .select(read.raw('coalesce(a.points_before, r.points) as points'), read.raw('coalesce(a.grade_before, r.grade) as grade'));
  const rows = await listed<Listed>(reading, elderlyOf(read, query, books.county.day), ['subject', 'village', 'group', 'elderly', 'revision', 'sheet', 'points', 'grade', 'moved']);
  const list = rows.map(([subject, village, group, elderly, revision, sheet, points, grade, moved]) => ({ subject, village, group: group ?? 0, elderly, revision, sheet, points, grade, isMoved: moved !== null })).sort((a, b) => a.subject - b.subject);
  return { list, facts: await gather(reading, stretch.round, list.map(one => one.subject), books.county, { by: looksBack(tried) ? tried : books.county.standard, codingAt: index => books.of(list[index]?.village ?? -1).coding }) };
}
