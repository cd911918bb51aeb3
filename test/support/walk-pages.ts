import type { TestFn } from 'ava';
import { axe, openBrowser } from './browser.ts';
import { englishIn, tooWideAt } from './page-checks.ts';
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
    const { origin, walked: follow } = await demo();
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
    }
    t.deepEqual(troubles, []);
  });
}
