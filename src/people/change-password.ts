import { actorId, type Actor } from '../access/actor.ts';
import { fault } from '../kit/faults.ts';
import type { Office } from '../office.ts';
import { inUnit } from '../store/unit.ts';
import { hashPassword, isPassword, passwordFault } from './password.ts';
import { forgetSessions } from './sessions.ts';
import { officerSubject } from './sign-in.ts';

/** An officer sets a new password; every other session of theirs ends. */
export async function changePassword(office: Office, actor: Actor, given: { readonly session: string; readonly now: string; readonly next: string; readonly again: string }): Promise<void> {
  const id = actorId(actor);
  await inUnit(office, actor, [`officer:${id}`], async unit => {
    unit.require('officer', officerSubject(id));
    const row: { login: string; password_hash: string } | undefined = await unit.read('officers').where({ id }).first('login', 'password_hash');
    if (row === undefined || !await isPassword(row.password_hash, given.now)) return fault('now', 'wrong', '现在的口令不对。');
    const weak = passwordFault(given.next, row.login);
    if (weak !== undefined) fault('next', 'weak', weak);
    if (given.next === given.now) fault('next', 'same', '新口令要和现在的不一样。');
    if (given.next !== given.again) fault('again', 'differs', '两次输入的新口令不一样。');
    const others: { id: string }[] = await unit.read('sessions').where({ officer: id }).whereNot({ id: given.session }).select('id');
    unit.change('officers', { id, password_hash: await hashPassword(given.next), must_change: 0, changed_at: unit.at });
    unit.remove('sessions', others);
    unit.record({ act: 'officer.changed-password', power: 'officer', subject: officerSubject(id) });
  });
  forgetSessions(office);
}
