import type { Knex } from 'knex';
import type { Trace } from '../store/chain.ts';
import type { Row } from '../store/dialect.ts';
import { tableNames, tableOf, type TableName } from '../store/tables.ts';
import { digestOf, keyText, leafOf, leavesDigest } from '../store/trace.ts';
import type { Finding } from './verified.ts';

const entriesAtOnce = 20_000;
const rowsAtOnce = 100_000;

interface Spoken { readonly chain: string; readonly seq: number; readonly unit: number; readonly traces: readonly Trace[] }
interface Tombstone { readonly about: string; readonly row_key: string; readonly unit: number; readonly leaf: string; readonly at: string }
export interface RowsCompared { readonly rows: number; readonly erased: number; readonly erasures: readonly { readonly chain: string; readonly seq: number; readonly rows: number }[] }

const traced = tableNames.filter(name => tableOf(name).trace !== undefined);

/** Recomputes what every entry says of the rows its unit wrote, in ranges of units, so that memory stays the same for any office. */
export async function compareRows(read: Knex, find: (finding: Finding) => void, step: (entries: readonly Spoken[]) => void): Promise<RowsCompared> {
  let rows = 0;
  const graves: Tombstone[] = [];
  let after = -1;
  for (;;) {
    const spoken = await nextEntries(read, after);
    const isLast = spoken.length === 0;
    const until = isLast ? undefined : spoken[spoken.length - 1]?.unit;
    const erased = await tombstones(read, after, until);
    graves.push(...erased);
    const byUnit = new Map<number, Spoken>();
    // The first entry of a unit carries the traces of all its rows.
    for (const entry of spoken) if (entry.traces.length > 0 || !byUnit.has(entry.unit)) byUnit.set(entry.unit, entry);
    for (const table of traced) rows += await compareTable(read, table, { after, until }, byUnit, erased, find);
    step(spoken);
    if (until === undefined) break;
    after = until;
  }
  return { rows, erased: graves.length, erasures: await erasuresOf(read, graves, find) };
}

/** Entries of the next units, cut where their rows would fill the memory; never within a unit. */
async function nextEntries(read: Knex, after: number): Promise<readonly Spoken[]> {
  const found: { chain: string; seq: number; unit: number; traces: string }[] = await read('ledger').select('chain', 'seq', 'unit', 'traces').where('unit', '>', after).orderBy('unit').orderBy('seq').limit(entriesAtOnce);
  const entries = found.map(row => ({ chain: row.chain, seq: Number(row.seq), unit: Number(row.unit), traces: tracesOf(row.traces) }));
  const lastUnit = entries[entries.length - 1]?.unit ?? 0;
  const whole = entries.length < entriesAtOnce || entries[0]?.unit === lastUnit ? entries : entries.filter(entry => entry.unit < lastUnit);
  let sum = 0;
  let cut = whole.length;
  for (const [at, entry] of whole.entries()) {
    sum += entry.traces.reduce((all, trace) => all + trace.rows, 0);
    if (sum > rowsAtOnce && at + 1 < whole.length && whole[at + 1]?.unit !== entry.unit) { cut = at + 1; break; }
  }
  return whole.slice(0, cut);
}

/** A forged entry may hold anything; the chain tells that it was changed, so here it only speaks of nothing. */
function tracesOf(text: string): readonly Trace[] {
  try {
    const read: unknown = JSON.parse(text);
    return Array.isArray(read) ? (read as readonly Trace[]).filter(trace => typeof trace?.table === 'string' && typeof trace.rows === 'number') : [];
  } catch { return []; }
}

interface Range { readonly after: number; readonly until: number | undefined }
const inRange = (query: Knex.QueryBuilder, { after, until }: Range): Knex.QueryBuilder => until === undefined ? query.where('unit', '>', after) : query.where('unit', '>', after).where('unit', '<=', until);

async function tombstones(read: Knex, after: number, until: number | undefined): Promise<readonly Tombstone[]> {
  const rows: Tombstone[] = await inRange(read('tombstones').select('about', 'row_key', 'unit', 'leaf', 'at'), { after, until });
  return rows.map(row => ({ ...row, unit: Number(row.unit) }));
}

/** One table over a range of units. Answers how many rows agreed. */
async function compareTable(read: Knex, table: TableName, range: Range, entries: ReadonlyMap<number, Spoken>, graves: readonly Tombstone[], find: (finding: Finding) => void): Promise<number> {
  const held = new Map<number, Row[]>();
  const found: Row[] = await inRange(read(table).select('*'), range) as Row[];
  for (const row of found) {
    const unit = Number(row['unit']);
    const rows = held.get(unit);
    if (rows === undefined) held.set(unit, [row]); else rows.push(row);
  }
  let agreed = 0;
  const met = new Set<number>();
  for (const [unit, entry] of entries) {
    const trace = entry.traces.find(one => one.table === table);
    if (trace === undefined) continue;
    met.add(unit);
    const rows = held.get(unit) ?? [];
    const buried = graves.filter(grave => grave.about === table && grave.unit === unit);
    const count = rows.length + buried.length;
    const place = { what: 'rows' as const, chain: entry.chain, seq: entry.seq, table };
    if (count !== trace.rows) find({ ...place, why: count < trace.rows ? 'fewer' : 'more' });
    else if (digestWith(table, rows, buried) !== trace.digest) find({ ...place, why: 'changed' });
    else agreed += rows.length;
  }
  for (const unit of held.keys()) if (!met.has(unit)) { const entry = entries.get(unit); find({ what: 'rows', chain: entry?.chain ?? '', seq: entry?.seq ?? 0, table, why: 'more', ...entry === undefined ? { about: `批号 ${unit}` } : {} }); }
  return agreed;
}

/** The digest with the leaves of erased rows standing in for them. */
function digestWith(table: TableName, rows: readonly Row[], buried: readonly Tombstone[]): string {
  if (buried.length === 0) return digestOf(table, rows);
  const leaves = [...rows.map(row => ({ key: keyText(table, row), leaf: leafOf(row) })), ...buried.map(grave => ({ key: grave.row_key, leaf: grave.leaf }))];
  return leavesDigest(leaves.sort((a, b) => a.key < b.key ? -1 : a.key > b.key ? 1 : 0).map(({ leaf }) => leaf));
}

/** Every erased row must have gone by an act that the ledger knows. */
async function erasuresOf(read: Knex, graves: readonly Tombstone[], find: (finding: Finding) => void): Promise<RowsCompared['erasures']> {
  const times = new Map<string, number>();
  for (const grave of graves) times.set(grave.at, (times.get(grave.at) ?? 0) + 1);
  const erasures: { chain: string; seq: number; rows: number }[] = [];
  for (const [at, rows] of times) {
    const entry: { chain: string; seq: number } | undefined = await read('ledger').where({ at }).where(any => { void any.where('act', 'like', '%.forgotten').orWhere('act', 'like', '%.taken-back'); }).orderBy('chain').first('chain', 'seq');
    if (entry === undefined) find({ what: 'erasure', chain: '', seq: 0, why: 'unknown', about: at }); else erasures.push({ chain: entry.chain, seq: Number(entry.seq), rows });
  }
  return erasures;
}
