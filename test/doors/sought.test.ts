import test from 'ava';
import { households, openVillage, type Person } from '../support/village.ts';
import { openDoors } from '../support/visit.ts';

// Addresses are logged, remembered and passed on: what somebody was looked for by stands in none.

const searches: readonly { readonly who: Person; readonly to: string; readonly fields: Readonly<Record<string, string>>; readonly finds: string }[] = [
  { who: 'sun', to: '/households', fields: { q: '周大', by: 'name' }, finds: '周大山' },
  { who: 'sun', to: `/households/${households.zhou.id}/merge`, fields: { q: '吴秀' }, finds: '吴秀兰' },
  { who: 'guan', to: '/officers', fields: { q: '梅小', role: 'gridWorker' }, finds: '梅小兰' },
  { who: 'guan', to: '/officers/new', fields: { role: 'townshipMember', words: '安和' }, finds: '安和镇' },
  { who: 'guan', to: '/places', fields: { q: '水口' }, finds: '水口村' },
  { who: 'shen', to: '/ledger', fields: { officer: '梅小兰', from: '2026-01-01' }, finds: '2026-01-01' },
];

for (const { who, to, fields, finds } of searches) {
  test(`a search on ${to.replace(/[\da-f-]{36}/, ':id')} finds, and its address says nothing`, async t => {
    const village = await openVillage(t);
    const visitor = await (await openDoors(t, village))(who);
    const sent = await visitor.post('/find', { to, ...fields });
    t.is(sent.status, 303);
    const address = sent.location ?? '';
    t.true(address.startsWith(`${to}?sought=`), address);
    const page = await visitor.get(address);
    t.is(page.status, 200);
    t.true(page.body.includes(finds));
    const words = Object.values(fields).filter(value => /\P{ASCII}/u.test(value));
    t.deepEqual(addressesIn(page.body).flatMap(shown => words.filter(word => says(shown, word)).map(word => `${shown} says ${word}`)), []);
    // Signing in anew leads back to what was found, without telling it on the way.
    const nobody = await (await openDoors(t, village))();
    const away = (await nobody.get(address)).location ?? '';
    t.is(away.startsWith('/sign-in?next='), true);
    t.false(words.some(word => says(away, word)));
    t.is((await visitor.post('/sign-in', { login: who, password: 'Xiangxin-2026', next: address })).location, address);
  });
}

test('a list by name pages on without a name in an address', async t => {
  const village = await openVillage(t);
  await village.office.store.write('households').insert(Array.from({ length: 120 }, (_, at) => ({
    id: `00000000-0000-7000-8000-00000001${String(at).padStart(4, '0')}`, no: 2_000 + at, village_no: households.zhou.village, group_no: null, grid_no: null, household_no: 500 + at, head_name: '陶渊明', name_sort: '陶渊明', name_search: '陶渊明',
    people: 1, address: '', photo: null, registered_on: '2026-01-01', closed_on: null, closed_reason: null, into: null, rev: 1,
  })));
  const sun = await (await openDoors(t, village))('sun');
  const first = await sun.get(`/households?by=name`);
  const next = /href="([^"]+)"[^>]*rel="next"|rel="next"[^>]*href="([^"]+)"/.exec(first.body);
  const address = (next?.[1] ?? next?.[2] ?? '').replaceAll('&#x3D;', '=').replaceAll('&amp;', '&');
  t.true(address.startsWith('/households?sought='), address);
  t.false(says(address, '陶渊明'));
  const second = await sun.get(address);
  t.is(second.status, 200);
  t.not(second.body, first.body);
});

test('htmx gets the region it asked for, not a page to go to', async t => {
  const village = await openVillage(t);
  const sun = await (await openDoors(t, village))('sun');
  const sent = await sun.post('/find', { to: '/households', q: '周大' }, { 'hx-request': 'true', 'hx-request-type': 'partial' });
  t.is(sent.status, 303);
  t.is(sent.headers.get('hx-redirect'), null);
  const region = await sun.get(sent.location ?? '', { 'hx-request': 'true', 'hx-request-type': 'partial' });
  t.true(region.body.includes('周大山'));
  t.false(region.body.includes('<html'));
});

test('what was sealed opens at its page only, for half a day, and never when it was changed', async t => {
  const village = await openVillage(t);
  const open = await openDoors(t, village);
  const address = (await (await open('sun')).post('/find', { to: '/households', q: '没有这个人' })).location ?? '';
  const isAsked = async (path: string): Promise<boolean> => (await (await open('sun')).get(path)).body.includes('没有这个人');
  t.true(await isAsked(address));
  t.false(await isAsked(address.replace('/households', '/today')));
  t.false(await isAsked(`${address.slice(0, -4)}AAAA`));
  t.false(await isAsked('/households?sought=x'));
  village.clock.forward(11 * 3_600_000);
  t.true(await isAsked(address));
  village.clock.forward(2 * 3_600_000);
  t.false(await isAsked(address));
});

test('a search leads to pages of ours only, and asks nobody who he is', async t => {
  const village = await openVillage(t);
  const nobody = await (await openDoors(t, village))();
  for (const to of ['https://evil.example/', '//evil.example', '/\\evil.example', '']) t.true((await nobody.post('/find', { to, q: 'x' })).location?.startsWith('/desk?sought='), to);
  t.is((await nobody.post('/find', { to: '/receipts', no: '7KQM-2TXH' })).status, 303);
  t.is((await nobody.post('/find', { to: '/', q: 'x' }, { 'sec-fetch-site': 'cross-site' })).status, 403);
  t.is((await nobody.get('/find')).status, 405);
  t.is(await village.traces(), 0);
});

test('the sentence about what happened travels sealed', async t => {
  const village = await openVillage(t);
  const sun = await (await openDoors(t, village))('sun');
  const saved = await sun.post(`/households/${households.zhou.id}/members/new`, { rev: '1', name: '周小梅', relation: 'daughter', sex: 'female', birth_year: '1995', id_number: '', id_missing: 'applying', phone: '' });
  t.is(saved.status, 303);
  const cookie = /xx_said=([^;]+)/.exec(saved.headers.get('set-cookie') ?? '')?.[1] ?? '';
  t.true(cookie.length > 20);
  for (const part of cookie.split('.')) for (const word of ['周小梅', '周', 'done', 'words']) t.false(Buffer.from(part, 'base64url').toString('utf8').includes(word), word);
  const next = await sun.get(saved.location ?? '', { cookie: `${sun.cookie}; xx_said=${cookie}` });
  t.regex(next.body, /周小梅/);
});

const addressesIn = (body: string): readonly string[] => [...body.matchAll(/(?:href|action|hx-get|hx-post)="([^"]+)"/g)].map(found => (found[1] ?? '').replaceAll('&#x3D;', '=').replaceAll('&amp;', '&'));

/** Whether an address tells a word: as it is, as a browser writes it, or packed. */
function says(address: string, word: string): boolean {
  const plain = decodeURIComponent(decodeURIComponent(address));
  return plain.includes(word) || plain.split(/[?&=/~.]/).some(part => Buffer.from(part, 'base64url').toString('utf8').includes(word));
}
