import { areas } from '../../src/areas.ts';
import type { Office } from '../../src/office.ts';
import { cookieOf } from './demo.ts';

/** A page that somebody came to by following links. */
export interface Stop { readonly who: string; readonly path: string; readonly route: string; readonly from: string }
/** Where a link led to nothing. */
export interface DeadEnd extends Stop { readonly status: number }
export interface Walked { readonly stops: readonly Stop[]; readonly deadEnds: readonly DeadEnd[]; readonly unmet: readonly string[]; readonly cookies: ReadonlyMap<string, string> }

const gets = areas.flatMap(area => area.routes).filter(route => route.method === 'GET');
const patterns = gets.map(({ path }) => ({ path, fits: new RegExp(`^${path.replace(/\/:[a-z_]+/gi, '/[^/]+')}$`), params: (path.match(/:/g) ?? []).length }))
  .toSorted((a, b) => a.params - b.params);

/** The declared route that answers an address, the one with the fewest open places first. */
export const routeOf = (path: string): string | undefined => patterns.find(one => one.fits.test(path))?.path;

/** What is fetched as a file and never a page. */
const isFile = (path: string): boolean => /\.(css|js|svg|png|webmanifest|csv|xlsx|jsonl|json|zip|yaml)$|\/file(\/|$)|\/evidence\//.test(path);

/**
 * Walks the office over HTTP as each of some people (`''` is nobody), from the pages without an id along every link, one page a route and person.
 * Generated from the route table: a new page is walked as soon as something links to it. `starts` are pages one comes to by a QR code or by typing.
 */
export async function walk(office: Office, origin: string, people: readonly string[], starts: Readonly<Record<string, readonly string[]>> = {}): Promise<Walked> {
  const stops: Stop[] = [];
  const deadEnds: DeadEnd[] = [];
  const met = new Set<string>();
  const cookies = new Map<string, string>();
  for (const who of people) {
    const cookie = who === '' ? '' : await cookieOf(office, who);
    cookies.set(who, cookie);
    const seen = new Set<string>();
    const open: Stop[] = [];
    const take = (path: string, from: string): void => {
      const [bare = ''] = path.split(/[?#]/);
      const route = routeOf(bare);
      if (isFile(bare) || bare === '/large' || seen.has(route ?? bare)) return;
      seen.add(route ?? bare);
      open.push({ who, path: path.split('#')[0] ?? path, route: route ?? bare, from });
    };
    for (const start of [...who === '' ? ['/', '/sign-in', '/receipts', '/notices'] : ['/desk', '/me', '/help'], ...starts[who] ?? []]) take(start, '');
    for (let stop = open.shift(); stop !== undefined; stop = open.shift()) {
      const answer = await fetch(origin + stop.path, { redirect: 'manual', headers: { cookie: cookie === '' ? '' : `xx_s=${cookie}` } });
      const to = answer.headers.get('location');
      if (to !== null) { take(to, stop.path); continue; }
      const body = await answer.text();
      if (answer.status !== 200) { deadEnds.push({ ...stop, status: answer.status }); continue; }
      if (!(answer.headers.get('content-type') ?? '').startsWith('text/html')) continue;
      met.add(stop.route);
      stops.push(stop);
      for (const [, href = ''] of body.matchAll(/<a\b[^>]*?\shref="([^"]+)"/g)) if (href.startsWith('/')) take(href.replaceAll('&amp;', '&').replaceAll('&#x3D;', '='), stop.path);
    }
  }
  return { stops, deadEnds, unmet: gets.map(route => route.path).filter(path => !met.has(path)), cookies };
}
