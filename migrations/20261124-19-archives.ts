import type { Knex } from 'knex';
import { signed, traced } from '../src/store/columns.ts';

export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('archives', table => {        // 归档包 of a closed round: that it was made, and its seal
    table.text('id').primary();
    table.bigInteger('round').notNullable();
    table.text('made_on').notNullable();
    table.text('seal').notNullable();                       // SHA-256 of its list of digests
    table.integer('files').notNullable();
    table.bigInteger('bytes').notNullable();
    signed(table); traced(table);
    table.index(['round']);
  });
}
