import { actorId, type Actor } from '../access/actor.ts';
import { calendarNow } from '../calendar/queries.ts';
import { termsNow } from '../calendar/terms.ts';
import { keepEvidence, type EvidenceSource } from '../households/evidence.ts';
import { householdSubject } from '../households/subject.ts';
import { fault } from '../kit/faults.ts';
import { newId } from '../kit/id.ts';
import type { Day } from '../kit/time.ts';
import { stageSpan } from '../observations/stage-span.ts';
import { worldOf } from '../observations/world.ts';
import type { Office } from '../office.ts';
import { inUnit } from '../store/unit.ts';
import { waitingEvent } from './confirm.ts';
import { tellingsOf } from './queries.ts';
import { tellings } from './refusals.ts';
import { countsFrom, type TellingWay } from './telling.ts';

export interface Giving { readonly round: number; readonly household: string; readonly event: string; readonly on: Day; readonly how: TellingWay; /** To whom it was given, or who saw that it was not taken. */ readonly words: string; readonly photo?: EvidenceSource | undefined }

/**
 * The person was told, on which day and how; refusing to take the letter in a witness's presence is told too. From the day after the days to answer
 * it counts. In a case that is decided already the day is kept all the same: its result stays, the next reckoning sees it.
 */
export async function tellPerson(office: Office, actor: Actor, given: Giving): Promise<Day> {
  return inUnit(office, actor, [`household:${given.household}`], async unit => {
    const world = await worldOf(unit.read, given.round, given.household);
    const subject = householdSubject(world.household);
    unit.require('telling.give', subject);
    waitingEvent(world, given.event);
    const confirmed = (await tellingsOf(unit.read, given.event)).find(one => one.step === 'confirmed');
    if (confirmed === undefined) return tellings.refuse('telling-unconfirmed');
    if (given.on < confirmed.day) fault('on', 'early', '告知的日子不能早于核实的日子。');
    if (given.on > unit.day) fault('on', 'late', '这一天还没到，可能是按错了。');
    const from = countsFrom(given.on, await termsNow(unit.read), await calendarNow(unit.read));
    const evidence = given.photo === undefined ? null : await keepEvidence(office, unit, { subject: given.household, kind: 'photo', source: given.photo });
    unit.insert('tellings', { id: newId(), household: given.household, event: given.event, step: 'told', day: given.on, how: given.how, words: given.words, counts_from: from, evidence, salt: newId(), at: unit.at, by: actorId(actor) });
    await stageSpan(unit, { household: given.household, event: given.event, span: { from } });
    unit.record({ act: 'telling.given', power: 'telling.give', subject });
    return from;
  });
}
