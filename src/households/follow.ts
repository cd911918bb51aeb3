import type { Office } from '../office.ts';
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
  /** After a forget was committed: what stands in files beside the database goes too. */
  readonly erased?: (office: Pick<Office, 'config'>, gone: Gone) => Promise<void>;
}

/** Who was forgotten, as long as anybody knows: the household's id, and the names, ID numbers and phones of its people. Kept nowhere. */
export interface Gone { readonly household: string; readonly words: readonly string[] }

let followers: readonly HouseholdFollower[] = [];
/** Told once by src/areas.ts, in the order of the areas: households know nobody who comes after them. */
export const followHouseholds = (list: readonly HouseholdFollower[]): void => { followers = list; };
export const householdFollowers = (): readonly HouseholdFollower[] => followers;
