import type { Knex } from 'knex';
import { actorId, type Actor } from '../access/actor.ts';
import { may, postFor } from '../access/may.ts';
import type { Power } from '../access/rules.ts';
import { chainOf, type Subject } from '../access/subject.ts';
import { assert } from '../kit/assert.ts';
import { canonical } from '../kit/canonical.ts';
import type { Refusal } from '../kit/refusal.ts';
import { common } from '../kit/refusals.ts';
import { dayOf, type Clock, type Day, type Instant } from '../kit/time.ts';
import type { Unlinked } from './chain.ts';
import type { Row, ValueList } from './dialect.ts';
import type { Computed } from './in-force.ts';
import type { Numbers } from './numbers.ts';
import type { Queue } from './queue.ts';
import { tableOf, type TableName } from './tables.ts';
import { digestOf } from './trace.ts';
import type { Op, Writer } from './writer.ts';

/** What a unit needs of the office. */
export interface Desk {
  readonly read: Knex;
  readonly clock: Clock;
  readonly writer: Writer;
  readonly queue: Queue;
  readonly numbers: Numbers;
}

/** What the ledger will say: the act's name and what it was about. */
export interface Note { readonly act: string; readonly power: Power; readonly subject: Subject }

/**
 * The open transaction of an act. It reads the committed world, decides, and stages; nothing is written before the act returns.
 * No trace without leave: `record` insists that `require` was asked for the same power and subject.
 */
export interface Unit {
  readonly actor: Actor;
  readonly at: Instant;
  readonly day: Day;
  readonly no: number;
  readonly read: Knex;
  require(power: Power, subject: Subject): void;
  insert(table: TableName, rows: Row | readonly Row[]): void;
  /** Inserts, or replaces the row with the same key. */
  put(table: TableName, rows: Row | readonly Row[]): void;
  /** Changes rows found by key; all rows name the same columns. */
  change(table: TableName, rows: Row | readonly Row[]): void;
  remove(table: TableName, keys: Row | readonly Row[]): void;
  /** The ratings of a run come into force and their cases are rated, both at once and inside the database: a hundred thousand rows never pass through here. */
  enforce(computed: Omit<Computed, 'at'>): void;
  /** New values of subjects that have none yet, packed as `Dialect.fillValues` wants them: a file of millions goes in this way. */
  fill(round: number, lists: readonly ValueList[]): void;
  record(note: Note): void;
  /** The act found that all is done already: commit nothing, answer the first outcome. */
  nothingNew<T>(outcome: T): T;
  /** Commit what was staged (a failed try, a denied look), then refuse. */
  refuseAfter(refusal: Refusal): void;
  number(name: string, count?: number): Promise<number>;
}

/** Runs an act as one unit. `keys` name the subjects whose world must be settled while it decides. */
export async function inUnit<T>(desk: Desk, actor: Actor, keys: readonly string[], act: (unit: Unit) => Promise<T>): Promise<T> {
  return desk.queue.run(keys, async () => {
    const unit = new OpenUnit(desk, actor, await desk.numbers.take('unit'));
    const outcome = await act(unit);
    await unit.commit();
    return outcome;
  });
}

class OpenUnit implements Unit {
  readonly actor: Actor;
  readonly at: Instant;
  readonly day: Day;
  readonly no: number;
  readonly read: Knex;
  readonly #desk: Desk;
  readonly #ops: Op[] = [];
  readonly #notes: Note[] = [];
  readonly #leave = new Set<string>();
  #nothingNew = false;
  #refusal: Refusal | undefined;

  constructor(desk: Desk, actor: Actor, no: number) {
    this.#desk = desk;
    this.actor = actor;
    this.no = no;
    this.at = desk.clock.now();
    this.day = dayOf(this.at);
    this.read = desk.read;
  }

  require(power: Power, subject: Subject): void {
    const leave = may(this.actor, power, subject);
    if (leave !== true) common.refuse('not-allowed', { why: leave });
    this.#leave.add(`${power} ${subject.id}`);
  }

  insert(table: TableName, rows: Row | readonly Row[]): void {
    const list = many(rows);
    this.#ops.push({ kind: 'insert', table, rows: tableOf(table).trace === undefined ? list : list.map(row => ({ ...row, unit: this.no })) });
  }

  put(table: TableName, rows: Row | readonly Row[]): void {
    assert(tableOf(table).trace === undefined, `${table} is append-only`);
    this.#ops.push({ kind: 'put', table, rows: many(rows) });
  }

  change(table: TableName, rows: Row | readonly Row[]): void {
    assert(tableOf(table).trace === undefined, `${table} is append-only`);
    const list = many(rows);
    const { key } = tableOf(table);
    this.#ops.push({ kind: 'change', table, rows: list, columns: Object.keys(list[0] ?? {}).filter(column => !key.includes(column)) });
  }

  remove(table: TableName, keys: Row | readonly Row[]): void { this.#ops.push({ kind: 'remove', table, rows: many(keys) }); }

  enforce(given: Omit<Computed, 'at'>): void {
    this.#ops.push({ kind: 'enforce', table: 'cases', computed: { ...given, at: this.at }, rows: [{}] });
  }

  fill(round: number, lists: readonly ValueList[]): void {
    if (lists.length > 0) this.#ops.push({ kind: 'fill', table: 'current_values', rows: [{ round }], lists });
  }

  record(note: Note): void {
    assert(this.#leave.has(`${note.power} ${note.subject.id}`), `${note.act}: leave was asked for ${note.power}`);
    this.#notes.push(note);
  }

  nothingNew<T>(outcome: T): T { this.#nothingNew = true; return outcome; }
  refuseAfter(refusal: Refusal): void { this.#refusal = refusal; }
  number(name: string, count = 1): Promise<number> { return this.#desk.numbers.take(name, count); }

  async commit(): Promise<void> {
    if (this.#nothingNew) { assert(this.#ops.length === 0, 'a unit with nothing new wrote nothing'); return; }
    assert(this.#notes.length > 0, 'a unit leaves a trace');
    await this.#desk.writer.commit({ ops: this.#ops, entries: this.#entries() });
    if (this.#refusal !== undefined) throw this.#refusal;
  }

  /** One entry per note; the first carries the digests of all rows the unit appended. */
  #entries(): Unlinked[] {
    return this.#notes.map((note, at) => ({
      chain: chainOf(note.subject.paths[0] ?? '/'), unit: this.no, at: this.at, actor: actorId(this.actor),
      post: postFor(this.actor, note.power, note.subject)?.id ?? null,
      act: note.act, power: note.power, subject: note.subject.id,
      traces: at === 0 ? canonical(this.#traces()) : '[]',
    }));
  }

  #traces(): { table: string; rows: number; digest: string }[] {
    const byTable = new Map<TableName, readonly Row[]>();
    for (const op of this.#ops) {
      if (op.kind !== 'insert' || tableOf(op.table).trace === undefined) continue;
      const rows = byTable.get(op.table);
      byTable.set(op.table, rows === undefined ? op.rows : [...rows, ...op.rows]);
    }
    return [...byTable].map(([table, rows]) => ({ table, rows: rows.length, digest: digestOf(table, rows) }));
  }
}

const many = (rows: Row | readonly Row[]): readonly Row[] => Array.isArray(rows) ? rows as readonly Row[] : [rows as Row];
