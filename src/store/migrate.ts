import { readdirSync } from 'node:fs';
import type { Knex } from 'knex';
import { systemClock } from '../kit/time.ts';

interface Migration { readonly name: string; up(knex: Knex): Promise<void> }

const folder = new URL('../../migrations/', import.meta.url);

/** The migrations of this release in order; names carry no file extension. */
export const migrationNames = (): string[] => readdirSync(folder).filter(file => file.endsWith('.ts')).map(file => file.slice(0, -3)).sort();

/** Brings a database up to this release (or, to take in an older copy, through `only` the named ones). Each migration and its note are one transaction. Answers what was done. */
export async function migrate(write: Knex, only?: readonly string[]): Promise<string[]> {
  if (!await write.schema.hasTable('migrations')) {
    await write.schema.createTable('migrations', table => { table.text('name').primary(); table.text('at').notNullable(); });
  }
  const behind = (await pending(write)).filter(name => only === undefined || only.includes(name));
  for (const name of behind) {
    const migration = await import(new URL(`${name}.ts`, folder).href) as Omit<Migration, 'name'>;
    await write.transaction(async trx => {
      await migration.up(trx);
      await trx('migrations').insert({ name, at: systemClock.now() });
    });
  }
  return behind;
}

/** What is still to run; throws when the database is newer than the program. */
export async function pending(read: Knex): Promise<string[]> {
  const known = migrationNames();
  if (!await read.schema.hasTable('migrations')) return known;
  const rows: { name: string }[] = await read('migrations').select('name');
  const done = new Set(rows.map(row => row.name));
  const foreign = [...done].filter(name => !known.includes(name));
  if (foreign.length > 0) throw new Error(`数据库比程序新，请换用新版程序 (the database is newer than this program: ${foreign.join(', ')})`);
  return known.filter(name => !done.has(name));
}
