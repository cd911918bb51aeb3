import type { Knex } from 'knex';
import { stands } from '../consents/consent.ts';
import { consentsOf } from '../consents/queries.ts';
import type { Day } from '../kit/time.ts';
import type { Disputed } from './disputed.ts';

/** Who answers for what a bank gave: the bank, and the place of its officers nearest to the household. */
export interface BankSeat { readonly bank: string; readonly seat: number }

/** The bank whose look it is; else the one that the household shares with, or where it shares with none, the only one that has officers here; undefined where that leaves none or several, and the village answers. */
export async function bankSeat(read: Knex, { id, path }: Pick<Disputed, 'id' | 'path'>, day: Day, bank?: string): Promise<BankSeat | undefined> {
  const posts: { bank: string; no: number; path: string }[] = await read('posts').join('officers', 'officers.id', 'posts.officer').join('places', 'places.no', 'posts.place_no').where('posts.role', 'coopOfficer').whereNull('officers.closed_on').whereNotNull('officers.bank')
    .where('posts.since', '<=', day).where(open => { void open.whereNull('posts.until').orWhere('posts.until', '>', day); }).select('officers.bank', 'places.no', 'places.path');
  const here = posts.filter(post => path.startsWith(post.path)).toSorted((a, b) => b.path.length - a.path.length);
  const shared = new Set((await consentsOf(read, [id])).filter(one => one.kind === 'share' && stands(one, day)).map(one => one.bank));
  const own = here.filter(post => bank === undefined ? shared.has(post.bank) : post.bank === bank);
  const [nearest, ...others] = shared.size > 0 || bank !== undefined ? own : here;
  return nearest === undefined || others.some(post => post.bank !== nearest.bank) ? undefined : { bank: nearest.bank, seat: nearest.no };
}

/** Officers of other banks, who neither read nor answer it. */
export async function otherBanks(read: Knex, bank: string): Promise<readonly { readonly officer: string; readonly why: string }[]> {
  const rows: { id: string }[] = await read('officers').whereNotNull('bank').whereNot({ bank }).select('id');
  return rows.map(row => ({ officer: row.id, why: '这不是贵行给的数据' }));
}

/** A condition on an objection: a bank is to answer it and has nobody in office over its seat any more. Then the posts of the seat do. */
export const bankGone = (read: Knex) => (any: Knex.QueryBuilder): void => {
  void any.whereNotNull('objections.bank').whereNotExists(read('posts').join('officers', 'officers.id', 'posts.officer').join('places as benches', 'benches.no', 'posts.place_no').where('posts.role', 'coopOfficer').whereNull('posts.until').whereNull('officers.closed_on').whereRaw('officers.bank = objections.bank')
    .whereRaw("(select path from places where places.no = objections.seat_no) like benches.path || '%'").select('posts.id'));
};
