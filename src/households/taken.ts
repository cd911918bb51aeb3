import type { Knex } from 'knex';
import type { Actor } from '../access/actor.ts';
import { may } from '../access/may.ts';
import { households } from './refusals.ts';
import { householdSubject } from './subject.ts';
import { numberText } from './household.ts';

interface Person { readonly id: string; readonly match: string | null }

/** Refuses when an ID number already belongs to a living member elsewhere, or twice in the list. Where is told only to whom may see that household. */
export async function refuseTaken(read: Knex, actor: Actor, people: readonly Person[]): Promise<void> {
  const matches = people.flatMap(person => person.match === null ? [] : [person.match]);
  if (matches.length === 0) return;
  if (new Set(matches).size < matches.length) households.refuse('id-number-taken', { where: '同一份名单的另一行', field: 'id_number' });
  const own = new Set(people.map(person => person.id));
  const rows: { member: string; id: string; no: number; household_no: number; village_no: number; group_no: number | null; grid_no: number | null; path: string; name: string }[] = await read('members')
    .join('households', 'households.id', 'members.household').join('places', 'places.no', 'households.village_no')
    .whereIn('members.id_match', matches).whereNull('members.left_on').whereNull('households.closed_on')
    .select('members.id as member', 'households.id', 'households.no', 'households.household_no', 'households.village_no', 'households.group_no', 'households.grid_no', 'places.path', 'places.name');
  const other = rows.find(row => !own.has(row.member));
  if (other === undefined) return;
  const where = may(actor, 'household.read', householdSubject(other)) === true ? `${other.name} ${numberText(other.household_no)} 号户` : '另一户';
  households.refuse('id-number-taken', { where, field: 'id_number' });
}
