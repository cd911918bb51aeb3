import { actorId, type Actor } from '../access/actor.ts';
import { fault } from '../kit/faults.ts';
import type { Office } from '../office.ts';
import { inUnit } from '../store/unit.ts';
import { isPassword } from './password.ts';
import { hashPin, pinFault } from './pin.ts';
import { officerSubject } from './sign-in.ts';

/** An officer sets the own PIN, or a new one instead of one forgotten or locked. The password proves who sits there. */
export async function setPin(office: Office, actor: Actor, given: { readonly password: string; readonly pin: string; readonly again: string }): Promise<void> {
  const id = actorId(actor);
  await inUnit(office, actor, [`officer:${id}`], async unit => {
    unit.require('officer', officerSubject(id));
    const row: { password_hash: string } | undefined = await unit.read('officers').where({ id }).first('password_hash');
    if (row === undefined || !await isPassword(row.password_hash, given.password)) return fault('password', 'wrong', '登录口令不对。');
    const weak = pinFault(given.pin);
    if (weak !== undefined) fault('pin', 'weak', weak);
    if (given.pin !== given.again) fault('again', 'differs', '两次输入的不一样。');
    unit.put('pins', { officer: id, hash: await hashPin(office, id, given.pin), fails: 0, locked_until: null, set_at: unit.at });
    unit.record({ act: 'officer.set-pin', power: 'officer', subject: officerSubject(id) });
  });
}
