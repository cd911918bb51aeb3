import type { ExecutionContext } from 'ava';
import type { Office } from '../../src/office.ts';
import { axe, openBrowser } from './browser.ts';
import type { Person } from './village.ts';
import { serve, visitor } from './visit.ts';

/** Opens pages as the people who use them, on a phone and on a desk: axe finds nothing, nothing scrolls sideways, no script is troubled. */
export async function look(t: ExecutionContext, office: Office, pages: readonly (readonly [Person, string])[]): Promise<void> {
  const origin = await serve(t, office);
  for (const screen of ['phone', 'desk'] as const) {
    const { page, context, troubles } = await openBrowser(t, screen);
    for (const [who, path] of pages) {
      const [name = '', value = ''] = (await visitor(office, origin, who)).cookie.split('=');
      await context.addCookies([{ name, value, url: origin }]);
      await page.goto(origin + path);
      t.deepEqual(await axe(page), [], `${screen} ${path}`);
      t.true(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth), `${screen} ${path}`);
    }
    t.deepEqual(troubles, []);
  }
}
