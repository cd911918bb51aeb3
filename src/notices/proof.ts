import type { Knex } from 'knex';
import { canonical } from '../kit/canonical.ts';
import { leafHash, treeOf, type Tree } from '../kit/tree-hash.ts';
import type { Day } from '../kit/time.ts';
import { sha256Bytes } from '../store/trace.ts';

/** What stands above the lines of a sheet: the first leaf of its tree. */
export interface Head { readonly notice: string; readonly place: string; readonly year: number; readonly title: string; readonly told: string; readonly posted: Day; readonly until: Day; readonly where: string; readonly phone: string }
/** One line of the sheet. `shown` is empty for a household that did not agree to be named. */
export interface Entry { readonly seq: number; readonly shown: string; readonly group: string; readonly grade: number; readonly salt: string }

export const headText = (head: Head): string => canonical({ ...head });
/** The salted leaf of a line: proves what hung, and tells nothing once line and salt are gone. */
export const leafOfEntry = (notice: string, { seq, shown, group, grade, salt }: Entry): string => leafHash(sha256Bytes, canonical({ notice, seq, shown, group, grade, salt }));
/** The tree over a sheet: its head, then its lines in their order. */
export const treeOfNotice = (head: string, leaves: readonly string[]): Tree => treeOf(sha256Bytes, [leafHash(sha256Bytes, head), ...leaves]);

interface Kept { readonly notice: string; readonly head: string; readonly size: number; readonly root: string }
interface Line { readonly notice: string; readonly seq: number; readonly shown: string; readonly group_name: string; readonly grade: number; readonly salt: string; readonly leaf: string }
const lineColumns = ['notice', 'seq', 'shown', 'group_name', 'grade', 'salt', 'leaf'] as const;

export async function rootOf(read: Knex, notice: string): Promise<string> {
  const row: { root: string } | undefined = await read('notice_heads').where({ notice }).first('root');
  return row?.root ?? '';
}

export interface Proof {
  readonly method: string; readonly root: string; readonly size: number; readonly head: { readonly text: string; readonly path: readonly string[] };
  readonly lines: readonly { readonly seq: number; readonly leaf: string; readonly path: readonly string[]; readonly text?: string }[];
}

/** Every line of a sheet with its way to the root, so that one of them can be shown without the others; the words only of those that are named still. */
export async function proofOf(read: Knex, notice: string): Promise<Proof | undefined> {
  const kept: Kept | undefined = await read('notice_heads').where({ notice }).first('notice', 'head', 'size', 'root');
  if (kept === undefined) return undefined;
  const lines: Line[] = await read('notice_entries').where({ notice }).orderBy('seq').select(...lineColumns);
  const tree = treeOfNotice(kept.head, lines.map(line => line.leaf));
  return {
    method: 'RFC 6962, SHA-256', root: kept.root, size: kept.size, head: { text: kept.head, path: tree.pathTo(0) },
    lines: lines.map((line, at) => ({ seq: line.seq, leaf: line.leaf, path: tree.pathTo(at + 1), ...line.shown === '' ? {} : { text: canonical({ notice, seq: line.seq, shown: line.shown, group: line.group_name, grade: line.grade, salt: line.salt }) } })),
  };
}

/** Works out every posted sheet again: its head as the notice says, each line that still has its salt, and the root over all. Names what is not as it hung. */
export async function checkNotices(read: Knex): Promise<{ readonly looked: number; readonly wrong: readonly string[] }> {
  const wrong: string[] = [];
  let looked = 0;
  for (let after = ''; ;) {
    const kept: (Kept & { readonly posted_on: Day; readonly until: Day; readonly where_posted: string; readonly phone: string })[] = await read('notice_heads').join('notices', 'notices.id', 'notice_heads.notice').where('notice_heads.notice', '>', after).orderBy('notice_heads.notice').limit(noticesAtOnce)
      .select('notice_heads.notice', 'notice_heads.head', 'notice_heads.size', 'notice_heads.root', 'notices.posted_on', 'notices.until', 'notices.where_posted', 'notices.phone');
    if (kept.length === 0) return { looked, wrong };
    const lines: Line[] = await read('notice_entries').whereIn('notice', kept.map(one => one.notice)).orderBy('notice').orderBy('seq').select(...lineColumns);
    const byNotice = Map.groupBy(lines, line => line.notice);
    for (const one of kept) {
      const own = byNotice.get(one.notice) ?? [];
      looked += own.length + 1;
      const head = JSON.parse(one.head) as Head;
      if (head.posted !== one.posted_on || head.until !== one.until || head.where !== one.where_posted || head.phone !== one.phone) wrong.push(`公示 ${one.notice}，抬头`);
      for (const line of own) if (line.salt !== '' && leafOfEntry(one.notice, { ...line, group: line.group_name }) !== line.leaf) wrong.push(`公示 ${one.notice}，第 ${line.seq} 行`);
      const tree = treeOfNotice(one.head, own.map(line => line.leaf));
      if (tree.size !== one.size || tree.root !== one.root) wrong.push(`公示 ${one.notice}，整份`);
      after = one.notice;
    }
  }
}
const noticesAtOnce = 100;
