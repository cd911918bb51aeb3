import { createCipheriv, createDecipheriv, createSecretKey, hash, randomBytes, type KeyObject } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { assert } from '../kit/assert.ts';
import { fillRandom } from '../kit/random.ts';
import { Sealer, type Bare, type Kept } from './sealing.ts';
import { writeWhole } from './whole-file.ts';

/** What only this office knows. Losing the file makes every sealed field unreadable: it belongs into each backup, kept apart from the database. */
export interface Secrets {
  /** Encrypts a personal field; equal texts give different results. */
  readonly seal: (text: string) => string;
  /** Opens what `seal` made, under any key still in the file. Throws when it was changed or the key is gone. */
  readonly open: (sealed: string) => string;
  /** Whether the field was sealed under an older key or suite and should be sealed anew. */
  readonly isStale: (sealed: string) => boolean;
  /** The same text always gives the same key, and nobody without the file can find it by trying all ID numbers. `kind` keeps IDs and phones apart. */
  readonly matchKey: (kind: string, text: string) => string;
  /** Both for long lists, aside from the main thread. */
  readonly keep: (bare: Bare) => Promise<Kept>;
  readonly sessionKey: KeyObject;
  readonly csrfKey: KeyObject;
  readonly close: () => Promise<void>;
}

interface FieldKey { readonly id: string; readonly suite: string; readonly key: string }
export interface SecretsFile {
  readonly version: 1;
  /** The first key seals; all open. Rotation puts a new one in front. */
  readonly fieldKeys: readonly FieldKey[];
  readonly matchKey: string;
  readonly sessionKey: string;
  readonly csrfKey: string;
}

/** One way to encrypt. A second suite (SM4 where a review of cryptography asks for it) is one more entry, chosen by the field key. */
interface Suite {
  readonly seal: (key: KeyObject, text: string, about: Buffer) => Buffer;
  readonly open: (key: KeyObject, sealed: Buffer, about: Buffer) => Buffer;
}

const nonceBytes = 12;
const tagBytes = 16;
/** 96 bits: that any two of a hundred million numbers share a key is one chance in 10¹³, and the index, where each key falls somewhere else, has half the pages. */
const matchCharacters = 16;

const suites: Readonly<Record<string, Suite>> = {
  'aes-256-gcm': {
    seal(key, text, about) {
      const nonce = fillRandom(Buffer.allocUnsafe(nonceBytes));
      const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes }).setAAD(about);
      const body = cipher.update(text, 'utf8');
      const end = cipher.final();
      return Buffer.concat([nonce, cipher.getAuthTag(), body, end]);
    },
    open(key, sealed, about) {
      const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, nonceBytes), { authTagLength: tagBytes }).setAAD(about);
      decipher.setAuthTag(sealed.subarray(nonceBytes, nonceBytes + tagBytes));
      return Buffer.concat([decipher.update(sealed.subarray(nonceBytes + tagBytes)), decipher.final()]);
    },
  },
};

/** Reads `secrets.json` in the data folder, or makes it on the first start, readable by the office's own account only. */
export function openSecrets(folder: string): Secrets {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, 'secrets.json');
  if (!existsSync(path)) create(path);
  const file = JSON.parse(readFileSync(path, 'utf8')) as SecretsFile;
  assert(file.version === 1 && file.fieldKeys.length > 0, 'secrets.json is of a version this program knows');
  chmodSync(path, 0o600);
  return secretsOf(file);
}

export function secretsOf(file: SecretsFile): Secrets {
  const [current] = file.fieldKeys;
  assert(current !== undefined, 'there is a field key');
  // Prepared once: a key handed over as bytes is made anew for every field, which costs three times the sealing itself.
  const keys = new Map(file.fieldKeys.map(entry => [entry.id, { suite: suiteOf(entry.suite), key: createSecretKey(Buffer.from(entry.key, 'base64')) }]));
  const prepared = (key: string): KeyObject => createSecretKey(Buffer.from(key, 'base64'));
  const matching = hmacSha256(Buffer.from(file.matchKey, 'base64'));
  const prefix = `v1.${current.id}.`;
  const held = (id: string) => {
    const found = keys.get(id);
    if (found === undefined) throw new Error(`no field key ${id} in secrets.json`);
    return found;
  };
  const [sealing, about] = [held(current.id), Buffer.from(prefix)];
  const own: Pick<Secrets, 'seal' | 'matchKey'> = {
    seal: text => prefix + sealing.suite.seal(sealing.key, text, about).toString('base64url'),
    matchKey: (kind, text) => matching(`${kind}\0${text}`).slice(0, matchCharacters),
  };
  const sealer = new Sealer(file, own);
  return {
    ...own,
    open(sealed) {
      const [version, id = '', body = ''] = sealed.split('.');
      assert(version === 'v1', 'a sealed field begins with its version');
      const { suite, key } = held(id);
      return suite.open(key, Buffer.from(body, 'base64url'), Buffer.from(`v1.${id}.`)).toString('utf8');
    },
    isStale: sealed => !sealed.startsWith(prefix),
    keep: bare => sealer.keep(bare),
    sessionKey: prepared(file.sessionKey),
    csrfKey: prepared(file.csrfKey),
    close: () => sealer.close(),
  };
}

/**
 * HMAC-SHA-256 (RFC 2104) in base64url, of two plain digests: less than half of what setting up Node's own costs for each number of a register.
 * Both digests are taken from buffers that begin with the padded key and are used again for every text: nothing else runs in between.
 */
function hmacSha256(key: Buffer): (text: string) => string {
  assert(key.length <= blockBytes, 'a longer key would have to be digested first');
  const begun = (byte: number, room: number): Buffer => Buffer.concat([Buffer.alloc(blockBytes, byte).map((pad, at) => pad ^ (key[at] ?? 0)), Buffer.alloc(room)]);
  const [inner, outer] = [begun(0x36, mostMatched), begun(0x5c, digestBytes)];
  return text => {
    assert(text.length * 3 <= mostMatched, 'what is matched is short');   // A character takes three bytes at most.
    const bytes = inner.write(text, blockBytes);
    outer.write(hash('sha256', inner.subarray(0, blockBytes + bytes), 'base64url'), blockBytes, 'base64url');
    return hash('sha256', outer, 'base64url');
  };
}
const digestBytes = 32;
const mostMatched = 4_096;
const blockBytes = 64;

function suiteOf(name: string): Suite {
  const suite = suites[name];
  if (suite === undefined) throw new Error(`secrets.json names a suite this program lacks: ${name}`);
  return suite;
}

const newKey = (): string => randomBytes(32).toString('base64');

/** Fresh secrets; also what a test opens its office with. */
export const newSecretsFile = (): SecretsFile => ({
  version: 1,
  fieldKeys: [{ id: randomBytes(4).toString('hex'), suite: 'aes-256-gcm', key: newKey() }],
  matchKey: newKey(),
  sessionKey: newKey(),
  csrfKey: newKey(),
});

const create = (path: string): void => { writeWhole(path, `${JSON.stringify(newSecretsFile(), null, 2)}
`); };
