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
  const pairs = why === 'id' ? byIndex(read, own) : byShared(read, own, why);
  return pairs.leftJoin('apart', join => { join.on('apart.one', 'a.household').andOn('apart.other', 'b.household'); })
    .whereNull('apart.one').orderBy('a.household').limit(limits.rowsPerPage)
    .select('a.household as one', 'b.household as other', 'a.id as member_one', 'b.id as member_other');
}

const shared = { phone: ['phone_match', 'name'], name: ['village_no', 'name', 'birth_year'] } as const;

/** Nobody else looks for these, and an index of values that fall anywhere would cost every import a fifth of its writing: those in reach are sorted instead. */
function byShared(read: Knex, own: Knex.QueryBuilder, why: keyof typeof shared): Knex.QueryBuilder<object, Found[]> {
  const people = why === 'phone' ? read('members').whereNotNull('phone_match') : read('members').join('households', 'households.id', 'members.household').whereNot('name', '');
  const alike = (side: 'a' | 'b') => (join: Knex.JoinClause): void => {
    for (const column of shared[why]) join.on(`${side}.${column}`, `shared.${column}`);
    if (side === 'b') join.andOn('a.household', '<', 'b.household');
  };
  const pairs: Knex.QueryBuilder<object, Found[]> = read.withMaterialized('own', people.whereNull('left_on').whereIn('household', own).select('members.id', 'household', 'id_match', ...shared[why]))
    .withMaterialized('shared', read('own').groupBy(shared[why]).havingRaw('min(household) < max(household)').select(...shared[why]))
    .from('shared').join('own as a', alike('a')).join('own as b', alike('b'));
  // Two different ID numbers are two people, whatever they are called.
  if (why === 'name') void pairs.where(one => { void one.whereNull('a.id_match').orWhereNull('b.id_match').orWhereRaw('a.id_match = b.id_match'); });
  return pairs;
}

function byIndex(read: Knex, own: Knex.QueryBuilder): Knex.QueryBuilder<object, Found[]> {
  return read('members as a').join('members as b', on => { on.on('b.id_match', 'a.id_match').andOn('a.household', '<', 'b.household'); })
    .whereNull('a.left_on').whereNull('b.left_on').whereIn('a.household', own.clone()).whereIn('b.household', own.clone());
}
