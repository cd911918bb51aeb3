import type { Knex } from 'knex';
import { common } from '../kit/refusals.ts';
import type { Day } from '../kit/time.ts';
import { mayBeRated } from '../consents/queries.ts';
import { householdKeyOf, type HouseholdKey } from '../households/subject.ts';
import { acceptsFacts } from '../rounds/case.ts';
import type { Case } from '../rounds/mark.ts';
import { rounds } from '../rounds/refusals.ts';
import { caseOf, roundByNo, type Round } from '../rounds/round.ts';
import { loadCoding, type Coding } from '../standards/dictionary.ts';
import type { Compiled } from '../standards/compile.ts';
import { pictureOf, type Picture, type Sheet } from './observation.ts';
import { observations } from './refusals.ts';
import { sheetsAbout } from './sheet.ts';

/** Everything about one household in one round that taking down facts needs. */
export interface World {
  readonly round: Round; readonly household: HouseholdKey; readonly standing: Case;
  readonly compiled: Compiled; readonly coding: Coding;
  readonly sheets: readonly Sheet[]; readonly picture: Picture;
}

export async function worldOf(read: Knex, roundNo: number, subject: number): Promise<World> {
  const [household, round, standing, sheets] = await Promise.all([householdKeyOf(read, subject), roundByNo(read, roundNo), caseOf(read, roundNo, subject), sheetsAbout(read, roundNo, subject)]);
  return household === undefined ? common.refuse('not-found') : worldFrom(read, { round, household, standing, sheets });
}

/** The same where round and household are known already. */
export async function worldIn(read: Knex, round: Round, household: HouseholdKey): Promise<World> {
  const [standing, sheets] = await Promise.all([caseOf(read, round.no, household.no), sheetsAbout(read, round.no, household.no)]);
  return worldFrom(read, { round, household, standing, sheets });
}

async function worldFrom(read: Knex, found: Pick<World, 'round' | 'household' | 'standing' | 'sheets'>): Promise<World> {
  return { ...found, ...await loadCoding(read, found.round.household_standard), picture: pictureOf(found.sheets) };
}

export const lastSeq = (world: Pick<World, 'sheets'>): number => world.sheets.at(-1)?.seq ?? 0;

/** Refuses where nothing may be taken down: round over, household not in it, content already locked, no consent to be rated (PIPL 13). */
export async function openForFacts(read: Knex, world: World, day: Day): Promise<void> {
  const why = await closedBecause(read, world, day);
  if (why === undefined) return;
  if (why === 'round-closed') return rounds.refuse(why);
  observations.refuse(why, { standing: world.standing.standing, household: world.household.id });
}

export type Closed = 'round-closed' | 'case-excused' | 'facts-locked' | 'consent-missing';

export async function closedBecause(read: Knex, { round, standing, household }: Pick<World, 'round' | 'standing' | 'household'>, day: Day): Promise<Closed | undefined> {
  const why = closedByStanding(round, standing);
  return why ?? (await mayBeRated(read, household.no, day) ? undefined : 'consent-missing');
}

export function closedByStanding(round: Pick<Round, 'closed_on'>, { standing }: Pick<Case, 'standing'>): Exclude<Closed, 'consent-missing'> | undefined {
  if (round.closed_on !== null) return 'round-closed';
  if (standing === 'excused') return 'case-excused';
  return acceptsFacts(standing) ? undefined : 'facts-locked';
}
