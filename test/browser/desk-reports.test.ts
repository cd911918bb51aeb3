import test from 'ava';
import { axe, openBrowser } from '../support/browser.ts';
import { openCollected } from '../support/rating.ts';
import { serve, visitor } from '../support/visit.ts';

test('a report fits A4 laid across', async t => {
  const village = await openCollected(t);
  const origin = await serve(t, village.office);
  const { page, context } = await openBrowser(t, 'desk');
  const [name = '', value = ''] = (await visitor(village.office, origin, 'gao')).cookie.split('=');
  await context.addCookies([{ name, value, url: origin }]);
  await page.goto(`${origin}/reports/gaps/print`);
  t.deepEqual(await axe(page), []);
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
  t.regex(pdf, /\/MediaBox\s*\[0 0 84\d(\.\d+)? 59\d(\.\d+)?\]/);
  t.is(pdf.match(/\/Type\s*\/Page\b/g)?.length, 1);
});
