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

/** Names repeat, so a village is always shown with its township: 马坝镇 东风村. */
export async function placeNames(read: Knex, nos: readonly number[]): Promise<ReadonlyMap<number, PlaceName>> {
  if (nos.length === 0) return new Map();
  const rows: { no: number; name: string; kind: PlaceKind; path: string }[] = await read('places').select('no', 'name', 'kind', 'path').whereIn('no', [...new Set(nos)]);
  const townships = rows.map(row => ancestorNo(row.path, 'township')).filter(no => no !== undefined);
  const above: { no: number; name: string }[] = townships.length === 0 ? [] : await read('places').select('no', 'name').whereIn('no', [...new Set(townships)]);
  const names = new Map(above.map(row => [row.no, row.name]));
  return new Map(rows.map(row => {
    const township = names.get(ancestorNo(row.path, 'township') ?? -1) ?? '';
    return [row.no, { no: row.no, name: row.name, township, full: row.kind === 'township' || township === '' ? row.name : `${township} ${row.name}` }];
  }));
}
