import { randomBytes } from 'node:crypto';
import type { Office } from '../office.ts';
import { actorId, type Actor } from '../access/actor.ts';
import { calendarNow } from '../calendar/queries.ts';
import { newId } from '../kit/id.ts';
import { common } from '../kit/refusals.ts';
import { householdKeys, householdSubject } from '../households/subject.ts';
import { caseKeys } from '../ratings/run.ts';
import { standingAfter } from '../rounds/case.ts';
import { mark } from '../rounds/mark.ts';
import { caseOf } from '../rounds/round.ts';
import { inUnit } from '../store/unit.ts';
import { dueDay, receiptFrom, type Way } from './objection.ts';
import { objections } from './refusals.ts';

export interface Lodged {
  /** Minted with the form: the same form sent twice is one objection. */
  readonly id: string;
  readonly round: number;
  readonly subject: number;
  readonly notice: string | null;
  /** rating, value:<indicator> or event:<id> */
  readonly about: string;
  readonly words: string;
  readonly name: string | undefined;
  readonly contact: string | undefined;
  readonly how: Way;
}

/** Somebody objects, with or without a name. The household's case is held from this moment; nobody else's is. Answers the receipt. */
export async function lodgeObjection(office: Office, actor: Actor, given: Lodged): Promise<string> {
  const household = (await householdKeys(office.read, [given.subject]))[0] ?? common.refuse('not-found');
  return inUnit(office, actor, caseKeys(given.round, { subject: given.subject, id: household.id }), async unit => {
    const subject = householdSubject(household);
    unit.require('objection.lodge', subject);
    const before: { receipt: string; subject: number } | undefined = await unit.read('objections').where({ id: given.id }).first('receipt', 'subject');
    if (before !== undefined) return before.subject === given.subject ? unit.nothingNew(before.receipt) : objections.refuse('objection-repeated');
    const one = await caseOf(unit.read, given.round, given.subject);
    if (standingAfter('household', one.standing, 'objected', one.held > 0) === undefined) objections.refuse('objection-not-now');
    const receipt = receiptFrom(randomBytes(10));
    const { seal } = office.secrets;
    unit.insert('objections', {
      id: given.id, receipt, round: given.round, subject: given.subject, notice: given.notice, about: given.about, words_sealed: seal(given.words),
      name_sealed: given.name === undefined ? null : seal(given.name), contact_sealed: given.contact === undefined ? null : seal(given.contact), how: given.how,
      lodged_on: unit.day, due_on: dueDay(unit.day, await calendarNow(unit.read)), salt: newId(), at: unit.at, by: actorId(actor),
    });
    mark(unit, [one], { mark: 'objected', track: 'household', body: () => ({ objection: given.id }), held: now => now.held + 1 });
    unit.record({ act: 'objections.lodge', power: 'objection.lodge', subject });
    return receipt;
  });
}
