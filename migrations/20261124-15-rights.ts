import type { Knex } from 'knex';
import { refers, signed, traced } from '../src/store/columns.ts';

export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('rights_requests', table => {   // 权益窗口: what somebody asked for who was there in person
    table.text('id').primary();
    refers(table, 'household', 'households');
    table.text('member').notNullable();                     // who asks
    table.text('kind').notNullable();                       // report copy correct delete explain withdraw review
    table.text('about').notNullable();                      // a round, a consent, or ''
    table.text('words').notNullable();                      // as the person said it
    table.text('identified').notNullable();                 // card book known mandate; never the number
    table.text('mandate').notNullable();                    // of somebody who came for another; else ''
    table.text('complained_of');                            // the officer it is about, who may not answer
    table.text('lodged_on').notNullable();
    table.text('due_on').notNullable();
    table.text('salt').notNullable();
    signed(table); traced(table);
    table.index(['member']);
    table.index(['due_on']);
  });
  await knex.schema.createTable('rights_steps', table => {
    table.text('id').primary();
    refers(table, 'request', 'rights_requests');
    table.text('step').notNullable();                       // granted partly refused dropped handed
    table.text('day').notNullable();
    table.text('words').notNullable();
    table.text('salt').notNullable();
    signed(table); traced(table);
  });
}
