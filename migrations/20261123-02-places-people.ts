import type { Knex } from 'knex';
import { refers, signed, traced, yesNo } from '../src/store/columns.ts';

export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('places', table => {
    table.bigInteger('no').primary();
    table.text('id').notNullable().unique();
    table.text('kind').notNullable();            // province city county township village group grid
    table.text('code');                          // division code, 2 to 12 digits; groups and grids have none
    table.text('name').notNullable();
    refers(table, 'parent_no', 'places', { of: 'no', optional: true, number: true });
    table.text('path').notNullable().unique();
    table.integer('sort').notNullable();
    table.text('since').notNullable();
    table.text('until');
    table.bigInteger('successor_no');
    yesNo(table, 'hidden');                      // the register's "virtual" units
    table.index(['kind', 'code']);
    table.index(['name']);
  });
  await knex.schema.createTable('place_events', table => {
    table.text('id').primary();
    refers(table, 'place_no', 'places', { of: 'no', number: true });
    table.text('kind').notNullable();            // established renamed moved merged closed
    table.text('day').notNullable();
    table.text('was').notNullable();
    table.text('now').notNullable();
    table.text('reason').notNullable();
    signed(table); traced(table);
  });
  await knex.schema.createTable('holidays', table => {
    table.text('day').primary();
    table.text('kind').notNullable();            // off work
    table.text('name').notNullable();
    yesNo(table, 'official', 1);                 // 0: statutory days only, the year's arrangement is not published yet
  });
  await knex.schema.createTable('banks', table => {
    table.text('id').primary();
    table.text('name').notNullable().unique();
    table.text('short').notNullable();
    signed(table);
  });
  await knex.schema.createTable('officers', table => {
    table.text('id').primary();
    table.text('login').notNullable().unique();
    table.text('name').notNullable();
    table.text('phone_sealed');
    table.text('password_hash').notNullable();
    yesNo(table, 'must_change', 1);
    table.text('bank').references('id').inTable('banks').deferrable('deferred');
    table.index(['bank']);
    table.text('closed_on');
    table.integer('fails').notNullable().defaultTo(0);
    table.text('locked_until');
    table.text('changed_at').notNullable();
    yesNo(table, 'large');
  });
  await knex.schema.createTable('posts', table => {
    table.text('id').primary();
    refers(table, 'officer', 'officers');
    table.text('role').notNullable();
    refers(table, 'place_no', 'places', { of: 'no', number: true });
    table.text('since').notNullable();
    table.text('until');                         // first day without the post
    table.text('ended_reason');
    signed(table);
  });
  await knex.schema.createTable('leaves', table => {
    table.text('id').primary();
    refers(table, 'officer', 'officers');
    refers(table, 'stand_in', 'officers');
    table.text('from_day').notNullable();
    table.text('to_day').notNullable();
    table.text('reason').notNullable();
    table.text('ended_at');
    signed(table);
  });
  await knex.schema.createTable('sessions', table => {
    table.text('id').primary();                  // digest of the cookie, never the cookie
    refers(table, 'officer', 'officers');
    table.text('started_at').notNullable();
    table.text('seen_at').notNullable();
  });
}
