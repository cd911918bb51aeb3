import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import Koa from 'koa';
import { frameFor } from '../../src/desk/frame.ts';
import { listRoutes } from '../../src/households/pages.ts';
import { postsOn } from '../../src/people/sessions.ts';
import { loadAssets } from '../../src/web/assets.ts';
import { loadViews } from '../../src/web/render.ts';
import type { Visit } from '../../src/web/visit.ts';
import { listen, openScratch } from '../scratch.ts';
import type { SignedIn } from '../staff.ts';

const folder = (name: string): string => fileURLToPath(new URL(`../../${name}`, import.meta.url));

/** A bare Koa that renders the list of households from a model it keeps: no session, no database. */
export default async function template({ dataDir, who, village }: { readonly dataDir: string; readonly who: SignedIn; readonly village: number }): Promise<number> {
  const office = await openScratch(dataDir);
  const views = loadViews(folder('views'), loadAssets(folder('public')));
  const path = '/households';
  const actor = { kind: 'officer' as const, id: who.id, name: '员1', posts: await postsOn(office.read, who.id, '2026-11-23') };
  const visit = { office, actor, query: { village: String(village) }, raw: {}, params: {}, day: '2026-11-23', method: 'GET', path, url: `${path}?village=${village}`, link: () => path } as unknown as Visit;
  const reply = await listRoutes.find(route => route.path === path)?.handle(visit);
  if (reply?.kind !== 'page') throw new Error('the list of households is a page');
  const model = { ...reply.model, frame: { ...await frameFor(visit), title: reply.model.title, large: false, largeHref: '/', csrf: who.token } };
  const app = new Koa();
  app.use(ctx => { ctx.type = 'html'; ctx.body = Buffer.from(views.render(reply.view, model)); });
  return listen(createServer(app.callback()));
}
