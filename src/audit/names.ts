import type { Knex } from 'knex';
import { holds, may } from '../access/may.ts';
import type { Actor } from '../access/actor.ts';
import { householdSubject } from '../households/subject.ts';
import { placeNames } from '../places/queries.ts';

export interface Named { readonly words: string; readonly href?: string }

/** Who acted, in words: officers by name, others by what they are. */
export async function actorNames(read: Knex, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows: { id: string; name: string }[] = await read('officers').whereIn('id', [...new Set(ids)]).select('id', 'name');
  return new Map([['clock', '系统（定时）'], ['console', '命令行'], ['anyone', '来访者'], ...rows.map(row => [row.id, row.name] as const)]);
}

/** What entries were about, with the way there. A household's name only for those who may read it; others see its number, as long as it stands in their reach. */
export async function subjectNames(read: Knex, actor: Actor, ids: readonly string[]): Promise<ReadonlyMap<string, Named>> {
  const wanted = [...new Set(ids)];
  const named = new Map<string, Named>([['office', { words: '本办公室' }]]);
  const households: { id: string; no: number; village_no: number; group_no: number | null; grid_no: number | null; household_no: number; head_name: string; path: string }[] = await read('households').join('places', 'places.no', 'households.village_no')
    .whereIn('households.id', wanted).select('households.id', 'households.no', 'households.village_no', 'households.group_no', 'households.grid_no', 'households.household_no', 'households.head_name', 'places.path');
  const places: { id: string; no: number }[] = await read('places').whereIn('id', wanted).select('id', 'no');
  const names = await placeNames(read, [...places.map(place => place.no), ...households.map(household => household.village_no)]);
  for (const one of households) {
    const subject = householdSubject(one);
    if (may(actor, 'ledger.read', subject) !== true) { named.set(one.id, { words: '不在您片区的农户' }); continue; }
    const where = `${names.get(one.village_no)?.full ?? ''} ${String(one.household_no).padStart(3, '0')} 号`;
    const open = may(actor, 'household.read', subject) === true;
    named.set(one.id, open ? { words: `${where} ${one.head_name}`, href: `/households/${one.id}` } : { words: where });
  }
  for (const place of places) named.set(place.id, { words: names.get(place.no)?.full ?? '', href: `/places/${place.id}` });
  const officers: { id: string; name: string }[] = await read('officers').whereIn('id', wanted).select('id', 'name');
  for (const one of officers) named.set(one.id, holds(actor, 'officer.read') ? { words: one.name, href: `/officers/${one.id}` } : { words: one.name });
  const rounds: { id: string; name: string; no: number }[] = await read('rounds').whereIn('id', wanted).select('id', 'name', 'no');
  for (const one of rounds) named.set(one.id, { words: one.name, href: `/rounds/${one.id}` });
  const standards: { hash: string; title: string }[] = await read('standards').whereIn('hash', wanted).select('hash', 'title');
  for (const one of standards) named.set(one.hash, { words: one.title, href: `/standards/${one.hash}` });
  const imports: { id: string; file_name: string }[] = await read('imports').whereIn('id', wanted).select('id', 'file_name');
  for (const one of imports) named.set(one.id, { words: `文件 ${one.file_name}` });
  return named;
}
