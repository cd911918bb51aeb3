import type { Knex } from 'knex';
import { refers, signed, traced } from '../src/store/columns.ts';

export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('peer_reviews', table => {  // 背靠背评议: one pass of one villagers' group; its id is the seed of the draw
    table.text('id').primary();
    refers(table, 'round', 'rounds', { of: 'no', number: true });
    refers(table, 'village_no', 'places', { of: 'no', number: true });
    refers(table, 'group_no', 'places', { of: 'no', number: true });
    table.integer('pass').notNullable();
    table.text('follows');
    table.text('until').notNullable();
    table.text('opened_on').notNullable();
    table.text('closed_on');
    signed(table);
    table.unique(['round', 'group_no', 'pass']);
  });
  await knex.schema.createTable('peer_seats', table => {
    refers(table, 'review', 'peer_reviews');
    refers(table, 'officer', 'officers');
    table.integer('no').notNullable();
    table.text('how').notNullable();                        // tablet paper
    table.text('done_at');
    table.primary(['review', 'officer']);
    table.unique(['review', 'no']);
  });
  await knex.schema.createTable('peer_answers', table => {  // sealed: nobody reads what one evaluator answered
    table.text('id').primary();
    refers(table, 'review', 'peer_reviews');
    table.integer('seat').notNullable();
    table.integer('slot').notNullable();                    // 0 the evaluator; 1 and 2 whoever keyed the paper in
    table.bigInteger('subject').notNullable();
    table.text('sealed').notNullable();
    table.text('salt').notNullable();
    signed(table); traced(table);
    table.index(['subject']);
  });
  await knex.schema.createTable('peer_results', table => {
    refers(table, 'review', 'peer_reviews');
    table.bigInteger('subject').notNullable();
    table.text('indicator').notNullable();
    table.integer('answers').notNullable();
    table.integer('unclear').notNullable();
    table.bigInteger('spread').notNullable();
    table.smallint('counts').notNullable();                 // 1: enough answers, a value came of it
    table.primary(['review', 'subject', 'indicator']);
    table.index(['subject']);
  });
}
