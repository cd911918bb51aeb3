import type { Knex } from 'knex';
import { traced } from '../src/store/columns.ts';

export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('ledger', table => {
    table.text('chain').notNullable();
    table.bigInteger('seq').notNullable();
    traced(table);
    table.text('at').notNullable();
    table.text('actor').notNullable();
    table.text('post');
    table.text('act').notNullable();
    table.text('power').notNullable();
    table.text('subject').notNullable();
    table.text('traces').notNullable();
    table.text('previous').notNullable();
    table.text('hash').notNullable();
    table.primary(['chain', 'seq']);
    table.index(['subject', 'at']);
    table.index(['at']);
    table.index(['unit']);
  });
  await knex.schema.createTable('ledger_heads', table => {
    table.text('chain').primary();
    table.bigInteger('seq').notNullable();
    table.text('hash').notNullable();
  });
  await knex.schema.createTable('tombstones', table => {
    table.text('about').notNullable();
    table.text('row_key').notNullable();
    table.bigInteger('unit').notNullable();
    table.text('leaf').notNullable();
    table.text('at').notNullable();
    table.primary(['about', 'row_key']);
    table.index(['unit']);
  });
  await knex.schema.createTable('counters', table => {
    table.text('name').primary();
    table.bigInteger('next').notNullable();
  });
  await knex.schema.createTable('settings', table => {
    table.text('name').primary();
    table.text('value').notNullable();
  });
  await knex.schema.createTable('leases', table => {
    table.text('name').primary();
    table.text('holder').notNullable();
    table.text('until').notNullable();
    table.text('done_for');
  });
}
