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

type Found = Omit<Pair, 'why'>;

function pairsBy(read: Knex, reach: readonly string[], why: Likeness): Promise<Found[]> {
  const own = read('households').where(within(read, reach)).whereNull('closed_on').select('id');
  const pairs = why === 'phone' ? byPhone(read, own) : byIndex(read, own, why);
  return pairs.leftJoin('apart', join => { join.on('apart.one', 'a.household').andOn('apart.other', 'b.household'); })
    .whereNull('apart.one').orderBy('a.household').limit(limits.rowsPerPage)
    .select('a.household as one', 'b.household as other', 'a.id as member_one', 'b.id as member_other');
}

/** Nobody else looks for a phone, and an index of keys that fall anywhere would cost every import a tenth of its time: those in reach are sorted instead. */
function byPhone(read: Knex, own: Knex.QueryBuilder): Knex.QueryBuilder<object, Found[]> {
  return read.withMaterialized('own', read('members').whereNotNull('phone_match').whereNull('left_on').whereIn('household', own).select('id', 'household', 'name', 'phone_match'))
    .withMaterialized('shared', read('own').groupBy('phone_match', 'name').havingRaw('min(household) < max(household)').select('phone_match', 'name'))
    .from('shared').join('own as a', join => { join.on('a.phone_match', 'shared.phone_match').andOn('a.name', 'shared.name'); })
    .join('own as b', join => { join.on('b.phone_match', 'shared.phone_match').andOn('b.name', 'shared.name').andOn('a.household', '<', 'b.household'); });
}

function byIndex(read: Knex, own: Knex.QueryBuilder, why: 'id' | 'name'): Knex.QueryBuilder<object, Found[]> {
  const query = read('members as a').join('members as b', on => {
    if (why === 'id') on.on('b.id_match', 'a.id_match'); else on.on('b.name', 'a.name').andOn('b.birth_year', 'a.birth_year');
    on.andOn('a.household', '<', 'b.household');
  });
  if (why === 'name') {
    // Two different ID numbers are two people, whatever they are called.
    void query.join('households as h', 'h.id', 'a.household').join('households as k', join => { join.on('k.id', 'b.household').andOn('k.village_no', 'h.village_no'); })
      .whereNot('a.name', '').where(one => { void one.whereNull('a.id_match').orWhereNull('b.id_match').orWhereRaw('a.id_match = b.id_match'); });
  }
  return query.whereNull('a.left_on').whereNull('b.left_on').whereIn('a.household', own.clone()).whereIn('b.household', own.clone());
}
