import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Router, RouterContext } from '@koa/router';
import type { Context, Middleware } from 'koa';
import { anyone } from '../access/actor.ts';
import { holds } from '../access/may.ts';
import { Faults } from '../kit/faults.ts';
import { later } from '../kit/later.ts';
import { Refusal } from '../kit/refusal.ts';
import { common } from '../kit/refusals.ts';
import { dayOf } from '../kit/time.ts';
import type { Office } from '../office.ts';
import { told } from '../store/told.ts';
import { clean, readBody, type Body } from './body.ts';
import { isOwnSite, isToken, tokenFor } from './csrf.ts';
import { setCache } from './headers.ts';
import { redirect, wantsRegion } from './htmx.ts';
import { dropUploads, uploadFolder } from './multipart.ts';
import { cookieOf, keepCookie, largeCookie, sessionCookie, visitorCookie } from './cookies.ts';
import { isEncrypted, originOf } from './origin.ts';
import type { PageCache } from './page-cache.ts';
import type { Frame, Views } from './render.ts';
import type { PageModel, Reply } from './reply.ts';
import type { Route, Trouble } from './route.ts';
import { packSaid, saidCookie, unpackSaid } from './said.ts';
import { addressOf, askedIn } from './sought.ts';
import type { Identity, Visit } from './visit.ts';

/** What stands around a page for one visitor, whichever page it is. */
type OwnFrame = Omit<Frame, 'title' | 'large' | 'largeHref' | 'csrf' | 'notice'>;

/** What the web needs to be told by the areas: it knows none of them. */
export interface Doors {
  readonly office: Office;
  readonly views: Views;
  /** Whose cookie is it? Undefined: expired, signed out, never ours. */
  identify(cookie: string): Promise<Identity | undefined>;
  /** Tabs, name and place of the layouts for this visitor. */
  frame(visit: Pick<Visit, 'office' | 'actor' | 'path'>): Promise<OwnFrame>;
  /** Public pages ready to send. */
  readonly kept: PageCache;
}

/** An `import` would bring in node:http whole (see server.ts). */
const routing = later<typeof import('@koa/router')>('@koa/router');


/** Finds the route of a request, or says that there is none. */
export interface Mounted { readonly routes: Middleware; isKnown(path: string, method: string): boolean }

/**
 * Turns declared routes into middleware: identity, leave, body, token, handler, answer; in this order for every route.
 * One router for each first word of an address: a request is compared with a dozen routes instead of two hundred.
 */
export function mount(doors: Doors, routes: readonly Route[]): Mounted {
  const routers = new Map<string, Router>();
  for (const route of routes) {
    const word = firstWord(route.path);
    const router = routers.get(word) ?? new (routing().default)();
    routers.set(word, router);
    const run = (ctx: Context): Promise<void> => answer(doors, route, ctx);
    if (route.method === 'GET') router.get(route.path, run); else router.post(route.path, run);
  }
  const ready = new Map([...routers].map(([word, router]) => [word, router.routes()]));
  return {
    routes: (ctx, next) => ready.get(firstWord(ctx.path))?.(ctx as RouterContext, next) ?? next(),
    isKnown: (path, method) => routers.get(firstWord(path))?.match(path, method).route === true,
  };
}

/** Addresses are found however they are capitalised, as the routers do. */
const firstWord = (path: string): string => (path.split('/', 2)[1] ?? '').toLowerCase();

async function answer(doors: Doors, route: Route, ctx: Context): Promise<void> {
  const { office } = doors;
  if (route.open === true) doors.kept.begin(ctx);
  const cookie = route.open === true ? undefined : cookieOf(ctx, sessionCookie);
  const identity = cookie === undefined || cookie === '' ? undefined : await doors.identify(cookie);
  const actor = identity?.actor ?? anyone;
  const owner = route.open === true ? '' : cookie ?? visitorOf(ctx);
  if (isNowhere(ctx)) common.refuse('not-found');
  if (!holds(actor, route.power)) {
    if (actor.kind !== 'anyone') common.refuse('not-allowed', { why: '您的岗位没有这项权限' });
    if (route.method === 'GET' && !wantsRegion(ctx)) { redirect(ctx, `/sign-in?next=${encodeURIComponent(ctx.url)}`); return; }
    common.refuse('signed-out', route.method === 'POST' ? { typed: 1 } : {});
  }
  if (identity?.mustChange === true && !ctx.path.startsWith('/me/') && ctx.path !== '/sign-out') { redirect(ctx, '/me/password'); return; }
  const at = office.clock.now();
  const body: Body = route.method === 'POST' ? await readBody(ctx, uploadFolder(office.config.dataDir), route.uploads) : { raw: {}, files: [] };
  try {
    if (route.method === 'POST' && !isOwnSite(ctx)) common.refuse('forged');
    const token = tokenFor(office.secrets.csrfKey, owner);
    const isMeant = route.method === 'GET' || route.search === true || isToken(token, body.raw['_csrf'] ?? ctx.get('X-CSRF-Token'));
    const visit = visitOf(ctx, office, { actor, session: identity?.session, at, body, csrf: owner === '' ? '' : token });
    await write(doors, ctx, { route, visit }, await handled(route, visit, isMeant));
  } finally {
    await dropUploads(body.files);
  }
}

/** A NUL names nothing, and PostgreSQL would choke on it. */
const isNowhere = (ctx: Context): boolean => Object.values(ctx['params'] as Record<string, string | undefined>).some(value => value?.includes('\0') === true);

/**
 * Runs the handler; a refused post that knows how to show its form again does so with everything that was typed. So does one from our own page
 * whose token has gone stale (`isMeant` false): who signed in again after a pause loses nothing and presses once more.
 */
async function handled(route: Route, visit: Visit, isMeant: boolean): Promise<Reply> {
  try {
    if (!isMeant) common.refuse('forged');
    return await route.handle(visit);
  } catch (thrown) {
    const error = told(visit.office.store.dialect, thrown);
    if (route.again === undefined || !(error instanceof Refusal)) throw error;
    const trouble: Trouble = {
      status: error.status, code: error.code, words: error.words,
      faults: error instanceof Faults ? error.faults : error.field === undefined ? [] : [{ field: error.field, code: error.code, say: error.words }],
    };
    const reply = await route.again(visit, trouble);
    return reply.kind === 'page' ? { ...reply, status: trouble.status, model: { notice: trouble.faults.length > 0 ? undefined : { kind: 'care', words: trouble.words }, ...reply.model } } : reply;
  }
}

/** A visitor without an account has a cookie of their own, made when first a form is shown. */
function visitorOf(ctx: Context): string {
  const given = cookieOf(ctx, visitorCookie);
  if (given !== undefined && /^[\w-]{20,}$/.test(given)) return given;
  const made = randomBytes(18).toString('base64url');
  keepCookie(ctx, visitorCookie, made);
  return made;
}

interface Known { readonly actor: Visit['actor']; readonly session: string | undefined; readonly at: string; readonly body: Body; readonly csrf: string }

function visitOf(ctx: Context, office: Office, known: Known): Visit {
  const here = { key: office.secrets.sessionKey, at: known.at, path: ctx.path };
  const query: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const [name, value] of askedIn(here, ctx.querystring)) query[clean(name)] ??= clean(value);
  return {
    office, actor: known.actor, session: known.session, at: known.at, day: dayOf(known.at),
    method: ctx.method, path: ctx.path, url: ctx.url,
    origin: originOf(ctx.req, office.config), secure: isEncrypted(ctx.req),
    params: ctx['params'] as Record<string, string>, query,
    raw: known.body.raw, files: known.body.files, address: ctx.ip,
    link: (fields, path = ctx.path) => addressOf({ ...here, path }, fields),
    partial: wantsRegion(ctx), large: cookieOf(ctx, largeCookie) === '1', csrf: known.csrf,
    setCookie: (name, value, options) => { keepCookie(ctx, name, value, options); },
    cookie: name => cookieOf(ctx, name),
  };
}

async function write(doors: Doors, ctx: Context, { route, visit }: { readonly route: Route; readonly visit: Visit }, reply: Reply): Promise<void> {
  switch (reply.kind) {
    case 'see': {
      if (reply.said !== undefined) visit.setCookie(saidCookie, packSaid(doors.office.secrets.sessionKey, reply.said));
      redirect(ctx, reply.url, { inside: route.search === true && visit.partial });
      return;
    }
    case 'json': ctx.status = reply.status; ctx.type = reply.type; setCache(ctx, 'private'); ctx.body = JSON.stringify(reply.body); return;
    case 'file': {
      ctx.status = reply.status;
      ctx.type = reply.mime;
      setCache(ctx, reply.cache);
      if (reply.name !== undefined) ctx.set('Content-Disposition', `attachment; filename*=UTF-8''${encodeURIComponent(reply.name)}`);
      ctx.body = reply.body instanceof Readable ? reply.body : Buffer.from(reply.body);
      return;
    }
    case 'page': await writePage(doors, ctx, visit, reply);
  }
}

export async function writePage(doors: Doors, ctx: Context, visit: Visit, reply: Extract<Reply, { kind: 'page' }>): Promise<void> {
  const frame = await frameOf(doors, visit, reply.model);
  const region = visit.partial && reply.region !== undefined;
  const body = Buffer.from(doors.views.render(region ? reply.region ?? reply.view : reply.view, { ...reply.model, frame }));
  const cache = frame.notice === undefined ? reply.cache : 'private';   // a sentence for one visitor is kept for nobody
  ctx.status = reply.status;
  ctx.type = 'text/html; charset=utf-8';
  setCache(ctx, cache);
  if (cache === 'public' && reply.status === 200) { doors.kept.keep(ctx, body); return; }
  await sendCompressed(ctx, body);
}

const gzipped = promisify(gzip);
const worthwhile = 2_048;

/** A village line carries 30 kB a second: pages go out compressed. */
async function sendCompressed(ctx: Context, body: Buffer): Promise<void> {
  ctx.vary('Accept-Encoding');
  if (body.length < worthwhile || ctx.acceptsEncodings('gzip', 'identity') !== 'gzip') { ctx.body = body; return; }
  ctx.set('Content-Encoding', 'gzip');
  ctx.body = await gzipped(body, { level: 4 });
}

/** What stands around a refusal: for an officer the same head as around every page, so that nobody takes a wrong door for being signed out. */
export async function frameAround(doors: Doors, ctx: Context): Promise<OwnFrame & Pick<Frame, 'csrf'>> {
  const cookie = cookieOf(ctx, sessionCookie);
  const identity = cookie === undefined || cookie === '' ? undefined : await doors.identify(cookie);
  if (cookie === undefined || identity === undefined) return { tabs: [] };
  return { ...await doors.frame({ office: doors.office, actor: identity.actor, path: ctx.path }), csrf: tokenFor(doors.office.secrets.csrfKey, cookie) };
}

async function frameOf(doors: Doors, visit: Visit, model: PageModel): Promise<Frame> {
  const flash = visit.cookie(saidCookie);
  if (flash !== undefined && flash !== '') visit.setCookie(saidCookie, null);
  const notice = model['notice'] as Frame['notice'] ?? (flash === undefined || flash === '' ? undefined : unpackSaid(doors.office.secrets.sessionKey, flash));
  return {
    ...await doors.frame(visit), title: model.title, large: visit.large,
    largeHref: `/large?to=${encodeURIComponent(visit.method === 'GET' ? visit.url : visit.path)}`,
    csrf: visit.csrf, ...notice === undefined ? {} : { notice },
  };
}
