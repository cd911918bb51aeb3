import type { Actor } from '../access/actor.ts';
import type { Office } from '../office.ts';
import { inUnit, type Unit } from '../store/unit.ts';
import { temporaryPassword } from './officer.ts';
import { hashPassword } from './password.ts';
import { officerAsSubject, officerById } from './queries.ts';
import { people } from './refusals.ts';
import { forgetSessions } from './sessions.ts';

/** What the security administrator does to an account that is stuck or in the wrong hands. */

/** Ends the lock after wrong passwords. */
export const unlock = (office: Office, actor: Actor, officer: string): Promise<void> => secure(office, actor, officer, 'officer.unlocked', async unit => {
  unit.change('officers', { id: officer, fails: 0, locked_until: null });
});

/** A new temporary password, told once; every session ends and the next sign-in asks for an own one. */
export async function resetPassword(office: Office, actor: Actor, officer: string): Promise<string> {
  const password = temporaryPassword();
  const hash = await hashPassword(password);
  await secure(office, actor, officer, 'officer.password-reset', async unit => {
    unit.change('officers', { id: officer, password_hash: hash, must_change: 1, fails: 0, locked_until: null, changed_at: unit.at });
    unit.remove('sessions', await unit.read('sessions').where({ officer }).select('id'));
  });
  return password;
}

/** Ends all sessions of an officer on every device. */
export const endSessions = (office: Office, actor: Actor, officer: string): Promise<void> => secure(office, actor, officer, 'officer.sessions-ended', async unit => {
  unit.remove('sessions', await unit.read('sessions').where({ officer }).select('id'));
});

async function secure(office: Office, actor: Actor, officer: string, act: string, stage: (unit: Unit) => Promise<void>): Promise<void> {
  await inUnit(office, actor, [`officer:${officer}`], async unit => {
    const row = await officerById(unit.read, officer);
    const subject = await officerAsSubject(unit.read, row.id, unit.day);
    unit.require('officer.secure', subject);
    if (row.closed_on !== null) people.refuse('officer-closed');
    await stage(unit);
    unit.record({ act, power: 'officer.secure', subject });
  });
  forgetSessions(office);
}
