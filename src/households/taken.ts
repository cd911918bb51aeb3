import type { Knex } from 'knex';
import type { Actor } from '../access/actor.ts';
import { may } from '../access/may.ts';
import { dialectFor } from '../store/dialect.ts';
import { households } from './refusals.ts';
import { householdSubject, type HouseholdKey } from './subject.ts';
import { numberText, type Relation } from './household.ts';

/** A living member of an open household who has a certain ID number; `name` is the village's. */
export interface Holder extends HouseholdKey { readonly member: string; readonly id_match: string; readonly relation: Relation; readonly household_no: number; readonly name: string }

/** Who has these ID numbers, by their match keys: one question, however many there are. */
export async function holdersOf(read: Knex, matches: readonly string[]): Promise<readonly Holder[]> {
  if (matches.length === 0) return [];
  return read('members').join('households', 'households.id', 'members.household').join('places', 'places.no', 'households.village_no')
    .whereRaw(dialectFor(read).isAmong('members.id_match'), [JSON.stringify(matches)]).whereNull('members.left_on').whereNull('households.closed_on')
    .select('members.id as member', 'members.id_match', 'members.relation', 'households.id', 'households.no', 'households.household_no', 'households.village_no', 'households.group_no', 'households.grid_no', 'places.path', 'places.name');
}

/** Where somebody lives, told only to whom may see that household. */
export const whereFor = (actor: Actor, holder: Holder): string => may(actor, 'household.read', householdSubject(holder)) === true ? `${holder.name} ${numberText(holder.household_no)} 号户` : '另一户';

interface Person { readonly id: string; readonly match: string | null }

/** Refuses when an ID number already belongs to a living member elsewhere, or twice in the list. */
export async function refuseTaken(read: Knex, actor: Actor, people: readonly Person[]): Promise<void> {
  const matches = people.flatMap(person => person.match ?? []);
  if (new Set(matches).size < matches.length) households.refuse('id-number-taken', { where: '同一份名单的另一行', field: 'id_number' });
  const own = new Set(people.map(person => person.id));
  const other = (await holdersOf(read, matches)).find(holder => !own.has(holder.member));
  if (other !== undefined) households.refuse('id-number-taken', { where: whereFor(actor, other), field: 'id_number' });
}
