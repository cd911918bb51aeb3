import { randomBytes } from 'node:crypto';
import type { Office } from '../office.ts';
import { actorId, type Actor } from '../access/actor.ts';
import { calendarNow } from '../calendar/queries.ts';
import { newId } from '../kit/id.ts';
import { caseKeys } from '../ratings/run.ts';
import { standingAfter } from '../rounds/case.ts';
import { mark } from '../rounds/mark.ts';
import { caseOf, roundByNo } from '../rounds/round.ts';
import { placeByNo } from '../places/queries.ts';
import { inUnit, type Unit } from '../store/unit.ts';
import { bankSeat } from './bank.ts';
import { disputedByNo, seatFor, type Disputed } from './disputed.ts';
import { isLook, lookOf } from './look.ts';
import { bankDueDay, dueDay, receiptFrom, type Way } from './objection.ts';
import { objectionById } from './queries.ts';
import { objections } from './refusals.ts';
import { isBanks } from './topic.ts';

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
  /** The objection whose answer does not satisfy: this one is answered one level higher. */
  readonly appeals?: string;
}

/** Somebody objects to a household's result or to a title, with or without a name. That case is held from this moment, nobody else's is; a bank's look at a household holds nothing. Answers the receipt. */
export async function lodgeObjection(office: Office, actor: Actor, given: Lodged): Promise<string> {
  const disputed = await disputedByNo(office.read, given.subject);
  const { subject, track } = disputed;
  return inUnit(office, actor, caseKeys(given.round, { subject: disputed.no, id: disputed.id }), async unit => {
    unit.require('objection.lodge', subject);
    const before: { receipt: string; subject: number } | undefined = await unit.read('objections').where({ id: given.id }).first('receipt', 'subject');
    if (before !== undefined) return before.subject === given.subject ? unit.nothingNew(before.receipt) : objections.refuse('objection-repeated');
    const one = await caseOf(unit.read, given.round, given.subject);
    const look = isLook(given.about) ? await lookOf(unit.read, given.about, given.subject) : undefined;
    if (look === undefined && standingAfter(track, one.standing, 'objected', one.held > 0) === undefined) objections.refuse('objection-not-now');
    const isFirst = given.appeals === undefined;
    const ofBank = look !== undefined && isFirst || track === 'household' && isFirst && await isBanks(unit.read, await roundByNo(unit.read, given.round), given.about);
    const bank = ofBank ? await bankSeat(unit.read, disputed, unit.day, look?.bank) : undefined;
    const seat = bank?.seat ?? await seatOf(unit, disputed, given.appeals);
    const calendar = await calendarNow(unit.read);
    const receipt = receiptFrom(randomBytes(10));
    const { seal } = office.secrets;
    unit.insert('objections', {
      id: given.id, receipt, round: given.round, subject: given.subject, notice: given.notice, seat_no: seat, appeals: given.appeals ?? null, about: given.about, words_sealed: seal(given.words),
      name_sealed: given.name === undefined ? null : seal(given.name), contact_sealed: given.contact === undefined ? null : seal(given.contact), how: given.how,
      bank: bank?.bank ?? null, lodged_on: unit.day, due_on: ofBank ? bankDueDay(unit.day, calendar) : dueDay(unit.day, calendar), salt: newId(), at: unit.at, by: actorId(actor),
    });
    if (look === undefined) mark(unit, [one], { mark: 'objected', track, body: () => ({ objection: given.id }), held: now => now.held + 1 });
    unit.record({ act: 'objections.lodge', power: 'objection.lodge', subject });
    return receipt;
  });
}

/** The place that answers: an appeal goes one above the one whose answer was kept, once; what a bank answered, to the township. */
async function seatOf({ read }: Pick<Unit, 'read'>, disputed: Disputed, appeals: string | undefined): Promise<number> {
  if (appeals === undefined) return seatFor(disputed) ?? objections.refuse('objection-highest');
  const before = await objectionById(read, appeals);
  const again: unknown = await read('objections').where({ appeals }).first('id');
  if (before.outcome !== 'kept' || before.subject !== disputed.no || again !== undefined) objections.refuse('objection-no-appeal');
  return seatFor(disputed, before.bank === null ? (await placeByNo(read, before.seat_no)).kind : 'village') ?? objections.refuse('objection-highest');
}
