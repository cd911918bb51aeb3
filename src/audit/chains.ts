import type { Knex } from 'knex';
import { breakIn, emptyHead, type Entry, type Head } from '../store/chain.ts';
import { sha256 } from '../store/trace.ts';
import type { Finding } from './verified.ts';

const entriesAtOnce = 5_000;
export const entryColumns = ['chain', 'seq', 'unit', 'at', 'actor', 'post', 'act', 'power', 'subject', 'traces', 'previous', 'hash'] as const;

/** Walks all chains from their first entry to their head. Answers how many there are. */
export async function walkChains(read: Knex, find: (finding: Finding) => void, step: (entries: readonly Entry[]) => void): Promise<number> {
  const heads: Head[] = await read('ledger_heads').select('chain', 'seq', 'hash').orderBy('chain');
  const named: { chain: string }[] = await read('ledger').distinct('chain').orderBy('chain');
  const chains = [...new Set([...heads.map(head => head.chain), ...named.map(row => row.chain)])].sort();
  for (const chain of chains) {
    const last = await walkChain(read, chain, find, step);
    const head = heads.find(one => one.chain === chain) ?? emptyHead(chain);
    if (Number(head.seq) !== last.seq || head.hash !== last.hash) find({ what: 'head', chain, seq: Math.max(last.seq, Number(head.seq)), why: 'cut' });
  }
  return chains.length;
}

async function walkChain(read: Knex, chain: string, find: (finding: Finding) => void, step: (entries: readonly Entry[]) => void): Promise<Head> {
  let last = emptyHead(chain);
  for (;;) {
    const rows: Entry[] = await read('ledger').select(...entryColumns).where({ chain }).where('seq', '>', last.seq).orderBy('seq').limit(entriesAtOnce);
    if (rows.length === 0) return last;
    const entries = rows.map(row => ({ ...row, seq: Number(row.seq), unit: Number(row.unit) }));
    breaksIn(last, entries, find);
    const end = entries[entries.length - 1];
    if (end !== undefined) last = { chain, seq: end.seq, hash: end.hash };
    step(entries);
  }
}

/** Every break of a run: after one, the walk goes on from the entry as it stands. */
function breaksIn(from: Head, entries: readonly Entry[], find: (finding: Finding) => void): void {
  let head = from;
  let rest = entries;
  for (let found = breakIn(head, rest, sha256); found !== undefined; found = breakIn(head, rest, sha256)) {
    find({ what: 'entry', chain: found.chain, seq: found.seq, why: found.why });
    const missing = found.why === 'missing';
    const at = missing ? rest.findIndex(entry => entry.seq > found.seq) : rest.findIndex(entry => entry.seq === found.seq);
    const here = rest[at];
    if (here === undefined) return;
    // A missing entry: take the next one as its successor. A changed one: its kept hash is what the next should name.
    head = missing ? { chain: here.chain, seq: here.seq - 1, hash: here.previous } : { chain: here.chain, seq: here.seq, hash: here.hash };
    rest = missing ? rest.slice(at) : rest.slice(at + 1);
  }
}
