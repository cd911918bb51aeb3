import type { Actor, Post } from './actor.ts';
import { rules, type Power } from './rules.ts';
import { within, type Subject } from './subject.ts';

/** `true`, or the reason it is no, in words for the person who asked. */
export type Leave = true | string;

/** Does the actor hold this power anywhere? The coarse check a route makes before work. */
export function holds(actor: Actor, power: Power): boolean {
  const rule = rules[power];
  if (rule.others?.includes(actor.kind) === true) return true;
  return actor.kind === 'officer' && (rule.anyOfficer === true || actor.posts.some(post => rule.roles.includes(post.role)));
}

/** The whole question: power, reach and exceptions, for one subject. */
export function may(actor: Actor, power: Power, subject: Subject): Leave {
  const rule = rules[power];
  if (rule.others?.includes(actor.kind) === true) return true;
  if (actor.kind !== 'officer') return '请先登录';
  const barred = subject.barred?.find(bar => bar.officer === actor.id);
  if (barred !== undefined) return barred.why;
  if (rule.judges === true && isAside(actor, subject.id)) return '这一户您要回避，请换一位同志办';
  if (rule.anyOfficer === true) return true;
  const able = actor.posts.filter(post => rule.roles.includes(post.role));
  if (able.length === 0) return '您的岗位没有这项权限';
  return able.some(post => reaches(post, subject, rule.reach)) || '不在您的片区';
}

/** Does the actor stand aside from this household? */
export const isAside = (actor: Actor, household: string): boolean => actor.kind === 'officer' && actor.aside?.includes(household) === true;

/** The post a power is used by: the first that reaches; its id goes to the ledger. */
export function postFor(actor: Actor, power: Power, subject: Subject): Post | undefined {
  if (actor.kind !== 'officer') return undefined;
  const rule = rules[power];
  return actor.posts.find(post => rule.roles.includes(post.role) && reaches(post, subject, rule.reach));
}

/** The paths below which an actor may use a power: what list queries filter by. */
export function reach(actor: Actor, power: Power): readonly string[] {
  const rule = rules[power];
  if (rule.others?.includes(actor.kind) === true) return ['/'];
  if (actor.kind !== 'officer') return [];
  const paths = actor.posts.filter(post => rule.roles.includes(post.role))
    .map(post => rule.reach === 'village' ? villagePath(post.path) : rule.reach === 'office' ? '/' : post.path);
  return paths.filter((path, at) => !paths.some((other, index) => index !== at && within(path, other) && (path !== other || index < at)));
}

function reaches(post: Post, subject: Subject, how: 'place' | 'village' | 'office'): boolean {
  if (how === 'office') return true;
  const from = how === 'village' ? villagePath(post.path) : post.path;
  return subject.paths.some(path => within(path, from));
}

/** A grid or group post seen from its village: `/…/v200/n7/` → `/…/v200/`. */
export const villagePath = (path: string): string => /^.*\/v\d+\//.exec(path)?.[0] ?? path;
