import type { Knex } from 'knex';
import type { Place } from '../places/place.ts';
import { placeColumns } from '../places/queries.ts';
import type { Sitting } from './load.ts';

export interface Listed extends Pick<Sitting, 'id' | 'place_no' | 'stage' | 'day' | 'venue' | 'state'> { readonly round_name: string; readonly place: Place }

/** Sittings below some paths, those under way first, then the latest. */
export async function sittingsBelow(read: Knex, paths: readonly string[], most: number): Promise<readonly Listed[]> {
  if (paths.length === 0) return [];
  const rows: Omit<Listed, 'place'>[] = await read('sittings').join('places', 'places.no', 'sittings.place_no').join('rounds', 'rounds.no', 'sittings.round').where(any => { for (const path of paths) void any.orWhere('places.path', 'like', `${path}%`); })
    .orderByRaw('case when sittings.ended_at is null then 0 else 1 end').orderBy('sittings.day', 'desc').orderBy('sittings.id', 'desc').limit(most)
    .select('sittings.id', 'sittings.place_no', 'sittings.stage', 'sittings.day', 'sittings.venue', 'sittings.state', 'rounds.name as round_name');
  const places: Place[] = rows.length === 0 ? [] : await read('places').whereIn('no', [...new Set(rows.map(row => row.place_no))]).select(...placeColumns);
  return rows.flatMap(row => { const place = places.find(one => one.no === row.place_no); return place === undefined ? [] : [{ ...row, place }]; });
}
