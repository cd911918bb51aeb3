import { actorId, roles } from '../access/actor.ts';
import { holds } from '../access/may.ts';
import { placeNames } from '../places/queries.ts';
import { page, type Reply } from '../web/reply.ts';
import type { Visit } from '../web/visit.ts';
import { leavesOf, officerById, officerNames } from './queries.ts';

/** 我的: what I am, where I am signed in, and how I want to read. */
export async function showMe(visit: Visit): Promise<Reply> {
  const { actor } = visit;
  const { read } = visit.office;
  const officer = await officerById(read, actorId(actor));
  const posts = actor.kind === 'officer' ? actor.posts : [];
  const places = await placeNames(read, posts.map(post => post.placeNo));
  const leaves = (await leavesOf(read, officer.id)).filter(leave => leave.ended_at === null && leave.to_day >= visit.day);
  const names = await officerNames(read, [...posts.flatMap(post => post.onBehalfOf === undefined ? [] : [post.onBehalfOf]), ...leaves.flatMap(leave => [leave.officer, leave.stand_in])]);
  const sessions: { id: string; started_at: string; seen_at: string }[] = await read('sessions').where({ officer: officer.id }).select('id', 'started_at', 'seen_at').orderBy('seen_at', 'desc').limit(20);
  return page(posts[0]?.role === 'gridWorker' ? 'people/me-tablet' : 'people/me', {
    title: '我的', heading: officer.name, login: officer.login, changedAt: officer.changed_at, larger: visit.large,
    posts: posts.map(post => ({ role: roles[post.role], place: places.get(post.placeNo)?.full ?? post.placeName, for: post.onBehalfOf === undefined ? undefined : names.get(post.onBehalfOf) })),
    leaves: leaves.map(leave => leave.officer === officer.id ? `${leave.from_day} 至 ${leave.to_day} 请假，${names.get(leave.stand_in) ?? ''}代班。` : `${leave.from_day} 至 ${leave.to_day} 替${names.get(leave.officer) ?? ''}代班。`),
    sessions: sessions.map(session => ({ startedAt: session.started_at, seenAt: session.seen_at, isThis: session.id === visit.session })),
    ways: [{ label: '回避', href: '/recusals' }, ...holds(actor, 'officer.read') ? [{ label: '人员和岗位', href: '/officers' }] : [], ...holds(actor, 'place.read') ? [{ label: '区划', href: '/places' }] : [], ...holds(actor, 'settings.keep') ? [{ label: '系统设置', href: '/settings' }] : []],
  });
}
