import { actorId, type Actor } from '../access/actor.ts';
import { calendarNow } from '../calendar/queries.ts';
import { termsNow } from '../calendar/terms.ts';
import { consentGiven, stageWithdrawal } from '../consents/withdraw.ts';
import { isAdult } from '../households/household.ts';
import { loadHousehold, memberOf } from '../households/load.ts';
import { householdSubject } from '../households/subject.ts';
import { addWorkingDays } from '../kit/calendar.ts';
import { fault } from '../kit/faults.ts';
import { newId } from '../kit/id.ts';
import type { Office } from '../office.ts';
import { inUnit } from '../store/unit.ts';
import { rightsOf } from './queries.ts';
import { rights } from './refusals.ts';
import { isAboutRound, isDoneAtOnce, opensFile, standingOf, type Identity, type RightKind } from './right.ts';

export interface Opening {
  /** Minted by the form: the same one sent twice is taken once. */
  readonly id: string; readonly household: string; readonly member: string; readonly kind: RightKind;
  /** Of a result, its round; of a withdrawal, the consent. */
  readonly about?: string | undefined;
  readonly words?: string | undefined;
  readonly identified: Identity; readonly mandate?: string | undefined;
  readonly complainedOf?: string | undefined;
}

/** Takes down what somebody asks for who is there in person, and how they were known. What can be done at once is done in the same unit. */
export async function openRight(office: Office, actor: Actor, given: Opening): Promise<void> {
  await inUnit(office, actor, [`household:${given.household}`], async unit => {
    const loaded = await loadHousehold(unit.read, given.household);
    const subject = householdSubject(loaded.key);
    unit.require('right.open', subject);
    const before = await rightsOf(unit.read, given.household);
    if (before.some(one => one.id === given.id)) return unit.nothingNew(undefined);
    const member = memberOf(loaded, given.member);
    if (member.relation !== 'head' && !isAdult(member.birth_year, unit.day)) rights.refuse('right-child', { field: 'member' });
    const { kind, about = '', words = '', mandate = '' } = given;
    faultsIn({ kind, about, words, identified: given.identified, mandate });
    if (isAboutRound(kind) && await unit.read('cases').join('rounds', 'rounds.no', 'cases.round').where({ 'cases.subject': loaded.row.no, 'rounds.id': about }).first('cases.subject') === undefined) fault('round', 'unknown', '这一户没有参加这一批评定，请另选一批。');
    if (!opensFile(kind) && before.some(one => one.kind === kind && one.about === about && one.member === given.member && standingOf(one) === 'open')) rights.refuse('right-asked');
    const signed = { salt: newId(), at: unit.at, by: actorId(actor) };
    const due = isDoneAtOnce(kind) ? unit.day : addWorkingDays(unit.day, (await termsNow(unit.read)).reply, await calendarNow(unit.read));
    unit.insert('rights_requests', { id: given.id, household: given.household, member: given.member, kind, about, words, identified: given.identified, mandate, complained_of: given.complainedOf ?? null, lodged_on: unit.day, due_on: due, ...signed });
    unit.record({ act: 'right.opened', power: 'right.open', subject });
    if (!isDoneAtOnce(kind)) return undefined;
    unit.insert('rights_steps', { id: newId(), request: given.id, step: 'granted', day: unit.day, words: '', ...signed, salt: newId() });
    if (kind === 'withdraw') await withdrawAtOnce();
    return undefined;

    async function withdrawAtOnce(): Promise<void> {
      const consent = await consentGiven(unit.read, about);
      if (consent === undefined || consent.member !== given.member) fault('consent', 'unknown', '这一项授权已经撤回，或者不是本人的。');
      else if (!await stageWithdrawal(unit, { ...consent, household: given.household }, { how: 'said', reason: words })) fault('consent', 'unknown', '这一项授权已经撤回了。');
    }
  });
}

function faultsIn({ kind, about, words, identified, mandate }: { readonly kind: RightKind; readonly about: string; readonly words: string; readonly identified: Identity; readonly mandate: string }): void {
  if (identified === 'mandate' && mandate === '') fault('mandate', 'missing', '代办的，写明来的是谁、委托书哪天写的。');
  if (isAboutRound(kind) && about === '') fault('round', 'missing', '请选是哪一批的结果。');
  if (kind === 'withdraw' && about === '') fault('consent', 'missing', '请选要撤回哪一项授权。');
  if (!isDoneAtOnce(kind) && words === '') fault('words', 'missing', '请照本人的话写下来：要改什么、删什么、想问什么。');
}
