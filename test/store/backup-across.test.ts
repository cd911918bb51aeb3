import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import type { ExecutionContext } from 'ava';
import { verify } from '../../src/audit/verify.ts';
import { writeBackup } from '../../src/commands/backup.ts';
import { restoreBackup } from '../../src/commands/restore.ts';
import { register } from '../../src/households/register.ts';
import { openOffice as open, type Office } from '../../src/office.ts';
import { rateRound } from '../../src/ratings/rate.ts';
import { tableNames } from '../../src/store/tables.ts';
import { openOffice, testConfig } from '../support/office.ts';
import { family } from '../support/people.ts';
import { postgresServer } from '../support/postgres.ts';
import { openCollected } from '../support/rating.ts';
import { setClock } from '../support/clock.ts';

// An office moves from one database to the other and back by a backup, and is the same office afterwards: every row, every digest, every next number.

const onBoth = postgresServer() === undefined ? test.skip : test;

function folder(t: ExecutionContext): string {
  const made = mkdtempSync(join(tmpdir(), 'xx-across-'));
  t.teardown(() => { rmSync(made, { recursive: true, force: true }); });
  return made;
}

/** Every row of every table that travels, as text in one order. */
async function contentOf(office: Office): Promise<Readonly<Record<string, readonly string[]>>> {
  const content: Record<string, readonly string[]> = {};
  for (const table of tableNames.filter(name => name !== 'sessions' && name !== 'leases')) {
    const rows = await office.read(table).select('*') as readonly Readonly<Record<string, unknown>>[];
    content[table] = rows.map(row => JSON.stringify(Object.entries(row).sort(([one], [other]) => one < other ? -1 : 1).map(([column, value]) => [column, typeof value === 'string' && /^\d+$/.test(value) && column !== 'id' ? Number(value) : value]))).sort();
  }
  return content;
}

onBoth('an office moves to SQLite and back to PostgreSQL by its backup, and works on', async t => {
  t.timeout(120_000);
  const village = await openCollected(t);
  const { office } = village;
  await rateRound(office, await village.actor('gao'), { round: village.round.no });
  const before = await contentOf(office);
  t.true(['households', 'sheets', 'current_values', 'ratings', 'marks', 'ledger', 'consents'].every(table => (before[table] ?? []).length > 0));

  const first = join(folder(t), 'from-postgres.tar.gz');
  const told = await writeBackup(office, first, { withSecrets: true });
  const onFile = testConfig({ dataDir: folder(t), databaseUrl: '' });
  t.is((await restoreBackup(onFile, first)).rows, told.rows);
  const there = open(onFile, setClock());
  t.teardown(() => there.close());
  t.is(there.store.dialect.name, 'sqlite');
  for (const [table, rows] of Object.entries(await contentOf(there))) t.deepEqual(rows, before[table], table);
  t.deepEqual((await verify(there)).findings, []);
  const sun = await village.actor('sun');
  await register(there, sun, family('林海波', { sequence: 9 }));
  const grown = await contentOf(there);

  const second = join(folder(t), 'from-sqlite.tar.gz');
  await writeBackup(there, second, { withSecrets: true });
  const { office: { config } } = await openOffice(t);
  await restoreBackup(config, second);
  const back = open(config, setClock());
  t.teardown(() => back.close());
  t.is(back.store.dialect.name, 'postgres');
  for (const [table, rows] of Object.entries(await contentOf(back))) t.deepEqual(rows, grown[table], table);
  t.deepEqual((await verify(back)).findings, []);
  const made = await register(back, sun, family('柳林海', { sequence: 19 }));
  t.false((grown['subjects'] ?? []).some(row => row.includes(made.id)));
  t.is(await back.read('households').countDistinct({ n: 'no' }).first().then(row => Number(row?.['n'])), (grown['households'] ?? []).length + 1, 'no number is given twice');
});
