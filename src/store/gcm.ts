import { createCipheriv, type KeyObject } from 'node:crypto';
import { carrylessBy } from './carryless.ts';

export const nonceBytes = 12;
export const tagBytes = 16;
const blockBytes = 16;
const headBytes = nonceBytes + tagBytes;
/** What is prepared for each of the texts to come: the pad of its tag and those of two blocks, as much as an ID number and a phone take. */
const blocksReady = 2;
const padsReady = 128;

/** Pads of texts that nobody has written yet: for each its nonce, and the cipher's answer to that nonce's counters. */
interface Pads { readonly counters: Buffer; readonly pads: Buffer; readonly stride: number; used: number }

/**
 * AES-256-GCM (NIST SP 800-38D), as nonce, tag and text in base64url; Node's own opens it. For texts by the hundred thousand: Node sets up a
 * cipher anew for each, which costs five times as much as the sealing. Here one cipher answers for the counters of many nonces at a time.
 * A nonce is random, belongs to one text, and is wiped with its pads once that is sealed.
 */
export function gcmSealing(key: KeyObject, about: Buffer): (text: string) => string {
  const cipher = createCipheriv('aes-256-ecb', key, null).setAutoPadding(false);
  const digest = tagOver(cipher.update(Buffer.alloc(blockBytes)), about);
  function prepare(count: number, blocks: number): Pads {
    const stride = (blocks + 1) * blockBytes;
    const [nonces, counters] = [crypto.getRandomValues(Buffer.allocUnsafe(count * nonceBytes)), Buffer.allocUnsafe(count * stride)];
    for (let at = 0; at < counters.length; at += blockBytes) {
      const one = Math.floor(at / stride) * nonceBytes;
      counters.set(nonces.subarray(one, one + nonceBytes), at);
      counters.writeUInt32BE(at % stride / blockBytes + 1, at + nonceBytes);   // Counter 1 pads the tag, the text begins with 2.
    }
    return { counters, pads: cipher.update(counters), stride, used: 0 };
  }
  let ready = prepare(padsReady, blocksReady);
  const room = Buffer.alloc(headBytes + blocksReady * blockBytes);
  return text => {
    const length = Buffer.byteLength(text);
    const blocks = Math.ceil(length / blockBytes);
    const isShort = blocks <= blocksReady;
    if (isShort && ready.used === padsReady) ready = prepare(padsReady, blocksReady);
    const own = isShort ? ready : prepare(1, blocks);
    const sealed = isShort ? room : Buffer.alloc(headBytes + blocks * blockBytes);
    const from = own.used++ * own.stride;
    sealed.write(text, headBytes);
    for (let at = 0; at < length; at++) sealed[headBytes + at] = (sealed[headBytes + at] ?? 0) ^ (own.pads[from + blockBytes + at] ?? 0);
    sealed.fill(0, headBytes + length);
    for (let at = 0; at < nonceBytes; at++) sealed[at] = own.counters[from + at] ?? 0;
    digest(sealed, length);
    for (let at = 0; at < tagBytes; at++) sealed[nonceBytes + at] = (sealed[nonceBytes + at] ?? 0) ^ (own.pads[from + at] ?? 0);
    own.pads.fill(0, from, from + own.stride);
    return sealed.toString('base64url', 0, headBytes + length);
  };
}

/** GHASH over what the text is about, the sealed text after the head and the length of both: put where the tag belongs. */
function tagOver(key: Buffer, about: Buffer): (sealed: Buffer, length: number) => void {
  const times = carrylessBy(key);
  const sum = new Int32Array(4);
  const begun = new Int32Array(4);
  const take = (a: number, b: number, c: number, d: number): void => {
    sum[0] = (sum[0] ?? 0) ^ a; sum[1] = (sum[1] ?? 0) ^ b; sum[2] = (sum[2] ?? 0) ^ c; sum[3] = (sum[3] ?? 0) ^ d;
    times(sum);
  };
  const takeAll = (bytes: Buffer, start: number, end: number): void => {
    for (let at = start; at < end; at += blockBytes) take(bytes.readInt32BE(at), bytes.readInt32BE(at + 4), bytes.readInt32BE(at + 8), bytes.readInt32BE(at + 12));
  };
  const padded = Buffer.concat([about, Buffer.alloc(-about.length & blockBytes - 1)]);
  takeAll(padded, 0, padded.length);
  begun.set(sum);
  return (sealed, length) => {
    sum.set(begun);
    takeAll(sealed, headBytes, headBytes + length);   // Up to the end of the last block: nought follows the text.
    take(0, about.length * 8, 0, length * 8);
    for (let word = 0; word < 4; word++) sealed.writeInt32BE(sum[word] ?? 0, nonceBytes + word * 4);
  };
}
