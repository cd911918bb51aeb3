import type { Actor, Role } from '../access/actor.ts';
import { actorId } from '../access/actor.ts';
import { fault } from '../kit/faults.ts';
import { newId } from '../kit/id.ts';
import { readPhone } from '../kit/phone.ts';
import type { Day } from '../kit/time.ts';
import type { Office } from '../office.ts';
import { inUnit } from '../store/unit.ts';
import { checkPosts, type NewPost } from './appoint.ts';
import { temporaryPassword } from './officer.ts';
import { hashPassword, passwordFault } from './password.ts';
import { people } from './refusals.ts';

export interface NewOfficer {
  readonly id?: string;
  readonly login: string;
  readonly name: string;
  readonly phone?: string | undefined;
  /** Id of the bank a co-op officer works for. */
  readonly bank?: string | undefined;
  /** Left out: a temporary one is made, to be told once and changed at first sign-in. */
  readonly password?: string;
  readonly mustChange?: boolean;
  readonly posts: readonly { readonly role: Role; readonly placeNo: number; readonly since?: Day }[];
}

export interface Registered { readonly id: string; readonly login: string; readonly password: string }

const loginShape = /^[a-z][a-z0-9._-]{1,39}$/;

/** Opens accounts together with their first posts. All or none; answers the passwords, which are kept nowhere in clear. */
export async function registerOfficers(office: Office, actor: Actor, list: readonly NewOfficer[]): Promise<readonly Registered[]> {
  const hashes = new Map<string, Promise<string>>();
  const hashed = (password: string): Promise<string> => {
    let hash = hashes.get(password);
    if (hash === undefined) { hash = hashPassword(password); hashes.set(password, hash); }
    return hash;
  };
  return inUnit(office, actor, ['officers', ...list.map(one => `login:${one.login}`)], async unit => {
    const taken: { login: string }[] = await unit.read('officers').whereIn('login', list.map(one => one.login.trim().toLowerCase())).select('login');
    const made = list.map(one => {
      const login = one.login.trim().toLowerCase();
      if (!loginShape.test(login)) fault('login', 'shape', '登录名用小写字母开头，只用字母、数字、点、横线，2 到 40 个。');
      if (one.posts.length === 0) fault('role', 'missing', '新账号至少要有一个岗位。');
      const password = one.password ?? temporaryPassword();
      const weak = one.password === undefined ? undefined : passwordFault(password, login);
      if (weak !== undefined) fault('password', 'weak', weak);
      return { ...one, id: one.id ?? newId(), login, password, phone: phoneIn(one.phone) };
    });
    const logins = made.map(one => one.login);
    if (taken.length > 0 || new Set(logins).size < logins.length) people.refuse('login-taken', { field: 'login' });
    const posts = made.flatMap(one => one.posts.map((post): NewPost => ({ id: newId(), officer: one.id, role: post.role, placeNo: post.placeNo, since: post.since ?? unit.day })));
    const subjects = await checkPosts(unit, posts, new Map(made.map(one => [one.id, one.bank ?? null])));
    const rows = [];
    for (const one of made) {
      rows.push({
        id: one.id, login: one.login, name: one.name, phone_sealed: one.phone === undefined ? null : office.secrets.seal(one.phone), password_hash: await hashed(one.password),
        must_change: one.mustChange === false ? 0 : 1, bank: one.bank ?? null, closed_on: null, fails: 0, locked_until: null, changed_at: unit.at, large: 0,
      });
    }
    unit.insert('officers', rows);
    unit.insert('posts', posts.map(post => ({ id: post.id, officer: post.officer, role: post.role, place_no: post.placeNo, since: post.since, until: null, at: unit.at, by: actorId(actor) })));
    for (const subject of subjects) unit.record({ act: 'officer.registered', power: 'officer.appoint', subject });
    return made.map(one => ({ id: one.id, login: one.login, password: one.password }));
  });
}

function phoneIn(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const read = readPhone(text);
  return 'fault' in read ? fault('phone', read.fault, read.say) : read.phone;
}
