import type { Actor } from '../access/actor.ts';
import type { Day } from '../kit/time.ts';
import { common } from '../kit/refusals.ts';
import type { Office } from '../office.ts';
import { inUnit, type Unit } from '../store/unit.ts';
import { isOpen, postsOf } from './queries.ts';
import { people } from './refusals.ts';
import { forgetSessions } from './sessions.ts';

/** Ends a post: `from` is the first day without it. */
export async function dismiss(office: Office, actor: Actor, given: { readonly officer: string; readonly post: string; readonly from: Day; readonly reason: string }): Promise<void> {
  await inUnit(office, actor, ['officers', `officer:${given.officer}`], async unit => {
    const post = (await postsOf(unit.read, [given.officer])).find(one => one.id === given.post) ?? common.refuse('not-found');
    const subject = { id: given.officer, paths: [post.path] };
    unit.require('officer.appoint', subject);
    if (post.until !== null) people.refuse('post-ended');
    if (post.role === 'systemAdmin') await keepOneAdministrator(unit, [post.id]);
    unit.change('posts', { id: post.id, until: given.from < post.since ? post.since : given.from, ended_reason: given.reason });
    unit.record({ act: 'officer.dismissed', power: 'officer.appoint', subject });
  });
  forgetSessions(office);
}

/** Unit-level: refuses when no system administrator would be left without these posts. */
export async function keepOneAdministrator(unit: Unit, leaving: readonly string[]): Promise<void> {
  const posts: { id: string; until: Day | null }[] = await unit.read('posts').join('officers', 'officers.id', 'posts.officer').where('posts.role', 'systemAdmin').whereNull('officers.closed_on').select('posts.id', 'posts.until');
  if (!posts.some(post => isOpen(post, unit.day) && post.until === null && !leaving.includes(post.id))) people.refuse('last-administrator');
}
