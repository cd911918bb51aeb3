import type { Knex } from 'knex';
import { refers, signed, traced, yesNo } from '../src/store/columns.ts';

export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('pins', table => {          // by which a member confirms on a shared tablet
    refers(table, 'officer', 'officers');
    table.primary(['officer']);
    table.text('hash').notNullable();
    table.integer('fails').notNullable();
    table.text('locked_until');
    table.text('set_at').notNullable();
  });
  await knex.schema.createTable('sittings', table => {      // 评定会: a committee meets on the docket of one place and stage
    table.text('id').primary();
    table.bigInteger('round').notNullable();
    refers(table, 'place_no', 'places', { of: 'no', number: true });
    table.text('stage').notNullable();
    table.text('day').notNullable();
    table.text('venue').notNullable();
    table.text('ballot').notNullable();                     // open secret
    refers(table, 'chair', 'officers');
    table.text('share').notNullable();                      // of the members who must have come: half two-thirds
    table.integer('confirms').notNullable();                // PINs that make it count
    table.text('state').notNullable();                      // called voting confirming done dropped
    table.integer('version').notNullable();                 // of what is confirmed; going back to the vote makes another
    table.text('opened_at');
    table.text('ended_at');
    signed(table);
    table.index(['round', 'place_no', 'stage']);
  });
  await knex.schema.createTable('sitting_seats', table => {
    refers(table, 'sitting', 'sittings');
    refers(table, 'officer', 'officers');
    table.primary(['sitting', 'officer']);
    yesNo(table, 'present');
    yesNo(table, 'voted');                                  // in a secret ballot: that they did, never what
  });
  await knex.schema.createTable('sitting_items', table => {
    refers(table, 'sitting', 'sittings');
    table.integer('no').notNullable();                      // 0: the rest of the docket, as one
    table.primary(['sitting', 'no']);
    table.bigInteger('subject');
    table.integer('ayes').notNullable();                    // a secret ballot's sums
    table.integer('noes').notNullable();
    table.integer('abstained').notNullable();
    yesNo(table, 'looked');
    table.text('decision');                                 // the chair's, where it is not what the votes say
    table.text('words').notNullable();
    table.index(['subject']);
  });
  await knex.schema.createTable('sitting_cases', table => {
    refers(table, 'sitting', 'sittings');
    table.bigInteger('subject').notNullable();
    table.primary(['sitting', 'subject']);
    table.integer('item').notNullable();
    table.integer('mark_seq').notNullable();                // as the members saw it: a later mark takes it off the docket
    table.index(['subject']);
  });
  await knex.schema.createTable('sitting_votes', table => { // by show of hands only
    refers(table, 'sitting', 'sittings');
    table.integer('item').notNullable();
    refers(table, 'officer', 'officers');
    table.primary(['sitting', 'item', 'officer']);
    table.text('vote').notNullable();
  });
  await knex.schema.createTable('sitting_confirmations', table => {
    refers(table, 'sitting', 'sittings');
    refers(table, 'officer', 'officers');
    table.integer('version').notNullable();
    table.primary(['sitting', 'officer', 'version']);
    signed(table);
    traced(table);
  });
  await knex.schema.createTable('sitting_results', table => { // one line of the minutes each: erasable, the minutes keep its digest
    refers(table, 'sitting', 'sittings');
    table.integer('no').notNullable();
    table.primary(['sitting', 'no']);
    table.bigInteger('subject');
    table.text('body').notNullable();
    table.text('salt').notNullable();
    signed(table);
    traced(table);
    table.index(['subject']);
    table.index(['unit']);
  });
  await knex.schema.createTable('minutes', table => {
    refers(table, 'sitting', 'sittings');
    table.primary(['sitting']);
    table.text('body').notNullable();
    table.text('hash').notNullable();
    signed(table);
    traced(table);
  });
}
