import type { Context } from 'koa';
import { Faults } from '../kit/faults.ts';
import type { Refusal } from '../kit/refusal.ts';
import { setCache } from './headers.ts';
import { wantsRegion } from './htmx.ts';
import { cookieOf, largeCookie, sessionCookie } from './cookies.ts';
import type { Frame, Views } from './render.ts';

/** An expected "no", in the shape of the door it came through. */
export function writeRefusal(ctx: Context, views: Views, refusal: Refusal, around: Partial<Frame> = {}): void {
  ctx.status = refusal.status;
  setCache(ctx, 'private');
  const faults = refusal instanceof Faults ? refusal.faults : [];
  if (ctx.path.startsWith('/api/')) {
    ctx.type = 'application/problem+json; charset=utf-8';
    ctx.body = JSON.stringify({ type: `/problems/${refusal.code}`, title: refusal.words, status: refusal.status, faults });
    return;
  }
  ctx.type = 'text/html; charset=utf-8';
  const model = { title: refusal.words, status: refusal.status, words: refusal.words, wayOn: refusal.wayOn, ways: waysFrom(ctx, refusal), faults, frame: { ...bare(refusal.words, ctx), ...around } };
  ctx.body = views.render(wantsRegion(ctx) ? 'refusals/_refused' : 'refusals/refused', model);
}

/** Where else one may go from a page that is not there: to one's own work, to the public boards. Not where something typed waits to be sent again. */
const waysFrom = (ctx: Context, { status, wayOn }: Pick<Refusal, 'status' | 'wayOn'>): readonly { readonly label: string; readonly href: string }[] => status === 401 ? [] : [
  ...cookieOf(ctx, sessionCookie) === undefined ? [] : [{ label: '回到待我办', href: '/desk' }], { label: '看光荣榜和公示', href: '/' },
].filter(way => way.href !== wayOn?.href);

/** A bug: the person gets a number to quote, the log gets the rest. */
export function writeBroken(ctx: Context, views: Views, reference: string): void {
  ctx.status = 500;
  setCache(ctx, 'private');
  const title = '系统出了错，您填的内容没有提交';
  if (ctx.path.startsWith('/api/')) {
    ctx.type = 'application/problem+json; charset=utf-8';
    ctx.body = JSON.stringify({ type: '/problems/broken', title, status: 500, reference });
    return;
  }
  ctx.type = 'text/html; charset=utf-8';
  ctx.body = views.render(wantsRegion(ctx) ? 'refusals/_broken' : 'refusals/broken', { title, reference, frame: bare(title, ctx) });
}

const bare = (title: string, ctx: Context): object => ({ title, large: cookieOf(ctx, largeCookie) === '1', largeHref: `/large?to=${encodeURIComponent(ctx.url)}`, tabs: [] });
