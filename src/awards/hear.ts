import { actorId, type Actor } from '../access/actor.ts';
import { calendarNow } from '../calendar/queries.ts';
import { termsNow } from '../calendar/terms.ts';
import { addWorkingDays } from '../kit/calendar.ts';
import { fault } from '../kit/faults.ts';
import { newId } from '../kit/id.ts';
import type { Day } from '../kit/time.ts';
import type { Office } from '../office.ts';
import { inUnit, type Unit } from '../store/unit.ts';
import { invitationOf, isHeardFirst, isOpen, type Change } from './award.ts';
import { changeById } from './queries.ts';
import { awards } from './refusals.ts';
import { mayBePrinted, powerTo, targetByNo, type Target } from './target.ts';

/** The letter reached them: from that day they have the office's days to speak. */
export async function invite(office: Office, actor: Actor, given: { readonly id: string; readonly on: Day; readonly words: string }): Promise<Day> {
  return stepIn(office, actor, given.id, 'award.invited', async (unit, change) => {
    if (!isHeardFirst(change.outcome) || invitationOf(change) !== undefined) awards.refuse('award-settled');
    if (given.on < change.proposed_on) fault('on', 'early', '送到的日子不能早于提出的日子。');
    if (given.on > unit.day) fault('on', 'late', '这一天还没到，可能是按错了。');
    const until = addWorkingDays(given.on, (await termsNow(unit.read)).answer, await calendarNow(unit.read));
    unit.insert('award_steps', { id: newId(), change: change.id, step: 'invited', day: given.on, speak_until: until, words: given.words, salt: newId(), at: unit.at, by: actorId(actor) });
    return until;
  });
}

/** What the person said, in their words, or that they have nothing to say. */
export async function hear(office: Office, actor: Actor, given: { readonly id: string; readonly words: string }): Promise<void> {
  await stepIn(office, actor, given.id, 'award.heard', async (unit, change, target) => {
    if (!isHeardFirst(change.outcome)) awards.refuse('award-settled');
    if (invitationOf(change) === undefined) awards.refuse('award-uninvited');
    // Pressed twice, said once.
    if (change.steps.some(one => one.step === 'heard' && one.words === given.words)) return unit.nothingNew(undefined);
    await mayBePrinted(unit.read, target, { words: given.words });
    unit.insert('award_steps', { id: newId(), change: change.id, step: 'heard', day: unit.day, speak_until: null, words: given.words, salt: newId(), at: unit.at, by: actorId(actor) });
  });
}

/** Takes a proposal back before anybody has decided. */
export async function drop(office: Office, actor: Actor, given: { readonly id: string; readonly words: string }): Promise<void> {
  await stepIn(office, actor, given.id, 'award.dropped', (unit, change) => {
    unit.insert('award_steps', { id: newId(), change: change.id, step: 'dropped', day: unit.day, speak_until: null, words: given.words, salt: newId(), at: unit.at, by: actorId(actor) });
    return Promise.resolve();
  }, 'propose');
}

async function stepIn<T>(office: Office, actor: Actor, id: string, act: string, take: (unit: Unit, change: Change, target: Target) => Promise<T>, as: 'hear' | 'propose' = 'hear'): Promise<T> {
  const before = await changeById(office.read, id);
  const target = await targetByNo(office.read, before.round, before.subject);
  return inUnit(office, actor, [`household:${target.id}`], async unit => {
    const { power, subject } = powerTo(as, target);
    unit.require(power, subject);
    const change = await changeById(unit.read, id);
    if (!isOpen(change)) awards.refuse('award-settled');
    const outcome = await take(unit, change, target);
    unit.record({ act, power, subject });
    return outcome;
  });
}
