import { actorId, type Actor } from '../access/actor.ts';
import { fault } from '../kit/faults.ts';
import { newId } from '../kit/id.ts';
import { common } from '../kit/refusals.ts';
import { addDays, type Day } from '../kit/time.ts';
import type { Office } from '../office.ts';
import { inUnit, type Unit } from '../store/unit.ts';
import { clash, overlaps, passedOnLocally } from './officer.ts';
import { isOpen, leaveColumns, leavesOf, officerById, postsOf, type LeaveRow, type PostRow } from './queries.ts';
import { people } from './refusals.ts';
import { forgetSessions } from './sessions.ts';

/** Registers leave with a stand-in: on those days the posts of the absent pass to the other, and come back by themselves. */
export async function takeLeave(office: Office, actor: Actor, given: { readonly officer: string; readonly standIn: string; readonly from: Day; readonly to: Day; readonly reason: string }): Promise<string> {
  const id = await inUnit(office, actor, [`officer:${given.officer}`, `officer:${given.standIn}`], async unit => {
    const absent = await officerById(unit.read, given.officer);
    const posts = (await postsOf(unit.read, [absent.id])).filter(post => isOpen(post, given.from) && post.since <= given.to);
    requirePassing(unit, absent.id, posts);
    const standIn = await officerById(unit.read, given.standIn);
    if (absent.id === standIn.id) people.refuse('stand-in-self', { field: 'standIn' });
    if (absent.closed_on !== null || standIn.closed_on !== null) people.refuse('officer-closed');
    if (given.to < given.from) fault('to', 'order', '最后一天不能早于第一天。');
    const days = { since: given.from, until: addDays(given.to, 1) };
    const leaves = (await leavesOf(unit.read, absent.id)).filter(leave => leave.ended_at === null && overlaps(days, { since: leave.from_day, until: addDays(leave.to_day, 1) }));
    if (leaves.length > 0) people.refuse('leave-overlaps', { field: 'from' });
    const away = (await leavesOf(unit.read, standIn.id)).some(leave => leave.officer === standIn.id && leave.ended_at === null && overlaps(days, { since: leave.from_day, until: addDays(leave.to_day, 1) }));
    if (away) people.refuse('stand-in-away', { field: 'standIn' });
    const found = clash([...await postsOf(unit.read, [standIn.id]), ...posts.map(post => ({ role: post.role, ...days }))]);
    if (found !== undefined) people.refuse('incompatible-posts', { ...found, field: 'standIn' });
    const leave = newId();
    unit.insert('leaves', { id: leave, officer: absent.id, stand_in: standIn.id, from_day: given.from, to_day: given.to, reason: given.reason, ended_at: null, at: unit.at, by: actorId(actor) });
    recordPassing(unit, 'officer.leave-taken', absent.id, posts);
    return leave;
  });
  forgetSessions(office);
  return id;
}

/** The absent is back before the day: the posts return at once. */
export async function endLeave(office: Office, actor: Actor, leaveId: string): Promise<void> {
  await inUnit(office, actor, [`leave:${leaveId}`], async unit => {
    const leave: LeaveRow | undefined = await unit.read('leaves').where({ id: leaveId }).first(...leaveColumns);
    if (leave === undefined) return common.refuse('not-found');
    const posts = (await postsOf(unit.read, [leave.officer])).filter(post => isOpen(post, leave.from_day));
    requirePassing(unit, leave.officer, posts);
    if (leave.ended_at !== null) return unit.nothingNew(undefined);
    unit.change('leaves', { id: leave.id, ended_at: unit.at });
    recordPassing(unit, 'officer.leave-ended', leave.officer, posts);
    return undefined;
  });
  forgetSessions(office);
}

/** The power that passing a post on needs. */
export const passingPower = (post: Pick<PostRow, 'role'>): 'officer.leave' | 'officer.appoint' => passedOnLocally.includes(post.role) ? 'officer.leave' : 'officer.appoint';

/** Unit-level: leave for every post that passes to another person; an officer without posts is a matter of appointing. */
export function requirePassing(unit: Unit, officer: string, posts: readonly PostRow[]): void {
  if (posts.length === 0) people.refuse('no-post-to-pass');
  for (const post of posts) unit.require(passingPower(post), { id: officer, paths: [post.path] });
}

export function recordPassing(unit: Unit, act: string, officer: string, posts: readonly PostRow[]): void {
  for (const post of posts) unit.record({ act, power: passingPower(post), subject: { id: officer, paths: [post.path] } });
}
