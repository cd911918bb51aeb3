import type { Actor } from '../access/actor.ts';
import { fault } from '../kit/faults.ts';
import { readPhone } from '../kit/phone.ts';
import type { Office } from '../office.ts';
import { inUnit } from '../store/unit.ts';
import { isOpen, officerAsSubject, officerById, postsOf } from './queries.ts';
import { people } from './refusals.ts';

/** Corrects an officer's name, telephone or bank; the login never changes, since the ledger's readers know people by it. */
export async function reviseOfficer(office: Office, actor: Actor, given: { readonly officer: string; readonly name: string; readonly phone?: string | undefined; readonly bank?: string | undefined }): Promise<void> {
  await inUnit(office, actor, ['officers', `officer:${given.officer}`], async unit => {
    const officer = await officerById(unit.read, given.officer);
    const subject = await officerAsSubject(unit.read, officer.id, unit.day);
    unit.require('officer.appoint', subject);
    const phone = given.phone === undefined ? undefined : readPhone(given.phone);
    if (phone !== undefined && 'fault' in phone) return fault('phone', phone.fault, phone.say);
    const needsBank = (await postsOf(unit.read, [officer.id])).some(post => post.role === 'coopOfficer' && isOpen(post, unit.day));
    if (needsBank && given.bank === undefined) people.refuse('bank-missing', { field: 'bank' });
    unit.change('officers', { id: officer.id, name: given.name, phone_sealed: phone === undefined ? null : office.secrets.seal(phone.phone), bank: given.bank ?? null });
    unit.record({ act: 'officer.revised', power: 'officer.appoint', subject });
    return undefined;
  });
}
