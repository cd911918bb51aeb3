import test from 'ava';
import { excuse } from '../../src/rounds/excuse.ts';
import { axe, openBrowser } from '../support/browser.ts';
import { openRound } from '../support/standards.ts';
import { households, openVillage, placeId, placeNos, type Person } from '../support/village.ts';
import { serve, visitor } from '../support/visit.ts';

test('standards and rounds are pages that everybody can read: axe finds nothing, nothing scrolls sideways', async t => {
  const village = await openVillage(t);
  const { office } = village;
  const round = await openRound(office);
  await excuse(office, await village.actor('mei'), { round: round.no, households: [households.zhou.id], reason: 'absent' });
  const origin = await serve(t, office);
  const pages: readonly (readonly [Person, string])[] = [
    ['xian', '/standards'], ['xian', `/standards/${round.hashes.household}`], ['xian', `/standards/${round.hashes.village}`], ['xian', `/standards/${round.hashes.household}/print`], ['xian', '/bases'],
    ['gao', '/rounds'], ['gao', '/rounds/new'], ['gao', `/rounds/${round.id}`], ['gao', `/rounds/${round.id}/close`],
    ['sun', `/rounds/${round.id}/villages/${placeId(placeNos.qinghe)}`], ['mei', `/rounds/${round.id}/cases/${households.zhou.id}`], ['mei', `/rounds/${round.id}/cases/${households.wu.id}`],
  ];
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
});
