import type { Knex } from 'knex';
import { common } from '../kit/refusals.ts';
import type { Day } from '../kit/time.ts';
import type { Result, Review, Seat } from './peer.ts';

const columns = ['id', 'round', 'village_no', 'group_no', 'pass', 'follows', 'until', 'opened_on', 'closed_on'] as const;

export async function reviewById(read: Knex, id: string): Promise<Review> {
  const row: Review | undefined = await read('peer_reviews').where({ id }).first(...columns);
  return row ?? common.refuse('not-found');
}

/** Reviews of some groups in a round, the last pass of each first. */
export const reviewsOf = async (read: Knex, round: number, groups: readonly number[]): Promise<readonly Review[]> =>
  read('peer_reviews').where({ round }).whereIn('group_no', [...groups]).orderBy('group_no').orderBy('pass', 'desc').select<Review[]>(...columns);

export const seatsOf = async (read: Knex, reviews: readonly string[]): Promise<readonly Seat[]> =>
  read('peer_seats').whereIn('review', [...reviews]).orderBy('review').orderBy('no').select<Seat[]>('review', 'officer', 'no', 'how', 'done_at');

/** Reviews under way in which somebody has a seat, the one that ends first in front. */
export const ownReviews = async (read: Knex, officer: string): Promise<readonly (Review & Pick<Seat, 'done_at' | 'how'>)[]> =>
  read('peer_seats').join('peer_reviews', 'peer_reviews.id', 'peer_seats.review').where({ officer }).whereNull('peer_reviews.closed_on').orderBy('peer_reviews.until').orderBy('peer_reviews.id')
    .select<(Review & Seat)[]>(...columns.map(column => `peer_reviews.${column}`), 'peer_seats.done_at', 'peer_seats.how');

export const resultsOf = async (read: Knex, review: string): Promise<readonly Result[]> =>
  read('peer_results').where({ review }).select<Result[]>('review', 'subject', 'indicator', 'answers', 'unclear', 'spread', 'counts');

/** What the last pass came to about one household, by question. */
export async function resultsFor(read: Knex, round: number, subject: number): Promise<ReadonlyMap<string, Result>> {
  const rows: Result[] = await read('peer_results').join('peer_reviews', 'peer_reviews.id', 'peer_results.review').where({ 'peer_reviews.round': round, 'peer_results.subject': subject }).orderBy('peer_reviews.pass')
    .select('peer_results.review', 'peer_results.subject', 'peer_results.indicator', 'peer_results.answers', 'peer_results.unclear', 'peer_results.spread', 'peer_results.counts');
  return new Map(rows.map(row => [row.indicator, row]));
}

export interface Neighbour { readonly id: string; readonly no: number; readonly household_no: number; readonly head_name: string }
const open = ['open', 'collected', 'rated', 'returned'];

/** Households of a group that may still be judged in the round, by number. */
export const neighbours = async (read: Knex, { round, group_no }: Pick<Review, 'round' | 'group_no'>): Promise<readonly Neighbour[]> =>
  read('cases').join('households', 'households.no', 'cases.subject').where({ 'cases.round': round, 'households.group_no': group_no }).whereIn('cases.standing', open).whereNull('households.closed_on').orderBy('households.household_no')
    .select<Neighbour[]>('households.id', 'households.no', 'households.household_no', 'households.head_name');

/** Those who may be drawn: evaluators of the group or of its whole village on a day. */
export async function evaluatorsOf(read: Knex, { group_no, village_no }: Pick<Review, 'group_no' | 'village_no'>, day: Day): Promise<readonly { readonly id: string; readonly name: string }[]> {
  return read('posts').join('officers', 'officers.id', 'posts.officer').where('posts.role', 'peerReviewer').whereIn('posts.place_no', [group_no, village_no]).where('posts.since', '<=', day)
    .where(any => { void any.whereNull('posts.until').orWhere('posts.until', '>', day); }).whereNull('officers.closed_on').distinct('officers.id', 'officers.name').orderBy('officers.id');
}
