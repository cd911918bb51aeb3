import type { Unit } from '../store/unit.ts';
import type { ConsentKind } from './consent.ts';

export interface Withdrawn { readonly subjectNo: number; readonly household: string; readonly kind: ConsentKind; readonly bank: string }

/** What a later area does at once when a consent no longer stands: hide a name, close a bank's look. Stages into the same unit. */
export interface Follower { readonly withdrawn: (unit: Unit, what: Withdrawn) => Promise<void> }

let followers: readonly Follower[] = [];
/** Told once by src/areas.ts, in the order of the areas: consents know nobody who comes after them. */
export const followConsents = (list: readonly Follower[]): void => { followers = list; };
export const consentFollowers = (): readonly Follower[] => followers;
