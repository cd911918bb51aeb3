import { createHash, X509Certificate } from 'node:crypto';
import test from 'ava';
import { chromium } from 'playwright-core';
import { openApp } from '../../src/app.ts';
import { openLog } from '../../src/log.ts';
import { openSecureDoor } from '../../src/tablets/secure-door.ts';
import { keepCertificate } from '../../src/tablets/keep.ts';
import { axe } from '../support/browser.ts';
import { flags, installedChromium, packagedChromium } from '../support/chromium.ts';
import { serve } from '../support/visit.ts';
import { openVillage, password } from '../support/village.ts';

test('at a name that is not localhost the office is a secure place, where a browser may keep things', async t => {
  const { office, dataDir } = await openVillage(t);
  const clock = { now: () => new Date().toISOString() };
  const door = await openSecureDoor({ ...office.config, httpsPort: 0, tlsNames: ['xiangxin.lan'] }, clock, openApp(office, openLog('silent')).callback(), () => { t.fail(); });
  t.teardown(() => door.close());
  // What an installed authority does for a tablet this does for the test: this one key is trusted, and nothing else about the certificate is waived.
  const { cert } = await keepCertificate(dataDir, ['xiangxin.lan'], clock.now());
  const key = createHash('sha256').update(new X509Certificate(cert).publicKey.export({ type: 'spki', format: 'der' })).digest('base64');
  const browser = await chromium.launch({ executablePath: installedChromium() ?? await packagedChromium(), args: [...flags, '--host-resolver-rules=MAP xiangxin.lan 127.0.0.1', `--ignore-certificate-errors-spki-list=${key}`] });
  t.teardown(() => browser.close());
  const page = await browser.newPage({ viewport: { width: 390, height: 844 }, locale: 'zh-CN' });
  const answer = await page.goto(`https://xiangxin.lan:${door.port}/tablets/install`);
  t.is(answer?.status(), 200);
  t.is(answer?.headers()['strict-transport-security'], undefined, 'plain HTTP stands beside it under the same name');
  t.true(await page.evaluate(() => isSecureContext && 'serviceWorker' in navigator && 'randomUUID' in crypto));
  t.regex(await page.locator('.notice.done').innerText(), /已经走在安全连接上/);
  t.deepEqual(await axe(page), []);
  t.is(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), 0);
  for (const picture of await page.locator('.walkthrough img').all()) t.true(await picture.evaluate(image => (image as HTMLImageElement).naturalWidth) > 0);
  await page.goto(`https://xiangxin.lan:${door.port}/sign-in`);
  t.is(await page.locator('a[href="/tablets/install"]').count(), 1);
  await page.fill('[name=login]', 'mei'); await page.fill('[name=password]', 'wrong'); await page.click('button.main:has-text("登录")');
  t.regex(await page.locator('main').innerText(), /登录名或口令/);
  t.true((await page.context().cookies()).every(cookie => cookie.secure && cookie.name.startsWith('__Host-')));
  const signIn = async (origin: string): Promise<string> => {
    await page.goto(`${origin}/sign-in`);
    await page.fill('[name=login]', 'mei'); await page.fill('[name=password]', password); await page.click('button.main:has-text("登录")');
    return new URL(page.url()).pathname;
  };
  t.not(await signIn(`https://xiangxin.lan:${door.port}`), '/sign-in');
  // A code on paper leads to the plain door: there too whoever comes from the secure one can sign in.
  t.not(await signIn(`http://xiangxin.lan:${new URL(await serve(t, office)).port}`), '/sign-in');
});
