import type { Knex } from 'knex';
import type { Subject } from '../access/subject.ts';
import { common } from '../kit/refusals.ts';
import { ancestorNo, type Place, type PlaceKind } from './place.ts';

export const placeColumns = ['no', 'id', 'kind', 'code', 'name', 'parent_no', 'path', 'sort', 'since', 'until', 'successor_no', 'hidden'] as const;

export async function placeByNo(read: Knex, no: number): Promise<Place> {
  const place: Place | undefined = await read('places').where({ no }).first(...placeColumns);
  return place ?? common.refuse('not-found');
}

export async function placeById(read: Knex, id: string): Promise<Place> {
  const place: Place | undefined = await read('places').where({ id }).first(...placeColumns);
  return place ?? common.refuse('not-found');
}

/** A place as the subject of an act. */
export const placeSubject = (place: Pick<Place, 'id' | 'path'>): Subject => ({ id: place.id, paths: [place.path] });

/** Living places of a kind below a path, in the register's order. */
export async function placesBelow(read: Knex, path: string, kind: PlaceKind): Promise<readonly Place[]> {
  return read('places').select(...placeColumns).where({ kind, hidden: 0 }).whereNull('until').where('path', 'like', `${path}%`).orderBy('sort').orderBy('no');
}

export interface PlaceName { readonly no: number; readonly name: string; readonly township: string; readonly full: string }

/** Names repeat, so a village is always shown with its township, a group or grid with both: 马坝镇 东风村 第3组. */
export async function placeNames(read: Knex, nos: readonly number[]): Promise<ReadonlyMap<number, PlaceName>> {
  if (nos.length === 0) return new Map();
  const rows: { no: number; name: string; kind: PlaceKind; path: string }[] = await read('places').select('no', 'name', 'kind', 'path').whereIn('no', [...new Set(nos)]);
  const names = new Map(rows.map(row => [row.no, row.name]));
  const wanted = rows.flatMap(row => [ancestorNo(row.path, 'township'), ancestorNo(row.path, 'village')]).filter(no => no !== undefined).filter(no => !names.has(no));
  const above: { no: number; name: string }[] = wanted.length === 0 ? [] : await read('places').select('no', 'name').whereIn('no', [...new Set(wanted)]);
  for (const row of above) names.set(row.no, row.name);
  return new Map(rows.map(row => {
    const line = (['township', 'village'] as const).flatMap(kind => { const no = ancestorNo(row.path, kind); return no === undefined || no === row.no ? [] : [names.get(no) ?? '']; });
    return [row.no, { no: row.no, name: row.name, township: names.get(ancestorNo(row.path, 'township') ?? -1) ?? '', full: [...line, row.name].join(' ') }];
  }));
}

/** Living places directly below one, hidden ones included, in the register's order. */
export async function placesUnder(read: Knex, parentNo: number): Promise<readonly Place[]> {
  return read('places').select(...placeColumns).where({ parent_no: parentNo }).whereNull('until').orderBy('sort').orderBy('no');
}

export async function placeWithCode(read: Knex, kind: PlaceKind, code: string): Promise<Place | undefined> {
  return read('places').where({ kind, code }).whereNull('until').first(...placeColumns);
}

/** The places above one, from the province down, itself last. */
export async function lineage(read: Knex, place: Place): Promise<readonly Place[]> {
  const nos = place.path.split('/').filter(part => part !== '').map(part => Number(part.slice(1)));
  const rows: Place[] = await read('places').select(...placeColumns).whereIn('no', nos);
  return nos.flatMap(no => rows.filter(row => row.no === no));
}

/** What stands below each of some places, counted by kind; hidden and ended ones are left out. */
export async function countsUnder(read: Knex, nos: readonly number[]): Promise<ReadonlyMap<number, Readonly<Partial<Record<PlaceKind, number>>>>> {
  if (nos.length === 0) return new Map();
  const rows: { parent_no: number; kind: PlaceKind; n: number | string }[] = await read('places').whereIn('parent_no', [...nos]).whereNull('until').where({ hidden: 0 })
    .groupBy('parent_no', 'kind').select('parent_no', 'kind').count({ n: '*' });
  const counts = new Map<number, Partial<Record<PlaceKind, number>>>();
  for (const row of rows) counts.set(row.parent_no, { ...counts.get(row.parent_no), [row.kind]: Number(row.n) });
  return counts;
}

const likeText = (text: string): string => text.replace(/[%_\\]/g, '');

/** Living places below some paths whose name or code holds the words, the larger first. */
export async function placesNamed(read: Knex, paths: readonly string[], words: string, most: number): Promise<readonly Place[]> {
  const wanted = likeText(words);
  if (wanted === '' || paths.length === 0) return [];
  return read('places').select(...placeColumns).whereNull('until').where({ hidden: 0 })
    .where(any => { for (const path of paths) void any.orWhere('path', 'like', `${path}%`); })
    .where(any => { void any.where('name', 'like', `%${wanted}%`).orWhere('code', 'like', `${wanted}%`); })
    .orderBy('sort').orderBy('no').limit(most);
}

export interface PlaceEvent { readonly kind: 'established' | 'renamed' | 'moved' | 'merged' | 'closed'; readonly day: string; readonly was: string; readonly now: string; readonly reason: string }

/** The history of a place, newest first. */
export async function placeEvents(read: Knex, no: number): Promise<readonly PlaceEvent[]> {
  return read('place_events').where({ place_no: no }).select('kind', 'day', 'was', 'now', 'reason').orderBy('day', 'desc').orderBy('id', 'desc').limit(200);
}

/** What the office covers; undefined until it is set. */
export async function officePlace(read: Knex): Promise<Place | undefined> {
  const row: { value: string } | undefined = await read('settings').where({ name: 'office.place' }).first('value');
  return row === undefined ? undefined : read('places').where({ no: Number(row.value) }).first(...placeColumns);
}

export async function officeTitle(read: Knex): Promise<string> {
  const row: { value: string } | undefined = await read('settings').where({ name: 'office.title' }).first('value');
  return row?.value ?? '乡信';
}

/** Every place an office may be set up for, as `盱眙县 马坝镇`, larger before smaller. */
export async function officeChoices(read: Knex): Promise<readonly { readonly key: string; readonly label: string }[]> {
  const rows: Pick<Place, 'no' | 'name' | 'kind' | 'path'>[] = await read('places').whereIn('kind', ['city', 'county', 'township']).whereNull('until').where({ hidden: 0 }).select('no', 'name', 'kind', 'path').orderBy('sort').orderBy('no');
  const names = new Map(rows.map(row => [row.no, row.name]));
  return [...rows.filter(row => row.kind !== 'township'), ...rows.filter(row => row.kind === 'township')].map(row => {
    const above = row.kind === 'city' ? '' : names.get(ancestorNo(row.path, row.kind === 'township' ? 'county' : 'city') ?? -1) ?? '';
    return { key: String(row.no), label: above === '' ? row.name : `${above} ${row.name}` };
  });
}
