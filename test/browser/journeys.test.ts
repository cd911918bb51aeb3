import { request } from 'node:http';
import test from 'ava';
import type { Page } from 'playwright-core';
import { openBrowser, type Screen } from '../support/browser.ts';
import { cookieOf, demoPassword } from '../support/demo.ts';
import { printed } from '../support/page-checks.ts';
import { sharedDemo } from '../support/shared-demo.ts';
import type { ExecutionContext } from 'ava';

const demo = sharedDemo(test);

async function open(t: ExecutionContext, screen: Screen, who = '', options: Parameters<typeof openBrowser>[2] = {}): Promise<{ readonly page: Page; readonly origin: string; readonly troubles: readonly string[] }> {
  const { office, origin } = await demo();
  const { page, context, troubles } = await openBrowser(t, screen, options);
  if (who !== '') await context.addCookies([{ name: 'xx_s', value: await cookieOf(office, who), url: origin }]);
  return { page, origin, troubles };
}

/** A worker of the village in which nobody has been visited yet. */
const fresh = 'wg0501';

test.serial('a grid worker signs in, opens who is next, answers everything and sees the estimate grow', async t => {
  t.timeout(120_000);
  const { page, origin, troubles } = await open(t, 'tablet');
  await page.goto(`${origin}/today`);
  await page.getByLabel('登录名').fill(fresh);
  await page.getByLabel('口令', { exact: true }).fill(demoPassword);
  await page.getByRole('button', { name: '登录' }).click();
  t.regex(await page.locator('h1').innerText(), /^今天还有 \d+ 户/);
  await page.locator('li', { hasText: '还没去' }).locator('a.whole').first().click();
  const estimate = page.locator('#estimate');
  const lacking = async (): Promise<number> => Number(/差 (\d+) 项/.exec(await estimate.innerText())?.[1] ?? 0);
  const before = await lacking();
  t.true(before > 0);
  for (let at = 0; at < 12 && await page.locator('button[name=same]').count() > 0; at++) await page.locator('button[name=same]').first().click();
  t.true(await lacking() < before, 'as last year is an answer');
  t.regex(await estimate.innerText(), /暂估\s*\d+ 分/);
  await page.getByRole('button', { name: '保存这一户' }).click();
  t.regex(await page.locator('.notice, .faults').first().innerText(), /还差 \d+ 项|核对/);
  t.deepEqual(troubles, []);
});

test.serial('a household form is kept without JavaScript', async t => {
  const { page, origin } = await open(t, 'tablet', fresh, { javaScriptEnabled: false });
  await page.goto(`${origin}/today`);
  await page.locator('li', { hasText: '还没去' }).locator('a.whole').first().click();
  const [address, before] = [page.url(), await page.locator('#estimate').innerText()];
  await page.locator('section.now label.choice').first().click();
  await page.getByRole('button', { name: '保存这一户' }).click();
  t.regex(await page.locator('.notice, .faults').first().innerText(), /还差|存好了/);
  await page.goto(address);
  t.not(await page.locator('#estimate').innerText(), before);
});

test.serial('a village committee passes the rest of its docket in one act, and can take it back', async t => {
  const { page, origin, troubles } = await open(t, 'desk', 'cun');
  await page.goto(`${origin}/reviews`);
  await page.locator('a.whole').first().click();
  const button = page.getByRole('button', { name: /^通过 \d+ 户$/ });
  const words = await button.innerText();
  await button.click();
  t.regex(await page.locator('.fault').first().innerText(), /抽/, 'nobody passes what they have not looked at');
  await page.getByLabel(/^我抽看了/).check();
  await page.getByRole('button', { name: words }).click();
  t.regex(await page.locator('.notice').first().innerText(), /户/);
  t.true(await page.getByRole('button', { name: /撤回这 \d+ 户/ }).count() > 0);
  t.deepEqual(troubles.filter(words => !words.includes('422')), []);
});

test.serial('a villager finds a name on the roll with a phone, and is told what it means not to be there', async t => {
  const { page, origin, troubles } = await open(t, 'phone');
  await page.goto(origin);
  await page.locator('.tiles a.whole').first().click();
  const name = (await page.locator('.names li').first().innerText()).trim();
  await page.locator('input[name=q]').fill(name.slice(0, 1));
  await page.locator('input[name=q]').press('Enter');
  t.true((await page.locator('.names').first().innerText()).startsWith(name.slice(0, 1)));
  await page.locator('input[name=q]').fill('欧阳');
  await page.locator('input[name=q]').press('Enter');
  t.regex(await page.locator('main').innerText(), /不说明信用不好/);
  t.deepEqual(troubles, []);
});

test.serial('a villager objects with a phone, without a name, and looks the receipt up later', async t => {
  const { page, origin, troubles } = await open(t, 'phone');
  await page.goto(`${origin}/notices`);
  await page.locator('a.whole').first().click();
  await page.getByRole('link', { name: '提意见' }).first().click();
  await page.locator('select[name=row], select').first().selectOption({ index: 1 });
  await page.getByLabel('您的意见').fill('他家去年的义务劳动少记了一次。');
  (await demo()).clock.forward(60_000);   // a person takes a while to write; whoever is faster is asked to look again
  await page.getByRole('button', { name: '提交意见' }).click();
  const receipt = (await page.locator('.stat .code').innerText()).trim();
  t.regex(receipt, /^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{2}$/);
  await page.goto(`${origin}/receipts`);
  await page.getByLabel('受理号').fill(receipt.toLowerCase());
  await page.getByRole('button', { name: '查结果' }).click();
  t.regex(await page.locator('main').innerText(), /义务劳动少记了一次/);
  t.deepEqual(troubles, []);
});

/** Presses Tab until the focus stands on something with these words or this name; never a mouse. */
async function tabTo(page: Page, wanted: string): Promise<void> {
  for (let at = 0; at < 80; at++) {
    const here = await page.evaluate(() => { const one = document.activeElement as HTMLInputElement | null; return `${one?.name ?? ''}|${one?.textContent.trim() ?? ''}`; });
    const [name = '', words = ''] = here.split('|');
    if (name === wanted || words === wanted) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`the keyboard never comes to ${wanted}`);
}

test.serial('with the keyboard alone: sign in and register a household', async t => {
  const { page, origin, troubles } = await open(t, 'desk');
  await page.goto(`${origin}/sign-in`);
  await page.keyboard.type('cun');
  await tabTo(page, 'password');
  await page.keyboard.type(demoPassword);
  await page.keyboard.press('Enter');
  await page.waitForURL(url => !url.pathname.startsWith('/sign-in'));
  await tabTo(page, '农户');
  await page.keyboard.press('Enter');
  await page.waitForURL(/households/);
  await tabTo(page, '登记一户');
  await page.keyboard.press('Enter');
  await page.waitForURL(/households\/new/);
  if (await page.locator('input[name=name]').count() === 0) { await page.locator('a.whole').first().focus(); await page.keyboard.press('Enter'); await page.waitForSelector('input[name=name]'); }
  await tabTo(page, 'name');
  await page.keyboard.type('赵长根');
  await tabTo(page, 'birth_year');
  await page.keyboard.type('1968');
  await tabTo(page, 'sex');
  await page.keyboard.press('Space');
  await tabTo(page, 'id_missing');
  await page.keyboard.press('ArrowDown');
  await tabTo(page, '登记这一户');
  await page.keyboard.press('Enter');
  await page.waitForURL(/households\/[0-9a-f-]{36}/);
  t.regex(await page.locator('h1').innerText(), /赵长根/);
  t.deepEqual(troubles, []);
});

test.serial('the wall turns its page by itself, and without scripts by refreshing', async t => {
  const { page, origin, troubles } = await open(t, 'wall');
  const { office } = await demo();
  const village: { id: string } | undefined = await office.read('roll_entries').join('places', 'places.no', 'roll_entries.place_no').where('places.kind', 'village').first('places.id as id');
  await page.clock.install();
  await page.goto(`${origin}/wall/${village?.id ?? ''}`);
  const fits = (): Promise<boolean> => page.evaluate(() => document.documentElement.scrollWidth <= 1920 && document.documentElement.scrollHeight <= 1080);
  t.true(await fits());
  const first = await page.locator('main').innerText();
  await page.clock.fastForward(13_000);
  await page.waitForFunction(() => location.search.includes('page=2'));
  t.not(await page.locator('main').innerText(), first);
  t.true(await fits());
  t.regex(await (await fetch(page.url())).text(), /<noscript><meta http-equiv="refresh"/);
  t.deepEqual(troubles, []);
});

test.serial('sheets come out of the printer in their size, and as many as are said', async t => {
  const { office, origin, walked } = await demo();
  const { stops } = await walked(['', 'cun', 'weiyuan']);
  const { page, context } = await openBrowser(t, 'desk');
  const sheetsOf = async (route: string, who: string): Promise<{ readonly path: string } & Awaited<ReturnType<typeof printed>>> => {
    const stop = stops.find(one => one.route === route) ?? { path: '/', who: '' };
    await context.addCookies([{ name: 'xx_s', value: await cookieOf(office, who), url: origin }]);
    await page.goto(origin + stop.path);
    return { path: stop.path, ...await printed(page) };
  };
  const notice = await sheetsOf('/notices/:id/print', 'cun');
  t.like(notice, { width: 210, height: 297 }, notice.path);
  t.true(notice.sheets >= 1 && notice.sheets <= 2);
  const card = await sheetsOf('/households/:id/card', 'cun');
  t.like(card, { sheets: 1, width: 210, height: 297 }, card.path);
  const letters = await sheetsOf('/notices/:id/letters', 'weiyuan');
  t.is(letters.sheets, await page.locator('article.official').count(), letters.path);
  const poster = await sheetsOf('/posters/:place', 'cun');
  t.deepEqual([poster.width, poster.height].toSorted((a, b) => a - b), [297, 420], poster.path);
  t.is(poster.sheets, await page.locator('.sheet').count());
  const certificates = await sheetsOf('/rolls/:place/:year/certificates', 'cun');
  t.deepEqual([certificates.width, certificates.height], [210, 148], certificates.path);
  t.is(certificates.sheets, await page.locator('section.sheet').count());
});

/** Bytes on the line, as a browser asks for them. */
const weigh = (url: string, cookie: string): Promise<{ readonly bytes: number }> => new Promise((resolve, reject) => {
  request(url, { headers: { cookie, 'accept-encoding': 'br, gzip' } }, answer => {
    let bytes = 0;
    answer.on('data', (chunk: Buffer) => { bytes += chunk.length; });
    answer.on('end', () => { resolve({ bytes }); });
    answer.on('error', reject);
  }).on('error', reject).end();
});

test.serial('the first page is light: page, style and scripts together below 30 kB', async t => {
  const { office, origin, walked } = await demo();
  const { stops } = await walked(['', 'wangge']);
  const cookie = `xx_s=${await cookieOf(office, 'wangge')}`;
  for (const route of ['/sign-in', '/today', '/board/:place', '/observations/:round/:household']) {
    const path = stops.find(stop => stop.route === route)?.path ?? 'none';
    const html = await (await fetch(origin + path, { headers: { cookie } })).text();
    const parts = [...html.matchAll(/(?:src|href)="(\/[^"]+\.(?:css|js))"/g)].map(([, href = '']) => href);
    const sizes = await Promise.all([path, ...new Set(parts)].map(part => weigh(origin + part, cookie)));
    const sum = sizes.reduce((all, one) => all + one.bytes, 0);
    t.true(parts.length > 0 && sum <= 30_000, `${path}: ${sum} bytes`);
  }
});

test.serial('in large type the main pages still fit every screen', async t => {
  const { page, origin } = await open(t, 'tablet', 'wangge');
  await page.context().addCookies([{ name: 'xx_large', value: '1', url: origin }]);
  const { stops } = await (await demo()).walked(['wangge']);
  for (const route of ['/today', '/households', '/observations/:round/:household', '/me', '/board/:place', '/sign-in', '/object/:notice', '/notices/:id/public']) {
    const path = stops.find(stop => stop.route === route)?.path ?? 'none';
    await page.goto(origin + path);
    t.regex(await page.locator('html').getAttribute('class') ?? '', /large/, path);
    for (const width of [360, 390, 800, 1366]) {
      await page.setViewportSize({ width, height: 900 });
      t.true(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth), `${path} at ${width}`);
    }
  }
});
