import type { Knex } from 'knex';
import { compact, refers, signed, traced, yesNo } from '../src/store/columns.ts';

export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('standards', table => {
    table.text('hash').primary();
    table.text('key').notNullable();
    table.text('version').notNullable();
    table.text('title').notNullable();
    table.text('kind').notNullable();                       // household person village township
    refers(table, 'county_no', 'places', { of: 'no', number: true });
    table.integer('year').notNullable();
    table.text('body').notNullable();                       // canonical JSON, the bytes that are hashed
    table.text('source').notNullable();                     // the file as given
    signed(table); traced(table);
    table.unique(['county_no', 'key', 'version']);
  });
  await knex.schema.createTable('standard_events', table => {
    table.text('id').primary();
    refers(table, 'standard', 'standards', { of: 'hash' });
    refers(table, 'county_no', 'places', { of: 'no', number: true });   // the county that adopted it: one text may serve several
    table.text('kind').notNullable();                       // adopted retired
    table.text('day').notNullable();
    table.text('filing_no').notNullable();
    table.text('note').notNullable();
    table.text('basis').notNullable();                      // written basis for a topic that is otherwise left out
    table.text('simulation');                               // hash of the scenario that the minutes rest on
    signed(table); traced(table);
  });
  await knex.schema.createTable('drafts', table => {         // standards that are still being written
    table.text('id').primary();
    refers(table, 'county_no', 'places', { of: 'no', number: true });
    table.text('origin').notNullable();                     // what it was made from, in words
    table.text('title').notNullable();                      // as the body has it, for lists
    table.integer('seq').notNullable();                     // the last step
    table.integer('shown').notNullable();                   // the step whose body it has now: an earlier one after taking back
    refers(table, 'standard', 'standards', { of: 'hash', optional: true });   // what it became
    yesNo(table, 'dropped');
    signed(table);
  });
  await knex.schema.createTable('draft_steps', table => {
    refers(table, 'draft', 'drafts');
    table.integer('seq').notNullable();
    table.integer('base').notNullable();                    // the step it was made from
    table.integer('shown').notNullable();                   // itself, or the step that was gone back to
    table.text('address').notNullable();                    // which page of the editor
    table.text('digest').notNullable();                     // of the body
    signed(table); traced(table);
    table.primary(['draft', 'seq']);
  });
  await knex.schema.createTable('draft_bodies', table => {   // kept for taking back; the oldest go
    refers(table, 'draft', 'drafts');
    table.integer('seq').notNullable();
    table.text('body').notNullable();
    table.primary(['draft', 'seq']);
  });
  await knex.schema.createTable('legal_bases', table => {    // the register of law: every change is a version of its own
    table.text('id').notNullable();                         // as standards cite it
    table.integer('seq').notNullable();
    table.text('kind').notNullable();                       // registered amended lapsed
    table.text('law').notNullable();
    table.text('article').notNullable();
    table.text('level').notNullable();
    table.text('valid_from').notNullable();
    table.text('valid_to');                                 // last day it is in force
    table.text('note').notNullable();
    table.text('repealed_by').notNullable();                // the rule that ended it, and why
    table.text('reason').notNullable();
    signed(table); traced(table);
    table.primary(['id', 'seq']);
  });
  await knex.schema.createTable('local_bases', table => {
    refers(table, 'county_no', 'places', { of: 'no', number: true });
    table.integer('year').notNullable();
    table.text('name').notNullable();
    table.bigInteger('value').notNullable();                // hundredths of the unit
    table.text('unit').notNullable();
    signed(table);
    table.primary(['county_no', 'year', 'name']);
  });
  await knex.schema.createTable('indicators', table => {    // small numbers for keys, one dictionary for every standard
    table.integer('no').primary();
    table.text('key').notNullable().unique();
  });
  await knex.schema.createTable('indicator_options', table => {
    table.integer('indicator').notNullable().references('no').inTable('indicators').deferrable('deferred');
    table.integer('no').notNullable();
    table.text('key').notNullable();
    table.primary(['indicator', 'no']);
    table.unique(['indicator', 'key']);
  });
  await knex.schema.createTable('rounds', table => {
    table.bigInteger('no').primary();
    table.text('id').notNullable().unique();
    refers(table, 'place_no', 'places', { of: 'no', number: true });
    table.integer('year').notNullable();
    table.text('name').notNullable();
    refers(table, 'household_standard', 'standards', { of: 'hash' });
    refers(table, 'village_standard', 'standards', { of: 'hash' });
    refers(table, 'township_standard', 'standards', { of: 'hash' });
    table.bigInteger('previous_no');
    table.text('opened_on').notNullable();
    table.text('collect_until').notNullable();
    table.integer('village_days').notNullable();            // working days of the first notice
    table.integer('township_days').notNullable();           // of the second
    table.text('valid_until').notNullable();                // of the grades named in it
    table.text('closed_on');
    signed(table); traced(table);
  });
  await knex.schema.createTable('village_items', table => {   // what a village set for itself in a round: the whole list each time
    table.text('id').primary();
    table.bigInteger('round').notNullable();
    table.bigInteger('village').notNullable();
    table.integer('seq').notNullable();
    table.text('step').notNullable();                       // settled proposed approved returned
    refers(table, 'base', 'standards', { of: 'hash' });     // the county's, which it adds to
    table.text('items').notNullable();                      // canonical JSON
    table.text('standard');                                 // hash of both together, once the list holds
    table.text('reason').notNullable();
    signed(table); traced(table);
    table.unique(['round', 'village', 'seq']);
    table.index(['standard']);
  });
  await compact(knex, 'cases', `round bigint not null, subject bigint not null, village bigint not null, grid bigint, "group" bigint,
    standing text not null, held int not null default 0, reason text, mark_seq int not null, changed_at text not null,
    sheet int not null default 0, revision int, points int, grade smallint, outcome text, credit smallint`, 'round, subject');   // `sheet`: the number of its last one; from `revision` on: its rating in force, if any
  await knex.raw('create index cases_village on cases (round, village)');
  await knex.raw('create index cases_held on cases (round, village) where held > 0');
  await knex.raw('create index cases_grid on cases (round, grid, standing) where grid is not null');
  await compact(knex, 'marks', `round bigint not null, subject bigint not null, seq int not null, mark text not null,
    body text not null, at text not null, "by" text not null, unit bigint not null`, 'round, subject, seq');
  await compact(knex, 'reasons', `round bigint not null, subject bigint not null, seq int not null, words text not null,
    salt text not null, at text not null, "by" text not null, unit bigint not null`, 'round, subject, seq');   // of the mark with the same key: apart, so that free text can be erased
  await compact(knex, 'sheets', `round bigint not null, subject bigint not null, seq int not null, id text not null, source text not null,
    base_seq int not null, body text not null, batch text, salt text not null, at text not null, "by" text not null, unit bigint not null`, 'round, subject, seq');
  await knex.raw('create unique index sheets_id on sheets (round, id)');
  await knex.raw('create index sheets_batch on sheets (round, batch) where batch is not null');
  await compact(knex, 'current_values', `round bigint not null, subject bigint not null, indicator int not null,
    value bigint, state smallint not null, sheet int not null`, 'round, subject, indicator');
  await compact(knex, 'events', `round bigint not null, subject bigint not null, id text not null, indicator int not null, option int not null, day text not null,
    amount bigint, member text, note text not null, shared smallint not null, cured text, sheet int not null, voided int`, 'round, subject, id');
  await compact(knex, 'contests', `round bigint not null, subject bigint not null, indicator int not null, theirs int not null, ours int not null,
    at text not null`, 'round, subject, indicator');
  await knex.schema.createTable('missed_visits', table => { // somebody went, nobody was at home
    table.text('id').primary();
    table.bigInteger('round').notNullable();
    table.bigInteger('subject').notNullable();
    table.text('day').notNullable();
    table.text('next_on');                                  // when somebody goes again
    table.text('takes_back');                               // id of the row that was a mistake
    table.text('salt').notNullable();
    signed(table); traced(table);
    table.index(['round', 'subject']);
  });
  await knex.schema.createTable('sign_offs', table => {     // the household checked its sheet
    table.bigInteger('round').notNullable();
    table.bigInteger('subject').notNullable();
    table.integer('sheet').notNullable();
    table.text('how').notNullable();                        // drawn paper refused absent
    table.text('reason').notNullable();
    table.text('evidence');
    signed(table); traced(table);
    table.primary(['round', 'subject', 'sheet']);
  });
  await knex.schema.createTable('imports', table => {
    table.text('id').primary();
    table.text('kind').notNullable();
    table.text('file_name').notNullable();
    table.bigInteger('round');
    table.text('source').notNullable();
    table.integer('rows').notNullable();
    table.integer('loaded').notNullable();
    table.integer('unmatched').notNullable();
    table.text('evidence');                                 // unmatched rows, kept to be fetched
    table.text('taken_back_at');
    table.text('taken_back_by');
    table.text('standing').notNullable().defaultTo('loading'); // loading loaded
    table.text('settings').notNullable().defaultTo('{}');
    table.text('report').notNullable().defaultTo('{}');      // counts only; rows that were left out are a file
    signed(table); traced(table);
    table.index(['at']);
  });
}
