import type { Knex } from 'knex';
import type { Day } from '../kit/time.ts';

/** Whether all who live in a household are elderly: counted apart in a scenario, and known to no standard. Unknown too where nobody lives at home. */
export const elderly = { unknown: -1, no: 0, yes: 1 } as const;
export type Elderly = (typeof elderly)[keyof typeof elderly];
export const elderlyWords: readonly (readonly [Elderly, string])[] = [[elderly.yes, '都满 60 岁'], [elderly.no, '不都满'], [elderly.unknown, '不清楚']];

const fromAge = 60;    // Law on the Protection of the Rights and Interests of the Elderly, art. 2. By the year alone: from the year of the sixtieth birthday.
const oldestAge = 130;   // An earlier year is no birth year: the register's own form refuses it.

/** Of the households of a list of rows (`household`: their ids) on a day, from the register: members who left or are long away do not count. One look-up by index each, in the same statement. */
export function elderlyOf(read: Knex, rows: Knex.QueryBuilder, day: Day): Knex.QueryBuilder {
  const year = Number(day.slice(0, 4));
  const own = read('members as m').whereRaw('m.household = p.household').where('m.away', 0).where(there => { void there.whereNull('m.left_on').orWhere('m.left_on', '>', day); })
    .select(read.raw(`case when max(m.birth_year) is null or min(m.birth_year) < ? or max(m.birth_year) > ? then ${elderly.unknown} when max(m.birth_year) <= ? then ${elderly.yes} else ${elderly.no} end`, [year - oldestAge, year, year - fromAge]));
  return read.from(rows.as('p')).select('p.*', own.as('elderly'));
}
