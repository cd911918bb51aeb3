import 'reflect-metadata';
import { spawn } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, request } from 'node:https';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import * as x509 from '@peculiar/x509';
import type { TLSSocket } from 'node:tls';
import { authorityCertificate, keepCertificate } from '../../src/tablets/keep.ts';
import { freePort } from '../support/process.ts';
import { openSecureDoor } from '../../src/tablets/secure-door.ts';

/** TLS itself asks the machine's clock. */
const now = new Date().toISOString();
const names = ['localhost', '127.0.0.1', 'xiangxin.lan'];

function folder(t: ExecutionContext): string {
  const made = mkdtempSync(join(tmpdir(), 'xx-tls-'));
  t.teardown(() => { rmSync(made, { recursive: true, force: true }); });
  return made;
}
const leafOf = ({ cert }: { readonly cert: string }): X509Certificate => new X509Certificate(cert);

test('the first start makes an authority and a certificate; the second finds them', async t => {
  const dataDir = folder(t);
  t.is(authorityCertificate(dataDir), undefined);
  const first = await keepCertificate(dataDir, names, now);
  const authority = authorityCertificate(dataDir);
  t.true(authority?.ca);
  t.true(leafOf(first).verify(authority?.publicKey ?? t.fail() as never));
  t.is(leafOf(first).checkHost('xiangxin.lan'), 'xiangxin.lan');
  t.is(leafOf(first).checkIP('127.0.0.1'), '127.0.0.1');
  t.false(leafOf(first).ca);
  t.deepEqual(await keepCertificate(dataDir, names, now), first);
  if (process.platform !== 'win32') for (const who of ['authority', 'office']) t.is(statSync(join(dataDir, 'tls', `${who}.key`)).mode & 0o777, 0o600);
});

test('a new address, the last weeks, a damaged file: another certificate by the same authority', async t => {
  const dataDir = folder(t);
  const first = await keepCertificate(dataDir, names, now);
  const authority = authorityCertificate(dataDir)?.fingerprint256;
  const moved = await keepCertificate(dataDir, [...names, '192.168.7.7'], now);
  t.is(leafOf(moved).checkIP('192.168.7.7'), '192.168.7.7');
  t.deepEqual(await keepCertificate(dataDir, names, now), moved, 'a name less is no reason');
  const end = leafOf(first).validToDate.getTime();
  t.deepEqual(await keepCertificate(dataDir, names, new Date(end - 41 * 86_400_000).toISOString()), moved);
  const later = await keepCertificate(dataDir, names, new Date(end - 39 * 86_400_000).toISOString());
  t.true(leafOf(later).validToDate.getTime() > end);
  writeFileSync(join(dataDir, 'tls', 'office.crt'), 'torn');
  t.not((await keepCertificate(dataDir, names, now)).cert, later.cert);
  t.is(authorityCertificate(dataDir)?.fingerprint256, authority);
});

test('an authority at its end is made anew, with all below it; no certificate outlives its authority', async t => {
  const dataDir = folder(t);
  await keepCertificate(dataDir, names, now);
  const old = authorityCertificate(dataDir);
  const end = old?.validToDate.getTime() ?? 0;
  const near = await keepCertificate(dataDir, names, new Date(end - 60 * 86_400_000).toISOString());
  t.is(leafOf(near).validToDate.getTime(), end);
  const after = await keepCertificate(dataDir, names, new Date(end - 10 * 86_400_000).toISOString());
  t.not(authorityCertificate(dataDir)?.fingerprint256, old?.fingerprint256);
  t.true(leafOf(after).verify(authorityCertificate(dataDir)?.publicKey ?? t.fail() as never));
});

const config = (dataDir: string) => ({ dataDir, host: '127.0.0.1', httpsPort: 0, tlsCert: '', tlsKey: '', tlsNames: ['xiangxin.lan'], publicOrigin: '' });

/** What a client that trusts this authority alone gets at a name. */
function ask(port: number, ca: string | undefined, servername = 'xiangxin.lan', path = '/'): Promise<{ readonly text: string; readonly serial: string }> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, servername, ...ca === undefined ? {} : { ca }, agent: false }, answer => {
      const serial = (answer.socket as TLSSocket).getPeerCertificate().serialNumber;
      let text = '';
      answer.setEncoding('utf8').on('data', (piece: string) => { text += piece; }).on('end', () => { resolve({ text, serial }); });
    });
    sent.on('error', reject).end();
  });
}

test('whoever trusts the authority is served over TLS at a local name; whoever does not is not', async t => {
  const dataDir = folder(t);
  const door = await openSecureDoor(config(dataDir), { now: () => now }, (_, answer) => { answer.end('乡信'); }, () => { t.fail(); });
  t.teardown(() => door.close());
  const ca = authorityCertificate(dataDir)?.toString() ?? '';
  t.is((await ask(door.port, ca)).text, '乡信');
  await t.throwsAsync(ask(door.port, undefined), { code: 'SELF_SIGNED_CERT_IN_CHAIN' });
  await t.throwsAsync(ask(door.port, ca, 'bank.example'), { code: 'ERR_TLS_CERT_ALTNAME_INVALID' });
});

test('the door changes its certificate while it is open', async t => {
  const dataDir = folder(t);
  let at = new Date(Date.parse(now) - 380 * 86_400_000).toISOString();
  const door = await openSecureDoor(config(dataDir), { now: () => at }, (_, answer) => { answer.end('ok'); }, () => { t.fail(); });
  t.teardown(() => door.close());
  const ca = authorityCertificate(dataDir)?.toString() ?? '';
  const { serial } = await ask(door.port, ca);
  t.false(await door.renew());
  at = now;
  t.true(await door.renew());
  t.not((await ask(door.port, ca)).serial, serial);
});

test('own certificate files are taken, and taken again when they change; without them it says so', async t => {
  const [dataDir, other, third] = [folder(t), folder(t), folder(t)];
  const theirs = await keepCertificate(other, names, now);
  const [tlsCert, tlsKey] = [join(dataDir, 'own.pem'), join(dataDir, 'own.key')];
  const own = { ...config(dataDir), tlsCert, tlsKey };
  await t.throwsAsync(openSecureDoor(own, { now: () => now }, () => undefined, () => undefined), { code: 'ENOENT' });
  writeFileSync(tlsCert, theirs.cert); writeFileSync(tlsKey, theirs.key); chmodSync(tlsKey, 0o600);
  const door = await openSecureDoor(own, { now: () => now }, (_, answer) => { answer.end('ok'); }, () => { t.fail(); });
  t.teardown(() => door.close());
  t.is((await ask(door.port, authorityCertificate(other)?.toString())).text, 'ok');
  t.is(authorityCertificate(dataDir), undefined);
  const next = await keepCertificate(third, names, now);
  writeFileSync(tlsCert, next.cert); writeFileSync(tlsKey, next.key);
  t.true(await door.renew());
  t.is((await ask(door.port, authorityCertificate(third)?.toString())).text, 'ok');
});

test('with the stolen key nobody can pretend to be a bank: the authority is bound to local names', async t => {
  const dataDir = folder(t);
  await keepCertificate(dataDir, names, now);
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const issuer = new x509.X509Certificate(authorityCertificate(dataDir)?.toString() ?? '');
  const signingKey = await crypto.subtle.importKey('pkcs8', x509.PemConverter.decodeFirst(readFileSync(join(dataDir, 'tls', 'authority.key'), 'utf8')), algorithm, false, ['sign']);
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const forge = async (name: string): Promise<number> => {
    const cert = await x509.X509CertificateGenerator.create({
      serialNumber: '0102', subject: [{ CN: [name] }], issuer: issuer.subjectName.toJSON(), publicKey: keys.publicKey, signingKey, signingAlgorithm: algorithm,
      notBefore: issuer.notBefore, notAfter: issuer.notAfter, extensions: [new x509.SubjectAlternativeNameExtension([{ type: 'dns', value: name }])],
    });
    const server = createServer({ cert: cert.toString('pem'), key: x509.PemConverter.encode(await crypto.subtle.exportKey('pkcs8', keys.privateKey), 'PRIVATE KEY') }, (_, answer) => { answer.end('ok'); }).listen(0, '127.0.0.1');
    t.teardown(() => { server.close(); });
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  };
  t.is((await ask(await forge('other.lan'), issuer.toString('pem'), 'other.lan')).text, 'ok');
  await t.throwsAsync(ask(await forge('bank.example'), issuer.toString('pem'), 'bank.example'), { message: 'permitted subtree violation' });
});

test('the office serves both doors; where the secure one is taken it says so and goes on', async t => {
  const dataDir = folder(t);
  const port = await freePort();
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  t.teardown(() => { taken.close(); });
  const start = async (httpsPort: number, wanted: RegExp): Promise<{ readonly said: string; readonly stop: () => Promise<unknown> }> => {
    const child = spawn(process.execPath, ['src/main.ts'], { env: { ...process.env, DATA_DIR: dataDir, DATABASE_URL: '', PORT: String(port), HOST: '127.0.0.1', HTTPS_PORT: String(httpsPort), TLS_NAMES: 'xiangxin.lan', DEMO: 'off', LOG_LEVEL: 'silent' }, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    await new Promise<void>((resolve, reject) => {
      for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (words: string) => { said += words; if (wanted.test(said)) resolve(); });
      child.once('exit', code => { reject(new Error(`the office ended with ${code}: ${said}`)); });
    });
    return { said, stop: async () => { const ended = once(child, 'exit'); child.kill(); return ended; } };
  };
  const { port: busy } = taken.address() as AddressInfo;
  const one = await start(busy, /安全连接没有打开.*HTTPS_PORT=/);
  t.is((await fetch(`http://127.0.0.1:${port}/first-run`)).status, 200);
  t.deepEqual(await one.stop(), [0, null]);
  const free = await freePort();
  const two = await start(free, /指纹（SHA-256）：(?:[0-9A-F]{2} ?){32}/);
  const authority = authorityCertificate(dataDir);
  t.true(two.said.includes(`https://xiangxin.lan:${free}`));
  t.true(two.said.includes(authority?.fingerprint256.replaceAll(':', ' ') ?? 'none'));
  t.regex((await ask(free, authority?.toString(), 'xiangxin.lan', '/first-run')).text, /第一次|安装代码/);
  t.deepEqual(await two.stop(), [0, null]);
});
