import { actorId, type Actor } from '../access/actor.ts';
import { householdSubject } from '../households/subject.ts';
import { newId } from '../kit/id.ts';
import { observations } from '../observations/refusals.ts';
import { worldOf } from '../observations/world.ts';
import type { Office } from '../office.ts';
import { inUnit } from '../store/unit.ts';

/** What the person says to it is written down in the own words and stays with it, wherever it is shown (征信业管理条例 16). */
export async function takeStatement(office: Office, actor: Actor, given: { readonly round: number; readonly household: string; readonly event: string; readonly words: string }): Promise<void> {
  await inUnit(office, actor, [`household:${given.household}`], async unit => {
    const world = await worldOf(unit.read, given.round, given.household);
    const subject = householdSubject(world.household);
    unit.require('telling.give', subject);
    if (!world.picture.events.has(given.event)) observations.refuse('event-unknown');
    unit.insert('tellings', { id: newId(), household: given.household, event: given.event, step: 'said', day: unit.day, how: '', words: given.words, counts_from: null, evidence: null, salt: newId(), at: unit.at, by: actorId(actor) });
    unit.record({ act: 'telling.answered', power: 'telling.give', subject });
  });
}
