import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import Database from 'better-sqlite3';
import { runApart } from '../apart.ts';
import { atLeast, atMost, perSecond, type Figure } from '../figure.ts';
import { writeRegister, writeValues } from '../files.ts';
import type { Imported } from '../pieces/import-values.ts';
import { inScratch } from '../scratch.ts';

const size = { villages: 500, households: 200, values: 30, untaken: true };
const register = { villages: 250, households: 200 };

/** Files of a whole county: three million observations, and fifty thousand households with their members. */
export const importing = (): Promise<readonly Figure[]> => inScratch(async dataDir => {
  const [values, people] = [join(dataDir, 'values.csv'), join(dataDir, 'register.csv')];
  const [rows, persons] = [await writeValues(values, size), await writeRegister(people, register)];
  await runApart('./pieces/fill.ts', { dataDir, size });
  const before = plainImport(dataDir, values);
  const ours = await runApart<object, Imported>('./pieces/import-values.ts', { dataDir, file: values });
  const after = plainImport(dataDir, values);
  if (ours.rows !== rows || ours.left > 0) throw new Error(`${ours.rows} of ${rows} values, ${ours.left} left out`);
  const plain = { name: before.name, perSecond: rows / ((before.ms + after.ms) / 2) * 1_000 };
  const own = rows / ours.ms * 1_000;
  const empty = join(dataDir, 'empty');
  await runApart('./pieces/fill.ts', { dataDir: empty, size: { villages: register.villages, households: 0, values: 30 } });
  const households = await runApart<object, Imported>('./pieces/import-register.ts', { dataDir: empty, file: people });
  if (households.rows !== persons || households.left > 0) throw new Error(`${households.rows} of ${persons} people, ${households.left} left out`);
  const each = households.ms / persons * 1_000;
  const observation = 1e6 / own;
  return [
    atLeast({ what: `import ${rows / 1e6} M observations, checked (peak ${(ours.peakBytes / 1e6).toFixed(0)} MB)`, ours: perSecond(own), baseline: `${perSecond(plain.perSecond)} ${plain.name}`, ratio: own / plain.perSecond }, 0.4),
    atMost({ what: `import ${register.villages * register.households / 1e3} k households, ${persons / 1e3} k members (peak ${(households.peakBytes / 1e6).toFixed(0)} MB)`, ours: `${each.toFixed(1)} µs/row`, baseline: `${observation.toFixed(1)} µs an observation above`, ratio: each / observation }, 10),
  ];
});

/** The same file into one table with the same key, by the sqlite3 program; where there is none, prepared inserts in one transaction. */
function plainImport(dataDir: string, file: string): { readonly name: string; readonly ms: number } {
  const target = join(dataDir, 'plain.db');
  const table = 'create table v (village text not null, household integer not null, item text not null, value text, primary key (village, household, item)) without rowid';
  try {
    const pragmas = 'pragma journal_mode=wal; pragma synchronous=full;';
    const start = performance.now();
    const program = spawnSync('sqlite3', [target, pragmas, `${table};`, '.mode csv', `.import --skip 1 ${file} v`], { encoding: 'utf8' });
    if (program.error === undefined && program.status === 0) return { name: 'sqlite3 .import', ms: performance.now() - start };
    rmSync(target, { force: true });
    return { name: 'better-sqlite3, prepared', ms: insertAll(target, table, file) };
  } finally { for (const end of ['', '-wal', '-shm']) rmSync(`${target}${end}`, { force: true }); }
}

function insertAll(target: string, table: string, file: string): number {
  const start = performance.now();
  const db = new Database(target);
  try {
    db.exec(`pragma journal_mode=wal; pragma synchronous=full; ${table}; begin`);
    const insert = db.prepare('insert into v values (?, ?, ?, ?)');
    for (const line of readFileSync(file, 'utf8').split('\n').slice(1)) if (line !== '') insert.run(...line.split(','));
    db.exec('commit');
    return performance.now() - start;
  } finally { db.close(); }
}
