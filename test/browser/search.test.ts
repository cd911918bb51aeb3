import test from 'ava';
import { openBrowser } from '../support/browser.ts';
import { openVillage } from '../support/village.ts';
import { serve, visitor } from '../support/visit.ts';

test('the list follows what is typed, and a search without scripts leads to the same; neither stands in the address', async t => {
  t.timeout(90_000);
  const village = await openVillage(t);
  const origin = await serve(t, village.office);
  const value = (await visitor(village.office, origin, 'sun')).cookie.replace(/^xx_s=/, '');
  for (const javaScriptEnabled of [true, false]) {
    const { page, context, troubles } = await openBrowser(t, 'tablet', { javaScriptEnabled });
    await context.addCookies([{ name: 'xx_s', value, url: origin }]);
    await page.goto(`${origin}/households`);
    const field = page.locator('input[name=q]');
    if (javaScriptEnabled) {
      await field.pressSequentially('wxl');
      await page.locator('#households', { hasText: '没有找到' }).waitFor();
      t.is(page.url(), `${origin}/households`, 'the page stays');
      await field.fill('周大');
      await page.locator('#households a', { hasText: '周大山' }).waitFor();
      t.is(await page.locator('#households a.whole').count(), 1);
    } else {
      await field.fill('周大');
      await page.getByRole('button', { name: '找', exact: true }).click();
      await page.locator('#households a', { hasText: '周大山' }).waitFor();
      t.is(await field.inputValue(), '周大', 'what was asked stays in its field');
      t.regex(page.url(), /\/households\?sought=[\w-]+$/);
      await page.locator('#households a.whole').first().click();
      await page.goBack();
      t.is(await field.inputValue(), '周大', 'and the way back asks it again');
    }
    t.deepEqual(troubles, []);
  }
});
