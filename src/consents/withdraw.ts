import { actorId, type Actor } from '../access/actor.ts';
import { newId } from '../kit/id.ts';
import { common } from '../kit/refusals.ts';
import type { Office } from '../office.ts';
import { householdKey, householdSubject } from '../households/subject.ts';
import { inUnit } from '../store/unit.ts';
import type { ConsentKind } from './consent.ts';
import { consentFollowers, type Follower } from './follow.ts';

export interface Withdrawing { readonly consent: string; readonly how?: 'paper' | 'drawn' | 'said'; readonly reason?: string | undefined }

/** Takes a consent back, from today: as easy as giving it (PIPL 15), no reason asked. Later areas hide what rested on it in the same unit. */
export async function withdraw(office: Office, actor: Actor, given: Withdrawing, followers: readonly Follower[] = consentFollowers()): Promise<void> {
  const row: { id: string; member: string; kind: ConsentKind; bank: string; household: string } | undefined = await office.read('consents').join('members', 'members.id', 'consents.member')
    .where('consents.id', given.consent).first('consents.id', 'consents.member', 'consents.kind', 'consents.bank', 'members.household');
  if (row === undefined) return common.refuse('not-found');
  await inUnit(office, actor, [`household:${row.household}`], async unit => {
    const key = await householdKey(unit.read, row.household);
    const subject = householdSubject(key);
    unit.require('consent.keep', subject);
    if (await unit.read('withdrawals').where({ consent: row.id }).first('id') !== undefined) return unit.nothingNew(undefined);
    unit.insert('withdrawals', { id: newId(), consent: row.id, withdrawn_on: unit.day, how: given.how ?? 'said', reason: (given.reason ?? '').trim(), salt: newId(), at: unit.at, by: actorId(actor) });
    for (const follower of followers) await follower.withdrawn(unit, { subjectNo: key.no, household: key.id, kind: row.kind, bank: row.bank });
    unit.record({ act: 'consent.withdrawn', power: 'consent.keep', subject });
    return undefined;
  });
}
