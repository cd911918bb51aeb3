import { actorId, anyone, type Actor } from '../access/actor.ts';
import type { Subject } from '../access/subject.ts';
import { limits } from '../kit/limits.ts';
import { addMinutes, type Instant } from '../kit/time.ts';
import type { Office } from '../office.ts';
import { inUnit } from '../store/unit.ts';
import { decoyHash, isPassword } from './password.ts';
import { people } from './refusals.ts';
import { forgetSessions, newCookie, sessionId } from './sessions.ts';

interface OfficerRow { id: string; password_hash: string; fails: number; locked_until: Instant | null; closed_on: string | null }

/** The subject an entry about an officer is about. */
export const officerSubject = (id: string, paths: readonly string[] = ['/']): Subject => ({ id, paths });

/** Opens a session and answers its cookie. A wrong password is counted and committed before it is refused. */
export async function signIn(office: Office, given: { readonly login: string; readonly password: string }): Promise<string> {
  const login = given.login.trim().toLowerCase();
  const known: { id: string } | undefined = await office.read('officers').where({ login }).first('id');
  // A new password or a closed account, set while the old one is being checked, waits for it and then ends the session.
  return inUnit(office, anyone, [`login:${login}`, ...known === undefined ? [] : [`officer:${known.id}`]], async unit => {
    const row: OfficerRow | undefined = await unit.read('officers').where({ login }).first('id', 'password_hash', 'fails', 'locked_until', 'closed_on');
    if (row === undefined || (row.closed_on !== null && row.closed_on <= unit.day)) {
      await isPassword(await decoyHash(), given.password);
      return people.refuse('wrong-password');
    }
    if (row.locked_until !== null && row.locked_until > unit.at) people.refuse('locked-out', { minutes: limits.signInLockMinutes });
    const subject = officerSubject(row.id);
    unit.require('anyone', subject);
    if (!await isPassword(row.password_hash, given.password)) {
      const fails = row.fails + 1;
      const locked = fails >= limits.signInTries ? addMinutes(unit.at, limits.signInLockMinutes) : null;
      unit.change('officers', { id: row.id, fails: locked === null ? fails : 0, locked_until: locked });
      unit.record({ act: 'officer.wrong-password', power: 'anyone', subject });
      unit.refuseAfter(locked === null ? people.refusal('wrong-password') : people.refusal('locked-out', { minutes: limits.signInLockMinutes }));
      return '';
    }
    const cookie = newCookie();
    unit.change('officers', { id: row.id, fails: 0, locked_until: null });
    unit.insert('sessions', { id: sessionId(cookie), officer: row.id, started_at: unit.at, seen_at: unit.at });
    unit.record({ act: 'officer.signed-in', power: 'anyone', subject });
    return cookie;
  });
}

/** Ends one session, or with `everywhere` all of the officer's. */
export async function signOut(office: Office, actor: Actor, { session, everywhere = false }: { readonly session: string; readonly everywhere?: boolean }): Promise<void> {
  await inUnit(office, actor, [`officer:${actorId(actor)}`], async unit => {
    const subject = officerSubject(actorId(actor));
    unit.require('officer', subject);
    const rows: { id: string }[] = everywhere ? await unit.read('sessions').where({ officer: actorId(actor) }).select('id') : [{ id: session }];
    unit.remove('sessions', rows);
    unit.record({ act: everywhere ? 'officer.signed-out-everywhere' : 'officer.signed-out', power: 'officer', subject });
  });
  forgetSessions(office);
}
