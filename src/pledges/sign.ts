import { actorId, type Actor } from '../access/actor.ts';
import { standing } from '../consents/consent.ts';
import { consentsOf } from '../consents/queries.ts';
import { keepEvidence, type EvidenceSource } from '../households/evidence.ts';
import { callOf, isAdult } from '../households/household.ts';
import { changeable, loadHousehold, memberOf } from '../households/load.ts';
import { consents } from '../consents/refusals.ts';
import { householdSubject } from '../households/subject.ts';
import { fault } from '../kit/faults.ts';
import { newId } from '../kit/id.ts';
import type { Day } from '../kit/time.ts';
import type { Office } from '../office.ts';
import { inUnit } from '../store/unit.ts';
import { keptUntil, standingOf, type PledgeWay } from './pledge.ts';
import { pledgesOf } from './queries.ts';
import { pledges } from './refusals.ts';
import { currentText, type Purpose } from './texts.ts';

export interface Signing {
  /** Minted by the form: the same one sent twice is taken once. */
  readonly id: string; readonly household: string; readonly member: string; readonly purpose: Purpose;
  /** What is put right; of a pledge for repair alone. */
  readonly event?: string | undefined;
  readonly signedOn: Day; readonly how: PledgeWay;
  /** The person wants it shown to everybody. */
  readonly open: boolean;
  readonly evidence?: EvidenceSource | undefined;
}

/** Takes down that an adult gave their word: the paper as a photo, or the signature drawn on the tablet. */
export async function signPledge(office: Office, actor: Actor, given: Signing): Promise<void> {
  await inUnit(office, actor, [`household:${given.household}`], async unit => {
    const loaded = changeable(await loadHousehold(unit.read, given.household));
    const subject = householdSubject(loaded.key);
    unit.require('pledge.keep', subject);
    const before = await pledgesOf(unit.read, given.household);
    if (before.some(one => one.id === given.id)) return unit.nothingNew(undefined);
    const member = memberOf(loaded, given.member);
    if (member.relation !== 'head' && !isAdult(member.birth_year, unit.day)) consents.refuse('consent-of-minor', { who: callOf(member), field: 'member' });
    if (given.signedOn > unit.day) fault('signed_on', 'late', '签字的日期还没到，请核对。');
    const isSame = (one: typeof before[number]): boolean => one.member === given.member && one.purpose === given.purpose && one.event === (given.event ?? '');
    if (before.some(one => isSame(one) && ['running', 'reported'].includes(standingOf(one, unit.day)))) pledges.refuse('pledge-standing');
    if (given.open && standing(await consentsOf(unit.read, [given.household]), { member: given.member, kind: 'publish' }, unit.day) === undefined) pledges.refuse('pledge-closed', { field: 'open' });
    if (given.evidence === undefined) return pledges.refuse('pledge-unsigned', { field: 'signature' });
    const evidence = await keepEvidence(office, unit, { subject: given.household, kind: given.how === 'drawn' ? 'signature' : 'photo', source: given.evidence });
    const text = currentText(given.purpose);
    unit.insert('pledges', {
      id: given.id, household: given.household, member: given.member, purpose: given.purpose, text_version: text.version, event: given.event ?? '', signed_on: given.signedOn, kept_until: keptUntil(given.signedOn, text),
      how: given.how, open: given.open ? 1 : 0, evidence, salt: newId(), at: unit.at, by: actorId(actor),
    });
    unit.record({ act: 'pledge.signed', power: 'pledge.keep', subject });
    return undefined;
  });
}
