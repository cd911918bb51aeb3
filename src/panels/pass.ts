import type { Actor } from '../access/actor.ts';
import type { Power } from '../access/rules.ts';
import { common } from '../kit/refusals.ts';
import { inUnit, type Desk, type Unit } from '../store/unit.ts';
import type { Place } from '../places/place.ts';
import { placeSubject } from '../places/queries.ts';
import { caseKeys } from '../ratings/run.ts';
import { caseColumns, mark, type Case } from '../rounds/mark.ts';
import { roundStillOpen, type Round } from '../rounds/round.ts';
import { mustNotNeedSitting } from './committee-rules.ts';
import { docketOf } from './docket.ts';
import { panels } from './refusals.ts';
import { stages, type Stage } from './stage.ts';

/** Which docket: of a village, in a round, before one of its committees. */
export interface DocketAt { readonly round: Round; readonly village: Pick<Place, 'no' | 'id' | 'path'>; readonly stage: Stage }
/** A case as the committee saw it: a later mark means that somebody else was there first. */
export interface Seen { readonly subject: number; readonly id: string; readonly mark_seq: number }
export interface Passed { readonly unit: number; readonly count: number }
type Given = DocketAt & { readonly cases: readonly Seen[] };

/** Who holds the power passes these households alone, where the office lets one: preliminary, reviewed or approved, by the stage. All or none. */
export async function passCases(desk: Desk, actor: Actor, given: Given): Promise<Passed> {
  return inUnit(desk, actor, keysOf(given), async unit => {
    const { power, mark: step } = stages[given.stage];
    const subject = placeSubject(given.village);
    unit.require(power, subject);
    mustNotStandAside(unit, power, given);
    await mustNotNeedSitting(unit.read, given.stage, `/sittings/new?round=${given.round.id}&place=${given.village.id}&stage=${given.stage}`);
    const count = await pass(unit, given);
    unit.record({ act: `panels.${step}`, power, subject });
    return { unit: unit.no, count };
  });
}

/** Unit-level: these households are passed. `sitting` names the meeting that decided it. */
export async function pass(unit: Unit, given: Given & { readonly sitting?: string }): Promise<number> {
  const cases = await casesSeen(unit, given);
  if (cases.some(one => one.held > 0)) panels.refuse('case-held');
  if (await anyProvisional(unit, given.round, cases)) panels.refuse('docket-provisional');
  mark(unit, cases, { mark: stages[given.stage].mark, track: 'household', ...given.sitting === undefined ? {} : { body: { sitting: given.sitting } } });
  return cases.length;
}

/** The rest of a docket in one act, on exactly the list that was shown, after the drawn ones were looked at. */
export async function passRest(desk: Desk, actor: Actor, given: DocketAt & { readonly seen: string; readonly looked: boolean }): Promise<Passed> {
  const docket = await docketOf(desk.read, { ...given, actor });
  if (docket.rest.length === 0) panels.refuse('docket-empty');
  if (docket.seen !== given.seen) common.refuse('changed-meanwhile');
  if (!given.looked) panels.refuse('sample-unseen', { field: 'looked', count: docket.sample.length });
  return passCases(desk, actor, { ...given, cases: docket.rest });
}

/** One act at a time on each household: two committees can never overwrite one another. And none while the round is being ended. */
export const keysOf = ({ round, cases }: { readonly round: Round; readonly cases: readonly Pick<Seen, 'id' | 'subject'>[] }): readonly string[] => [`round:${round.no}`, ...cases.flatMap(one => caseKeys(round.no, one))];

/** Whoever decides alone stands aside from none of them. In a sitting each member does so for the own kin, and the others decide. */
export function mustNotStandAside(unit: Unit, power: Power, { village, cases }: Pick<Given, 'village'> & { readonly cases: readonly Pick<Seen, 'id'>[] }): void {
  for (const one of cases) unit.require(power, { id: one.id, paths: [village.path] });
}

/** The cases as they are now; refused when the round is over, a case is elsewhere, or it has moved since it was shown. */
export async function casesSeen(unit: Unit, { round, village, cases }: Pick<Given, 'round' | 'village' | 'cases'>): Promise<readonly Case[]> {
  await roundStillOpen(unit.read, round.no);
  if (cases.length === 0) panels.refuse('docket-empty');
  const now: Case[] = await unit.read('cases').where({ round: round.no, village: village.no }).whereIn('subject', cases.map(one => one.subject)).select(...caseColumns);
  const byNo = new Map(now.map(one => [one.subject, one]));
  return cases.map(seen => {
    const one = byNo.get(seen.subject) ?? common.refuse('not-found');
    return one.mark_seq === seen.mark_seq ? one : common.refuse('changed-meanwhile');
  });
}

async function anyProvisional(unit: Unit, round: Round, cases: readonly Case[]): Promise<boolean> {
  const rows: unknown[] = await unit.read('current_ratings').where({ round: round.no, outcome: 'provisional' }).whereIn('subject', cases.map(one => one.subject)).limit(1).select('subject');
  return rows.length > 0;
}
