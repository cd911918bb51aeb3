import { actorId, type Actor } from '../access/actor.ts';
import { newId } from '../kit/id.ts';
import { dayOf } from '../kit/time.ts';
import type { Office } from '../office.ts';
import { householdKey, householdSubject } from '../households/subject.ts';
import { forgetSessions } from '../people/sessions.ts';
import { inUnit } from '../store/unit.ts';
import { isOrdered } from './recusal.ts';
import { recusalById } from './queries.ts';
import { recusals } from './refusals.ts';

/**
 * A recusal ends: on the day it was declared the officer may take the own mistake back; later somebody else decides on it,
 * for who stands aside must not come back in whenever it suits.
 */
export async function end(office: Office, actor: Actor, given: { readonly id: string; readonly words: string }): Promise<void> {
  const { household } = await recusalById(office.read, given.id);
  await inUnit(office, actor, [`household:${household}`], async unit => {
    const recusal = await recusalById(unit.read, given.id);
    const subject = householdSubject(await householdKey(unit.read, household));
    const isOwn = recusal.officer === actorId(actor);
    const power = isOwn ? 'officer' : 'recusal.order';
    unit.require(power, subject);
    if (recusal.ended_at !== null) return unit.nothingNew(undefined);
    if (isOwn && (isOrdered(recusal) || dayOf(recusal.at) !== unit.day)) recusals.refuse('recusal-settled');
    unit.insert('recusal_ends', { recusal: recusal.id, words: given.words, salt: newId(), at: unit.at, by: actorId(actor) });
    unit.record({ act: 'recusal.ended', power, subject });
    return undefined;
  });
  forgetSessions(office);
}
