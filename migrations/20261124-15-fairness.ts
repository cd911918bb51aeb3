import type { Knex } from 'knex';
import { refers, signed, traced } from '../src/store/columns.ts';

export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('fair_checks', table => {   // a signal that somebody is asked to look into
    table.text('id').primary();
    refers(table, 'round', 'rounds', { of: 'no', number: true });
    table.bigInteger('village').notNullable();
    table.text('signal').notNullable();                     // kind and, after a colon, what it is about
    table.text('officer').notNullable();                    // whom it is about, who may not answer; else ''
    table.text('figures').notNullable();                    // in words, as they stood
    table.text('assigned').notNullable();
    table.text('due_on').notNullable();
    signed(table); traced(table);
    table.index(['village']);
    table.index(['assigned', 'due_on']);
  });
  await knex.schema.createTable('fair_findings', table => {
    table.text('check').primary().references('id').inTable('fair_checks').deferrable('deferred');
    table.text('finding').notNullable();                    // fine mended referred
    table.text('words').notNullable();
    table.text('day').notNullable();
    signed(table); traced(table);
  });
  await knex.schema.createTable('revisit_draws', table => { // once a round and village: a seed that nobody chose, and so many households
    table.text('id').primary();
    refers(table, 'round', 'rounds', { of: 'no', number: true });
    table.bigInteger('village').notNullable();
    table.text('seed').notNullable();
    table.text('source').notNullable();                     // where anybody can read the seed
    table.integer('among').notNullable();
    table.text('drawn_on').notNullable();
    signed(table); traced(table);
    table.unique(['round', 'village']);
  });
  await knex.schema.createTable('revisit_lots', table => {
    refers(table, 'draw', 'revisit_draws');
    table.bigInteger('subject').notNullable();
    traced(table);
    table.primary(['draw', 'subject']);
  });
  await knex.schema.createTable('revisits', table => {
    table.text('id').primary();
    refers(table, 'draw', 'revisit_draws');
    table.bigInteger('subject').notNullable();
    table.text('result').notNullable();                     // same differs away
    table.text('words').notNullable();
    table.text('day').notNullable();
    table.text('salt').notNullable();
    signed(table); traced(table);
    table.index(['subject']);
  });
}
