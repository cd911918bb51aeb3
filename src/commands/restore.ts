import { existsSync, mkdtempSync } from 'node:fs';
import { copyFile, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createWriteStream } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Config } from '../config.ts';
import { openOffice } from '../office.ts';
import { Damaged, readArchive, type ArchiveEntry } from '../store/archive.ts';
import { loadAll, type Part } from '../store/dump.ts';
import { migrationNames } from '../store/migrate.ts';
import { openStore } from '../store/open.ts';
import { replaceFile } from '../store/replace.ts';
import { tableNames } from '../store/tables.ts';
import { backupFormat, secretsMark } from './backup.ts';
import type { Command } from './command.ts';
import { forgetAgain, forgottenIds, readForgotten } from './forgotten.ts';
import { command as refusals } from './refusals.ts';

export const restore: Command = {
  kind: 'alone', usage: 'restore FILE [--replace] [--other-secrets]', flags: ['replace', 'other-secrets'], words: [1, 1],
  zh: '恢复备份：先全部检查，再一次换上', en: 'check a backup whole, then put it in place at once',
  async run({ config, typed, cwd, out }) {
    const file = resolve(cwd, typed.words[0] ?? '');
    const told = await restoreBackup(config, file, { replace: typed.flags.has('replace'), otherSecrets: typed.flags.has('other-secrets') });
    out(`✓ ${told.rows} 条记录 rows · ${told.evidence} 个附件 evidence files`);
    if (told.forgotten > 0) out(`按名单再次删除 ${told.forgotten} 户的个人信息。(${told.forgotten} forgotten again.)`);
    return 0;
  },
};

interface Choices { readonly replace?: boolean; readonly otherSecrets?: boolean }

/** Everything is unpacked and checked in a scratch folder before anything of the office is touched. The caller holds the lock. */
export async function restoreBackup(config: Config, file: string, { replace = false, otherSecrets = false }: Choices = {}): Promise<{ readonly rows: number; readonly evidence: number; readonly forgotten: number }> {
  if (!existsSync(file)) refusals.refuse('file-missing', { file });
  await mkdir(config.dataDir, { recursive: true, mode: 0o700 });
  const scratch = mkdtempSync(join(config.dataDir, 'restoring-'));
  try {
    const copy = await unpack(file, scratch);
    const before = await look(config);
    if (!before.isEmpty && !replace) refusals.refuse('office-not-empty');
    if (!copy.names.includes('secrets.json') && !otherSecrets && before.secrets !== copy.secrets) refusals.refuse('secrets-differ');
    const evidence = await bringEvidence(copy.names, scratch, join(config.dataDir, 'evidence'));
    if (copy.names.includes('secrets.json')) await bringSecrets(scratch, config.dataDir);
    const rows = await bringDatabase(config, scratch, copy);
    const office = openOffice(config);
    try {
      const forgotten = await forgetAgain(office, [...new Set([...before.forgotten, ...await readForgotten(dirname(file)), ...await readForgotten(config.dataDir)])]);
      return { rows, evidence, forgotten };
    } finally { await office.close(); }
  } finally { await rm(scratch, { recursive: true, force: true }); }
}

interface Copy { readonly names: readonly string[]; readonly migrations: readonly string[]; readonly secrets: string }

async function unpack(file: string, scratch: string): Promise<Copy> {
  const names: string[] = [];
  try {
    const manifest = await readArchive(file, async (entry: ArchiveEntry) => {
      const path = join(scratch, entry.name);
      await mkdir(dirname(path), { recursive: true });
      await pipeline(entry.pieces, createWriteStream(path, { mode: 0o600 }));
      names.push(entry.name);
    });
    const migrations = Array.isArray(manifest['migrations']) ? (manifest['migrations'] as readonly unknown[]).map(String) : [];
    if (manifest['format'] !== backupFormat || migrations.length === 0) throw new Damaged('not a backup of this program');
    const newer = migrations.filter(name => !migrationNames().includes(name));
    if (newer.length > 0) refusals.refuse('backup-newer', { what: newer.join(', ') });
    return { names, migrations, secrets: String(manifest['secrets']) };
  } catch (error) {
    if (error instanceof Damaged) return refusals.refuse('backup-damaged', { why: error.message });
    throw error;
  }
}

/** What stands here now: does it hold people or a ledger, whose secrets, who was forgotten. */
async function look(config: Config): Promise<{ readonly isEmpty: boolean; readonly secrets: string; readonly forgotten: readonly string[] }> {
  const office = openOffice(config);
  try {
    const secrets = secretsMark(office);
    if (!await office.store.write.schema.hasTable('ledger')) return { isEmpty: true, secrets, forgotten: [] };
    const held = await Promise.all((['ledger', 'officers', 'households'] as const).map(table => office.read(table).first('*') as Promise<unknown>));
    return { isEmpty: held.every(row => row === undefined), secrets, forgotten: await forgottenIds(office.read) };
  } finally { await office.close(); }
}

/** Files are named by their ids and never change, so more of them do no harm: they go in before the database that knows them. */
async function bringEvidence(names: readonly string[], scratch: string, folder: string): Promise<number> {
  const files = names.filter(name => name.startsWith('evidence/'));
  for (const name of files) {
    const path = join(folder, name.slice('evidence/'.length));
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await rename(join(scratch, name), path);
  }
  return files.length;
}

async function bringSecrets(scratch: string, dataDir: string): Promise<void> {
  const path = join(dataDir, 'secrets.json');
  const bytes = await readFile(join(scratch, 'secrets.json'));
  if (existsSync(path) && !bytes.equals(await readFile(path))) await copyFile(path, `${path}.before-restore`);
  await writeFile(`${path}.new`, bytes, { mode: 0o600 });
  await rename(`${path}.new`, path);
}

async function* partsOf(copy: Copy, scratch: string): AsyncGenerator<Part> {
  for (const name of copy.names) {
    if (!name.startsWith('tables/')) continue;
    const part = JSON.parse(await readFile(join(scratch, name), 'utf8')) as Part;
    if (!tableNames.some(table => table === part.table)) throw new Damaged(`unknown table in ${basename(name)}`);
    yield part;
  }
}

/** On a database server all in one transaction; a database file is built in the scratch folder and then takes the old one's name. */
async function bringDatabase(config: Config, scratch: string, copy: Copy): Promise<number> {
  const isFile = config.databaseUrl === '';
  const store = openStore(isFile ? { ...config, dataDir: scratch } : config);
  let rows: number;
  try { rows = await loadAll(store.write, store.dialect, copy.migrations, partsOf(copy, scratch)); } finally { await store.close(); }
  if (isFile) await replaceFile({ from: scratch, to: config.dataDir, driver: config.driver });
  return rows;
}
