import { form } from '../kit/form.ts';
import { taken } from '../kit/faults.ts';
import { text } from '../kit/fields.ts';
import { typed } from '../kit/form.ts';
import { limits } from '../kit/limits.ts';
import { page, seeOther, type Reply } from '../web/reply.ts';
import { get, post, type Route, type Trouble } from '../web/route.ts';
import { largeCookie, sessionCookie } from '../web/cookies.ts';
import type { Visit } from '../web/visit.ts';
import { changePassword } from './change-password.ts';
import { signIn, signOut } from './sign-in.ts';

const signInForm = form({ login: text('登录名', { most: 40 }), password: text('口令', { secret: true, most: 128 }) });
const passwordForm = form({ now: text('现在的口令', { secret: true, most: 128 }), next: text('新口令', { secret: true, most: 128 }), again: text('再输一次新口令', { secret: true, most: 128 }) });

/** Only a path of ours: a link that leads elsewhere is an open redirect. */
export const ownPath = (next: string | undefined): string => next !== undefined && /^\/(?![/\\])[^\s\\]*$/.test(next) ? next : '/desk';

/** Every fault once, at its field; what the pair of them got wrong stands at the password. */
const faultsOf = ({ faults, words }: Trouble = { faults: [], words: '', code: '', status: 200 }): { readonly loginFault: string | undefined; readonly passwordFault: string | undefined } => {
  const at = (field: string): string | undefined => faults.find(fault => fault.field === field)?.say;
  return { loginFault: at('login'), passwordFault: at('password') ?? (faults.length === 0 && words !== '' ? words : undefined) };
};

async function showSignIn(visit: Visit, trouble?: Trouble): Promise<Reply> {
  const next = visit.method === 'POST' ? typed(visit.raw, 'next') : visit.query['next'];
  return page('people/sign-in', { title: '登录', next: ownPath(next), login: typed(visit.raw, 'login'), ...faultsOf(trouble), notice: undefined });
}

async function enter(visit: Visit): Promise<Reply> {
  const cookie = await signIn(visit.office, taken(signInForm, visit.raw));
  visit.setCookie(sessionCookie, cookie);
  return seeOther(ownPath(typed(visit.raw, 'next')));
}

async function leave(visit: Visit): Promise<Reply> {
  if (visit.session !== undefined) await signOut(visit.office, visit.actor, { session: visit.session, everywhere: visit.raw['everywhere'] === 'yes' });
  visit.setCookie(sessionCookie, null);
  return seeOther('/', '已经退出。');
}

const faultOf = (trouble: Trouble | undefined, field: string): string | undefined => trouble?.faults.find(one => one.field === field)?.say;

async function showPassword(_visit: Visit, trouble?: Trouble): Promise<Reply> {
  return page('people/password', {
    title: '换一个口令', now: faultOf(trouble, 'now'), next: faultOf(trouble, 'next'), again: faultOf(trouble, 'again'),
  });
}

async function savePassword(visit: Visit): Promise<Reply> {
  await changePassword(visit.office, visit.actor, { session: visit.session ?? '', ...taken(passwordForm, visit.raw) });
  return seeOther('/desk', '口令已经换好，别的设备上都已退出。');
}

/** 大字: the page comes back to where it was. */
async function toggleLarge(visit: Visit): Promise<Reply> {
  visit.setCookie(largeCookie, visit.large ? null : '1', { days: 365 });
  return seeOther(ownPath(visit.query['to'] ?? '/'));
}

/** Searches of every page come here: what was typed goes on sealed, see `web/sought.ts`. */
async function find(visit: Visit): Promise<Reply> {
  const { to: _to, _csrf, ...fields } = visit.raw;
  return seeOther(visit.link(Object.fromEntries(Object.keys(fields).map(name => [name, [...typed(fields, name)].slice(0, limits.searchCharacters).join('')])), ownPath(typed(visit.raw, 'to')).replace(/[?#].*$/, '')));
}

export const signInRoutes: readonly Route[] = [
  get('/sign-in', { power: 'anyone', handle: showSignIn }),
  post('/sign-in', { power: 'anyone', handle: enter, again: showSignIn }),
  post('/sign-out', { power: 'officer', handle: leave }),
  get('/me/password', { power: 'officer', handle: showPassword }),
  post('/me/password', { power: 'officer', handle: savePassword, again: showPassword }),
  post('/find', { power: 'anyone', handle: find, search: true }),
  get('/large', { power: 'anyone', handle: toggleLarge }),
];
