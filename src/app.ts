import type { RequestListener } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Koa, { type Context } from 'koa';
import { areas } from './areas.ts';
import { frameFor } from './desk/frame.ts';
import { newId } from './kit/id.ts';
import { Refusal } from './kit/refusal.ts';
import { common } from './kit/refusals.ts';
import { openLog, type Log } from './log.ts';
import type { Office } from './office.ts';
import { isFirstRun } from './people/first-run.ts';
import { identify } from './people/sessions.ts';
import type { TableName } from './store/tables.ts';
import { told } from './store/told.ts';
import { loadAssets } from './web/assets.ts';
import { setHeaders } from './web/headers.ts';
import { frameAround, mount, type Doors } from './web/mount.ts';
import { openPageCache } from './web/page-cache.ts';
import { writeBroken, writeRefusal } from './web/refusals.ts';
import { loadViews } from './web/render.ts';

/** What public pages are made of: a write to any of these makes every kept page stale. */
const shownToAnyone: readonly TableName[] = ['places', 'settings', 'rounds', 'rolls', 'roll_entries', 'roll_subjects', 'notices', 'notice_entries', 'certificates', 'withdrawals', 'village_items', 'holidays'];

const folder = (name: string): string => fileURLToPath(new URL(`../${name}`, import.meta.url));

/** Nobody answered: the address is unknown, or is asked in a way that it does not know. */
function refuseUnmet(router: ReturnType<typeof mount>, ctx: Context): never {
  const known = ['GET', 'POST'].filter(method => router.isKnown(ctx.path, method));
  if (known.length === 0 || known.includes(ctx.method)) common.refuse('not-found');
  ctx.set('Allow', known.flatMap(method => method === 'GET' ? ['GET', 'HEAD'] : [method]).join(', '));
  return common.refuse('wrong-method');
}

/** What a server listens with. */
export interface App { callback(): RequestListener }

/** The HTTP side of an office: middleware in order, then the areas. Reads like a list. */
export function openApp(office: Office, log: Log = openLog(office.config.logLevel)): App {
  const assets = loadAssets(folder('public'));
  const views = loadViews(folder('views'), assets, join(office.config.dataDir, 'cache', 'views'));
  const doors: Doors = { office, views, identify: cookie => identify(office, cookie), frame: frameFor, kept: openPageCache(office, shownToAnyone) };
  const router = mount(doors, areas.flatMap(area => area.routes));

  const app = new Koa({ proxy: office.config.trustProxy, maxIpsCount: 1 });
  app.silent = true;   // refusals and bugs are answered and logged below; koa's own printing would repeat them
  app.use(async (ctx, next) => {
    setHeaders(ctx);
    try {
      await next();
      if (ctx.status === 404 && ctx.body === undefined) refuseUnmet(router, ctx);
    } catch (thrown) {
      const error = told(office.store.dialect, thrown);
      if (error instanceof Refusal) { writeRefusal(ctx, views, error, await frameAround(doors, ctx)); return; }
      const reference = newId().slice(-12);
      log.error({ reference, method: ctx.method, route: ctx['_matchedRoute'], error }, 'broken');
      writeBroken(ctx, views, reference);
    }
  });
  app.use(async (ctx, next) => { if (!assets.serve(ctx)) await next(); });   // what is ready needs no route to be found
  app.use(async (ctx, next) => {
    // An office without anybody shows its first page wherever it is entered.
    if ((ctx.path === '/' || ctx.path === '/sign-in') && await isFirstRun(office)) { ctx.redirect('/first-run'); return; }
    await next();
  });
  app.use(router.routes);
  return {
    callback() {
      const koa = app.callback();
      return (request, response) => { if (!doors.kept.answer(request, response)) void koa(request, response); };
    },
  };
}
