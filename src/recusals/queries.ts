import type { Knex } from 'knex';
import { may } from '../access/may.ts';
import { rules, type Power } from '../access/rules.ts';
import type { Subject } from '../access/subject.ts';
import { roles } from '../access/actor.ts';
import type { Day } from '../kit/time.ts';
import { common } from '../kit/refusals.ts';
import { asideOf, postsOn } from '../people/sessions.ts';
import type { Recusal } from './recusal.ts';

const columns = ['recusals.id', 'recusals.officer', 'recusals.household', 'recusals.ground', 'recusals.words', 'recusals.at', 'recusals.by', 'recusal_ends.at as ended_at'] as const;
const all = (read: Knex) => read('recusals').leftJoin('recusal_ends', 'recusal_ends.recusal', 'recusals.id');
const inForce = (read: Knex) => all(read).whereNull('recusal_ends.recusal');

export async function recusalById(read: Knex, id: string): Promise<Recusal> {
  const row: Recusal | undefined = await all(read).where('recusals.id', id).first(...columns);
  return row ?? common.refuse('not-found');
}

/** Who stands aside from these households now. */
export async function recusalsFrom(read: Knex, households: readonly string[]): Promise<readonly Recusal[]> {
  return households.length === 0 ? [] : inForce(read).whereIn('recusals.household', [...households]).orderBy('recusals.at').select(...columns);
}

export interface Listed extends Recusal { readonly officer_name: string; readonly head_name: string; readonly household_no: number; readonly village_no: number }

/** In force, newest first: an officer's own, or all below some paths. */
export async function recusalsListed(read: Knex, which: { readonly officer: string } | { readonly paths: readonly string[] }, most: number): Promise<readonly Listed[]> {
  return inForce(read).join('officers', 'officers.id', 'recusals.officer').join('households', 'households.id', 'recusals.household').join('places', 'places.no', 'households.village_no')
    .modify(query => { if ('officer' in which) void query.where('recusals.officer', which.officer); else void query.where(any => { for (const path of which.paths) void any.orWhere('places.path', 'like', `${path}%`); if (which.paths.length === 0) void any.whereRaw('1 = 0'); }); })
    .orderBy('recusals.at', 'desc').orderBy('recusals.id').limit(most)
    .select(...columns, 'officers.name as officer_name', 'households.head_name', 'households.household_no', 'households.village_no');
}

export interface Other { readonly id: string; readonly name: string; readonly role: string }

/** Who could do it instead of somebody who stands aside: the same power, within reach, neither away nor standing aside. In the order of the roles that the power belongs to. */
export async function othersFor(read: Knex, power: Power, subject: Subject, { day, but }: { readonly day: Day; readonly but: string }): Promise<readonly Other[]> {
  const path = subject.paths.at(-1) ?? '/';
  const above = path.split('/').slice(1, -1).map((_, at, parts) => `/${parts.slice(0, at + 1).join('/')}/`);
  const rows: { id: string; name: string }[] = await read('posts').join('places', 'places.no', 'posts.place_no').join('officers', 'officers.id', 'posts.officer')
    .whereIn('posts.role', [...rules[power].roles]).where('posts.since', '<=', day).where(open => { void open.whereNull('posts.until').orWhere('posts.until', '>', day); })
    .where(any => { void any.whereIn('places.path', above).orWhere('places.path', 'like', `${path}%`); }).whereNull('officers.closed_on').whereNot('officers.id', but)
    .distinct('officers.id', 'officers.name').orderBy('officers.name').limit(50);
  const able: (Other & { at: number })[] = [];
  for (const row of rows) {
    const [posts, aside] = [await postsOn(read, row.id, day), await asideOf(read, row.id)];
    if (may({ kind: 'officer', ...row, posts, aside }, power, subject) !== true) continue;
    const role = posts.find(post => rules[power].roles.includes(post.role))?.role;
    if (role !== undefined) able.push({ ...row, role: roles[role], at: rules[power].roles.indexOf(role) });
  }
  return able.sort((a, b) => a.at - b.at).map(({ id, name, role }) => ({ id, name, role }));
}
