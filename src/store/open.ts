import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import knexFactory, { type Knex } from 'knex';
import { later } from '../kit/later.ts';
import type { Config } from '../config.ts';
import { BringHome } from './bring-home.ts';
import { dialectOf, type Dialect } from './dialect.ts';
import { Queue } from './queue.ts';

/**
 * The three handles. `read` serves pages, `jobs` long readers (rating, export), both unable to write;
 * `write` is private to the writer and the migrations: one connection on SQLite, or knex loses transactions to SQLITE_BUSY (knex #3176).
 */
export interface Store {
  readonly read: Knex;
  readonly jobs: Knex;
  readonly write: Knex;
  readonly dialect: Dialect;
  readonly home: BringHome;
  /**
   * Reads the whole database as it is at one moment, however long that takes: a verification, a dump. One at a time, so that the other connection
   * of `jobs` is left to runs, exports and simulations, which take it for a second and give it back: they would give up after half a minute.
   */
  survey<T>(work: (read: Knex) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export type StoreConfig = Pick<Config, 'dataDir' | 'databaseUrl' | 'driver'>;

export const databaseFile = (dataDir: string): string => join(dataDir, 'office.db');

export function openStore(config: StoreConfig): Store {
  const make = config.databaseUrl === '' ? fileHandles(config) : serverHandles(config.databaseUrl);
  const write = make('write', 1);
  const read = make('read', config.databaseUrl === '' ? 4 : 10);
  const jobs = make('jobs', 2);
  const dialect = dialectOf(config.databaseUrl === '' ? 'sqlite' : 'postgres');
  const surveys = new Queue();
  const home = new BringHome(read, dialect);
  return {
    read, jobs, write, dialect, home,
    survey: work => surveys.run(['survey'], () => dialect.snapshot(jobs, work)),
    async close() {
      await home.close();
      await Promise.all([read.destroy(), jobs.destroy()]);
      await write.destroy();   // Last, for only a writing handle brings the WAL home: a copied file would lack the last commits.
    },
  };
}

type Use = 'read' | 'jobs' | 'write';
/** In kibibytes, as SQLite wants them: negative. Jobs read each page once. */
const cacheKb: Readonly<Record<Use, number>> = { read: -16_384, jobs: -8_192, write: -32_768 };
type Make = (use: Use, most: number) => Knex;

function fileHandles(config: StoreConfig): Make {
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 });
  const filename = databaseFile(config.dataDir);
  const pragmas = (use: Use): string[] => [
    'busy_timeout=5000', 'foreign_keys=ON', `cache_size=${cacheKb[use]}`, 'temp_store=MEMORY',
    ...use === 'write' ? ['journal_mode=WAL', 'synchronous=FULL', 'wal_autocheckpoint=16000'] : ['query_only=ON'],
  ];
  return (use, most) => knexFactory({
    client: config.driver,
    connection: { filename },
    useNullAsDefault: true,
    acquireConnectionTimeout: 30_000,
    pool: {
      min: 0, max: config.driver === 'better-sqlite3' && use === 'write' ? 1 : most,
      afterCreate(connection: { exec(sql: string, done?: (error: Error | null) => void): void }, done: (error: Error | null, connection: unknown) => void) {
        const sql = pragmas(use).map(pragma => `PRAGMA ${pragma};`).join('');
        if (config.driver === 'better-sqlite3') { connection.exec(sql); done(null, connection); } else connection.exec(sql, error => done(error, connection));
      },
    },
  });
}

const pg = later<typeof import('pg')>('pg');

function serverHandles(url: string): Make {
  pg().types.setTypeParser(20, Number);      // int8: our integers stay within 2^53
  pg().types.setTypeParser(1700, Number);    // numeric, as sums of int8 come back
  return (use, most) => knexFactory({
    client: 'pg',
    connection: { connectionString: url, application_name: `xiangxin ${use}`, ...use === 'write' ? {} : { options: '-c default_transaction_read_only=on' } },
    acquireConnectionTimeout: 30_000,
    pool: { min: 0, max: most },
  });
}
