import { actorId, type Actor } from '../access/actor.ts';
import { mustHoldNoNumber } from '../households/others-named.ts';
import { householdSubject } from '../households/subject.ts';
import { newId } from '../kit/id.ts';
import { worldOf } from '../observations/world.ts';
import type { Office } from '../office.ts';
import { inUnit } from '../store/unit.ts';
import { statements } from './refusals.ts';
import { topicsIn } from './statement.ts';

export interface Giving { /** Minted with the form: the same form sent twice is one statement. */ readonly id: string; readonly round: number; readonly household: string; readonly about: string; readonly words: string }

/** What the person says to it is written down in the own words and stays beside it, wherever it is shown, whatever an objection to it comes to. */
export async function giveStatement(office: Office, actor: Actor, given: Giving): Promise<void> {
  await inUnit(office, actor, [`household:${given.household}`], async unit => {
    const world = await worldOf(unit.read, given.round, given.household);
    const subject = householdSubject(world.household);
    unit.require('statement.keep', subject);
    const topic = topicsIn(world).find(one => one.key === given.about) ?? statements.refuse('statement-about-nothing');
    const before: unknown = await unit.read('statements').where({ id: given.id }).first('id');
    if (before !== undefined) return unit.nothingNew(undefined);
    mustHoldNoNumber({ words: given.words });
    unit.insert('statements', { id: given.id, round: given.round, subject: world.household.no, about: topic.key, indicator: topic.indicator, day: unit.day, words: given.words, salt: newId(), at: unit.at, by: actorId(actor) });
    unit.record({ act: 'statement.given', power: 'statement.keep', subject });
    return undefined;
  });
}
