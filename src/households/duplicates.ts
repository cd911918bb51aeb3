import type { Knex } from 'knex';
import { limits } from '../kit/limits.ts';
import { within } from './queries.ts';

/** Why two households look like one. */
export const likenesses = { id: '同一个身份证号', phone: '电话和姓名都一样', name: '同村、同名、同年出生' } as const;
export type Likeness = keyof typeof likenesses;
export interface Pair { readonly one: string; readonly other: string; readonly why: Likeness; readonly member_one: string; readonly member_other: string }

/** Pairs that nobody has yet looked at, strongest reason first, each pair once. Both must lie in reach: what one may not see is not hinted at. */
export async function lookalikes(read: Knex, reach: readonly string[]): Promise<readonly Pair[]> {
  const pairs = new Map<string, Pair>();
  for (const why of ['id', 'phone', 'name'] as const) {
    for (const pair of await pairsBy(read, reach, why)) if (!pairs.has(`${pair.one} ${pair.other}`)) pairs.set(`${pair.one} ${pair.other}`, { ...pair, why });
    if (pairs.size >= limits.rowsPerPage) break;
  }
  return [...pairs.values()].slice(0, limits.rowsPerPage);
}

function pairsBy(read: Knex, reach: readonly string[], why: Likeness): Promise<Omit<Pair, 'why'>[]> {
  const own = (): Knex.QueryBuilder => read('households').where(within(read, reach)).whereNull('closed_on').select('id');
  const query = read('members as a').join('members as b', on => {
    if (why === 'id') on.on('b.id_match', 'a.id_match');
    else if (why === 'phone') on.on('b.phone_match', 'a.phone_match').andOn('b.name', 'a.name');
    else on.on('b.name', 'a.name').andOn('b.birth_year', 'a.birth_year');
    on.andOn('a.household', '<', 'b.household');
  });
  if (why === 'name') {
    // Two different ID numbers are two people, whatever they are called.
    void query.join('households as h', 'h.id', 'a.household').join('households as k', join => { join.on('k.id', 'b.household').andOn('k.village_no', 'h.village_no'); })
      .whereNot('a.name', '').where(one => { void one.whereNull('a.id_match').orWhereNull('b.id_match').orWhereRaw('a.id_match = b.id_match'); });
  }
  return query.leftJoin('apart', join => { join.on('apart.one', 'a.household').andOn('apart.other', 'b.household'); })
    .whereNull('apart.one').whereNull('a.left_on').whereNull('b.left_on').whereIn('a.household', own()).whereIn('b.household', own())
    .orderBy('a.household').limit(limits.rowsPerPage)
    .select('a.household as one', 'b.household as other', 'a.id as member_one', 'b.id as member_other');
}
