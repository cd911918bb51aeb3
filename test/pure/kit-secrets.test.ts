import test from 'ava';
import { createHmac } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newSecretsFile, openSecrets, secretsOf } from '../../src/store/secrets.ts';

test('the file is made once, for the owner only, and opens what it sealed', t => {
  const folder = mkdtempSync(join(tmpdir(), 'xiangxin-secrets-'));
  t.teardown(() => { rmSync(folder, { recursive: true }); });
  const first = openSecrets(join(folder, 'data'));
  const path = join(folder, 'data', 'secrets.json');
  t.is(statSync(path).mode & 0o777, 0o600);
  const before = readFileSync(path, 'utf8');
  const second = openSecrets(join(folder, 'data'));
  t.is(readFileSync(path, 'utf8'), before);
  for (const text of ['', '99000019880229001X', '𬭼 16000000042']) t.is(second.open(first.seal(text)), text);
  t.true(second.sessionKey.equals(first.sessionKey));
});

test('equal texts seal differently but match alike; kinds and offices are kept apart', t => {
  const secrets = secretsOf(newSecretsFile());
  const other = secretsOf(newSecretsFile());
  t.not(secrets.seal('16000000042'), secrets.seal('16000000042'));
  t.is(secrets.matchKey('phone', '16000000042'), secrets.matchKey('phone', '16000000042'));
  t.not(secrets.matchKey('phone', '16000000042'), secrets.matchKey('id', '16000000042'));
  t.not(secrets.matchKey('phone', '16000000042'), other.matchKey('phone', '16000000042'));
  t.false(secrets.seal('16000000042').includes('16000000042'));
});

test('a match key is the beginning of an HMAC, however long the text', t => {
  const file = newSecretsFile();
  const whole = (text: string): string => createHmac('sha256', Buffer.from(file.matchKey, 'base64')).update(`id\0${text}`).digest('base64url');
  const { matchKey } = secretsOf(file);
  for (const text of ['', '99000019880229001X', '𬭼'.repeat(500), '99000019880229001X', '']) t.is(matchKey('id', text), whole(text).slice(0, 16));   // A short one after a long one too: they share a buffer.
  t.throws(() => matchKey('id', '长'.repeat(1_400)), { message: /short/ });
});

test('a changed field does not open', t => {
  const secrets = secretsOf(newSecretsFile());
  const sealed = secrets.seal('99000019880229001X');
  for (const at of [sealed.length - 2, sealed.lastIndexOf('.') + 3]) {
    const changed = sealed.slice(0, at) + (sealed[at] === 'A' ? 'B' : 'A') + sealed.slice(at + 1);
    t.throws(() => secrets.open(changed));
  }
  t.throws(() => secrets.open('plain'));
  t.throws(() => secretsOf(newSecretsFile()).open(sealed), { message: /no field key/ });
});

test('after rotation the old fields still open, and are known as stale', t => {
  const old = newSecretsFile();
  const sealed = secretsOf(old).seal('张');
  const rotated = secretsOf({ ...old, fieldKeys: [...newSecretsFile().fieldKeys, ...old.fieldKeys] });
  t.is(rotated.open(sealed), '张');
  t.true(rotated.isStale(sealed));
  t.false(rotated.isStale(rotated.seal('张')));
  t.throws(() => secretsOf({ ...old, fieldKeys: [{ id: 'x', suite: 'rot13', key: '' }] }), { message: /rot13/ });
});
