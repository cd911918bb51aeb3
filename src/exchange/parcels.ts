import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { copyFile, mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Readable } from 'node:stream';
import { isId } from '../kit/id.ts';
import type { Instant } from '../kit/time.ts';
import type { Office } from '../office.ts';
import type { Column, Values } from './format.ts';
import { csv } from './formats/csv.ts';
import { exchange } from './refusals.ts';
import type { Report } from './report.ts';

/** A file somebody handed over: what it is said to carry, and what the check found. Nothing of it is in the database before it is loaded. */
export interface Handed {
  readonly id: string;
  readonly kind: string;
  readonly fileName: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly by: string;
  readonly at: Instant;
  readonly standing: 'checked' | 'loading' | 'loaded' | 'stopped';
  readonly report: Report;
  /** Why a load stopped half way. */
  readonly trouble?: string;
}

type Place = Pick<Office, 'config'>;
type Part = 'file' | 'left.csv' | 'told.csv' | 'json';
const folderOf = (office: Place): string => join(office.config.dataDir, 'imports');
const pathOf = (office: Place, id: string, part: Part): string => join(folderOf(office), `${isId(id) ? id : 'none'}.${part}`);

/** Files wait in the data folder, readable by the office's own account, until they are loaded; what is left of them is swept after a week. */
export async function keepFile(office: Place, id: string, from: string): Promise<void> {
  await mkdir(folderOf(office), { recursive: true, mode: 0o700 });
  await copyFile(from, pathOf(office, id, 'file'));
}

/** Loaded whole: the file is not needed any more, and it holds in the clear what the office has sealed. */
export const dropFileOf = (office: Place, id: string): Promise<void> => rm(pathOf(office, id, 'file'), { force: true });

export const filePath = (office: Place, id: string): string => pathOf(office, id, 'file');

export async function keepHanded(office: Place, handed: Handed): Promise<void> {
  const path = pathOf(office, handed.id, 'json');
  await mkdir(folderOf(office), { recursive: true, mode: 0o700 });
  await writeFile(`${path}.new`, JSON.stringify(handed), { mode: 0o600 });
  await rename(`${path}.new`, path);
}

export async function handedById(office: Place, id: string): Promise<Handed | undefined> {
  const path = pathOf(office, id, 'json');
  return existsSync(path) ? JSON.parse(await readFile(path, 'utf8')) as Handed : undefined;
}

/** All files of one person, newest first. */
export async function handedBy(office: Place, by: string): Promise<readonly Handed[]> {
  if (!existsSync(folderOf(office))) return [];
  const ids = (await readdir(folderOf(office))).filter(name => name.endsWith('.json')).map(name => name.slice(0, -'.json'.length)).sort().reverse().slice(0, 200);
  const all = await Promise.all(ids.map(id => handedById(office, id)));
  return all.filter(one => one?.by === by) as readonly Handed[];
}

/** Everybody's, oldest first. */
export async function allHanded(office: Place): Promise<readonly Handed[]> {
  if (!existsSync(folderOf(office))) return [];
  const ids = (await readdir(folderOf(office))).filter(name => name.endsWith('.json')).map(name => name.slice(0, -'.json'.length)).sort();
  return (await Promise.all(ids.map(id => handedById(office, id)))).flatMap(one => one ?? []);
}

/** Rows to keep as a CSV file, written while they come. */
export class Leftovers {
  readonly #rows: Values[] = [];
  #file: Promise<void> | undefined;
  #wake: (() => void) | undefined;
  #ended = false;
  readonly #path: string;
  readonly #columns: readonly Column[];
  constructor(path: string, columns: readonly Column[]) { this.#path = path; this.#columns = columns; }

  add(row: Values): void {
    this.#rows.push(row);
    this.#wake?.();
    this.#file ??= mkdir(join(this.#path, '..'), { recursive: true, mode: 0o700 }).then(() => pipeline(csv.write(this.#columns, this.#all()), createWriteStream(this.#path, { mode: 0o600 })));
  }

  /** Resolves when the file is whole. Answers whether there is one. */
  async end(): Promise<boolean> {
    this.#ended = true;
    this.#wake?.();
    await this.#file;
    return this.#file !== undefined;
  }

  async *#all(): AsyncGenerator<Values> {
    for (;;) {
      const row = this.#rows.shift();
      if (row !== undefined) { yield row; continue; }
      if (this.#ended) return;
      await new Promise<void>(resolve => { this.#wake = resolve; });
    }
  }
}

export const leftPath = (office: Place, id: string): string => pathOf(office, id, 'left.csv');
export const toldPath = (office: Place, id: string): string => pathOf(office, id, 'told.csv');
export const has = (path: string): boolean => existsSync(path);

export const openFile = (path: string): Readable => existsSync(path) ? createReadStream(path) : exchange.refuse('file-gone', {});

/** What is told once: read and gone. */
export async function takeFile(path: string): Promise<Buffer> {
  if (!existsSync(path)) exchange.refuse('file-gone', {});
  const bytes = await readFile(path);
  await rm(path);
  return bytes;
}

export async function dropHanded(office: Place, id: string): Promise<void> {
  for (const part of ['file', 'left.csv', 'told.csv', 'json'] as const) await rm(pathOf(office, id, part), { force: true });
}

/** Files handed over before a moment go; what was loaded from them stays. */
export async function sweep(office: Place, before: Instant): Promise<number> {
  if (!existsSync(folderOf(office))) return 0;
  let gone = 0;
  for (const name of await readdir(folderOf(office))) {
    if (!name.endsWith('.json')) continue;
    const handed = await handedById(office, name.slice(0, -'.json'.length));
    if (handed !== undefined && handed.at < before) { await dropHanded(office, handed.id); gone++; }
  }
  return gone;
}
