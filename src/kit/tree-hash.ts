import { assert } from './assert.ts';

/** SHA-256 of bytes, in hexadecimal: the hash comes in, for this file knows no machine. */
export type Digest = (bytes: Uint8Array) => string;

/** The tree hash of RFC 6962, 2.1: a leaf and a node can never be taken for one another, and any single leaf is proved by its path without the others. */
export interface Tree {
  readonly root: string;
  readonly size: number;
  /** The siblings from a leaf up to the root (RFC 6962, 2.1.1). */
  readonly pathTo: (at: number) => readonly string[];
}

const [leafMark, nodeMark] = [0, 1];
const encoder = new TextEncoder();

/** The hash of a leaf; once its text is erased this alone is left, and the rest is still proved. */
export const leafHash = (digest: Digest, text: string): string => {
  const bytes = encoder.encode(text);
  const marked = new Uint8Array(bytes.length + 1);
  marked[0] = leafMark;
  marked.set(bytes, 1);
  return digest(marked);
};

function nodeHash(digest: Digest, left: string, right: string): string {
  const pair = new Uint8Array(1 + hashBytes * 2);
  pair[0] = nodeMark;
  pair.set(bytesOf(left), 1);
  pair.set(bytesOf(right), 1 + hashBytes);
  return digest(pair);
}

const hashBytes = 32;
function bytesOf(hex: string): Uint8Array {
  assert(/^[0-9a-f]{64}$/.test(hex), 'a node is a SHA-256 in hexadecimal');
  return Uint8Array.from({ length: hashBytes }, (_, at) => Number.parseInt(hex.slice(at * 2, at * 2 + 2), 16));
}

/** The level above: two by two; whoever has no sibling goes up as it is, which comes to the same as splitting at the largest power of two. */
function above(digest: Digest, level: readonly string[]): readonly string[] {
  const nodes: string[] = [];
  for (let at = 0; at < level.length; at += 2) {
    const [left = '', right] = [level[at], level[at + 1]];
    nodes.push(right === undefined ? left : nodeHash(digest, left, right));
  }
  return nodes;
}

export function treeOf(digest: Digest, leaves: readonly string[]): Tree {
  const levels = [leaves];
  for (let level = leaves; level.length > 1; levels.push(level)) level = above(digest, level);
  return {
    root: levels.at(-1)?.[0] ?? digest(new Uint8Array()), size: leaves.length,
    pathTo: at => levels.flatMap((level, height) => level[Math.floor(at / 2 ** height) ^ 1] ?? []),
  };
}
