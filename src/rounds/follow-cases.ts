import type { Knex } from 'knex';
import type { Unit } from '../store/unit.ts';
import type { Case } from './mark.ts';
import type { Round } from './round.ts';

/** What later areas do in the same unit when cases come into a round, or leave what was published; unit-level. */
export interface CaseFollower {
  readonly admitted?: (unit: Unit, round: Pick<Round, 'no' | 'previous_no' | 'household_standard'>, subjects: readonly number[]) => Promise<void>;
  /** What was told of these results in one round, on notices, rolls and certificates, holds no longer. */
  readonly recalled?: (unit: Unit, round: number, subjects: readonly number[], why: Recall) => Promise<void>;
  /** What is under way in a round and could not be finished once it is over, in words; asked before it is ended. */
  readonly unfinished?: (read: Knex, round: number) => Promise<readonly string[]>;
  /** Households that take part in a round no longer, wherever they stood. */
  readonly left?: (unit: Unit, round: number, subjects: readonly number[]) => Promise<void>;
}

/** Looked at anew, its approval taken back, or the household itself is no more. */
export type Recall = 'reopened' | 'unapproved' | 'gone';

let followers: readonly CaseFollower[] = [];
/** Told once by src/areas.ts: rounds know nobody who comes after them. */
export const followCases = (list: readonly CaseFollower[]): void => { followers = list; };

export async function admitted(unit: Unit, round: Pick<Round, 'no' | 'previous_no' | 'household_standard'>, subjects: readonly number[]): Promise<void> {
  for (const follower of followers) await follower.admitted?.(unit, round, subjects);
}

export async function recalled(unit: Unit, cases: readonly Case[], why: Recall): Promise<void> {
  for (const round of new Set(cases.map(one => one.round))) {
    for (const follower of followers) await follower.recalled?.(unit, round, cases.filter(one => one.round === round).map(one => one.subject), why);
  }
}

export async function left(unit: Unit, cases: readonly Case[]): Promise<void> {
  for (const round of new Set(cases.map(one => one.round))) {
    for (const follower of followers) await follower.left?.(unit, round, cases.filter(one => one.round === round).map(one => one.subject));
  }
}

export async function unfinished(read: Knex, round: number): Promise<readonly string[]> {
  const said: string[] = [];
  for (const follower of followers) said.push(...await follower.unfinished?.(read, round) ?? []);
  return said;
}
