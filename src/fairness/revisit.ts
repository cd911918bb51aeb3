import type { Knex } from 'knex';
import { actorId, type Actor } from '../access/actor.ts';
import type { Subject } from '../access/subject.ts';
import { householdKey, householdSubject, type HouseholdKey } from '../households/subject.ts';
import { newId } from '../kit/id.ts';
import { common } from '../kit/refusals.ts';
import { recordersOf } from '../objections/queries.ts';
import type { Office } from '../office.ts';
import { inUnit } from '../store/unit.ts';
import { drawById, lotsOf, type Result } from './queries.ts';
import { fairness } from './refusals.ts';

/** What somebody found who went again to a drawn household and did not write it down the first time. Whoever was away may be called on once more. */
export async function recordRevisit(office: Office, actor: Actor, given: { readonly draw: string; readonly household: string; readonly result: Result; readonly words: string }): Promise<void> {
  await inUnit(office, actor, [`household:${given.household}`], async unit => {
    const draw = await drawById(unit.read, given.draw);
    const key = await householdKey(unit.read, given.household);
    const subject = await revisitSubject(unit.read, draw.round, key);
    unit.require('revisit.record', subject);
    const lot = (await lotsOf(unit.read, draw.id)).find(one => one.subject === key.no) ?? common.refuse('not-found');
    if (lot.result === 'same' || lot.result === 'differs') fairness.refuse('revisit-done');
    unit.insert('revisits', { id: newId(), draw: draw.id, subject: key.no, result: given.result, words: given.words, day: unit.day, salt: newId(), at: unit.at, by: actorId(actor) });
    unit.record({ act: 'fairness.revisited', power: 'revisit.record', subject });
  });
}

/** The household, closed to whoever collected it. */
export async function revisitSubject(read: Knex, round: number, key: HouseholdKey): Promise<Subject> {
  return { ...householdSubject(key), barred: [...await recordersOf(read, { round, subject: key.no })].map(officer => ({ officer, why: '这一户是您采集的，请换一位同志再去看' })) };
}
