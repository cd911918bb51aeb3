import { canonical, type Json } from '../kit/canonical.ts';

/** What a ledger entry says of the rows its unit wrote: how many, and a digest over them. Never a name, never a value. */
export interface Trace { readonly table: string; readonly rows: number; readonly digest: string }

export interface Entry {
  readonly chain: string;
  readonly seq: number;
  readonly unit: number;
  readonly at: string;
  readonly actor: string;
  readonly post: string | null;
  readonly act: string;
  readonly power: string;
  readonly subject: string;
  readonly traces: string;
  readonly previous: string;
  readonly hash: string;
}
export type Unlinked = Omit<Entry, 'seq' | 'previous' | 'hash'>;
export interface Head { readonly chain: string; readonly seq: number; readonly hash: string }

export type Digest = (text: string) => string;

/** The head of a chain that has no entry yet. */
export const emptyHead = (chain: string): Head => ({ chain, seq: 0, hash: '' });

/** Ties an entry to the one before it. */
export function link(head: Head, entry: Unlinked, digest: Digest): Entry {
  const linked = { ...entry, seq: head.seq + 1, previous: head.hash };
  return { ...linked, hash: digest(canonical(linked as unknown as Json)) };
}

export interface Break { readonly chain: string; readonly seq: number; readonly why: 'changed' | 'missing' | 'order' | 'link' }

/** Walks a run of entries in order; the first break of each kind is named by its exact place. */
export function breakIn(head: Head, entries: readonly Entry[], digest: Digest): Break | undefined {
  let last = head;
  for (const entry of entries) {
    const place = { chain: entry.chain, seq: entry.seq };
    if (entry.seq > last.seq + 1) return { chain: entry.chain, seq: last.seq + 1, why: 'missing' };
    if (entry.seq !== last.seq + 1) return { ...place, why: 'order' };
    const { hash, ...rest } = entry;
    if (digest(canonical(rest as unknown as Json)) !== hash) return { ...place, why: 'changed' };
    if (entry.previous !== last.hash) return { ...place, why: 'link' };
    last = { chain: entry.chain, seq: entry.seq, hash };
  }
  return undefined;
}
