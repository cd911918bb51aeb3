import { roles, type Role } from '../access/actor.ts';
import { may, reach, holds } from '../access/may.ts';
import type { Subject } from '../access/subject.ts';
import { limits } from '../kit/limits.ts';
import type { Day } from '../kit/time.ts';
import type { Place } from '../places/place.ts';
import { placeColumns, placeNames } from '../places/queries.ts';
import type { Visit } from '../web/visit.ts';
import type { Choice } from './form.ts';
import { passingPower } from './leave.ts';
import { roleKinds } from './officer.ts';
import { banks, isHeldOn, isOpen, leavesOf, officerNames, officersFound, postsOf, type OfficerRow, type PostRow } from './queries.ts';

export interface PostLine { readonly id: string; readonly role: string; readonly place: string; readonly placeHref: string; readonly term: string; readonly state: 'now' | 'to-come' | 'past'; readonly why: string }

/** Posts as a page lists them: the words of role and place, and whether they count today. */
export async function postLines(visit: Visit, posts: readonly PostRow[]): Promise<readonly PostLine[]> {
  const names = await placeNames(visit.office.read, posts.map(post => post.place_no));
  return posts.map(post => ({
    id: post.id, role: roles[post.role], place: names.get(post.place_no)?.full ?? '', placeHref: `/places/${post.place_id}`,
    term: termOf(post), why: post.ended_reason ?? '', state: isHeldOn(post, visit.day) ? 'now' : isOpen(post, visit.day) ? 'to-come' : 'past',
  }));
}

const termOf = (post: Pick<PostRow, 'since' | 'until'>): string => post.until === null ? `${post.since} 起` : `${post.since} 至 ${post.until} 前`;

export async function presentOfficer(visit: Visit, officer: OfficerRow, subject: Subject): Promise<Record<string, unknown>> {
  const { read } = visit.office;
  const posts = await postsOf(read, [officer.id]);
  const open = posts.filter(post => isOpen(post, visit.day));
  const leaves = await leavesOf(read, officer.id);
  const names = await officerNames(read, leaves.flatMap(leave => [leave.officer, leave.stand_in]));
  const canSecure = may(visit.actor, 'officer.secure', subject) === true;
  const isLocked = canSecure && officer.locked_until !== null && officer.locked_until > visit.at;
  const isClosed = officer.closed_on !== null;
  const bank = (await banks(read)).find(one => one.id === officer.bank);
  const canAppoint = may(visit.actor, 'officer.appoint', subject) === true;
  const canPass = open.length > 0 && open.every(post => may(visit.actor, passingPower(post), { id: officer.id, paths: [post.path] }) === true);
  return {
    crumbs: [{ label: '人员', href: '/officers' }], heading: officer.name, here: `/officers/${officer.id}`,
    state: isClosed ? { icon: 'box', words: `${officer.closed_on} 起停用`, kind: '' } : isLocked ? { icon: 'lock', words: '口令连错，锁着', kind: 'care' } : canSecure && officer.must_change === 1 ? { icon: 'clock', words: '还没换过初始口令', kind: 'moving' } : { icon: 'tick', words: '在用', kind: 'done' },
    facts: [{ term: '登录名', value: officer.login }, { term: '电话', value: officer.phone_sealed === null ? '没有登记' : visit.office.secrets.open(officer.phone_sealed) }, ...bank === undefined ? [] : [{ term: '银行', value: bank.name }], ...canSecure ? [{ term: '口令上次更换', value: officer.changed_at.slice(0, 10) }] : []],
    posts: (await postLines(visit, posts)).map((line, at) => ({ ...line, canDismiss: line.state !== 'past' && posts[at]?.until === null && may(visit.actor, 'officer.appoint', { id: officer.id, paths: [posts[at]?.path ?? '/'] }) === true })),
    leaves: leaves.map(leave => ({
      words: leave.officer === officer.id ? `请假，${names.get(leave.stand_in) ?? ''}代班` : `替${names.get(leave.officer) ?? ''}代班`, days: `${leave.from_day} 至 ${leave.to_day}`, reason: leave.reason,
      ended: leave.ended_at !== null || leave.to_day < visit.day, endHref: leave.ended_at === null && leave.to_day >= visit.day && leave.officer === officer.id && canPass ? `/leaves/${leave.id}/end` : undefined,
    })),
    can: {
      appoint: !isClosed && holds(visit.actor, 'officer.appoint'), revise: canAppoint, close: canAppoint && !isClosed, reopen: canAppoint && isClosed, pass: !isClosed && canPass,
      secure: !isClosed && canSecure, isLocked,
    },
  };
}

/** One line a person: what they do now and where. */
export async function officerLines(visit: Visit, list: readonly OfficerRow[]): Promise<readonly { readonly name: string; readonly href: string; readonly login: string; readonly posts: readonly { readonly role: string; readonly place: string }[]; readonly state: string }[]> {
  const posts = (await postsOf(visit.office.read, list.map(officer => officer.id))).filter(post => isHeldOn(post, visit.day));
  const names = await placeNames(visit.office.read, posts.map(post => post.place_no));
  const tellsLocks = holds(visit.actor, 'officer.secure');
  return list.map(officer => ({
    name: officer.name, href: `/officers/${officer.id}`, login: officer.login,
    posts: posts.filter(post => post.officer === officer.id).map(post => ({ role: roles[post.role], place: names.get(post.place_no)?.full ?? '' })),
    state: officer.closed_on !== null ? '停用' : tellsLocks && officer.locked_until !== null && officer.locked_until > visit.at ? '锁着' : '',
  }));
}

/** Colleagues within the visitor's reach who could take over, with their posts so that names that repeat can be told apart. */
export async function colleagues(visit: Visit, officer: string, day: Day): Promise<readonly Choice[]> {
  const paths = [...reach(visit.actor, 'officer.leave'), ...reach(visit.actor, 'officer.appoint')];
  const found = await officersFound(visit.office.read, { words: '', role: undefined, paths, day, after: undefined, most: limits.rowsPerPageMost * 5 });
  const lines = await officerLines(visit, found.filter(one => one.id !== officer && one.closed_on === null));
  return lines.map(line => ({ key: line.href.slice('/officers/'.length), label: `${line.name}（${line.posts.map(post => `${post.place} ${post.role}`).join('，') || line.login}）` }));
}

/** Places where a role may stand, within the visitor's power to appoint; more than a list can hold asks for words. */
export async function placesFor(visit: Visit, role: Role, words: string): Promise<{ readonly choices: readonly Choice[]; readonly isTooMany: boolean }> {
  const paths = reach(visit.actor, 'officer.appoint');
  const wanted = words.replace(/[%_\\]/g, '').trim();
  const rows: Place[] = await visit.office.read('places').select(...placeColumns).whereIn('kind', [...roleKinds[role]]).whereNull('until').where({ hidden: 0 })
    .where(any => { for (const path of paths) void any.orWhere('path', 'like', `${path}%`); })
    .modify(query => { if (wanted !== '') void query.where(any => { void any.where('name', 'like', `%${wanted}%`).orWhereIn('parent_no', visit.office.read('places').select('no').where('name', 'like', `%${wanted}%`)); }); })
    .orderBy('path').limit(limits.rowsPerPageMost + 1);
  const names = await placeNames(visit.office.read, rows.map(place => place.no));
  return {
    choices: rows.slice(0, limits.rowsPerPageMost).map(place => ({ key: place.id, label: names.get(place.no)?.full ?? place.name })),
    isTooMany: rows.length > limits.rowsPerPageMost,
  };
}
