import type { Knex } from 'knex';
import type { Place, PlaceKind } from '../places/place.ts';
import { placeColumns, placesBelow } from '../places/queries.ts';
import type { Round } from '../rounds/round.ts';
import { simulations } from './refusals.ts';

/** Villages or townships below a path as they were when a round ended, or are while it goes on: ratings of a round that is over stay where they were made, also when villages are merged later. */
export async function placesOfRound(read: Knex, { closed_on }: Pick<Round, 'closed_on'>, path: string, kind: PlaceKind): Promise<readonly Place[]> {
  if (closed_on === null) return placesBelow(read, path, kind);
  return read('places').select(...placeColumns).where({ kind, hidden: 0 }).where('path', 'like', `${path}%`).where(there => { void there.whereNull('until').orWhere('until', '>=', closed_on); }).orderBy('sort').orderBy('no');
}

/** A scenario is about a place that its round covers. */
export function mustCover(round: Pick<Round, 'path' | 'name'>, place: Place): void {
  if (!place.path.startsWith(round.path)) simulations.refuse('not-in-round', { field: 'place', place: place.name, round: round.name });
}
