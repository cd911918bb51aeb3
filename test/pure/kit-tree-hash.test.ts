import { createHash } from 'node:crypto';
import test from 'ava';
import fc from 'fast-check';
import { leafHash, treeOf } from '../../src/kit/tree-hash.ts';
import { sha256Bytes } from '../../src/store/trace.ts';

const sha = (...parts: readonly (string | Buffer)[]): Buffer => { const made = createHash('sha256'); for (const part of parts) made.update(part); return made.digest(); };
const zero = Buffer.from([0]);
const one = Buffer.from([1]);

/** RFC 6962, 2.1, word for word: D[n] split at the largest power of two smaller than n. */
function mth(texts: readonly string[]): Buffer {
  const [first] = texts;
  if (first === undefined) return sha('');
  if (texts.length === 1) return sha(zero, first);
  let k = 1;
  while (k * 2 < texts.length) k *= 2;
  return sha(one, mth(texts.slice(0, k)), mth(texts.slice(k)));
}

/** RFC 9162, 2.1.3.2: the root that a leaf and its path lead to; undefined when the path cannot belong to a tree of this size. */
function rootFrom(leaf: string, at: number, size: number, path: readonly string[]): string | undefined {
  let [fn, sn, root] = [at, size - 1, Buffer.from(leaf, 'hex')];
  for (const hex of path) {
    if (sn === 0) return undefined;
    const sibling = Buffer.from(hex, 'hex');
    if (fn % 2 === 1 || fn === sn) {
      root = sha(one, sibling, root) as Buffer<ArrayBuffer>;
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)];
    } else root = sha(one, root, sibling) as Buffer<ArrayBuffer>;
    [fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)];
  }
  return sn === 0 ? root.toString('hex') : undefined;
}

const treeOver = (texts: readonly string[]) => treeOf(sha256Bytes, texts.map(text => leafHash(sha256Bytes, text)));

// The eight leaves and nine roots that Certificate Transparency's own tests use.
const known = ['', '\x00', '\x10', ' !', '01', '@ABC', 'PQRSTUVW', '`abcdefghijklmno'];
const roots = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d', 'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77', 'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7', '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef', 'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c', '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

test('the roots are those that Certificate Transparency publishes', t => {
  for (const [size, root] of roots.entries()) {
    t.is(treeOver(known.slice(0, size)).root, root, `${size} leaves`);
    t.is(mth(known.slice(0, size)).toString('hex'), root, `${size} leaves, reckoned by the words of the RFC`);
  }
});

test('trees of every size agree with the words of the RFC, and each leaf is proved by its path alone', t => {
  t.notThrows(() => { fc.assert(fc.property(fc.array(fc.string({ maxLength: 5 }), { minLength: 1, maxLength: 40 }), fc.nat(), (texts, nth) => {
    const tree = treeOver(texts);
    const at = nth % texts.length;
    const leaf = leafHash(sha256Bytes, texts[at] ?? '');
    const path = tree.pathTo(at);
    return tree.root === mth(texts).toString('hex') && tree.size === texts.length && rootFrom(leaf, at, tree.size, path) === tree.root
      && rootFrom(leafHash(sha256Bytes, `${texts[at] ?? ''}x`), at, tree.size, path) !== tree.root && (path.length === 0 || rootFrom(leaf, at, tree.size, path.slice(1)) !== tree.root);
  }), { numRuns: 60 }); });
});
