import type { Knex } from 'knex';
import { refers, signed, traced, yesNo } from '../src/store/columns.ts';

export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('subjects', table => {
    table.bigInteger('no').primary();
    table.text('id').notNullable().unique();
    table.text('kind').notNullable();            // household person village township
    refers(table, 'place_no', 'places', { of: 'no', number: true });
  });
  await knex.schema.createTable('evidence', table => {
    table.text('id').primary();
    table.text('subject').notNullable();
    table.text('kind').notNullable();            // photo signature consent notice import
    table.text('mime').notNullable();
    table.integer('bytes').notNullable();
    table.text('sha256').notNullable();
    table.text('salt').notNullable();
    signed(table); traced(table);
    table.index(['subject']);
  });
  await knex.schema.createTable('households', table => {
    table.text('id').primary();
    table.bigInteger('no').notNullable().unique();          // subjects.no
    refers(table, 'village_no', 'places', { of: 'no', number: true });
    table.bigInteger('group_no').references('no').inTable('places').deferrable('deferred');
    table.index(['group_no']);
    table.bigInteger('grid_no').references('no').inTable('places').deferrable('deferred');
    table.index(['grid_no']);
    table.integer('household_no').notNullable();            // unique in the village, never reused
    table.text('head_name').notNullable();
    table.text('name_sort').notNullable();
    table.text('name_search').notNullable();                // names, pinyin and initials of head and members, for `like`
    table.integer('people').notNullable();
    table.text('address').notNullable();
    table.text('photo');
    table.text('registered_on').notNullable();
    table.text('closed_on');
    table.text('closed_reason');
    table.text('into');                                     // household id it was merged into
    table.integer('rev').notNullable();
    table.unique(['village_no', 'household_no']);
    table.index(['village_no', 'name_sort']);
  });
  await knex.schema.createTable('vacated_numbers', table => { // numbers left behind by moving away: never given out again
    table.bigInteger('village_no').notNullable();
    table.integer('household_no').notNullable();
    refers(table, 'household', 'households');
    table.primary(['village_no', 'household_no']);
  });
  await knex.schema.createTable('members', table => {
    table.text('id').primary();
    refers(table, 'household', 'households');
    table.integer('sort').notNullable();
    table.text('name').notNullable();
    table.text('relation').notNullable();                   // 户主 配偶 …: key of the relation list
    table.text('sex').notNullable();                        // male female
    table.integer('birth_year').notNullable();
    table.text('numbers_sealed');                           // ID number and phone, sealed together
    table.text('id_match');
    table.text('id_missing');                               // why there is no number
    table.text('phone_match');
    yesNo(table, 'away');                                   // 长期在外
    table.text('left_on');
    table.text('left_reason');
    table.index(['id_match']);
  });
  await knex.schema.createTable('household_events', table => {
    table.text('id').primary();
    refers(table, 'household', 'households');
    table.text('kind').notNullable();                       // registered revised head split merged moved closed forgotten
    table.text('day').notNullable();
    table.text('body').notNullable();                       // JSON: what was, what is; sensitive fields as 'changed' only
    table.text('batch');                                    // the import that registered it, so that a wrong file can be taken back
    table.text('salt').notNullable();
    signed(table); traced(table);
    table.index(['batch'], undefined, { predicate: knex.whereNotNull('batch') });
  });
  await knex.schema.createTable('apart', table => {         // looked at side by side and found to be two households
    table.text('one').notNullable();
    table.text('other').notNullable();
    signed(table);
    table.primary(['one', 'other']);
  });
  await knex.schema.createTable('recusals', table => {      // an officer stands aside from a household
    table.text('id').primary();
    refers(table, 'officer', 'officers');
    refers(table, 'household', 'households');
    table.text('ground').notNullable();                     // own kin interest
    table.text('words').notNullable();
    table.text('salt').notNullable();
    signed(table); traced(table);
  });
  await knex.schema.createTable('recusal_ends', table => {
    table.text('recusal').primary().references('id').inTable('recusals').deferrable('deferred');
    table.text('words').notNullable();
    table.text('salt').notNullable();
    signed(table); traced(table);
  });
  await knex.schema.createTable('consents', table => {
    table.text('id').primary();
    table.text('household').notNullable().references('id').inTable('households').deferrable('deferred');
    table.text('member').notNullable().references('id').inTable('members').deferrable('deferred');
    table.text('kind').notNullable();                       // rate publish share
    table.text('bank').notNullable().defaultTo('');         // banks.id for share
    table.text('text_version').notNullable();
    table.text('given_on').notNullable();
    table.text('how').notNullable();                        // paper drawn mandate
    table.text('mandate');                                  // who acted by written mandate, and the paper
    table.text('evidence');
    table.text('batch');                                    // the import that brought it
    table.text('salt').notNullable();
    signed(table); traced(table);
    table.index(['household', 'kind']);
    table.index(['member', 'kind', 'bank', 'given_on', 'id']);   // all that is asked of a hundred thousand members at once
    table.index(['batch'], undefined, { predicate: knex.whereNotNull('batch') });
  });
  await knex.schema.createTable('withdrawals', table => {
    table.text('id').primary();
    refers(table, 'consent', 'consents');
    table.text('withdrawn_on').notNullable();
    table.text('how').notNullable();
    table.text('reason').notNullable();
    table.text('salt').notNullable();
    signed(table); traced(table);
    table.unique(['consent']);
  });
}
