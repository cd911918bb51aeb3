import test from 'ava';
import { createDecipheriv, createSecretKey } from 'node:crypto';
import { carrylessBy } from '../../src/store/carryless.ts';
import { gcmSealing } from '../../src/store/gcm.ts';

const key = createSecretKey(Buffer.alloc(32, 7));

/** What Node makes of a sealed text; throws when the tag is not its own. */
function opened(sealed: string, about: Buffer): string {
  const bytes = Buffer.from(sealed, 'base64url');
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12), { authTagLength: 16 }).setAAD(about).setAuthTag(bytes.subarray(12, 28));
  return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
}

test('a product is that of the standard', t => {
  // D. McGrew, J. Viega: The Galois/Counter Mode of Operation, test case 2.
  const element = new Int32Array([0x0388dace, 0x60b6a392, 0xf328c2b9, 0x71b2fe78]);
  carrylessBy(Buffer.from('66e94bd4ef8a2c3b884cfa59ca342b2e', 'hex'))(element);
  t.is(Buffer.from(Uint8Array.from([...element].flatMap(word => [word >>> 24, word >>> 16, word >>> 8, word]))).toString('hex'), '5e2ec746917062882c85b0685353deb7');
});

test('what is sealed is AES-256-GCM as Node opens it, whatever the lengths', t => {
  for (const about of ['', 'v1.ab.', 'sixteen bytes ok', 'a little more than one block']) {
    const seal = gcmSealing(key, Buffer.from(about));
    for (let length = 0; length < 140; length++) for (const text of ['9'.repeat(length), '户主𠮷 '.repeat(length).slice(0, length).toWellFormed()]) t.is(opened(seal(text), Buffer.from(about)), text);
    t.is(opened(seal('字'.repeat(2_000)), Buffer.from(about)), '字'.repeat(2_000));
  }
});

test('a sealed text that was touched, or is about something else, is not opened', t => {
  const about = Buffer.from('v1.ab.');
  const sealed = Buffer.from(gcmSealing(key, about)('990000194001011234 16000000001'), 'base64url');
  t.throws(() => opened(sealed.toString('base64url'), Buffer.from('v1.cd.')));
  for (let at = 0; at < sealed.length; at++) {
    const touched = Buffer.from(sealed);
    touched[at] = (touched[at] ?? 0) ^ 1;
    t.throws(() => opened(touched.toString('base64url'), about), undefined, `byte ${at}`);
  }
});

test('no nonce serves twice, among short texts, long ones, and sealings of one key', t => {
  const [one, other] = [gcmSealing(key, Buffer.from('a')), gcmSealing(key, Buffer.from('a'))];
  const nonces = Array.from({ length: 1_000 }, (_, n) => (n % 2 === 0 ? one : other)('x'.repeat(n % 5 * 20))).map(sealed => sealed.slice(0, 16));
  t.is(new Set(nonces).size, nonces.length);
});
