import test from 'ava';
import { openVillage, password } from '../support/village.ts';
import { openDoors } from '../support/visit.ts';

test('Mei signs in and comes to where she was going', async t => {
  const village = await openVillage(t);
  const nobody = await (await openDoors(t, village))();
  const page = await nobody.post('/sign-in', { login: 'Mei', password, next: '/me/password' });
  t.is(page.status, 303);
  t.is(page.location, '/me/password');
  t.regex(page.headers.get('set-cookie') ?? '', /xx_s=[\w-]{43}; .*httponly/i);
});

test('a link to another site is no place to go after signing in', async t => {
  const village = await openVillage(t);
  const nobody = await (await openDoors(t, village))();
  for (const next of ['https://example.org/', '//example.org', '/\\example.org', 'javascript:alert(1)']) {
    t.is((await nobody.post('/sign-in', { login: 'mei', password, next })).location, '/desk', next);
  }
});

test('a wrong password says so, keeps the login, and is remembered', async t => {
  const village = await openVillage(t);
  const nobody = await (await openDoors(t, village))();
  const page = await nobody.post('/sign-in', { login: 'mei', password: 'not this' });
  t.is(page.status, 422);
  t.is(page.field('login').input, 'mei');
  t.regex(page.body, /登录名或口令不对/);
  t.is(await village.traces(), 1);
});

test('five wrong passwords lock the account for a while, the right one included', async t => {
  const village = await openVillage(t);
  const nobody = await (await openDoors(t, village))();
  for (let tries = 1; tries <= 4; tries++) t.is((await nobody.post('/sign-in', { login: 'mei', password: 'no' })).status, 422);
  t.is((await nobody.post('/sign-in', { login: 'mei', password: 'no' })).status, 429);
  t.is((await nobody.post('/sign-in', { login: 'mei', password })).status, 429);
  village.clock.forward(16 * 60_000);
  t.is((await nobody.post('/sign-in', { login: 'mei', password })).status, 303);
});

test('a session left alone ends; a page asks to sign in and comes back to itself', async t => {
  const village = await openVillage(t);
  const mei = await (await openDoors(t, village))('mei');
  t.is((await mei.get('/me/password')).status, 200);
  village.clock.forward(31 * 60_000);
  const page = await mei.get('/me/password');
  t.is(page.status, 303);
  t.is(page.location, '/sign-in?next=%2Fme%2Fpassword');
  t.is((await mei.post('/me/password', {})).status, 401);
});

test('a forged request is refused: no token, or from another site', async t => {
  const village = await openVillage(t);
  const again = await (await openDoors(t, village))('mei');
  t.is((await again.post('/sign-out', { _csrf: 'made-up' })).status, 403);
  t.is((await again.post('/sign-out', {}, { 'sec-fetch-site': 'cross-site' })).status, 403);
  t.is((await again.post('/sign-out', {}, { origin: 'https://example.org' })).status, 403);
});

test('a page that is not there leads on: whoever is signed in to their own work, anybody to the public boards', async t => {
  const visitor = await openDoors(t, await openVillage(t));
  const ways = async (who?: 'sun'): Promise<readonly boolean[]> => {
    const { status, body } = await (await (who === undefined ? visitor() : visitor(who))).get('/board/nowhere');
    t.is(status, 404);
    t.regex(body, /没有这一页/);
    return [body.includes('href="/desk"'), body.includes('href="/"')];
  };
  t.deepEqual([await ways('sun'), await ways()], [[true, true], [false, true]]);
});

test('an officer keeps their head on a page that is refused, a guest has none', async t => {
  const visitor = await openDoors(t, await openVillage(t));
  const sun = await visitor('sun');
  for (const [path, status] of [['/households/nowhere', 404], ['/no-such-page', 404], ['/settings', 403]] as const) {
    const page = await sun.get(path);
    t.is(page.status, status, path);
    t.true(page.body.includes('孙德明') && page.body.includes('退出') && !page.body.includes('工作人员登录'), path);
  }
  const guest = await (await visitor()).get('/no-such-page');
  t.true(guest.body.includes('工作人员登录') && !guest.body.includes('退出'));
});

test('what is wrong at signing in is said once, where it is', async t => {
  const guest = await (await openDoors(t, await openVillage(t)))();
  const wrong = await guest.post('/sign-in', { login: 'mei', password: 'not-hers' });
  t.is(wrong.body.split('登录名或口令不对').length - 1, 1);
  const empty = await guest.post('/sign-in', { login: '', password: 'not-hers' });
  t.is(empty.status, 422);
  t.is(empty.field('login').fault, '请填写登录名。');
  t.is(empty.body.split('请填写登录名').length - 1, 1);
});
