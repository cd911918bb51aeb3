import { randomBytes } from 'node:crypto';
import knex from 'knex';
import type { ExecutionContext } from 'ava';

/** The server that the runner started (superuser address), or undefined when this run is on SQLite. */
export const postgresServer = (): string | undefined => process.env['TEST_DATABASE'] === 'postgres' ? process.env['TEST_POSTGRES_URL'] : undefined;

export interface Template {
  /** Names the template database: one per distinct content. */
  readonly name: string;
  /** Fills the empty database at `url` and closes every connection it opened. Runs once per server, whichever test process comes first. */
  readonly prepare: (url: string) => Promise<void>;
}

/** A database of the test's own, cloned from the template, dropped in teardown. Returns its address. */
export async function createDatabase(t: Pick<ExecutionContext, 'teardown'>, template: Template): Promise<string> {
  const server = postgresServer();
  if (server === undefined) throw new Error('TEST_DATABASE=postgres and TEST_POSTGRES_URL are set by scripts/test.mjs');
  const name = `test_${process.pid}_${randomBytes(6).toString('hex')}`;
  await asSuperuser(server, async query => {
    await ensureTemplate(query, server, template);
    await query('create database ?? template ?? strategy file_copy', [name, template.name]);
  });
  t.teardown(() => asSuperuser(server, async query => { await query('drop database if exists ?? with (force)', [name]); }));
  return at(server, name);
}

type Query = (sql: string, bindings?: readonly string[]) => Promise<{ rows: readonly unknown[] }>;

async function ensureTemplate(query: Query, server: string, template: Template): Promise<void> {
  const isReady = async () => (await query('select 1 from pg_database where datname = ? and datistemplate', [template.name])).rows.length > 0;
  if (await isReady()) return;
  await query('select pg_advisory_lock(hashtext(?))', [template.name]);
  try {
    if (await isReady()) return;
    await query('drop database if exists ??', [template.name]);
    await query('create database ??', [template.name]);
    await template.prepare(at(server, template.name));
    await query('alter database ?? with is_template true', [template.name]);
  } finally {
    await query('select pg_advisory_unlock(hashtext(?))', [template.name]);
  }
}

async function asSuperuser<R>(server: string, work: (query: Query) => Promise<R>): Promise<R> {
  // One connection from beginning to end: the lock on a template is its own, and one that idles while a template is filled would be let go.
  const handle = knex({ client: 'pg', connection: server, pool: { min: 1, max: 1 } });
  try {
    return await work(async (sql, bindings = []) => await handle.raw(sql, [...bindings]) as { rows: readonly unknown[] });
  } finally {
    await handle.destroy();
  }
}

function at(server: string, database: string): string {
  const url = new URL(server);
  url.pathname = `/${database}`;
  return url.href;
}
