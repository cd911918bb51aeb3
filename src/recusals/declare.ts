import { actorId, type Actor } from '../access/actor.ts';
import { newId } from '../kit/id.ts';
import type { Office } from '../office.ts';
import { householdKey, householdSubject } from '../households/subject.ts';
import { officerById } from '../people/queries.ts';
import { forgetSessions } from '../people/sessions.ts';
import { inUnit } from '../store/unit.ts';
import type { Ground } from './recusal.ts';
import { recusalsFrom } from './queries.ts';
import { recusals } from './refusals.ts';

export interface Declaring { readonly household: string; readonly ground: Ground; readonly words?: string | undefined }

/** Declares once that the acting officer stands aside from a household: from now on at every sheet, vote and decision. */
export const declare = (office: Office, actor: Actor, given: Declaring): Promise<string> => stand(office, actor, { ...given, officer: actorId(actor) });

/** Somebody asked that an officer stand aside, and whoever decides on it agreed. The words say who asked and why. */
export const order = (office: Office, actor: Actor, given: Declaring & { readonly officer: string; readonly words: string }): Promise<string> =>
  given.officer === actorId(actor) ? recusals.refuse('recusal-own') : stand(office, actor, given);

async function stand(office: Office, actor: Actor, given: Declaring & { readonly officer: string }): Promise<string> {
  const isOwn = given.officer === actorId(actor);
  const power = isOwn ? 'officer' : 'recusal.order';
  const id = await inUnit(office, actor, [`household:${given.household}`, `officer:${given.officer}`], async unit => {
    const subject = householdSubject(await householdKey(unit.read, given.household));
    unit.require(power, subject);
    await officerById(unit.read, given.officer);
    if ((await recusalsFrom(unit.read, [given.household])).some(one => one.officer === given.officer)) recusals.refuse('recused-already');
    const recusal = newId();
    unit.insert('recusals', { id: recusal, officer: given.officer, household: given.household, ground: given.ground, words: given.words ?? '', salt: newId(), at: unit.at, by: actorId(actor) });
    unit.record({ act: isOwn ? 'recusal.declared' : 'recusal.ordered', power, subject });
    return recusal;
  });
  forgetSessions(office);
  return id;
}
