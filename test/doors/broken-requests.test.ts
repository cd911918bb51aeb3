import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import type { ExecutionContext } from 'ava';
import { newId } from '../../src/kit/id.ts';
import { tokenFor } from '../../src/web/csrf.ts';
import { households, openVillage, placeNos, type Village } from '../support/village.ts';
import { serve, visitor, type Visitor } from '../support/visit.ts';
import { bytes, wire, type Answer } from '../support/wire.ts';

// What a browser never sends, and a broken line, an old tool or a bad mind does: always an answer in words, never a bug, never half an act.

interface Asked extends Village { readonly origin: string; readonly mei: Visitor; readonly csrf: string }

async function asked(t: ExecutionContext): Promise<Asked> {
  const village = await openVillage(t);
  const origin = await serve(t, village.office);
  const mei = await visitor(village.office, origin, 'mei');
  return { ...village, origin, mei, csrf: tokenFor(village.office.secrets.csrfKey, mei.cookie.replace('xx_s=', '')) };
}

/** Chinese words, and nothing of our own insides. */
function plain(t: ExecutionContext, answer: Answer, status: number | readonly number[], about: string): void {
  t.true([status].flat().includes(answer.status), `${about}: ${answer.status}`);
  t.regex(answer.body, /\p{Script=Han}/u, about);
  t.notRegex(answer.body, /at .*\.ts:\d+|node_modules|SQLITE|select \*|Error:/i, about);
}

const form = (asked: Asked, body: string | Buffer, headers: Readonly<Record<string, string>> = {}) => ({
  method: 'POST', path: '/households/new', body, headers: { cookie: asked.mei.cookie, 'content-type': 'application/x-www-form-urlencoded', ...headers },
});
const filled = (more: Readonly<Record<string, string>>): Record<string, string> => ({
  village: String(placeNos.qinghe), group: String(placeNos.group1), grid: String(placeNos.grid1), address: '庄台路 9 号',
  name: '夏小满', relation: 'head', sex: 'female', birth_year: '1970', id_number: '', id_missing: 'applying', phone: '', ...more,
});

test('strange addresses are answered with a page and a way on', async t => {
  const own = await asked(t);
  const id = households.zhou.id;
  t.is((await wire(own.origin, { path: '//' })).status, 200);
  for (const path of ['/%00', '//evil.example/x', '/households/%00', `/households/${id}%00`, '/households/%2e%2e%2f%2e%2e%2fetc%2fpasswd', '/households/..%2f..%2f', '/%E0%A4%A', '/households/%ff%fe',
    `/households/${'x'.repeat(8_000)}`, '/places/%F0%9F%98%80', '/constructor', '/households/__proto__', '/assets/', '/assets/x/../../package.json', '/assets/x/..%2f..%2fpackage.json', '/assets/x/%00',
    '/evidence/..%2f..%2foffice.db', '/evidence/%2e%2e', '/board/1%27%20or%201=1', '/nowhere?q=%00']) {
    const answer = await wire(own.origin, { path, headers: { cookie: own.mei.cookie } });
    plain(t, answer, [400, 403, 404], path);
    t.regex(answer.body, /href="\//, path);
    t.notRegex(answer.body, /"dependencies"|root:x|SQLite format/, path);
  }
  for (const path of [`/households?q=${'农'.repeat(1_500)}`, '/households?q=%00', '/households?q=a%5C', '/households?q=%25_%25', '/households?at=garbage', '/households?q[]=1&q[x]=2', '/households?__proto__=1&constructor=2', '/households?%00=%00', '/households?q=%ff', '/?to=%00']) {
    plain(t, await wire(own.origin, { path: encodeURI(path).replaceAll('%25', '%'), headers: { cookie: own.mei.cookie } }), 200, path.slice(0, 60));
  }
});

test('an address or a head that is too long, or no request at all, is told so', async t => {
  const own = await asked(t);
  plain(t, await wire(own.origin, { path: `/households?q=${'x'.repeat(40_000)}` }), 431, 'long address');
  t.regex(await bytes(own.origin, 'nonsense\r\n\r\n'), /^HTTP\/1\.1 400 [\s\S]*看不懂/);
  t.regex(await bytes(own.origin, 'GET / HTTP/1.1\r\nHost: a\r\nX-Y: \x01\x02\r\n\r\n'), /^HTTP\/1\.1 400 [\s\S]*看不懂/);
});

test('only the ways a page knows: HEAD as GET, the rest 405 or 404', async t => {
  const own = await asked(t);
  const head = await wire(own.origin, { method: 'HEAD', path: '/households', headers: { cookie: own.mei.cookie } });
  t.is(head.status, 200);
  t.is(head.body, '');
  for (const method of ['PUT', 'DELETE', 'PATCH', 'OPTIONS']) {
    const answer = await wire(own.origin, { method, path: '/households/new', headers: { cookie: own.mei.cookie } });
    plain(t, answer, 405, method);
    t.is(answer.headers['allow'], 'GET, HEAD, POST');
    plain(t, await wire(own.origin, { method, path: '/no-such-page' }), 404, method);
  }
  const posted = await wire(own.origin, { method: 'POST', path: '/households', body: '', headers: { cookie: own.mei.cookie } });
  plain(t, posted, 405, 'wrong-method');
  t.is(posted.headers['allow'], 'GET, HEAD');
});

test('too much is told as too much, whatever its shape, and the sender gets to hear it', async t => {
  const own = await asked(t);
  const before = await own.traces();
  plain(t, await wire(own.origin, form(own, `_csrf=${own.csrf}&name=${'a'.repeat(3 * 1_048_576)}`)), 413, 'three megabytes');
  plain(t, await wire(own.origin, form(own, `_csrf=${own.csrf}&${'a=1&'.repeat(501)}`)), 413, '501 fields');
  const chunked = await wire(own.origin, { ...form(own, ''), headers: { ...form(own, '').headers, 'transfer-encoding': 'chunked' } });
  plain(t, chunked, [400, 403], 'chunked and a length');
  plain(t, await wire(own.origin, multipart(own, [`_csrf`, own.csrf], ...Array.from({ length: 501 }, (_, at): [string, string] => [`f${at}`, 'x']))), 413, '501 parts');
  plain(t, await wire(own.origin, multipart(own, ['_csrf', own.csrf], ['name', 'a'.repeat(700_000)], ['address', 'b'.repeat(700_000)])), 413, 'parts of 1.4 MB');
  plain(t, await wire(own.origin, form(own, JSON.stringify(Object.fromEntries(Array.from({ length: 501 }, (_, at) => [`k${at}`, 1]))), { 'content-type': 'application/json' })), 413, '501 members');
  t.is(await own.traces(), before);
});

test('a body of another shape is refused in words', async t => {
  const own = await asked(t);
  const before = await own.traces();
  const json = { 'content-type': 'application/json' };
  plain(t, await wire(own.origin, form(own, '<a/>', { 'content-type': 'text/xml' })), 415, 'xml: wrong-type');
  plain(t, await wire(own.origin, form(own, '{"name":', json)), 400, 'half of a JSON');
  plain(t, await wire(own.origin, form(own, '[1]', json)), 400, 'a list');
  plain(t, await wire(own.origin, form(own, `{"_csrf":"${own.csrf}","name":{"toString":1}}`, json)), 400, 'an object where a text belongs');
  plain(t, await wire(own.origin, form(own, `{"_csrf":"${own.csrf}","name":[["x"]]}`, json)), 400, 'a list in a list');
  plain(t, await wire(own.origin, form(own, `{"_csrf":"${own.csrf}","__proto__":"x","constructor":"y"}`, json)), 422, 'names that JavaScript knows');
  plain(t, await wire(own.origin, form(own, `_csrf=${own.csrf}&__proto__=1&constructor=2&toString=3&hasOwnProperty=4`)), 422, 'the same as fields');
  plain(t, await wire(own.origin, form(own, `_csrf=${own.csrf}&name=a&name=b&village=20&village=21&relation=head&relation=`)), 422, 'lists where one belongs');
  plain(t, await wire(own.origin, form(own, `_csrf[]=${own.csrf}&name[first]=a`)), 403, 'brackets');
  plain(t, await wire(own.origin, form(own, '', { 'content-type': 'multipart/form-data' })), 400, 'no boundary');
  t.is(await own.traces(), before);
});

test('a form with files that breaks off is refused, leaves no file, and the office lives on', async t => {
  const own = await asked(t);
  const path = `/households/${households.zhou.id}/photo`;
  const whole = multipart(own, ['_csrf', own.csrf]).body.toString().replace(/--xx--\r\n$/, `--xx\r\ncontent-disposition: form-data; name="photo"; filename="a.jpg"\r\ncontent-type: image/jpeg\r\n\r\n${'j'.repeat(200_000)}`);
  const cookie = own.mei.cookie;
  plain(t, await wire(own.origin, { method: 'POST', path, body: whole, headers: { cookie, 'content-type': 'multipart/form-data; boundary=xx' } }), 400, 'no end');
  plain(t, await wire(own.origin, { method: 'POST', path, body: '--xx\r\n\r\n\r\n--xx\r\nbroken', headers: { cookie, 'content-type': 'multipart/form-data; boundary=xx' } }), 400, 'no heads');
  await bytes(own.origin, `POST ${path} HTTP/1.1\r\nHost: ${new URL(own.origin).host}\r\nCookie: ${cookie}\r\nContent-Type: multipart/form-data; boundary=xx\r\nContent-Length: 900000\r\n\r\n${whole}`, { hangUp: true });
  await bytes(own.origin, `POST /households/new HTTP/1.1\r\nHost: ${new URL(own.origin).host}\r\nCookie: ${cookie}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 900000\r\n\r\nname=a`, { hangUp: true });
  const uploads = join(own.office.config.dataDir, 'uploads');
  for (let tries = 0; tries < 100 && existsSync(uploads) && readdirSync(uploads).length > 0; tries++) await new Promise(resolve => { setTimeout(resolve, 10); });
  t.deepEqual(existsSync(uploads) ? readdirSync(uploads) : [], []);
  t.is((await own.mei.get('/households')).status, 200);
});

test('text that cannot be read or seen is told or taken off, never a fault of the database', async t => {
  const own = await asked(t);
  const { mei, csrf, office } = own;
  const register = (name: string, id = newId()) => mei.post('/households/new', filled({ name, id }));
  t.regex((await register('夏\ufffd满')).body, /姓名里有认不出的字/);
  t.is((await register('夏'.repeat(5_000))).status, 422);
  const taken = await register('夏\0小\u0007满\u202e');
  t.is(taken.status, 303, taken.body.slice(0, 300));
  const gbk = await wire(own.origin, form(own, Buffer.concat([Buffer.from(`_csrf=${csrf}&village=20&relation=head&name=`), Buffer.from([0xcf, 0xc4, 0xd0, 0xa1])])));
  plain(t, gbk, 422, 'GBK');
  const half = await wire(own.origin, form(own, `{"_csrf":"${csrf}","name":"夏\\ud800满","village":20}`, { 'content-type': 'application/json' }));
  plain(t, half, 422, 'half a surrogate pair');
  const names: { head_name: string }[] = await office.read('households').where('head_name', 'like', '夏%').select('head_name');
  t.deepEqual(names.map(row => row.head_name), ['夏小满']);
});

/** A form with parts as a browser writes them. */
function multipart(own: Asked, ...fields: readonly (readonly [string, string])[]) {
  const body = `${fields.map(([name, value]) => `--xx\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`).join('')}--xx--\r\n`;
  return form(own, Buffer.from(body), { 'content-type': 'multipart/form-data; boundary=xx' });
}
