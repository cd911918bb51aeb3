import type { Knex } from 'knex';
import { refers, signed, traced } from '../src/store/columns.ts';

export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('annual_checks', table => {   // 年审: every certificate of a township in a round is looked at once a year
    table.text('id').primary();
    table.bigInteger('round').notNullable();
    refers(table, 'place_no', 'places', { of: 'no', number: true });
    table.integer('year').notNullable();
    table.text('opened_on').notNullable();
    table.text('until').notNullable();                      // day by which it should be done
    table.text('valid_until').notNullable();                // what is kept is valid until then
    signed(table);
    table.unique(['round', 'place_no', 'year']);
  });
  await knex.schema.createTable('award_changes', table => {   // what is put forward for one certificate
    table.text('id').primary();
    table.text('annual');                                   // null between two annual checks
    table.bigInteger('round').notNullable();
    table.bigInteger('subject').notNullable();
    table.text('certificate').notNullable();
    table.text('outcome').notNullable();                    // keep raise lower cancel
    table.integer('points').notNullable();                  // as reckoned on the day, hundredths
    table.smallint('grade').notNullable();
    table.text('valid_until').notNullable();
    table.text('words').notNullable();
    table.text('proposed_on').notNullable();
    table.text('salt').notNullable();
    signed(table); traced(table);
    table.index(['round', 'subject']);
    table.index(['annual']);
  });
  await knex.schema.createTable('award_steps', table => {
    table.text('id').primary();
    refers(table, 'change', 'award_changes');
    table.text('step').notNullable();                       // invited heard agreed declined dropped
    table.text('day').notNullable();
    table.text('speak_until');                              // of an invitation: last day to be heard
    table.text('words').notNullable();
    table.text('salt').notNullable();
    signed(table); traced(table);
  });
  await knex.schema.createTable('plaque_steps', table => {    // 牌匾 of a village or township: put up, taken down
    table.text('id').primary();
    refers(table, 'certificate', 'certificates', { of: 'no' });
    table.text('step').notNullable();                       // hung taken
    table.text('day').notNullable();
    table.text('words').notNullable();
    signed(table); traced(table);
  });
}
