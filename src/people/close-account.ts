import type { Actor } from '../access/actor.ts';
import type { Office } from '../office.ts';
import { inUnit } from '../store/unit.ts';
import { keepOneAdministrator } from './dismiss.ts';
import { isOpen, officerAsSubject, officerById, postsOf } from './queries.ts';
import { people } from './refusals.ts';
import { forgetSessions } from './sessions.ts';

/** Closes an account from today: every post ends, every session ends; what the person did stays. */
export async function closeAccount(office: Office, actor: Actor, given: { readonly officer: string; readonly reason: string }): Promise<void> {
  await inUnit(office, actor, ['officers', `officer:${given.officer}`], async unit => {
    const officer = await officerById(unit.read, given.officer);
    const open = (await postsOf(unit.read, [officer.id])).filter(post => isOpen(post, unit.day));
    const subject = await officerAsSubject(unit.read, officer.id, unit.day);
    unit.require('officer.appoint', subject);
    // A post beyond the actor's reach would end without leave.
    for (const post of open) unit.require('officer.appoint', { id: officer.id, paths: [post.path] });
    if (officer.closed_on !== null) people.refuse('officer-closed');
    const admin = open.filter(post => post.role === 'systemAdmin').map(post => post.id);
    if (admin.length > 0) await keepOneAdministrator(unit, admin);
    const sessions: { id: string }[] = await unit.read('sessions').where({ officer: officer.id }).select('id');
    unit.change('officers', { id: officer.id, closed_on: unit.day });
    unit.change('posts', open.map(post => ({ id: post.id, until: post.since > unit.day ? post.since : unit.day, ended_reason: given.reason })));
    unit.remove('sessions', sessions);
    unit.record({ act: 'officer.closed', power: 'officer.appoint', subject });
  });
  forgetSessions(office);
}

/** Opens a closed account again, without posts. */
export async function reopenAccount(office: Office, actor: Actor, officerId: string): Promise<void> {
  await inUnit(office, actor, ['officers', `officer:${officerId}`], async unit => {
    const officer = await officerById(unit.read, officerId);
    const subject = await officerAsSubject(unit.read, officer.id, unit.day);
    unit.require('officer.appoint', subject);
    if (officer.closed_on === null) return unit.nothingNew(undefined);
    unit.change('officers', { id: officer.id, closed_on: null });
    unit.record({ act: 'officer.reopened', power: 'officer.appoint', subject });
    return undefined;
  });
}
