import type { Knex } from 'knex';
import type { Role } from '../access/actor.ts';
import type { Subject } from '../access/subject.ts';
import { common } from '../kit/refusals.ts';
import type { Day, Instant } from '../kit/time.ts';

export interface OfficerRow {
  readonly id: string; readonly login: string; readonly name: string; readonly phone_sealed: string | null; readonly bank: string | null;
  readonly must_change: number; readonly closed_on: Day | null; readonly locked_until: Instant | null; readonly changed_at: Instant;
}
export const officerColumns = ['officers.id', 'officers.login', 'officers.name', 'officers.phone_sealed', 'officers.bank', 'officers.must_change', 'officers.closed_on', 'officers.locked_until', 'officers.changed_at'] as const;

export interface PostRow {
  readonly id: string; readonly officer: string; readonly role: Role; readonly place_no: number; readonly since: Day; readonly until: Day | null; readonly ended_reason: string | null;
  readonly path: string; readonly place_id: string;
}
const postColumns = ['posts.id', 'posts.officer', 'posts.role', 'posts.place_no', 'posts.since', 'posts.until', 'posts.ended_reason', 'places.path', 'places.id as place_id'] as const;

export async function officerById(read: Knex, id: string): Promise<OfficerRow> {
  const row: OfficerRow | undefined = await read('officers').where({ id }).first(...officerColumns);
  return row ?? common.refuse('not-found');
}

/** Every post some officers ever held, newest first. */
export async function postsOf(read: Knex, officers: readonly string[]): Promise<readonly PostRow[]> {
  if (officers.length === 0) return [];
  return read('posts').join('places', 'places.no', 'posts.place_no').whereIn('posts.officer', [...officers]).select(...postColumns).orderBy('posts.since', 'desc').orderBy('posts.id', 'desc');
}

export const isHeldOn = (post: Pick<PostRow, 'since' | 'until'>, day: Day): boolean => post.since <= day && (post.until === null || post.until > day);
/** Held now or to come. */
export const isOpen = (post: Pick<PostRow, 'until'>, day: Day): boolean => post.until === null || post.until > day;

/** An officer as the subject of an act: standing where the open posts are, or without any, where the last ones were. */
export async function officerAsSubject(read: Knex, id: string, day: Day): Promise<Subject> {
  const posts = await postsOf(read, [id]);
  const open = posts.filter(post => isOpen(post, day));
  const paths = (open.length > 0 ? open : posts).map(post => post.path);
  return { id, paths: paths.length > 0 ? [...new Set(paths)] : ['/'] };
}

export interface LeaveRow { readonly id: string; readonly officer: string; readonly stand_in: string; readonly from_day: Day; readonly to_day: Day; readonly reason: string; readonly ended_at: Instant | null }
export const leaveColumns = ['id', 'officer', 'stand_in', 'from_day', 'to_day', 'reason', 'ended_at'] as const;

/** Leaves that an officer takes or stands in for, newest first. */
export async function leavesOf(read: Knex, officer: string): Promise<readonly LeaveRow[]> {
  return read('leaves').select(...leaveColumns).where(any => { void any.where({ officer }).orWhere({ stand_in: officer }); }).orderBy('from_day', 'desc').limit(50);
}

export async function officerNames(read: Knex, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const rows: { id: string; name: string }[] = await read('officers').whereIn('id', [...new Set(ids)]).select('id', 'name');
  return new Map(rows.map(row => [row.id, row.name]));
}

export interface Bank { readonly id: string; readonly name: string; readonly short: string }
export const banks = async (read: Knex): Promise<readonly Bank[]> => read('banks').select('id', 'name', 'short').orderBy('name');

/** The bank an officer of the co-op works for; undefined for everybody else. */
export async function bankOf(read: Knex, officer: string): Promise<Bank | undefined> {
  return read('officers').join('banks', 'banks.id', 'officers.bank').where('officers.id', officer).first('banks.id', 'banks.name', 'banks.short');
}

const likeText = (text: string): string => text.replace(/[%_\\]/g, '');

/** Accounts that ask for somebody's help: locked after wrong passwords, or still on the password they were given. */
export const asking = {
  locked: (at: Instant) => (query: Knex.QueryBuilder): void => { void query.whereNull('officers.closed_on').where('officers.locked_until', '>', at); },
  fresh: () => (query: Knex.QueryBuilder): void => { void query.whereNull('officers.closed_on').where('officers.must_change', 1); },
} as const satisfies Readonly<Record<string, (at: Instant) => (query: Knex.QueryBuilder) => void>>;
export type Asking = keyof typeof asking;

export interface Wanted { readonly words: string; readonly role: Role | undefined; readonly asking?: { readonly what: Asking; readonly at: Instant } | undefined; readonly paths: readonly string[]; readonly day: Day; readonly after: { readonly name: string; readonly id: string } | undefined; readonly most: number }

/** Officers with a post, open or past, below the paths; by name or login, after a given one. */
export async function officersFound(read: Knex, wanted: Wanted): Promise<readonly OfficerRow[]> {
  if (wanted.paths.length === 0) return [];
  const words = likeText(wanted.words);
  return read('officers').select(...officerColumns)
    .whereExists(posts => {
      postedBelow(read, wanted.paths)(posts);
      if (wanted.role !== undefined) void posts.where('posts.role', wanted.role).where('posts.since', '<=', wanted.day).where(open => { void open.whereNull('posts.until').orWhere('posts.until', '>', wanted.day); });
    })
    .modify(query => {
      if (words !== '') void query.where(any => { void any.where('officers.name', 'like', `%${words}%`).orWhere('officers.login', 'like', `%${words.toLowerCase()}%`); });
      if (wanted.asking !== undefined) void query.where(asking[wanted.asking.what](wanted.asking.at));
      const { after } = wanted;
      if (after !== undefined) void query.where(any => { void any.where('officers.name', '>', after.name).orWhere(same => { void same.where('officers.name', after.name).where('officers.id', '>', after.id); }); });
    })
    .orderBy('officers.name').orderBy('officers.id').limit(wanted.most);
}

const postedBelow = (read: Knex, paths: readonly string[]) => (posts: Knex.QueryBuilder): void => {
  void posts.select(read.raw('1')).from('posts').join('places', 'places.no', 'posts.place_no').whereRaw('posts.officer = officers.id')
    .where(any => { for (const path of paths) void any.orWhere('places.path', 'like', `${path}%`); });
};

/** How many accounts below the paths ask for help, and for which. */
export async function accountsAsking(read: Knex, paths: readonly string[], at: Instant): Promise<Readonly<Record<Asking, number>>> {
  const count = async (what: Asking): Promise<number> => {
    const row: { n?: number | string } | undefined = paths.length === 0 ? undefined : await read('officers').where(asking[what](at)).whereExists(postedBelow(read, paths)).count({ n: '*' }).first();
    return Number(row?.n ?? 0);
  };
  return { locked: await count('locked'), fresh: await count('fresh') };
}

/** Is nobody appointed yet? Then the first administrator may be, with the code from the machine. */
export async function hasNoOfficer(read: Knex): Promise<boolean> {
  return await read('officers').first('id') === undefined;
}
