import type { Unit } from '../store/unit.ts';
import type { HouseholdKey } from './subject.ts';

/** What later areas do when a household changes its shape; each is unit-level and stages into the same unit. */
export interface HouseholdFollower {
  /** Village, group or grid changed: open cases go along. */
  readonly moved?: (unit: Unit, household: HouseholdKey) => Promise<void>;
  /** `from` is closed, its people live on in `into`. */
  readonly merged?: (unit: Unit, change: { readonly from: HouseholdKey; readonly into: HouseholdKey }) => Promise<void>;
  readonly split?: (unit: Unit, change: { readonly from: HouseholdKey; readonly made: HouseholdKey }) => Promise<void>;
  readonly closed?: (unit: Unit, household: HouseholdKey) => Promise<void>;
  readonly forgotten?: (unit: Unit, household: HouseholdKey) => Promise<void>;
}

let followers: readonly HouseholdFollower[] = [];
/** Told once by src/areas.ts, in the order of the areas: households know nobody who comes after them. */
export const followHouseholds = (list: readonly HouseholdFollower[]): void => { followers = list; };
export const householdFollowers = (): readonly HouseholdFollower[] => followers;
