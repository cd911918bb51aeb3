import { actorId, type Actor } from '../access/actor.ts';
import { newId } from '../kit/id.ts';
import type { Office } from '../office.ts';
import { caseKeys } from '../ratings/run.ts';
import { caseOf, roundStillOpen } from '../rounds/round.ts';
import { inUnit, type Unit } from '../store/unit.ts';
import { isOpen, waitsFor, type Change } from './award.ts';
import { changeById } from './queries.ts';
import { isAsProposed, reckon, type Reckoned } from './reckon.ts';
import { awards } from './refusals.ts';
import { settle, type Agreed } from './settle.ts';
import { mayBePrinted, powerTo, targetByNo } from './target.ts';

export interface Deciding { readonly id: string; readonly agreed: boolean; readonly words: string }

/** The chair agrees to what was put forward, or does not; whoever put it forward does not decide. Agreed, it is done at once: certificate, rolls, and the rating that it rests on. */
export async function decide(office: Office, actor: Actor, given: Deciding): Promise<void> {
  const before = await changeById(office.read, given.id);
  const target = await targetByNo(office.read, before.round, before.subject);
  await inUnit(office, actor, [`round:${before.round}`, `ratings:${before.round}`, ...caseKeys(before.round, { subject: target.no, id: target.id })], async unit => {
    const { power, subject } = powerTo('decide', target);
    unit.require(power, subject);
    const change = await changeById(unit.read, given.id);
    mayBeDecided(actor, change, unit.day);
    const round = await roundStillOpen(unit.read, change.round);
    if (given.agreed) await settle(office, unit, round, target.kind, [await agreedOn(unit, change, await reckon({ read: unit.read, dialect: office.store.dialect }, round, target, unit.day))]);
    await mayBePrinted(unit.read, target, { words: given.words });
    unit.insert('award_steps', stepOf(unit, actor, change, given));
    unit.record({ act: given.agreed ? 'award.agreed' : 'award.declined', power, subject });
  });
}

function mayBeDecided(actor: Actor, change: Change, day: string): void {
  if (!isOpen(change)) awards.refuse('award-settled');
  if (change.by === actorId(actor)) awards.refuse('award-own');
  if (waitsFor(change, day) !== 'decision') awards.refuse('award-unheard');
}

/** What is agreed to is what was put forward: the record says the same today, and nobody objects. */
async function agreedOn(unit: Unit, change: Change, found: Reckoned | undefined): Promise<Agreed> {
  if (found === undefined) return awards.refuse('award-none');
  if (found.held > 0) awards.refuse('award-disputed');
  if (!isAsProposed(change, found)) awards.refuse('award-moved');
  return { change, found, one: await caseOf(unit.read, change.round, change.subject) };
}

const stepOf = (unit: Unit, actor: Actor, change: Pick<Change, 'id'>, { agreed, words }: Pick<Deciding, 'agreed' | 'words'>) =>
  ({ id: newId(), change: change.id, step: agreed ? 'agreed' : 'declined', day: unit.day, speak_until: null, words, salt: newId(), at: unit.at, by: actorId(actor) });
