import { hash, randomBytes } from 'node:crypto';
import type { Knex } from 'knex';
import type { Officer, Post, Role } from '../access/actor.ts';
import { limits } from '../kit/limits.ts';
import { Refusal } from '../kit/refusal.ts';
import { dayOf, type Day, type Instant } from '../kit/time.ts';
import type { Office } from '../office.ts';
import { keepHouse } from '../store/housekeeping.ts';
import type { TableName } from '../store/tables.ts';

export interface Signed { readonly actor: Officer; readonly session: string; readonly mustChange: boolean; readonly seenAt: Instant }

/** A new cookie; only its digest is kept, so that a stolen database opens no session. */
export const newCookie = (): string => randomBytes(32).toString('base64url');
export const sessionId = (cookie: string): string => hash('sha256', cookie, 'hex');

/** How exactly `seen_at` is kept: as long as a session is remembered before it is looked up and noted again. */
const freshMs = 60_000;
/** A change to any of these may move somebody's reach, whoever makes it: a merged village takes its posts along. */
const basis: readonly TableName[] = ['officers', 'posts', 'places', 'leaves', 'recusals', 'recusal_ends'];
/** Posts and leaves begin and end with a day, so what was known on one is not known on the next. */
interface Known { readonly day: Day; readonly version: number; readonly signed: Signed }
const caches = new WeakMap<object, Map<string, Known>>();
const cacheOf = (office: Office): Map<string, Known> => {
  let cache = caches.get(office);
  if (cache === undefined) { cache = new Map(); caches.set(office, cache); }
  return cache;
};

/** Sessions and posts are remembered for a minute; whoever ends a session forgets all at once. */
export const forgetSessions = (office: Office): void => {
  cacheOf(office).clear();
  forgotten.set(office, (forgotten.get(office) ?? 0) + 1);
};
/** How often an office forgot: what was read before it did must not be remembered after. */
const forgotten = new WeakMap<object, number>();

/** Whose cookie is it? Undefined when unknown, ended, or left alone longer than the limit. */
export async function identify(office: Office, cookie: string): Promise<Signed | undefined> {
  const session = sessionId(cookie);
  const at = office.clock.now();
  const cache = cacheOf(office);
  const known = cache.get(session);
  const version = office.writer.version(basis);
  const day = dayOf(at);
  if (known !== undefined && known.version === version && known.day === day && isFresh(known.signed.seenAt, at)) return known.signed;
  const times = forgotten.get(office);
  const found = await load(office.read, session, at);
  if (found === undefined) { cache.delete(session); return undefined; }
  const isNoted = isFresh(found.seenAt, at);
  const signed = isNoted ? found : { ...found, seenAt: at };
  if (cache.size > 2_000) cache.clear();
  if (forgotten.get(office) === times) cache.set(session, { day, version, signed });
  if (!isNoted) void sawAgain(office, session, at);   // Nobody waits for it: a page would stand still while a large unit is being written.
  return signed;
}

const isFresh = (seenAt: Instant, at: Instant): boolean => Math.abs(Date.parse(at) - Date.parse(seenAt)) <= freshMs;

/** On a full disk people go on reading; only the time they were seen is not noted. */
async function sawAgain(office: Office, session: string, at: Instant): Promise<void> {
  try {
    await keepHouse(office, 'change', 'sessions', [{ id: session, seen_at: at }]);
  } catch (error) { if (!(error instanceof Refusal)) throw error; }
}

async function load(read: Knex, session: string, at: Instant): Promise<Signed | undefined> {
  const row: { officer: string; name: string; must_change: number; seen_at: Instant; closed_on: Day | null } | undefined = await read('sessions')
    .join('officers', 'officers.id', 'sessions.officer').where('sessions.id', session)
    .first('sessions.officer', 'sessions.seen_at', 'officers.name', 'officers.must_change', 'officers.closed_on');
  if (row === undefined || (row.closed_on !== null && row.closed_on <= dayOf(at))) return undefined;
  if (Date.parse(at) - Date.parse(row.seen_at) > limits.idleMinutes * 60_000) return undefined;
  return { session, mustChange: row.must_change === 1, seenAt: row.seen_at, actor: { kind: 'officer', id: row.officer, name: row.name, posts: await postsOn(read, row.officer, dayOf(at)), aside: await asideOf(read, row.officer) } };
}

/** The households that an officer stands aside from; see the area of recusals. */
export async function asideOf(read: Knex, officer: string): Promise<readonly string[]> {
  const rows: { household: string }[] = await read('recusals').leftJoin('recusal_ends', 'recusal_ends.recusal', 'recusals.id').where({ officer }).whereNull('recusal_ends.recusal').distinct('household');
  return rows.map(row => row.household);
}

interface PostRow { id: string; officer: string; role: Role; place_no: number; place_name: string; path: string }

/** The posts an officer holds on a day: the own ones, and those of colleagues on leave for whom they stand in. */
export async function postsOn(read: Knex, officer: string, day: Day): Promise<readonly Post[]> {
  const away = (): Knex.QueryBuilder => read('leaves').whereNull('ended_at').where('from_day', '<=', day).where('to_day', '>=', day).select('officer');
  const rows: PostRow[] = await read('posts').join('places', 'places.no', 'posts.place_no')
    .select('posts.id', 'posts.officer', 'posts.role', 'posts.place_no', 'places.name as place_name', 'places.path')
    .where(any => any.where(own => own.where('posts.officer', officer).whereNotIn('posts.officer', away().where('officer', officer))).orWhereIn('posts.officer', away().where('stand_in', officer))).where('posts.since', '<=', day)
    .where(open => open.whereNull('posts.until').orWhere('posts.until', '>', day)).orderBy('posts.since').orderBy('posts.id');
  return rows.map(row => ({
    id: row.id, role: row.role, placeNo: row.place_no, placeName: row.place_name, path: row.path,
    ...row.officer === officer ? {} : { onBehalfOf: row.officer },
  }));
}
