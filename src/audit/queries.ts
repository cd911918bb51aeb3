import type { Knex } from 'knex';
import { reach } from '../access/may.ts';
import type { Actor } from '../access/actor.ts';
import { limits } from '../kit/limits.ts';
import { decodeCursor, sliceOf, type Slice } from '../kit/slice.ts';
import { addDays, startOf, type Day, type Instant } from '../kit/time.ts';
import { ancestorNo } from '../places/place.ts';
import { unitsAbout } from './subject-units.ts';

export interface EntryRow { readonly chain: string; readonly seq: number; readonly unit: number; readonly at: Instant; readonly actor: string; readonly act: string; readonly subject: string }

export interface Wanted {
  /** Everything about one household, case, standard, place or officer, bulk acts included. */
  readonly subject?: string | undefined;
  /** Part of an officer's name, or a login. */
  readonly officer?: string | undefined;
  readonly from?: Day | undefined;
  readonly to?: Day | undefined;
  readonly cursor?: string | undefined;
}

/** Entries the actor may see, newest first. */
export async function entriesFor(read: Knex, actor: Actor, wanted: Wanted): Promise<Slice<EntryRow>> {
  const cursor = decodeCursor(wanted.cursor, ['text', 'text', 'number']);
  const back = cursor?.direction === 'prev';
  const query = read('ledger').select('chain', 'seq', 'unit', 'at', 'actor', 'act', 'subject');
  await seen(read, query, reach(actor, 'ledger.read'));
  if (wanted.subject !== undefined) await about(read, query, wanted.subject);
  if (wanted.officer !== undefined) void query.whereIn('actor', await actorsNamed(read, wanted.officer));
  if (wanted.from !== undefined) void query.where('at', '>=', startOf(wanted.from));
  if (wanted.to !== undefined) void query.where('at', '<', startOf(addDays(wanted.to, 1)));
  if (cursor !== undefined) {
    const [at = '', chain = '', seq = 0] = cursor.key;
    void query.where(beyond => {
      const sign = back ? '>' : '<';
      void beyond.where('at', sign, at)
        .orWhere(same => { void same.where('at', at).where('chain', sign, chain); })
        .orWhere(same => { void same.where('at', at).where('chain', chain).where('seq', sign, seq); });
    });
  }
  const way = back ? 'asc' : 'desc';
  const rows: EntryRow[] = await query.orderBy('at', way).orderBy('chain', way).orderBy('seq', way).limit(limits.rowsPerPage + 1);
  return sliceOf(rows.map(row => ({ ...row, seq: Number(row.seq), unit: Number(row.unit) })), { size: limits.rowsPerPage, cursor, keyOf: row => [row.at, row.chain, row.seq] });
}

/** Whether any entry the actor may see speaks of it. Nobody is told of what none does: that it exists, or where. */
export async function isSpokenOf(read: Knex, actor: Actor, subject: string): Promise<boolean> {
  const query = read('ledger');
  await seen(read, query, reach(actor, 'ledger.read'));
  await about(read, query, subject);
  return await query.first('seq') !== undefined;
}

async function about(read: Knex, query: Knex.QueryBuilder, subject: string): Promise<void> {
  const units = await unitsAbout(read, subject);
  void query.where(any => { void any.where({ subject }); if (units.length > 0) void any.orWhereIn('unit', units); });
}

/** A county post sees its county's chain and those of its townships; a village post what is about its village. */
async function seen(read: Knex, query: Knex.QueryBuilder, paths: readonly string[]): Promise<void> {
  if (paths.includes('/')) return;
  const wide = paths.filter(path => ancestorNo(path, 'village') === undefined);
  const townships: { no: number }[] = wide.length === 0 ? [] : await read('places').where({ kind: 'township' }).where(any => { for (const path of wide) void any.orWhere('path', 'like', `${path}%`); }).select('no');
  const counties = wide.filter(path => ancestorNo(path, 'township') === undefined).map(path => ancestorNo(path, 'county')).filter(no => no !== undefined);
  const chains = [...townships.map(({ no }) => `t${no}`), ...counties.map(no => `x${no}`)];
  const villages = paths.filter(path => ancestorNo(path, 'village') !== undefined);
  void query.where(any => {
    void any.whereIn('chain', chains);
    for (const path of villages) {
      void any.orWhereIn('subject', below => { void below.from('places').select('id').where('path', 'like', `${path}%`); })
        .orWhereIn('subject', below => { void below.from('households').select('id').where({ village_no: ancestorNo(path, 'village') ?? 0 }); });
    }
  });
}

async function actorsNamed(read: Knex, words: string): Promise<string[]> {
  const fixed = new Map([['系统', 'clock'], ['命令行', 'console'], ['来访者', 'anyone']]).get(words);
  const found: { id: string }[] = await read('officers').where('name', 'like', `%${words.replace(/[%_\\]/g, '')}%`).orWhere({ login: words.toLowerCase() }).orWhere({ id: words }).select('id').limit(100);
  return [...found.map(row => row.id), ...fixed === undefined ? [] : [fixed]];
}
