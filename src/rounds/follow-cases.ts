import type { Unit } from '../store/unit.ts';
import type { Round } from './round.ts';

/** What later areas do in the same unit when households come into a round; unit-level. */
export interface CaseFollower { readonly admitted: (unit: Unit, round: Pick<Round, 'no' | 'previous_no' | 'household_standard'>, subjects: readonly number[]) => Promise<void> }

let followers: readonly CaseFollower[] = [];
/** Told once by src/areas.ts: rounds know nobody who comes after them. */
export const followCases = (list: readonly CaseFollower[]): void => { followers = list; };
export const caseFollowers = (): readonly CaseFollower[] => followers;
