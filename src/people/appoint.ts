import { actorId, roles, type Actor, type Role } from '../access/actor.ts';
import type { Subject } from '../access/subject.ts';
import { newId } from '../kit/id.ts';
import type { Day } from '../kit/time.ts';
import type { Office } from '../office.ts';
import { placeKinds, type Place } from '../places/place.ts';
import { placeColumns } from '../places/queries.ts';
import { inUnit, type Unit } from '../store/unit.ts';
import { clash, overlaps, roleKinds } from './officer.ts';
import { officerById, postsOf } from './queries.ts';
import { people } from './refusals.ts';
import { forgetSessions } from './sessions.ts';

export interface NewPost { readonly id: string; readonly officer: string; readonly role: Role; readonly placeNo: number; readonly since: Day }

/** Gives an officer a post from a day on. */
export async function appoint(office: Office, actor: Actor, given: { readonly officer: string; readonly role: Role; readonly placeNo: number; readonly since: Day; readonly bank?: string | undefined }): Promise<string> {
  const id = await inUnit(office, actor, ['officers', `officer:${given.officer}`], async unit => {
    const officer = await officerById(unit.read, given.officer);
    const post: NewPost = { id: newId(), officer: officer.id, role: given.role, placeNo: given.placeNo, since: given.since };
    const bank = given.bank ?? officer.bank;
    const subjects = await checkPosts(unit, [post], new Map([[officer.id, bank]]));
    if (officer.closed_on !== null) people.refuse('officer-closed');
    if (bank !== officer.bank) unit.change('officers', { id: officer.id, bank });
    unit.insert('posts', { id: post.id, officer: post.officer, role: post.role, place_no: post.placeNo, since: post.since, until: null, at: unit.at, by: actorId(actor) });
    for (const subject of subjects) unit.record({ act: 'officer.appointed', power: 'officer.appoint', subject });
    return post.id;
  });
  forgetSessions(office);
  return id;
}

/**
 * Unit-level: asks leave to appoint at each place, and checks what makes a post impossible: a role that does not belong to such a place, a place that ended,
 * a post held already, two posts one person may not hold, a bank officer without a bank. Answers the subjects to record.
 */
export async function checkPosts(unit: Unit, posts: readonly NewPost[], banks: ReadonlyMap<string, string | null>): Promise<readonly Subject[]> {
  const rows: Place[] = await unit.read('places').whereIn('no', [...new Set(posts.map(post => post.placeNo))]).select(...placeColumns);
  const byNo = new Map(rows.map(place => [place.no, place]));
  const held = await postsOf(unit.read, [...new Set(posts.map(post => post.officer))]);
  const subjects = posts.map(post => {
    const place = byNo.get(post.placeNo) ?? people.refuse('post-place-missing', { field: 'place' });
    const subject: Subject = { id: post.officer, paths: [place.path] };
    unit.require('officer.appoint', subject);
    if (place.until !== null) people.refuse('post-place-missing', { field: 'place' });
    if (!roleKinds[post.role].includes(place.kind)) people.refuse('post-place-wrong', { role: roles[post.role], kinds: roleKinds[post.role].map(kind => placeKinds[kind]).join('、'), field: 'place' });
    if (post.role === 'coopOfficer' && (banks.get(post.officer) ?? null) === null) people.refuse('bank-missing', { field: 'bank' });
    return subject;
  });
  for (const officer of new Set(posts.map(post => post.officer))) {
    const own = held.filter(post => post.officer === officer);
    const fresh = posts.filter(post => post.officer === officer).map(post => ({ role: post.role, place_no: post.placeNo, since: post.since, until: null }));
    if (fresh.some(post => own.some(other => other.role === post.role && other.place_no === post.place_no && overlaps(post, other)))) people.refuse('post-held', { field: 'role' });
    const found = clash([...own, ...fresh]);
    if (found !== undefined) people.refuse('incompatible-posts', { ...found, field: 'role' });
  }
  return subjects;
}
