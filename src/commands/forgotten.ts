import { existsSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Knex } from 'knex';
import { atConsole } from '../access/actor.ts';
import { forget } from '../households/forget.ts';
import { isId } from '../kit/id.ts';
import type { Office } from '../office.ts';

/** Ids alone, no names: who asked to be forgotten stays forgotten when an older copy is brought back. */
const listFile = 'forgotten.txt';

export async function forgottenIds(read: Knex): Promise<readonly string[]> {
  const rows: { id: string }[] = await read('households').where({ closed_reason: 'forgotten' }).orderBy('id').select('id');
  return rows.map(row => row.id);
}

export async function readForgotten(folder: string): Promise<readonly string[]> {
  const path = join(folder, listFile);
  return existsSync(path) ? (await readFile(path, 'utf8')).split('\n').map(line => line.trim()).filter(isId) : [];
}

/** The list lies beside the backups and only grows. */
export async function keepForgotten(folder: string, ids: readonly string[]): Promise<void> {
  const known = await readForgotten(folder);
  const all = [...new Set([...known, ...ids])].sort();
  if (all.length === known.length) return;
  const path = join(folder, listFile);
  await writeFile(`${path}.new`, `${all.join('\n')}\n`, { mode: 0o600 });
  await rename(`${path}.new`, path);
}

/** Applied after every restore: forgets again whom the copy still knew. Answers how many. */
export async function forgetAgain(office: Office, ids: readonly string[]): Promise<number> {
  const living: { id: string }[] = ids.length === 0 ? [] : await office.read('households').whereIn('id', [...ids]).where(open => { void open.whereNull('closed_reason').orWhereNot('closed_reason', 'forgotten'); }).select('id');
  for (const { id } of living) await forget(office, atConsole, { household: id });
  return living.length;
}
