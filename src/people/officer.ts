import { incompatible } from '../access/rules.ts';
import { roles, type Role } from '../access/actor.ts';
import type { Day } from '../kit/time.ts';
import type { PlaceKind } from '../places/place.ts';

/** Where a role may stand. */
export const roleKinds: Readonly<Record<Role, readonly PlaceKind[]>> = {
  gridWorker: ['grid', 'group', 'village'],
  villageCommittee: ['village'],
  villageSupervisor: ['village'],
  peerReviewer: ['village', 'group', 'grid'],
  hallDesk: ['village', 'township', 'county'],
  townshipMember: ['township'],
  townshipChair: ['township'],
  coopOfficer: ['village', 'township', 'county', 'city'],
  standardsAdmin: ['county', 'city'],
  leadingMember: ['county', 'city'],
  leadingChair: ['county', 'city'],
  systemAdmin: ['township', 'county', 'city'],
  securityAdmin: ['township', 'county', 'city'],
  auditor: ['township', 'county', 'city'],
};

/** Posts that whoever may register leave may also pass on; all others need the power to appoint, or a chair could make himself administrator. */
export const passedOnLocally: readonly Role[] = ['gridWorker', 'hallDesk', 'villageCommittee', 'townshipMember', 'townshipChair'];

export interface Term { readonly role: Role; readonly since: Day; readonly until: Day | null }

/** Do two terms share a day? `until` is the first day without the post. */
export const overlaps = (one: Omit<Term, 'role'>, other: Omit<Term, 'role'>): boolean =>
  (one.until === null || other.since < one.until) && (other.until === null || one.since < other.until);

/** The two roles that one person may not hold on the same day, in words; undefined when the terms fit together. */
export function clash(terms: readonly Term[]): { readonly one: string; readonly other: string } | undefined {
  for (const [at, one] of terms.entries()) for (const other of terms.slice(at + 1)) {
    if (!overlaps(one, other)) continue;
    if (incompatible.some(([a, b]) => (a === one.role && b === other.role) || (b === one.role && a === other.role))) return { one: roles[one.role], other: roles[other.role] };
  }
  return undefined;
}

const letters = 'abcdefghjkmnpqrstuvwxyz';
const capitals = 'ABCDEFGHJKLMNPQRSTUVWXYZ';
const digits = '23456789';

/** A password to be told once and changed at first sign-in: no character that is easily misread. Three of the four kinds are always there. */
export function temporaryPassword(random: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array = bytes => crypto.getRandomValues(bytes)): string {
  const bytes = random(new Uint8Array(12));
  const from = (set: string, at: number): string => set.charAt((bytes[at] ?? 0) % set.length);
  const parts = Array.from({ length: 4 }, (_, at) => `${from(capitals, at * 3)}${from(letters, at * 3 + 1)}${from(digits, at * 3 + 2)}`);
  return parts.join('-');
}
