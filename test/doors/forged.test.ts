import { createHmac, createSecretKey } from 'node:crypto';
import { readdirSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { close } from '../../src/places/close.ts';
import { newId } from '../../src/kit/id.ts';
import { encodeCursor } from '../../src/kit/slice.ts';
import { dismiss } from '../../src/people/dismiss.ts';
import { appoint } from '../../src/people/appoint.ts';
import { postsFollowPlaces } from '../../src/people/follow-places.ts';
import { postsOf } from '../../src/people/queries.ts';
import { sessionId } from '../../src/people/sessions.ts';
import { tokenFor } from '../../src/web/csrf.ts';
import { households, memberId, officerId, openVillage, placeId, placeNos, type Person } from '../support/village.ts';
import { serve, visitor } from '../support/visit.ts';
import { wire } from '../support/wire.ts';

// Whoever is not who they say, or comes from elsewhere, or was somebody yesterday.

const edit = `/households/${households.zhou.id}/edit`;
const typed = { rev: '1', group: String(placeNos.group1), grid: String(placeNos.grid1), address: '庄台路 88 号' };

test('a token of nobody, of somebody else, or in a list; a foreign site: refused, and nothing is changed', async t => {
  const village = await openVillage(t);
  const origin = await serve(t, village.office);
  const [mei, bo] = [await visitor(village.office, origin, 'mei'), await visitor(village.office, origin, 'bo')];
  const key = village.office.secrets.csrfKey;
  const token = (cookie: string): string => tokenFor(key, cookie.replace(/^xx_\w=/, ''));
  const send = (own: string | undefined, headers: Record<string, string> = {}) => wire(origin, {
    method: 'POST', path: edit, body: new URLSearchParams({ ...typed, ...own === undefined ? {} : { _csrf: own } }).toString(), headers: { cookie: mei.cookie, 'content-type': 'application/x-www-form-urlencoded', ...headers },
  });
  for (const own of [undefined, '', 'x'.repeat(32), token(bo.cookie), tokenFor(createSecretKey(Buffer.from('another key')), mei.cookie), token(mei.cookie).toUpperCase()]) t.is((await send(own)).status, 403);
  const good = token(mei.cookie);
  const elsewhere: readonly Record<string, string>[] = [{ origin: 'http://evil.example' }, { origin: 'null' }, { origin: `${origin}.evil.example` }, { origin: 'nonsense' }, { 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' }];
  for (const headers of elsewhere) t.is((await send(good, headers)).status, 403, JSON.stringify(headers));
  t.is(await village.traces(), 0);
  t.is((await send(undefined, { 'x-csrf-token': good, 'hx-request': 'true', origin })).status, 200, 'htmx sends it in a header, and is redirected in one');
  t.is(await village.traces(), 1);
});

test('a stale token from our own page shows the form again with everything typed; the next press counts', async t => {
  const village = await openVillage(t);
  const origin = await serve(t, village.office);
  const mei = await visitor(village.office, origin, 'mei');
  const stale = await mei.post(edit, { ...typed, _csrf: 'old' });
  t.is(stale.status, 403);
  t.is(stale.field('address').input, '庄台路 88 号');
  t.regex(stale.body, /放得太久/);
  t.is(await village.traces(), 0);
  const foreign = await mei.post(edit, { ...typed, _csrf: 'old' }, { origin: 'http://evil.example' });
  t.false(foreign.body.includes('庄台路 88 号'), 'another site is shown nothing');
});

test('a form sent after the session ended: nothing is done, and the way back with the input is told', async t => {
  const village = await openVillage(t);
  const origin = await serve(t, village.office);
  const mei = await visitor(village.office, origin, 'mei');
  village.clock.forward(31 * 60_000);
  const late = await mei.post(edit, typed);
  t.is(late.status, 401);
  t.regex(late.body, /还没有提交[\s\S]*不要关这一页/);
  t.regex(late.body, /href="\/sign-in" target="_blank"/);
  const file = await mei.upload(`/households/${households.zhou.id}/photo`, {}, { photo: { name: 'a.jpg', type: 'image/jpeg', body: new Uint8Array([0xff, 0xd8, 0xff, 0xd9]) } });
  t.is(file.status, 401);
  const uploads = join(village.office.config.dataDir, 'uploads');
  t.deepEqual(existsSync(uploads) ? readdirSync(uploads) : [], []);
  t.is(await village.traces(), 0);
  // Signed in again: the old page's token belongs to the old session, its content comes back all the same.
  const again = await visitor(village.office, origin, 'mei');
  const back = await again.post(edit, { ...typed, _csrf: tokenFor(village.office.secrets.csrfKey, mei.cookie.replace('xx_s=', '')) });
  t.is(back.field('address').input, '庄台路 88 号');
});

test('made-up sessions are nobody; the digest in the database opens nothing', async t => {
  const village = await openVillage(t);
  const origin = await serve(t, village.office);
  const mei = await visitor(village.office, origin, 'mei');
  const secret = mei.cookie.replace('xx_s=', '');
  for (const cookie of ['xx_s=', 'xx_s=guess', `xx_s=${sessionId(secret)}`, `xx_s=${secret.slice(0, -1)}`, `xx_s=${'a'.repeat(4_000)}`, 'xx_s=%00', `xx_s="${secret}`, `xx_v=${secret}`]) {
    t.is((await wire(origin, { path: '/households', headers: { cookie } })).status, 303, cookie.slice(0, 40));
  }
  t.is((await mei.get('/households')).status, 200);
});

test('a tampered or foreign sentence in the cookie is not shown', async t => {
  const village = await openVillage(t);
  const origin = await serve(t, village.office);
  const mei = await visitor(village.office, origin, 'mei');
  const body = Buffer.from(JSON.stringify({ kind: 'done', words: '您中奖了' })).toString('base64url');
  const wrong = createHmac('sha256', 'guess').update(`said ${body}`).digest('base64url');
  for (const said of [body, `${body}.`, `${body}.${wrong}`, 'x.y', '.', 'a'.repeat(3_000), `${body}.${'é'.repeat(43)}`, '%00']) {
    const answer = await wire(origin, { path: '/households', headers: { cookie: `${mei.cookie}; xx_said=${encodeURI(said)}` } });
    t.is(answer.status, 200, said.slice(0, 30));
    t.false(answer.body.includes('您中奖了'));
  }
});

test('a cursor made by hand shows nothing of another village', async t => {
  const village = await openVillage(t);
  const origin = await serve(t, village.office);
  const mei = await visitor(village.office, origin, 'mei');
  for (const key of [[0, 0], [placeNos.shuikou, 0], [-1, -1], ['', 0], [2 ** 53, 2 ** 53], [1.5, 1], ['\0', '\0'], []]) {
    const page = await mei.get(`/households?at=${encodeCursor({ direction: 'next', key })}`);
    t.is(page.status, 200, JSON.stringify(key));
    t.false(page.body.includes('王小川'));
  }
});

test('where to go next is never another site, and no header is smuggled in', async t => {
  const village = await openVillage(t);
  const origin = await serve(t, village.office);
  for (const to of ['//evil.example', '/\\evil.example', 'https://evil.example', '/\t/evil.example', '\\/evil.example', '/ok\r\nset-cookie: a=b', '/ok\nx: y', 'javascript:alert(1)', '/乡', '/%0d%0aset-cookie:a=b', '/.//evil.example']) {
    const answer = await wire(origin, { path: `/large?to=${encodeURIComponent(to)}` });
    t.is(answer.status, 303, to);
    const location = new URL(String(answer.headers['location']), origin);
    t.is(location.origin, origin, to);
    t.false(String(answer.headers['set-cookie']).includes('a=b'));
  }
});

test('every kind of id of another village is refused or unknown, to read and to write', async t => {
  const village = await openVillage(t);
  const origin = await serve(t, village.office);
  const wang = `/households/${households.wang.id}`;
  const pages = [wang, `${wang}/edit`, `${wang}/members/new`, `${wang}/members/${memberId('wang')}`, `${wang}/consents`, `${wang}/consent-sheet`, `${wang}/card`, `${wang}/split`, `${wang}/move`, `${wang}/close`, `${wang}/head`, `${wang}/merge`, `/households/${households.zhou.id}/members/${memberId('wang')}`];
  for (const who of ['mei', 'sun', 'ping'] as const satisfies readonly Person[]) {
    const person = await visitor(village.office, origin, who);
    for (const path of pages) {
      const read = await person.get(path);
      t.true([403, 404].includes(read.status), `${who} GET ${path}: ${read.status}`);
      t.false(read.body.includes('王小川'), path);
      const written = await person.post(path, { ...typed, id: newId(), name: '某人', reason: 'moved', into: households.zhou.id });
      t.true([403, 404, 405, 422].includes(written.status), `${who} POST ${path}: ${written.status}`);
      t.false(written.body.includes('王小川'), path);
    }
  }
  const sun = await visitor(village.office, origin, 'sun');
  for (const path of [`/places/${placeId(placeNos.shuikou)}/rename`, `/officers/${officerId('ping')}/leave`]) t.true([403, 404].includes((await sun.get(path)).status), path);
  t.is(await village.traces(), 0);
});

test('who is dismissed is out at the very next request, who is appointed is in', async t => {
  const village = await openVillage(t);
  const { office } = village;
  const origin = await serve(t, office);
  const [mei, guan] = [await visitor(office, origin, 'mei'), await village.actor('guan')];
  t.is((await mei.get('/households')).status, 200);
  const [post] = await postsOf(office.read, [officerId('mei')]);
  await dismiss(office, guan, { officer: officerId('mei'), post: post?.id ?? '', from: '2026-11-23', reason: '调走' });
  t.is((await mei.get('/households')).status, 403);
  await appoint(office, guan, { officer: officerId('mei'), role: 'gridWorker', placeNo: placeNos.grid1, since: '2026-11-23' });
  t.is((await mei.get('/households')).status, 200);
  const bo = await visitor(office, origin, 'bo');
  t.is((await bo.get(`/households/${households.zheng.id}/edit`)).status, 200);
  await close(office, guan, { id: placeId(placeNos.grid2), day: '2026-11-23', reason: '撤网格' }, [postsFollowPlaces]);
  t.is((await bo.get('/households')).status, 403, 'the grid is closed, and the post with it');
});
