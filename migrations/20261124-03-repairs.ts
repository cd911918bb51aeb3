import type { Knex } from 'knex';
import { refers, signed, traced } from '../src/store/columns.ts';

export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('repairs', table => {       // 信用修复: one application for one thing that takes points
    table.text('id').primary();
    refers(table, 'household', 'households');
    table.text('event').notNullable();
    table.text('member').notNullable();                     // who asks
    table.text('pledge').notNullable();
    table.text('class').notNullable();                      // slight general serious
    table.text('applied_on').notNullable();
    table.text('accept_by').notNullable();
    table.text('decide_by').notNullable();
    table.text('words').notNullable();
    table.text('evidence').notNullable();                   // the signed application
    table.text('salt').notNullable();
    signed(table); traced(table);
    table.index(['event']);
  });
  await knex.schema.createTable('repair_steps', table => {
    table.text('id').primary();
    refers(table, 'repair', 'repairs');
    table.text('step').notNullable();                       // accepted returned granted refused handed
    table.text('day').notNullable();
    table.text('words').notNullable();
    table.text('salt').notNullable();
    signed(table); traced(table);
  });
  await knex.schema.createTable('state_items', table => {   // of state platforms only how it stands is kept, never what it says
    table.text('id').primary();
    refers(table, 'household', 'households');
    table.text('member').notNullable();
    table.text('platform').notNullable();                   // creditchina court tax
    table.text('standing').notNullable();                   // shown asked repaired none
    table.text('seen_on').notNullable();
    table.text('salt').notNullable();
    signed(table); traced(table);
  });
  await knex.schema.createTable('lookbacks', table => {     // who looked at what is no longer shown, and why
    table.text('id').primary();
    refers(table, 'household', 'households');
    table.text('reason').notNullable();
    table.text('salt').notNullable();
    signed(table); traced(table);
  });
}
