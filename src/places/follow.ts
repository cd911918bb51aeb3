import type { Knex } from 'knex';
import type { Day } from '../kit/time.ts';
import type { Unit } from '../store/unit.ts';
import type { Place } from './place.ts';

export interface Merged { readonly from: Place; readonly into: Place; readonly day: Day; readonly reason: string }
export interface Ended { readonly place: Place; readonly day: Day; readonly reason: string }

/** What a later area does in the same unit when the tree changes: it stages its own rows, or refuses the whole act. */
export interface PlaceFollower {
  /** What must stand still while a place is joined to another: an act under way on one of these comes before or after, and never writes the old place back. */
  readonly keys?: (read: Knex, from: Place) => Promise<readonly string[]>;
  readonly merged?: (unit: Unit, change: Merged) => Promise<void>;
  readonly closed?: (unit: Unit, change: Ended) => Promise<void>;
}

let registered: readonly PlaceFollower[] = [];

/** Called once by `src/areas.ts`, which alone knows the areas behind this one. */
export const followPlaces = (followers: readonly PlaceFollower[]): void => { registered = followers; };
export const placeFollowers = (): readonly PlaceFollower[] => registered;
