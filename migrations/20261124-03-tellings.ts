import type { Knex } from 'knex';
import { signed, traced } from '../src/store/columns.ts';

export async function up(knex: Knex): Promise<void> {
  await knex.schema.alterTable('events', table => {
    table.text('counts_from');                              // first day it counts; null: at once; 9999-12-31: not before the person is told
    table.text('counts_until');                             // first day it counts no longer, since it was repaired
  });
  await knex.raw('create index events_counting on events (counts_from) where counts_from is not null');
  await knex.schema.createTable('tellings', table => {      // 核实, 告知, 说明: what was done before something that takes points counts
    table.text('id').primary();
    table.text('household').notNullable();
    table.text('event').notNullable();
    table.text('step').notNullable();                       // confirmed told said
    table.text('day').notNullable();                        // when it was done
    table.text('how').notNullable();                        // of telling: handed posted refused; else ''
    table.text('words').notNullable();                      // what was looked into; the witness; what the person said
    table.text('counts_from');                              // of telling: the day after the last on which to answer
    table.text('evidence');
    table.text('salt').notNullable();
    signed(table); traced(table);
    table.index(['household']);
    table.index(['event']);
  });
}
