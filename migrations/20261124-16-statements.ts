import type { Knex } from 'knex';
import { signed, traced } from '../src/store/columns.ts';

export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('statements', table => {    // 本人说明: what the person says to a value, an event or the result; it stays beside it until taken back
    table.text('id').primary();
    table.bigInteger('round').notNullable();
    table.bigInteger('subject').notNullable();
    table.text('about').notNullable();                      // rating, value:<indicator>, event:<id>
    table.text('indicator').notNullable();                  // of the value or event; else ''
    table.text('day').notNullable();
    table.text('words').notNullable();
    table.text('salt').notNullable();
    signed(table); traced(table);
    table.index(['subject']);
  });
}
