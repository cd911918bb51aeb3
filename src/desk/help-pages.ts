import { usesTablet } from '../households/visiting.ts';
import { page, type Reply } from '../web/reply.ts';
import { get, type Route } from '../web/route.ts';
import type { Visit } from '../web/visit.ts';
import { articlesFor } from './help.ts';

/** 帮助: one short page per task, those of the reader's posts first. */
async function showHelp(visit: Visit): Promise<Reply> {
  const { own, others } = articlesFor(visit.actor.kind === 'officer' ? visit.actor.posts.map(post => post.role) : []);
  return page('desk/help', { title: '帮助', tablet: usesTablet(visit), own, others });
}

export const helpRoutes: readonly Route[] = [get('/help', { power: 'officer', handle: showHelp })];
