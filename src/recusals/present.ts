import { actorId } from '../access/actor.ts';
import { isAside } from '../access/may.ts';
import type { Power } from '../access/rules.ts';
import type { Subject } from '../access/subject.ts';
import type { Visit } from '../web/visit.ts';
import { othersFor, type Other } from './queries.ts';

/** For whoever stands aside from a household: who may do it instead. Undefined for everybody else. */
export async function asideFrom(visit: Visit, power: Power, household: Subject): Promise<{ readonly list: readonly Other[] } | undefined> {
  return isAside(visit.actor, household.id) ? { list: await othersFor(visit.office.read, power, household, { day: visit.day, but: actorId(visit.actor) }) } : undefined;
}
