import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import type { ExecutionContext } from 'ava';
import { atConsole } from '../../src/access/actor.ts';
import { verify } from '../../src/audit/verify.ts';
import { writeBackup } from '../../src/commands/backup.ts';
import { keepForgotten } from '../../src/commands/forgotten.ts';
import { restoreBackup } from '../../src/commands/restore.ts';
import type { Config } from '../../src/config.ts';
import { rename } from '../../src/places/rename.ts';
import { openOffice as open, type Office } from '../../src/office.ts';
import type { Refusal } from '../../src/kit/refusal.ts';
import { households, openVillage, placeId, placeNos } from '../support/village.ts';
import { openOffice } from '../support/office.ts';

function folder(t: ExecutionContext): string {
  const made = mkdtempSync(join(tmpdir(), 'xx-backup-'));
  t.teardown(() => { rmSync(made, { recursive: true, force: true }); });
  return made;
}

/** An office without anybody in it, closed: the place to restore to. */
async function emptyPlace(t: ExecutionContext): Promise<Config> {
  const { office } = await openOffice(t);
  const { config } = office;
  return config;
}

const rowsOf = async (office: Office, table: string): Promise<unknown[]> => office.read(table).select('*').orderBy(1);

async function changed(office: Office): Promise<void> {
  await rename(office, atConsole, { id: placeId(placeNos.qinghe), name: '清河新村', code: '320899101201', day: '2026-11-23', reason: '测试' });
}

test('a backup brings the whole office back elsewhere: rows, evidence, secrets, and a ledger that verifies', async t => {
  const { office, dataDir } = await openVillage(t);
  await changed(office);
  mkdirSync(join(dataDir, 'evidence', '01'), { recursive: true });
  writeFileSync(join(dataDir, 'evidence', '01', '0123'), 'a photo');
  const file = join(folder(t), 'b.tar.gz');
  const told = await writeBackup(office, file, { withSecrets: true });
  t.is(told.evidence, 1);
  const config = await emptyPlace(t);
  const back = await restoreBackup(config, file);
  t.is(back.rows, told.rows);
  const restored = open(config);
  t.teardown(() => restored.close());
  for (const table of ['places', 'households', 'members', 'ledger', 'ledger_heads', 'place_events', 'counters']) t.deepEqual(await rowsOf(restored, table), await rowsOf(office, table), table);
  t.is(readFileSync(join(config.dataDir, 'evidence', '01', '0123'), 'utf8'), 'a photo');
  t.is(restored.secrets.open(office.secrets.seal('周大山')), '周大山');
  t.deepEqual((await verify(restored)).findings, []);
});

test('an office with people in it is replaced only on request', async t => {
  const { office } = await openVillage(t);
  const file = join(folder(t), 'b.tar.gz');
  await writeBackup(office, file, { withSecrets: true });
  await changed(office);
  const refusal = await t.throwsAsync<Refusal>(restoreBackup(office.config, file));
  t.is(refusal?.code, 'office-not-empty');
  t.is((await office.read('places').where({ no: placeNos.qinghe }).first('name')).name, '清河新村');
  const again = await t.throwsAsync<Refusal>(writeBackup(office, file));
  t.is(again?.code, 'file-exists');
  const nowhere = await t.throwsAsync<Refusal>(restoreBackup(office.config, `${file}.none`));
  t.is(nowhere?.code, 'file-missing');
  await office.close();
  await restoreBackup(office.config, file, { replace: true });
  const restored = open(office.config);
  t.teardown(() => restored.close());
  t.is((await restored.read('places').where({ no: placeNos.qinghe }).first('name')).name, '清河村');
  t.is((await rowsOf(restored, 'ledger')).length, 0);
});

test('a damaged, cut or foreign file is refused and nothing is touched', async t => {
  const { office } = await openVillage(t);
  const place = folder(t);
  const file = join(place, 'b.tar.gz');
  await writeBackup(office, file, { withSecrets: true });
  const whole = readFileSync(file);
  const config = await emptyPlace(t);
  const before = readdirSync(config.dataDir).sort();
  const attempt = async (bytes: Buffer): Promise<string | undefined> => {
    const bad = join(place, 'bad.tar.gz');
    writeFileSync(bad, bytes);
    return (await t.throwsAsync<Refusal>(restoreBackup(config, bad)))?.code;
  };
  const flipped = Buffer.from(whole);
  const middle = Math.floor(whole.length / 2);
  flipped[middle] = (flipped[middle] ?? 0) ^ 0xff;
  t.is(await attempt(flipped), 'backup-damaged');
  t.is(await attempt(whole.subarray(0, whole.length - 2_000)), 'backup-damaged');
  t.is(await attempt(whole.subarray(0, 100)), 'backup-damaged');
  t.is(await attempt(Buffer.from('no archive at all')), 'backup-damaged');
  truncateSync(join(place, 'bad.tar.gz'), 0);
  t.is((await t.throwsAsync<Refusal>(restoreBackup(config, join(place, 'bad.tar.gz'))))?.code, 'backup-damaged');
  t.deepEqual(readdirSync(config.dataDir).filter(name => !/-(wal|shm)$/.test(name)).sort(), before.filter(name => !/-(wal|shm)$/.test(name)));
});

test('without its secrets a backup goes only where they are', async t => {
  const { office, dataDir } = await openVillage(t);
  const file = join(folder(t), 'b.tar.gz');
  await writeBackup(office, file);
  const config = await emptyPlace(t);
  t.is((await t.throwsAsync<Refusal>(restoreBackup(config, file)))?.code, 'secrets-differ');
  writeFileSync(join(config.dataDir, 'secrets.json'), readFileSync(join(dataDir, 'secrets.json')));
  t.true((await restoreBackup(config, file)).rows > 0);
});

test('a backup of a newer program is refused', async t => {
  const { office } = await openVillage(t);
  const file = join(folder(t), 'b.tar.gz');
  await office.store.write('migrations').insert({ name: '29991231-01-later', at: '2026-11-23T00:00:00.000Z' });
  await writeBackup(office, file, { withSecrets: true });
  t.is((await t.throwsAsync<Refusal>(restoreBackup(await emptyPlace(t), file)))?.code, 'backup-newer');
});

test('who asked to be forgotten stays forgotten when an older copy comes back', async t => {
  const { office } = await openVillage(t);
  const place = folder(t);
  const file = join(place, 'b.tar.gz');
  await writeBackup(office, file, { withSecrets: true });
  await keepForgotten(place, [households.zhou.id]);
  const config = await emptyPlace(t);
  t.is((await restoreBackup(config, file)).forgotten, 1);
  const restored = open(config);
  t.teardown(() => restored.close());
  t.is((await restored.read('households').where({ id: households.zhou.id }).first('head_name')).head_name, '');
  t.deepEqual((await verify(restored)).findings, []);
});

test('a folder for the copy that is not there is said', async t => {
  const { office } = await openVillage(t);
  t.is((await t.throwsAsync<Refusal>(writeBackup(office, '/nowhere-at-all/b.tar.gz')))?.code, 'file-missing');
  t.false(existsSync('/nowhere-at-all'));
});
