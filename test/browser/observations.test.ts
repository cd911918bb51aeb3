import test from 'ava';
import { newId } from '../../src/kit/id.ts';
import { axe, openBrowser } from '../support/browser.ts';
import { openCollecting } from '../support/collecting.ts';
import { serve, visitor } from '../support/visit.ts';
import { households, type Person } from '../support/village.ts';

test('a visit: last year confirmed in one tap, the estimate follows, saved, signed on the tablet', async t => {
  const village = await openCollecting(t, { lastYear: true });
  const origin = await serve(t, village.office);
  const { page, context, troubles } = await openBrowser(t, 'tablet');
  const [name = '', value = ''] = (await visitor(village.office, origin, 'mei')).cookie.split('=');
  await context.addCookies([{ name, value, url: origin }]);
  await page.goto(`${origin}/today`);
  await page.getByRole('link', { name: '周大山' }).click();
  const estimate = page.locator('#estimate');
  t.regex(await estimate.innerText(), /差 5 项/);
  await page.locator('section.now label.choice', { hasText: '晚了，后来补上了' }).click();
  await page.waitForFunction(() => document.querySelector('#estimate')?.textContent.includes('差 4 项'));
  await page.locator('section.now button[name=same]').click();
  t.regex(await page.locator('.notice').innerText(), /存好了，还差 4 项/);
  await page.getByRole('button', { name: '保存这一户' }).click();
  t.regex(await page.locator('.notice').innerText(), /请户主核对一遍/);
  const pad = page.locator('canvas.pad');
  await pad.scrollIntoViewIfNeeded();
  const box = await pad.boundingBox() ?? { x: 0, y: 0, width: 0, height: 0 };
  await page.mouse.move(box.x + 20, box.y + 30);
  await page.mouse.down();
  await page.mouse.move(box.x + 120, box.y + 90, { steps: 4 });
  await page.mouse.up();
  await page.getByRole('button', { name: '核对好了' }).click();
  t.regex(await page.locator('.notice').innerText(), /采集好了/);
  t.deepEqual(troubles, []);
});

test('a certificate is photographed: large shots are made smaller, one is dropped, the other is kept, and the estimate follows', async t => {
  const village = await openCollecting(t);
  const origin = await serve(t, village.office);
  const { page, context, troubles } = await openBrowser(t, 'tablet');
  const [name = '', value = ''] = (await visitor(village.office, origin, 'mei')).cookie.split('=');
  await context.addCookies([{ name, value, url: origin }]);
  await page.goto(`${origin}/observations/${village.round.id}/${households.zhou.id}`);
  const drawn = await page.evaluate(() => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 3000, height: 1500 });
    canvas.getContext('2d')?.fillText('证', 100, 100);
    return canvas.toDataURL('image/jpeg', 1).split(',')[1] ?? '';
  });
  const shot = { name: 'IMG_1.jpg', mimeType: 'image/jpeg', buffer: Buffer.from(drawn, 'base64') };
  const field = page.locator('#photo-skillCertificate');
  const widths = (): Promise<readonly number[]> => field.evaluate(async (input: HTMLInputElement) => Promise.all([...input.files ?? []].map(async file => (await createImageBitmap(file)).width)));
  await page.locator('input[name=v-skillCertificate][value=true]').check();
  await page.waitForFunction(() => document.querySelector('#estimate')?.textContent.includes('缺 1 项照片'));
  await field.setInputFiles(shot);
  await field.setInputFiles(shot);
  await page.waitForFunction(() => !document.querySelector('#estimate')?.textContent.includes('项照片'));
  await page.waitForFunction(() => [...document.querySelector<HTMLInputElement>('#photo-skillCertificate')?.files ?? []].every(file => file.name === 'photo.jpg'));
  t.deepEqual(await widths(), [2048, 2048]);
  await page.getByRole('button', { name: '去掉' }).first().click();
  t.deepEqual(await widths(), [2048]);
  await page.getByRole('button', { name: '先放着' }).last().click();
  t.is((await village.office.read('evidence').where({ subject: households.zhou.id })).length, 1);
  t.deepEqual(troubles, []);
});

// On a desk the walk over the demonstration meets these pages; here they stand on a phone, with every fold open and a contest waiting.
test('axe finds nothing on the pages of a visit, and nothing scrolls sideways', async t => {
  const village = await openCollecting(t, { lastYear: true });
  const origin = await serve(t, village.office);
  const [mei, sun] = [await visitor(village.office, origin, 'mei'), await visitor(village.office, origin, 'sun')];
  const hrefOf = (who: keyof typeof households): string => `/observations/${village.round.id}/${households[who].id}`;
  await mei.post(hrefOf('wu'), { id: newId(), base: '0', then: 'later', 'v-memberCount': '3' });
  await sun.post(hrefOf('wu'), { id: newId(), base: '0', then: 'later', 'v-memberCount': '5' });
  const pages: readonly (readonly [Person, string])[] = [
    ['mei', '/today'], ['mei', hrefOf('zhou')], ['mei', hrefOf('wu')], ['mei', `${hrefOf('wu')}/check`], ['mei', `${hrefOf('wu')}/history`], ['mei', '/events/new?q=1'],
    ['mei', `/events/new?round=${village.round.id}&household=${households.zhou.id}`], ['bo', hrefOf('zheng')], ['mei', `/missed/${households.zhou.id}`], ['sun', '/contests'], ['sun', '/today'], ['lin', hrefOf('zhou')],
  ];
  const { page, context } = await openBrowser(t, 'phone');
  for (const [who, path] of pages) {
    const [name = '', value = ''] = (await visitor(village.office, origin, who)).cookie.split('=');
    await context.addCookies([{ name, value, url: origin }]);
    await page.goto(origin + path);
    await page.evaluate(() => { for (const details of document.querySelectorAll('details')) details.open = true; });
    t.deepEqual(await axe(page), [], path);
    t.true(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth), path);
  }
});
