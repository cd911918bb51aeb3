import { actorId, type Actor } from '../access/actor.ts';
import { Faults } from '../kit/faults.ts';
import type { Fault } from '../kit/form.ts';
import { newId } from '../kit/id.ts';
import type { Day } from '../kit/time.ts';
import { householdSubject } from '../households/subject.ts';
import type { Office } from '../office.ts';
import { rounds } from '../rounds/refusals.ts';
import { inUnit } from '../store/unit.ts';
import { observations } from './refusals.ts';
import { closedByStanding, worldOf } from './world.ts';

export interface Miss {
  /** Minted by the form or the tablet: the same sent twice is taken once. */
  readonly id: string;
  readonly round: number;
  readonly household: string;
  readonly day: Day;
  /** When somebody will go again, if that was settled. */
  readonly nextOn?: Day;
}

/** Somebody went and nobody was at home. It says nothing about the household and is no value; needs no consent, since nothing about anybody is taken down. */
export async function missVisit(office: Office, actor: Actor, given: Miss): Promise<void> {
  await inUnit(office, actor, [`household:${given.household}`], async unit => {
    const { round, household, standing } = await worldOf(unit.read, given.round, given.household);
    const subject = householdSubject(household);
    unit.require('observation.record', subject);
    const known: { id: string } | undefined = await unit.read('missed_visits').where({ id: given.id }).first('id');
    if (known !== undefined) return unit.nothingNew(undefined);
    const closed = closedByStanding(round, standing);
    if (closed === 'round-closed') return rounds.refuse(closed);
    if (closed !== undefined) return observations.refuse(closed, { standing: standing.standing });
    const faults: Fault[] = [];
    if (given.day > unit.day) faults.push({ field: 'day', code: 'late', say: '这一天还没到，可能是按错了。' });
    if (given.nextOn !== undefined && given.nextOn < unit.day) faults.push({ field: 'next', code: 'early', say: '再去的日子要在今天以后。' });
    if (faults.length > 0) throw new Faults(faults);
    unit.insert('missed_visits', { id: given.id, round: given.round, subject: household.no, day: given.day, next_on: given.nextOn ?? null, takes_back: null, salt: newId(), at: unit.at, by: actorId(actor) });
    unit.record({ act: 'observation.missed', power: 'observation.record', subject });
  });
}
