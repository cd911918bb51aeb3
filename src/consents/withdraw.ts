import type { Knex } from 'knex';
import { actorId, type Actor } from '../access/actor.ts';
import { newId } from '../kit/id.ts';
import { common } from '../kit/refusals.ts';
import type { Office } from '../office.ts';
import { householdKey, householdSubject } from '../households/subject.ts';
import { inUnit, type Unit } from '../store/unit.ts';
import type { ConsentKind } from './consent.ts';
import { consentFollowers, type Follower } from './follow.ts';

export interface Withdrawing { readonly consent: string; readonly how?: 'paper' | 'drawn' | 'said'; readonly reason?: string | undefined }

/** Takes a consent back, from today: as easy as giving it (PIPL 15), no reason asked. Later areas hide what rested on it in the same unit. */
export async function withdraw(office: Office, actor: Actor, given: Withdrawing, followers: readonly Follower[] = consentFollowers()): Promise<void> {
  const consent = await consentGiven(office.read, given.consent);
  if (consent === undefined) return common.refuse('not-found');
  await inUnit(office, actor, [`household:${consent.household}`], async unit => {
    if (!await stageWithdrawal(unit, consent, given, followers)) unit.nothingNew(undefined);
  });
}

interface Given { readonly id: string; readonly member: string; readonly kind: ConsentKind; readonly bank: string; readonly household: string }

/** A consent with the household in which its person lives now. */
export const consentGiven = async (read: Knex, id: string): Promise<Given | undefined> =>
  read('consents').join('members', 'members.id', 'consents.member').where('consents.id', id).first('consents.id', 'consents.member', 'consents.kind', 'consents.bank', 'members.household');

/** Unit-level: stages the withdrawal with its trace; false where it was withdrawn before. */
export async function stageWithdrawal(unit: Unit, consent: Given, { how = 'said', reason = '' }: Omit<Withdrawing, 'consent'>, followers: readonly Follower[] = consentFollowers()): Promise<boolean> {
  const key = await householdKey(unit.read, consent.household);
  const subject = householdSubject(key);
  unit.require('consent.keep', subject);
  if (await unit.read('withdrawals').where({ consent: consent.id }).first('id') !== undefined) return false;
  unit.insert('withdrawals', { id: newId(), consent: consent.id, withdrawn_on: unit.day, how, reason: reason.trim(), salt: newId(), at: unit.at, by: actorId(unit.actor) });
  for (const follower of followers) await follower.withdrawn(unit, { subjectNo: key.no, household: key.id, kind: consent.kind, bank: consent.bank });
  unit.record({ act: 'consent.withdrawn', power: 'consent.keep', subject });
  return true;
}
