import { X509Certificate } from 'node:crypto';
import test from 'ava';
import { authorityCertificate, keepCertificate } from '../../src/tablets/keep.ts';
import { openVillage } from '../support/village.ts';
import { openOffice } from '../support/office.ts';
import { openDoors, serve, visitor } from '../support/visit.ts';

const now = '2026-11-24T02:00:00.000Z';

test('before the certificate is made the page says so, and there is nothing to take', async t => {
  const anybody = await (await openDoors(t, await openVillage(t)))();
  const page = await anybody.get('/tablets/install');
  t.is(page.status, 200);
  t.regex(page.body, /证书还没有做好/);
  t.is((await anybody.get('/tablets/authority.crt')).status, 404);
});

test('anybody takes the certificate of the authority, compares it and learns the address; the key stays', async t => {
  const { office, dataDir } = await openVillage(t);
  const origin = await serve(t, office);
  await keepCertificate(dataDir, ['xiangxin.lan'], now);
  const page = await (await visitor(office, origin)).get('/tablets/install');
  const authority = authorityCertificate(dataDir);
  t.true(page.body.replaceAll(/<[^>]*>|\s/g, '').includes(authority?.fingerprint256.replaceAll(':', '') ?? 'none'));
  t.regex(page.body, /仍然安装/);
  const taken = await fetch(`${origin}/tablets/authority.crt`);
  t.is(taken.headers.get('content-type'), 'application/x-x509-ca-cert');
  const bytes = Buffer.from(await taken.arrayBuffer());
  t.is(new X509Certificate(bytes).fingerprint256, authority?.fingerprint256 ?? '');
  t.false(bytes.includes('PRIVATE KEY'));
});

test('an office with its own files, and one without the secure door, say what that means', async t => {
  const own = await openOffice(t, undefined, { tlsCert: '/own.pem', tlsKey: '/own.key' });
  await keepCertificate(own.dataDir, ['xiangxin.lan'], now);
  const [one, off] = [await visitor(own.office, await serve(t, own.office)), await openOffice(t, undefined, { httpsPort: undefined })];
  t.regex((await one.get('/tablets/install')).body, /单位自己的证书/);
  t.is((await one.get('/tablets/authority.crt')).status, 404);
  const other = await visitor(off.office, await serve(t, off.office));
  t.regex((await other.get('/tablets/install')).body, /没有开安全连接/);
});
