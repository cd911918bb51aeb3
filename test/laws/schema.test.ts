import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import type { ExecutionContext } from 'ava';
import type { Knex } from 'knex';
import { migrate } from '../../src/store/migrate.ts';
import { openStore } from '../../src/store/open.ts';
import { tableNames, tableOf } from '../../src/store/tables.ts';

// B.27: the database also says no. Read from a migrated SQLite file, which lists its own keys and indexes.

test('every table is known to the store, and every known table exists', async t => {
  const found = await tablesOf(await migrated(t));
  const known = new Set<string>(tableNames);
  t.deepEqual(found.filter(table => !known.has(table)), [], 'not in src/store/tables.ts');
  t.deepEqual([...known].filter(table => !found.includes(table)), [], 'made by no migration');
});

test('the key that the store writes by is a key of the table', async t => {
  const db = await migrated(t);
  const faults: string[] = [];
  for (const table of tableNames) {
    const { key } = tableOf(table);
    if (!(await uniqueKeys(db, table)).some(columns => sameColumns(columns, key))) faults.push(`${table}: (${key.join(', ')}) is not unique`);
  }
  t.deepEqual(faults, []);
});

test('every foreign key has an index', async t => {
  const db = await migrated(t);
  const faults: string[] = [];
  for (const table of await tablesOf(db)) faults.push(...await unindexed(db, table));
  t.deepEqual(faults, []);
});

test('a table that says what is about a person names a column it has', async t => {
  const db = await migrated(t);
  const faults: string[] = [];
  for (const table of tableNames) {
    const { subject } = tableOf(table);
    if (subject !== undefined && !await db.schema.hasColumn(table, subject)) faults.push(`${table}.${subject}`);
  }
  t.deepEqual(faults, []);
});

test('migrations run twice without harm', async t => {
  const db = await migrated(t);
  t.deepEqual(await migrate(db), []);
});

test('the laws bite', async t => {
  const db = await migrated(t);
  await db.raw('create table bite_parent (id text primary key)');
  await db.raw('create table bite_child (id text primary key, parent text references bite_parent (id))');
  t.deepEqual(await unindexed(db, 'bite_child'), ['bite_child: (parent) has no index']);
  await db.raw('create index bite_child_parent on bite_child (parent)');
  t.deepEqual(await unindexed(db, 'bite_child'), []);
  t.true((await tablesOf(db)).includes('bite_child'));
  t.false((await uniqueKeys(db, 'bite_child')).some(columns => sameColumns(columns, ['parent'])));
});

/** A fresh file with all migrations run; the writing handle of it. */
async function migrated(t: ExecutionContext): Promise<Knex> {
  const dataDir = mkdtempSync(join(tmpdir(), 'xiangxin-schema-'));
  const store = openStore({ dataDir, databaseUrl: '', driver: 'sqlite3' });
  t.teardown(async () => { await store.close(); rmSync(dataDir, { recursive: true, force: true }); });
  await migrate(store.write);
  return store.write;
}

async function tablesOf(db: Knex): Promise<string[]> {
  const rows: { name: string }[] = await db('sqlite_master').where({ type: 'table' }).whereNot('name', 'like', 'sqlite_%').select('name').orderBy('name');
  return rows.map(({ name }) => name).filter(name => name !== 'migrations');
}

interface Index { readonly name: string; readonly unique: number; readonly partial: number }

async function indexesOf(db: Knex, table: string): Promise<readonly { readonly columns: readonly string[]; readonly isUnique: boolean }[]> {
  const indexes: Index[] = await db.raw(`pragma index_list(${table})`);
  const found = await Promise.all(indexes.filter(({ partial }) => partial === 0).map(async ({ name, unique }) => {
    const columns: { name: string | null }[] = await db.raw(`pragma index_info(${name})`);
    return { columns: columns.map(column => column.name ?? ''), isUnique: unique === 1 };
  }));
  const own: { name: string; pk: number }[] = await db.raw(`pragma table_info(${table})`);
  const key = own.filter(({ pk }) => pk > 0).sort((one, other) => one.pk - other.pk).map(({ name }) => name);
  return key.length === 0 ? found : [{ columns: key, isUnique: true }, ...found];
}

const uniqueKeys = async (db: Knex, table: string): Promise<readonly (readonly string[])[]> => (await indexesOf(db, table)).filter(({ isUnique }) => isUnique).map(({ columns }) => columns);
const sameColumns = (one: readonly string[], other: readonly string[]): boolean => one.length === other.length && one.every(column => other.includes(column));

async function unindexed(db: Knex, table: string): Promise<string[]> {
  const references: { id: number; seq: number; from: string }[] = await db.raw(`pragma foreign_key_list(${table})`);
  const keys = [...new Set(references.map(({ id }) => id))].map(id => references.filter(reference => reference.id === id).sort((one, other) => one.seq - other.seq).map(({ from }) => from));
  const indexes = await indexesOf(db, table);
  return keys.filter(key => !indexes.some(({ columns }) => key.every((column, at) => columns[at] === column))).map(key => `${table}: (${key.join(', ')}) has no index`);
}
