import type { TestFn } from 'ava';
import type { Office } from '../../src/office.ts';
import { axe, openBrowser } from './browser.ts';
import { englishIn, paperFaults, tooWideAt } from './page-checks.ts';
import { sharedDemo, type Account } from './shared-demo.ts';

/** Sheets for the printer hold one heading a sheet, many to a page. */
const manySheets = ['/notices/:id/letters', '/households/:id/consent-sheet', '/rolls/:place/:year/certificates'];

/** Every page that some accounts come to, each once, by whoever of them meets it first: one test an account. */
export function walkPages(test: TestFn, accounts: readonly Account[], { before = [] }: { readonly before?: readonly Account[] } = {}): void {
  const demo = sharedDemo(test);
  let walked: ReturnType<Awaited<ReturnType<typeof demo>>['walked']> | undefined;
  const done = new Set<string>();
  for (const who of accounts) test.serial(`pages of ${who === '' ? 'nobody' : who}: axe, one heading, a title, no sideways scroll, no script trouble`, async t => {
    t.timeout(180_000);
    const { office, origin, walked: follow } = await demo();
    const { stops, cookies } = await (walked ??= follow([...before, ...accounts]));
    for (const stop of stops) if (before.includes(stop.who as Account)) done.add(stop.route);
    const { page, context, troubles } = await openBrowser(t, who === '' ? 'phone' : who === 'wangge' ? 'tablet' : 'desk', { isMobile: false, deviceScaleFactor: 1 });
    if (who !== '') await context.addCookies([{ name: 'xx_s', value: cookies.get(who) ?? '', url: origin }]);
    const size = page.viewportSize() ?? { width: 1366, height: 768 };
    for (const stop of stops.filter(one => one.who === who && !done.has(one.route))) {
      done.add(stop.route);
      await page.setViewportSize(size);
      await page.goto(origin + stop.path);
      t.not(await page.title(), '', stop.path);
      const headings = await page.locator('h1').count();
      t.true(manySheets.includes(stop.route) ? headings > 0 : headings === 1, `${headings} h1 on ${stop.path}`);
      t.deepEqual(await axe(page), [], stop.path);
      t.deepEqual(await englishIn(page), [], stop.path);
      t.deepEqual(await tooWideAt(page), [], stop.path);
      if (await page.locator('main.papers').count() > 0) t.deepEqual(await paperFaults(page, await headsOf(office)), [], stop.path);
    }
    t.deepEqual(troubles, []);
  });
}

/** Everybody who heads a household, without those who share a name with an officer: three signs at least, so that none is part of another word. */
async function headsOf(office: Office): Promise<readonly string[]> {
  const [heads, officers] = await Promise.all([office.read('households').distinct<{ head_name: string }[]>('head_name'), office.read('officers').select<{ name: string }[]>('name')]);
  const own = new Set(officers.map(officer => officer.name));
  return heads.map(head => head.head_name).filter(name => [...name].length >= 3 && !own.has(name));
}
