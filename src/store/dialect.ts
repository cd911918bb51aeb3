import type { Knex } from 'knex';
import { packed } from './packed.ts';

export type Row = Record<string, string | number | null>;

/** The values of one subject and the sheet that told them; each fact is `(value × 8 + state) × 4096 + indicator`. */
export interface ValueList { readonly subject: number; readonly sheet: number; readonly facts: readonly number[] }
export const packable = (value: number): boolean => Math.abs(value) < 2 ** 37;
export const packFact = (fact: { readonly indicator: number; readonly value: number | null; readonly state: number }): number => ((fact.value ?? 0) * 8 + fact.state) * 4096 + fact.indicator;

/** Every question whose answer depends on the database, both answers side by side. Nothing else may know which one it is. */
export interface Dialect {
  readonly name: 'sqlite' | 'postgres';
  /** Inserts rows as one JSON argument: no limit on their number, one parse, one plan. */
  insertRows(trx: Knex, table: string, columns: readonly string[], rows: readonly Row[], onConflict?: readonly string[]): Promise<void>;
  /** Inserts current values from packed lists: one number a value instead of a row of six, measured three times as fast. */
  fillValues(trx: Knex, round: number, lists: readonly ValueList[]): Promise<void>;
  /** Updates rows found by `key`, each with its own values for `columns`. */
  updateRows(trx: Knex, table: string, key: readonly string[], columns: readonly string[], rows: readonly Row[]): Promise<void>;
  deleteRows(trx: Knex, table: string, key: readonly string[], rows: readonly Row[]): Promise<void>;
  /** Lets foreign keys be checked at commit, so that tables can be written in any order. */
  deferKeys(trx: Knex): Promise<void>;
  /** Which unique rule said no (index or column names), or undefined. */
  uniqueFault(error: unknown): string | undefined;
  isForeignFault(error: unknown): boolean;
  /** Disk full, locked, serialisation: try again later. */
  isBusy(error: unknown): boolean;
  tables(db: Knex): Promise<string[]>;
  /** Runs reads that all see the database as it was at their first one, while others go on writing. */
  snapshot<T>(db: Knex, work: (trx: Knex) => Promise<T>): Promise<T>;
  /** Brings what was committed from a write-ahead log into the database file; nobody waits who writes or reads. */
  bringHome(db: Knex): Promise<void>;
  /** Empties the database of every table, within the caller's transaction. */
  dropTables(trx: Knex): Promise<void>;
  /** Whether a text column is one of a JSON list, bound as one argument: thousands of them bound one by one cost as much again as looking them up. */
  isAmong(column: string): string;
  /** The rows of a select as one JSON text: crosses the driver six times faster than row objects on SQLite. */
  asJsonArray(columns: readonly string[]): string;
  /** One expression over all rows (or those that meet a condition) as a flat JSON list: the lightest way across for numbers. */
  asJsonList(expression: string, where?: string): string;
}

export const dialectOf = (name: Dialect['name']): Dialect => name === 'sqlite' ? sqlite : postgres;
/** The dialect that a handle speaks. */
export const dialectFor = (db: Knex): Dialect => dialectOf((db.client as { config: { client: string } }).config.client === 'pg' ? 'postgres' : 'sqlite');

const quoted = (name: string): string => `"${name.replaceAll('"', '')}"`;
const list = (names: readonly string[], prefix = ''): string => names.map(name => prefix + quoted(name)).join(', ');
const onConflictSql = (columns: readonly string[], key?: readonly string[]): string => {
  if (key === undefined) return '';
  const rest = columns.filter(column => !key.includes(column));
  return rest.length === 0 ? ` on conflict (${list(key)}) do nothing`
    : ` on conflict (${list(key)}) do update set ${rest.map(column => `${quoted(column)} = excluded.${quoted(column)}`).join(', ')}`;
};
const matches = (key: readonly string[], left: string, right: (column: string) => string): string =>
  key.map(column => `${left}.${quoted(column)} = ${right(column)}`).join(' and ');
const onlyWhere = (condition: string | undefined): string => condition === undefined ? '' : ` filter (where ${condition})`;
const text = (error: unknown, field: string): string => {
  const value = typeof error === 'object' && error !== null ? (error as Record<string, unknown>)[field] : undefined;
  return typeof value === 'string' ? value : '';
};

const sqlite: Dialect = {
  name: 'sqlite',
  async insertRows(trx, table, columns, rows, onConflict) {
    const { same, columns: varying, lists } = packed(rows);
    const bound = columns.filter(column => column in same);
    const picks = columns.map(column => column in same ? '?' : `json_extract(value, '$[${varying.indexOf(column)}]')`).join(', ');
    // Binary JSON: read as text, each row would be parsed again for its columns, half the time of the whole insert.
    await trx.raw(`insert into ${quoted(table)} (${list(columns)}) select ${picks} from jsonb_each(?) where true${onConflictSql(columns, onConflict)}`, [...bound.map(column => same[column] ?? null), lists]);
  },
  async fillValues(trx, round, lists) {
    await trx.raw(`with h as materialized (select json_extract(value, '$[0]') as subject, json_extract(value, '$[1]') as sheet, jsonb_extract(value, '$[2]') as facts from jsonb_each(?))
      insert into current_values (round, subject, indicator, value, state, sheet)
      select ?, h.subject, v.value & 4095, case when (v.value >> 12) & 7 = 0 then v.value >> 15 end, (v.value >> 12) & 7, h.sheet from h, jsonb_each(h.facts) v where true`,
    [JSON.stringify(lists.map(list => [list.subject, list.sheet, list.facts])), round]);
  },
  async updateRows(trx, table, key, columns, rows) {
    const { same, columns: varying, lists } = packed(rows);
    const picked = (names: readonly string[]): string => names.map(column => `${column in same ? '?' : `json_extract(value, '$[${varying.indexOf(column)}]')`} as ${quoted(column)}`).join(', ');
    const bound = (names: readonly string[]): (string | number | null)[] => names.filter(column => column in same).map(column => same[column] ?? null);
    const own = columns.filter(column => !(column in same));
    if (own.length === 0) {   // All are moved alike: two thirds of the time of looking up what each of them gets.
      await trx.raw(`update ${quoted(table)} set ${columns.map(column => `${quoted(column)} = ?`).join(', ')} where (${list(key)}) in (select ${picked(key)} from jsonb_each(?))`, [...bound(columns), ...bound(key), lists]);
      return;
    }
    // Materialized, so that each row of the list finds its own by the whole key; else the list may be read anew for every row of the table.
    const sets = columns.map(column => `${quoted(column)} = ${column in same ? '?' : `j.${quoted(column)}`}`).join(', ');
    await trx.raw(`with j as materialized (select ${picked([...key, ...own])} from jsonb_each(?)) update ${quoted(table)} as t set ${sets} from j where ${matches(key, 't', column => `j.${quoted(column)}`)}`,
      [...bound(key), lists, ...bound(columns)]);
  },
  async deleteRows(trx, table, key, rows) {
    const arrays = rows.map(row => key.map(column => row[column] ?? null));
    // `in` finds each row by its key; a correlated `exists` would read the JSON again for every row of the table.
    const picks = key.map((_, at) => `json_extract(value, '$[${at}]')`).join(', ');
    await trx.raw(`delete from ${quoted(table)} where (${list(key)}) in (select ${picks} from jsonb_each(?))`, [JSON.stringify(arrays)]);
  },
  async deferKeys(trx) { await trx.raw('pragma defer_foreign_keys = on'); },
  uniqueFault(error) {
    const message = text(error, 'message');
    return /UNIQUE constraint failed: (.+)$/m.exec(message)?.[1] ?? (/PRIMARY KEY/.test(message) ? 'primary' : undefined);
  },
  isForeignFault: error => /FOREIGN KEY constraint failed/.test(text(error, 'message')),
  isBusy: error => /SQLITE_(BUSY|FULL|IOERR|READONLY|CANTOPEN)|database is locked|disk is full/.test(`${text(error, 'code')} ${text(error, 'message')}`),
  async tables(db) {
    const rows: { name: string }[] = await db('sqlite_master').select('name').where({ type: 'table' }).whereNot('name', 'like', 'sqlite_%');
    return rows.map(row => row.name);
  },
  snapshot: (db, work) => db.transaction(work),
  async bringHome(db) { await db.raw('pragma wal_checkpoint(passive)'); },
  async dropTables(trx) { for (const table of await sqlite.tables(trx)) await trx.raw(`drop table ${quoted(table)}`); },
  isAmong: column => `${column} in (select value from json_each(?))`,
  asJsonArray: columns => `json_group_array(json_array(${columns.join(', ')}))`,
  asJsonList: (expression, where) => `json_group_array(${expression})${onlyWhere(where)}`,
};

const postgres: Dialect = {
  name: 'postgres',
  async insertRows(trx, table, columns, rows, onConflict) {
    await trx.raw(`insert into ${quoted(table)} (${list(columns)}) select ${list(columns)} from json_populate_recordset(null::${quoted(table)}, ?::json)${onConflictSql(columns, onConflict)}`, [JSON.stringify(rows)]);
  },
  async fillValues(trx, round, lists) {
    await trx.raw(`insert into current_values (round, subject, indicator, value, state, sheet)
      select ?::bigint, (h.value->>0)::bigint, v.value::bigint & 4095, case when (v.value::bigint >> 12) & 7 = 0 then v.value::bigint >> 15 end, (v.value::bigint >> 12) & 7, (h.value->>1)::int
      from json_array_elements(?::json) h, json_array_elements_text(h.value->2) v`,
    [round, JSON.stringify(lists.map(list => [list.subject, list.sheet, list.facts]))]);
  },
  async updateRows(trx, table, key, columns, rows) {
    const sets = columns.map(column => `${quoted(column)} = j.${quoted(column)}`).join(', ');
    await trx.raw(`update ${quoted(table)} as t set ${sets} from json_populate_recordset(null::${quoted(table)}, ?::json) as j where ${matches(key, 't', column => `j.${quoted(column)}`)}`, [JSON.stringify(rows)]);
  },
  async deleteRows(trx, table, key, rows) {
    await trx.raw(`delete from ${quoted(table)} as t using json_populate_recordset(null::${quoted(table)}, ?::json) as j where ${matches(key, 't', column => `j.${quoted(column)}`)}`, [JSON.stringify(rows)]);
  },
  async deferKeys(trx) { await trx.raw('set constraints all deferred'); },
  uniqueFault(error) { return text(error, 'code') === '23505' ? `${text(error, 'constraint')} ${text(error, 'detail').split('=')[0] ?? ''}` : undefined; },
  isForeignFault: error => text(error, 'code') === '23503',
  isBusy: error => ['40001', '40P01', '53100', '53200', '53300', '55P03', '57P01', '57P03', '58030'].includes(text(error, 'code')) || /ECONNREFUSED|ECONNRESET|terminat/.test(text(error, 'message')),
  async tables(db) {
    const rows: { tablename: string }[] = await db('pg_tables').select('tablename').where({ schemaname: 'public' });
    return rows.map(row => row.tablename);
  },
  bringHome: () => Promise.resolve(),   // A server does so by itself.
  snapshot: (db, work) => db.transaction(work, { isolationLevel: 'repeatable read' }),
  async dropTables(trx) { for (const table of await postgres.tables(trx)) await trx.raw(`drop table ${quoted(table)} cascade`); },
  isAmong: column => `${column} in (select json_array_elements_text(?::json))`,
  asJsonArray: columns => `coalesce(json_agg(json_build_array(${columns.join(', ')})), '[]')::text`,
  asJsonList: (expression, where) => `coalesce(json_agg(${expression})${onlyWhere(where)}, '[]')::text`,
};
