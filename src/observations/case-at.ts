import type { Knex } from 'knex';
import { may } from '../access/may.ts';
import type { Power } from '../access/rules.ts';
import { householdFor } from '../households/visiting.ts';
import type { Loaded } from '../households/load.ts';
import { householdSubject } from '../households/subject.ts';
import type { Day } from '../kit/time.ts';
import { formerGrades } from '../rounds/former.ts';
import { roundFor } from '../rounds/queries.ts';
import { basesOfDay } from '../standards/law/register.ts';
import type { Standard, WrittenFact } from '../standards/standard.ts';
import type { Visit } from '../web/visit.ts';
import { factFault, indicatorsOf } from './checks.ts';
import { factsIn, pictureOf } from './observation.ts';
import { sheetsOf } from './sheet.ts';
import { closedBecause, lastSeq, worldOf, type Closed, type World } from './world.ts';

/** One household in one round, as a page needs it. */
export interface At {
  readonly loaded: Loaded; readonly world: World; readonly href: string;
  /** What was true in the round before, as far as this standard still asks it. */
  readonly before: Readonly<Record<string, WrittenFact>>;
  readonly closed: Closed | undefined;
  /** Grade of the former round, where the standard looks back on it. */
  readonly former: string | undefined;
  /** Legal bases of the standard that are in force today. */
  readonly bases: ReadonlySet<string>;
  readonly base: number;
  readonly mayRecord: boolean; readonly maySettle: boolean;
}

export async function caseAt(visit: Visit, power: Power): Promise<At> {
  const { read } = visit.office;
  const round = await roundFor(read, visit.actor, visit.params['round'] ?? '');
  const loaded = await householdFor(visit, power, visit.params['household'] ?? '');
  const world = await worldOf(read, round.no, loaded.row.id);
  const subject = householdSubject(loaded.key);
  return {
    loaded, world, href: hrefOf(round.id, loaded.row.id), base: lastSeq(world),
    before: await factsBefore(read, world, visit.day), closed: await closedBecause(read, world, visit.day), bases: await basesOfDay(read, world.compiled.standard, visit.day),
    former: (await formerGrades(read, round.no, [world.household.no], world.compiled.standard)).get(world.household.no),
    mayRecord: may(visit.actor, 'observation.record', subject) === true, maySettle: may(visit.actor, 'observation.settle', subject) === true,
  };
}

export const hrefOf = (round: string, household: string): string => `/observations/${round}/${household}`;

/** What was true in the round before, as far as this standard still asks it. */
export async function factsBefore(read: Knex, { round, household, compiled }: Pick<World, 'round' | 'household' | 'compiled'>, day: Day): Promise<Readonly<Record<string, WrittenFact>>> {
  if (round.previous_no === null) return {};
  const sheets = (await sheetsOf(read, round.previous_no, [household.no])).get(household.no) ?? [];
  return stillAsked(compiled.standard, factsIn(pictureOf(sheets)), day);
}

/** Facts of an earlier round that this standard still asks for and still takes. */
export function stillAsked(standard: Standard, facts: Readonly<Record<string, WrittenFact>>, day: Day): Readonly<Record<string, WrittenFact>> {
  const known = indicatorsOf(standard);
  return Object.fromEntries(Object.entries(facts).filter(([key, fact]) => {
    const indicator = known.get(key);
    return indicator !== undefined && factFault(indicator, fact, day) === undefined;
  }));
}
