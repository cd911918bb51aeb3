import { existsSync } from 'node:fs';
import { readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import type { Office } from '../office.ts';
import { ArchiveWriter } from '../store/archive.ts';
import { dumpAll } from '../store/dump.ts';
import type { Command } from './command.ts';
import { forgottenIds, keepForgotten } from './forgotten.ts';
import { command as refusals } from './refusals.ts';

export const backupFormat = 'xiangxin-backup-1';
/** Tells two offices' secrets apart without giving either away. */
export const secretsMark = (office: Pick<Office, 'secrets'>): string => office.secrets.matchKey('backup', 'mark');

export const backup: Command = {
  kind: 'reads', usage: 'backup FILE [--with-secrets]', flags: ['with-secrets'], words: [1, 1],
  zh: '办公室照常工作时备份：数据库、照片和扫描件', en: 'a consistent copy while people work: database and evidence',
  async run({ office, typed, cwd, out }) {
    const file = resolve(cwd, typed.words[0] ?? '');
    const told = await writeBackup(office, file, { withSecrets: typed.flags.has('with-secrets') });
    out(`✓ ${file}`);
    out(`${told.rows} 条记录 rows · ${told.evidence} 个附件 evidence files`);
    out(typed.flags.has('with-secrets')
      ? '注意：这份备份里有密钥，拿到它就能看到证件号和电话，请锁好。(It holds the secrets: lock it away.)'
      : `密钥不在里面。请另外保存 ${join(office.config.dataDir, 'secrets.json')}，没有它，证件号和电话再也打不开。(The secrets are not in it: keep secrets.json elsewhere.)`);
    return 0;
  },
};

/** Writes the archive beside its place and renames it there, so that FILE is whole or not there. Refuses to overwrite. */
export async function writeBackup(office: Office, file: string, { withSecrets = false }: { readonly withSecrets?: boolean } = {}): Promise<{ readonly rows: number; readonly evidence: number }> {
  if (existsSync(file)) refusals.refuse('file-exists', { file });
  if (!existsSync(dirname(file))) refusals.refuse('file-missing', { file: dirname(file) });
  const aside = `${file}.part`;
  await rm(aside, { force: true });
  const archive = new ArchiveWriter(aside);
  try {
    let count = 0;
    const dumped = await dumpAll(office.store, part => archive.add(`tables/${part.table}-${++count}.json`, Buffer.from(JSON.stringify(part))));
    const evidence = await addEvidence(archive, office.evidenceDir);
    if (withSecrets) await archive.add('secrets.json', await readFile(join(office.config.dataDir, 'secrets.json')));
    await archive.close({ format: backupFormat, madeAt: office.clock.now(), migrations: dumped.migrations, rows: dumped.rows, secrets: secretsMark(office) });
    await rename(aside, file);
    await keepForgotten(dirname(file), await forgottenIds(office.jobs));
    return { rows: dumped.rows, evidence };
  } catch (error) {
    archive.destroy();
    await rm(aside, { force: true });
    throw error;
  }
}

async function addEvidence(archive: ArchiveWriter, folder: string): Promise<number> {
  if (!existsSync(folder)) return 0;
  let count = 0;
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    // Erased since the database was read: then it must not be in the copy.
    const bytes = await stat(path).then(found => found.size, () => undefined);
    if (bytes === undefined) continue;
    await archive.addFile(`evidence/${relative(folder, path).replaceAll('\\', '/')}`, path, bytes);
    count++;
  }
  return count;
}

