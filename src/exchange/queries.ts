import type { Knex } from 'knex';
import { reach } from '../access/may.ts';
import type { Actor } from '../access/actor.ts';
import type { Power } from '../access/rules.ts';
import type { Place } from '../places/place.ts';
import { numberText } from '../households/household.ts';
import { within } from '../households/queries.ts';
import { placeColumns, placeNames } from '../places/queries.ts';
import { limits } from '../kit/limits.ts';

/** Places a person may take files out for: those of their posts, and the townships and villages below. */
export async function placesWithin(read: Knex, actor: Actor, power: Power): Promise<readonly { readonly place: Place; readonly label: string }[]> {
  const paths = reach(actor, power);
  if (paths.length === 0) return [];
  const rows: Place[] = await read('places').whereNull('until').where({ hidden: 0 }).whereIn('kind', ['county', 'township', 'village', 'group', 'grid'])
    .where(any => { for (const path of paths) void any.orWhere('path', path).orWhere(below => { void below.where('path', 'like', `${path}%`).whereIn('kind', ['township', 'village']); }); })
    .orderBy('path').limit(limits.rowsPerPageMost * 10).select<Place[]>(...placeColumns);
  const names = await placeNames(read, rows.map(row => row.no));
  return rows.map(place => ({ place, label: names.get(place.no)?.full ?? place.name }));
}

/** Rounds at or around the places of a person's posts, newest first. */
export async function roundOptions(read: Knex, actor: Actor, power: Power): Promise<readonly { readonly key: string; readonly label: string }[]> {
  const paths = reach(actor, power);
  const rows: { id: string; name: string; path: string; place: string }[] = await read('rounds').join('places', 'places.no', 'rounds.place_no').orderBy('rounds.year', 'desc').orderBy('rounds.no', 'desc').select('rounds.id', 'rounds.name', 'places.path', 'places.name as place');
  return rows.filter(row => paths.some(path => path.startsWith(row.path) || row.path.startsWith(path))).map(row => ({ key: row.id, label: `${row.place} ${row.name}` }));
}

/** Households that still have something of an import that was taken back, because it was in use: at most a page of them. */
export async function stayingOf(read: Knex, actor: Actor, kind: string, importId: string): Promise<readonly { readonly href: string; readonly words: string }[]> {
  const from = kind === 'households' ? 'household_events' : kind === 'consents' ? 'consents' : undefined;
  if (from === undefined) return [];
  const rows: { id: string; household_no: number; head_name: string; village: string }[] = await read('households').join('places', 'places.no', 'households.village_no')
    .whereIn('households.id', read(from).where({ batch: importId }).select('household')).where(within(read, reach(actor, 'household.read')))
    .orderBy('households.no').limit(limits.rowsPerPage).select('households.id', 'households.household_no', 'households.head_name', 'places.name as village');
  return rows.map(row => ({ href: `/households/${row.id}`, words: `${row.village} ${numberText(row.household_no)} 号 ${row.head_name}` }));
}
