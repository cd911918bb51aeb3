import { actorId, type Actor } from '../access/actor.ts';
import { householdSubject } from '../households/subject.ts';
import { newId } from '../kit/id.ts';
import { observations } from '../observations/refusals.ts';
import { never } from '../observations/span.ts';
import { stageSpan } from '../observations/stage-span.ts';
import { worldOf } from '../observations/world.ts';
import type { Office } from '../office.ts';
import { inUnit } from '../store/unit.ts';
import { tellingsOf } from './queries.ts';
import { tellings } from './refusals.ts';
import { toldIn } from './telling.ts';

/** The telling was registered wrongly, with its reason: the thing waits again until the person is really told, and counts nothing meanwhile. What was repaired stays repaired. */
export async function takeBackTelling(office: Office, actor: Actor, given: { readonly round: number; readonly household: string; readonly event: string; readonly words: string }): Promise<void> {
  await inUnit(office, actor, [`household:${given.household}`], async unit => {
    const world = await worldOf(unit.read, given.round, given.household);
    const subject = householdSubject(world.household);
    unit.require('telling.recall', subject);
    const event = world.picture.events.get(given.event) ?? observations.refuse('event-unknown');
    if (event.voided !== undefined) observations.refuse('event-voided');
    const told = toldIn(await tellingsOf(unit.read, given.event));
    if (told === undefined || event.entry.span?.until !== undefined) return tellings.refuse('telling-untold');
    // Once it counts, taking it back gives points: the judges' to do, and not who registered it.
    if (unit.day >= (told.counts_from ?? never)) {
      if (told.by === actorId(actor)) tellings.refuse('telling-own');
      unit.require('telling.confirm', subject);
    }
    unit.insert('tellings', { id: newId(), household: given.household, event: given.event, step: 'recalled', day: unit.day, how: '', words: given.words, counts_from: null, evidence: null, salt: newId(), at: unit.at, by: actorId(actor) });
    await stageSpan(unit, { household: given.household, event: given.event, span: { from: never } });
    unit.record({ act: 'telling.recalled', power: 'telling.recall', subject });
  });
}
