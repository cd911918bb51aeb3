import { actorId, type Actor } from '../access/actor.ts';
import { householdSubject } from '../households/subject.ts';
import { newId } from '../kit/id.ts';
import type { Office } from '../office.ts';
import { inUnit } from '../store/unit.ts';
import { openMisses } from './missed.ts';
import { observations } from './refusals.ts';
import { worldOf } from './world.ts';

/** Takes back the actor's own word that nobody was at home, while it is the last thing written about the household: another row that says so. */
export async function undoMiss(office: Office, actor: Actor, given: { readonly round: number; readonly household: string; readonly id: string }): Promise<void> {
  await inUnit(office, actor, [`household:${given.household}`], async unit => {
    const { household, sheets } = await worldOf(unit.read, given.round, given.household);
    const subject = householdSubject(household);
    unit.require('observation.record', subject);
    const last = (await openMisses(unit.read).where({ round: given.round, subject: household.no }).orderBy('at', 'desc').orderBy('id', 'desc').limit(1).select<{ id: string; day: string; at: string; by: string }[]>('id', 'day', 'at', 'by'))[0];
    if (last === undefined || last.id !== given.id || last.by !== actorId(actor) || sheets.some(sheet => sheet.at > last.at)) return observations.refuse('undo-late');
    unit.insert('missed_visits', { id: newId(), round: given.round, subject: household.no, day: last.day, next_on: null, takes_back: last.id, salt: newId(), at: unit.at, by: actorId(actor) });
    unit.record({ act: 'observation.miss-undone', power: 'observation.record', subject });
  });
}
