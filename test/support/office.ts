import { copyFileSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ExecutionContext } from 'ava';
import { readConfig, type Config } from '../../src/config.ts';
import { openOffice as open, type Office } from '../../src/office.ts';
import { migrate, migrationNames } from '../../src/store/migrate.ts';
import { databaseFile, openStore } from '../../src/store/open.ts';
import { sha256 } from '../../src/store/trace.ts';
import { setClock, type SetClock } from './clock.ts';
import { createDatabase, postgresServer } from './postgres.ts';

/** Content of a template: a name for it, and what fills a migrated database. */
export interface Filling { readonly name: string; readonly fill: (config: Config) => Promise<void> }
const nothing: Filling = { name: 'empty', fill: async () => undefined };

export interface TestOffice { readonly office: Office; readonly clock: SetClock; readonly dataDir: string }

type T = Pick<ExecutionContext, 'teardown'>;

/** Templates are made once a run: of all levels, or of whoever started this process. */
const run = process.env['TEST_RUN'] ?? String(process.ppid);

/** An office of the test's own on a copy of the template, SQLite or PostgreSQL as the run says; closed in teardown. */
export async function openOffice(t: T, filling: Filling = nothing, settings: Partial<Config> = {}): Promise<TestOffice> {
  const dataDir = mkdtempSync(join(tmpdir(), 'xx-test-'));
  t.teardown(() => { rmSync(dataDir, { recursive: true, force: true }); });
  const stamp = sha256(migrationNames().join()).slice(0, 8);
  const databaseUrl = postgresServer() === undefined ? '' : await createDatabase(t, { name: `template_${filling.name}_${stamp}_${run}`, prepare: url => prepare({ dataDir, databaseUrl: url }, filling) });
  if (databaseUrl === '') await copyTemplate(dataDir, `${filling.name}-${stamp}-${run}`, filling);
  // What was sealed while the template was filled can be opened by its own keys only.
  if (existsSync(keysOf(filling))) copyFileSync(keysOf(filling), join(dataDir, 'secrets.json'));
  // Views become code once a run, not once an office. After `prepare`, which on PostgreSQL uses this very folder.
  const cache = join(templates, `cache-${run}`);
  mkdirSync(cache, { recursive: true });
  if (!existsSync(join(dataDir, 'cache'))) symlinkSync(cache, join(dataDir, 'cache'));
  const clock = setClock();
  const office = open(testConfig({ dataDir, databaseUrl, ...settings }), clock);
  t.teardown(() => office.close());
  return { office, clock, dataDir };
}

export const testConfig = (settings: Partial<Config>): Config => ({ ...readConfig({ LOG_LEVEL: 'silent', DEMO: 'off' }), port: 0, host: '127.0.0.1', ...settings });

async function prepare(where: Pick<Config, 'dataDir' | 'databaseUrl'>, filling: Filling): Promise<void> {
  const config = testConfig(where);
  const store = openStore(config);
  await migrate(store.write);
  await store.close();
  await filling.fill(config);
  const keys = join(config.dataDir, 'secrets.json');
  if (!existsSync(keys)) return;
  mkdirSync(templates, { recursive: true });
  copyFileSync(keys, keysOf(filling));
}

const templates = join(tmpdir(), 'xx-templates');
const keysOf = (filling: Filling): string => join(templates, `${filling.name}-${postgresServer() === undefined ? 'sqlite' : 'postgres'}-${run}.secrets.json`);

/** The template file is made once per run and content, whichever process comes first; a copy costs 2–3 ms. Tests of one process that begin together wait for the first. */
async function copyTemplate(dataDir: string, name: string, filling: Filling): Promise<void> {
  const made = join(templates, `${name}.db`);
  if (!existsSync(made)) {
    const begun = making.get(name) ?? make(made, filling);
    making.set(name, begun);
    await begun;
  }
  copyFileSync(made, databaseFile(dataDir));
}

const making = new Map<string, Promise<void>>();

async function make(made: string, filling: Filling): Promise<void> {
  mkdirSync(templates, { recursive: true });
  const own = mkdtempSync(join(templates, 'making-'));
  await prepare({ dataDir: own, databaseUrl: '' }, filling);
  renameSync(databaseFile(own), made);
  rmSync(own, { recursive: true, force: true });
}
