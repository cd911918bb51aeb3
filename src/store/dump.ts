import type { Knex } from 'knex';
import type { Dialect, Row } from './dialect.ts';
import { migrate } from './migrate.ts';
import type { Store } from './open.ts';
import { tableNames, tableOf, type TableName } from './tables.ts';

const rowsAtOnce = 5_000;

/** Running state that means nothing in another process. */
const left: readonly TableName[] = ['sessions', 'leases'];

/** A piece of a table: its columns, and its rows as a JSON array of arrays. */
export interface Part { readonly table: string; readonly columns: readonly string[]; readonly rows: string; readonly count: number }

/** All rows of the office as they were at one moment, table by table in the order of their keys; the same on every database. */
export async function dumpAll({ survey, dialect }: Pick<Store, 'survey' | 'dialect'>, take: (part: Part) => Promise<void>): Promise<{ readonly migrations: readonly string[]; readonly rows: number }> {
  return survey(async trx => {
    const done: { name: string }[] = await trx('migrations').select('name').orderBy('name');
    let rows = 0;
    for (const table of tableNames) if (!left.includes(table)) rows += await dumpTable(trx, dialect, table, take);
    return { migrations: done.map(row => row.name), rows };
  });
}

async function dumpTable(trx: Knex, dialect: Dialect, table: TableName, take: (part: Part) => Promise<void>): Promise<number> {
  const columns = Object.keys(await trx(table).columnInfo());
  const { key } = tableOf(table);
  const at = key.map(column => columns.indexOf(column));
  const wanted = dialect.asJsonArray(columns.map(column => `"${column}"`));
  const order = key.map(column => `"${column}"`).join(', ');
  let after: readonly (string | number)[] | undefined;
  let sum = 0;
  for (;;) {
    const beyond = after === undefined ? '' : ` where (${order}) > (${key.map(() => '?').join(', ')})`;
    const found = await trx.select(trx.raw(`${wanted} as part`)).from(trx.raw(`(select * from "${table}"${beyond} order by ${order} limit ${rowsAtOnce}) as piece`, [...after ?? []])) as unknown as { part: string }[];
    const text = found[0]?.part ?? '[]';
    const rows = JSON.parse(text) as (string | number)[][];
    const last = rows[rows.length - 1];
    if (last === undefined) return sum;
    await take({ table, columns, rows: text, count: rows.length });
    sum += rows.length;
    if (rows.length < rowsAtOnce) return sum;
    after = at.map(index => last[index] ?? '');
  }
}

/**
 * Puts a dump in the place of everything, in one transaction: the schema as of the dump, its rows, then the migrations since.
 * `parts` gives them in the order they were written. Nothing changes unless all of it goes in.
 */
export async function loadAll(write: Knex, dialect: Dialect, migrations: readonly string[], parts: AsyncIterable<Part>): Promise<number> {
  return write.transaction(async trx => {
    await dialect.dropTables(trx);
    await migrate(trx, migrations);
    await dialect.deferKeys(trx);
    let sum = 0;
    for await (const part of parts) {
      const rows = (JSON.parse(part.rows) as (string | number | null)[][]).map((cells): Row => Object.fromEntries(part.columns.map((column, at) => [column, cells[at] ?? null])));
      await dialect.insertRows(trx, part.table, part.columns, rows);
      sum += rows.length;
    }
    await migrate(trx);
    return sum;
  });
}
