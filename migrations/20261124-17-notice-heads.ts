import type { Knex } from 'knex';
import { signed, traced } from '../src/store/columns.ts';

export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('notice_heads', table => {  // what a posted sheet says above its lines, and the root over it and them
    table.text('notice').primary();
    table.text('head').notNullable();                       // canonical JSON: the first leaf
    table.integer('size').notNullable();                    // leaves, the head among them
    table.text('root').notNullable();                       // RFC 6962
    signed(table); traced(table);
  });
  await knex.raw('alter table notices drop column hash');
}
