import type { Knex } from 'knex';
import { emptyHead, link, type Head, type Unlinked } from './chain.ts';
import type { Row, ValueList } from './dialect.ts';
import { bringIntoForce, type Computed } from './in-force.ts';
import type { Store } from './open.ts';
import { tableOf, type TableName } from './tables.ts';
import { told } from './told.ts';
import { sha256 } from './trace.ts';

export type Op =
  | { readonly kind: 'insert' | 'put' | 'remove'; readonly table: TableName; readonly rows: readonly Row[] }
  | { readonly kind: 'change'; readonly table: TableName; readonly rows: readonly Row[]; readonly columns: readonly string[] }
  /** What a run computed comes into force: see `in-force.ts`. */
  | { readonly kind: 'enforce'; readonly table: 'cases'; readonly rows: readonly [Row]; readonly computed: Computed }
  /** Whole lists of new values, packed: see `Dialect.fillValues`. */
  | { readonly kind: 'fill'; readonly table: 'current_values'; readonly rows: readonly [Row]; readonly lists: readonly ValueList[] };

export interface Staged { readonly ops: readonly Op[]; readonly entries: readonly Unlinked[] }
interface Waiting extends Staged { readonly done: () => void; readonly failed: (error: unknown) => void }

type WriterStore = Pick<Store, 'write' | 'dialect' | 'home'>;

const unitsPerCommit = 64;

/**
 * The one place that writes. Units that wait share a commit; each table is written once per commit as JSON.
 * If the commit fails its units are replayed one by one, so that a bad one never fails its neighbours.
 */
export class Writer {
  readonly #store: WriterStore;
  readonly #waiting: Waiting[] = [];
  readonly #versions = new Map<TableName, number>();
  /** The last entry of each chain, as committed. Nobody else writes here; whoever does all the same is met by the ledger's key, and the heads are read again. */
  readonly #heads = new Map<string, Head>();
  #running = false;

  constructor(store: WriterStore) { this.#store = store; }

  /** Resolves after COMMIT: only then may anybody be told that it is saved. */
  commit(staged: Staged): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ ...staged, done: resolve, failed: reject });
      if (!this.#running) { this.#running = true; void this.#drain(); }
    });
  }

  /** How often any of these tables was written since the start: what rendered pages are kept by. */
  version(tables: readonly TableName[]): number {
    let sum = 0;
    for (const table of tables) sum += this.#versions.get(table) ?? 0;
    return sum;
  }

  async #drain(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, unitsPerCommit);
      try {
        await this.#writeAll(batch);
        for (const unit of batch) unit.done();
      } catch { await this.#replay(batch); }
    }
    this.#running = false;
  }

  async #replay(batch: readonly Waiting[]): Promise<void> {
    for (const unit of batch) {
      this.#heads.clear();
      try { await this.#writeAll([unit]); unit.done(); } catch (error) { unit.failed(told(this.#store.dialect, error)); }
    }
  }

  async #writeAll(batch: readonly Waiting[]): Promise<void> {
    const heads = await this.#store.write.transaction(async trx => {
      await this.#store.dialect.deferKeys(trx);
      const linked = await this.#link(trx, batch.flatMap(unit => unit.entries));
      for (const group of grouped(batch.flatMap(unit => unit.ops))) await this.#apply(trx, group);
      return linked;
    });
    this.#store.home.told();
    for (const head of heads) this.#heads.set(head.chain, head);
    for (const unit of batch) for (const op of unit.ops) this.#versions.set(op.table, (this.#versions.get(op.table) ?? 0) + 1);
  }

  /** Writes the entries, each tied to the last of its chain; answers the new heads. */
  async #link(trx: Knex, entries: readonly Unlinked[]): Promise<readonly Head[]> {
    if (entries.length === 0) return [];
    const heads = await this.#headsOf(trx, [...new Set(entries.map(entry => entry.chain))]);
    const linked = entries.map(entry => {
      const next = link(heads.get(entry.chain) ?? emptyHead(entry.chain), entry, sha256);
      heads.set(entry.chain, { chain: next.chain, seq: next.seq, hash: next.hash });
      return next;
    });
    await this.#store.dialect.insertRows(trx, 'ledger', ['chain', 'seq', 'unit', 'at', 'actor', 'post', 'act', 'power', 'subject', 'traces', 'previous', 'hash'], linked.map(entry => ({ ...entry })));
    await this.#store.dialect.insertRows(trx, 'ledger_heads', ['chain', 'seq', 'hash'], [...heads.values()].map(head => ({ ...head })), ['chain']);
    return [...heads.values()];
  }

  async #headsOf(trx: Knex, chains: readonly string[]): Promise<Map<string, Head>> {
    const known = chains.map(chain => this.#heads.get(chain)).filter(head => head !== undefined);
    const others = chains.filter(chain => !this.#heads.has(chain));
    const rows: readonly Head[] = others.length === 0 ? [] : await trx('ledger_heads').select('chain', 'seq', 'hash').whereIn('chain', others);
    return new Map([...known, ...rows.map(row => ({ ...row, seq: Number(row.seq) }))].map(head => [head.chain, head]));
  }

  async #apply(trx: Knex, op: Op): Promise<void> {
    const { key } = tableOf(op.table);
    switch (op.kind) {
      case 'insert': return this.#store.dialect.insertRows(trx, op.table, columnsOf(op.rows), op.rows);
      case 'put': return this.#store.dialect.insertRows(trx, op.table, columnsOf(op.rows), op.rows, key);
      case 'remove': return this.#store.dialect.deleteRows(trx, op.table, key, op.rows);
      case 'enforce': return bringIntoForce(trx, op.computed);
      case 'fill': return this.#store.dialect.fillValues(trx, Number(op.rows[0]['round']), op.lists);
      case 'change': return this.#store.dialect.updateRows(trx, op.table, key, op.columns, op.rows);
    }
  }
}

const columnsOf = (rows: readonly Row[]): string[] => Object.keys(rows[0] ?? {});

interface Group { readonly op: Op; readonly shape: string; readonly parts: (readonly Row[])[]; readonly keys: Set<string> }

/** Joins operations of one shape on one table, keeping their order where it matters; the same row twice starts a new statement. */
export function grouped(ops: readonly Op[]): Op[] {
  const groups: Group[] = [];
  const byTable = new Map<TableName, Group[]>();
  for (const op of ops) {
    if (op.rows.length === 0) continue;
    const shape = shapeOf(op);
    const own = byTable.get(op.table) ?? [];
    const before = shape === '' ? undefined : alike(own, op, shape);
    if (before !== undefined && joins(before, op.rows)) continue;
    const group = { op, shape, parts: [op.rows], keys: new Set<string>() };
    byTable.set(op.table, [...own, group]);
    groups.push(group);
  }
  return groups.map(({ op, parts }) => parts.length === 1 ? op : { ...op, rows: parts.flat() } as Op);
}

/** The last group of this shape. Only changes of other columns may lie between: it is all one which of the two comes first. */
function alike(groups: readonly Group[], op: Op, shape: string): Group | undefined {
  for (const group of groups.toReversed()) {
    if (group.shape === shape) return group;
    const { op: other } = group;
    if (op.kind !== 'change' || other.kind !== 'change' || other.columns.some(column => op.columns.includes(column))) return undefined;
  }
  return undefined;
}

/** What two operations must share to be one statement; empty for those that always stand alone. */
function shapeOf(op: Op): string {
  if (op.kind === 'enforce' || op.kind === 'fill') return '';
  return `${op.kind} ${op.kind === 'change' ? op.columns.join() : op.kind === 'remove' ? '' : columnsOf(op.rows).join()}`;
}

/** Adds rows to a group, unless one of them is in it already. A group of one operation has not read its keys yet: most never need them. */
function joins({ op, parts, keys }: Group, rows: readonly Row[]): boolean {
  const { key } = tableOf(op.table);
  const textOf = (row: Row): string => key.map(column => row[column]).join('|');
  if (keys.size === 0) for (const row of parts[0] ?? []) keys.add(textOf(row));
  const own = rows.map(textOf);
  if (own.some(text => keys.has(text))) return false;
  parts.push(rows);
  for (const text of own) keys.add(text);
  return true;
}
