import type { Knex } from 'knex';
import { compact, refers, signed, traced, yesNo } from '../src/store/columns.ts';

export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('rating_runs', table => {
    table.bigInteger('no').primary();
    table.text('id').notNullable().unique();
    table.bigInteger('round').notNullable();
    table.text('scope').notNullable();                      // path rated
    table.text('kind').notNullable();                       // household village township
    table.text('phase').notNullable();                      // rating done stopped
    table.text('day').notNullable();                        // the day the ratings speak about
    table.integer('total').notNullable();
    table.integer('done').notNullable();
    table.integer('fresh').notNullable();                   // new revisions made
    table.integer('skipped').notNullable();                 // without consent to be rated
    table.bigInteger('after_no').notNullable();             // last subject done: where a restarted run goes on
    table.text('beat_at').notNullable();                    // last sign of life
    table.text('finished_at');
    signed(table);
    table.index(['round']);
  });
  await compact(knex, 'ratings', `round bigint not null, subject bigint not null, revision int not null, run bigint not null, village bigint not null, points int not null, grade smallint not null,
    outcome text not null, credit smallint not null, sheet int not null, yardstick bigint not null, former text, unit bigint not null`, 'round, subject, revision');
  // A case holds its rating in force: a hundred thousand come into force by one statement over one table.
  await knex.raw('drop view if exists current_ratings');
  await knex.raw('create view current_ratings as select round, subject, revision, village, points, grade, outcome, credit from cases where revision is not null');
  await knex.schema.createTable('yardsticks', table => {     // what ratings were measured by: `no` is drawn from the rest
    table.bigInteger('no').primary();
    table.text('standard').notNullable();                   // standards.hash
    table.text('bases').notNullable();                      // basis_sets.digest
    table.text('engine').notNullable();
    table.text('day').notNullable();
  });
  await knex.schema.createTable('basis_sets', table => {     // the legal bases in force for some rating: what `yardsticks.bases` is the digest of
    table.text('digest').primary();
    table.text('ids').notNullable();
  });
  await knex.schema.createTable('recomputations', table => { // drafted where bases ended; nothing changes until a committee acts
    table.bigInteger('round').notNullable();
    table.bigInteger('village').notNullable();
    table.integer('households').notNullable();
    table.text('bases').notNullable();
    table.text('day').notNullable();
    table.primary(['round', 'village']);
  });
  await knex.schema.createTable('adjustments', table => {
    table.text('id').primary();
    table.bigInteger('round').notNullable();
    table.bigInteger('subject').notNullable();
    table.integer('revision').notNullable();                // the one it made
    table.text('outcome_before').notNullable();
    table.integer('points_before').notNullable();
    table.integer('points_after').notNullable();
    table.smallint('grade_before').notNullable();
    table.smallint('grade_after').notNullable();
    table.text('reason').notNullable();
    table.text('salt').notNullable();
    signed(table); traced(table);
    table.index(['round', 'subject']);
  });
  await knex.schema.createTable('notices', table => {
    table.text('id').primary();
    table.bigInteger('round').notNullable();
    refers(table, 'place_no', 'places', { of: 'no', number: true });
    table.text('stage').notNullable();                      // village township final
    table.text('posted_on').notNullable();
    table.text('until').notNullable();                      // last day to object
    table.text('where_posted').notNullable();
    table.text('phone').notNullable();
    table.integer('named').notNullable();
    table.integer('unnamed').notNullable();
    table.text('hash').notNullable();
    table.text('photo');
    table.text('ended_on');
    table.text('unposted_on');                              // taken down before anybody objected
    table.text('unposted_reason');
    signed(table); traced(table);
    table.index(['round', 'stage']);
  });
  await knex.schema.createTable('notice_entries', table => {
    refers(table, 'notice', 'notices');
    table.integer('seq').notNullable();
    table.bigInteger('subject').notNullable();
    table.text('shown').notNullable();                      // masked as configured on the day; '' once withdrawn
    table.text('group_name').notNullable();
    table.smallint('grade').notNullable();
    table.text('salt').notNullable();
    table.text('leaf').notNullable();
    table.text('withdrawn_at');
    table.text('withdrawn_for');                            // consent left reopened gone
    table.text('corrects');                                 // the announcement in which the household stood before
    table.primary(['notice', 'seq']);
    table.index(['subject']);
  });
  await knex.schema.createTable('objections', table => {
    table.text('id').primary();
    table.text('receipt').notNullable().unique();
    table.bigInteger('round').notNullable();
    table.bigInteger('subject').notNullable();
    table.text('notice');
    refers(table, 'seat_no', 'places', { of: 'no', number: true });   // whose posts answer it
    table.text('appeals');                                  // the objection whose answer this one goes on from
    table.text('about').notNullable();                      // rating, value:<indicator>, event:<id>
    table.text('words_sealed').notNullable();
    table.text('name_sealed');
    table.text('contact_sealed');
    table.text('how').notNullable();                        // web hall phone
    table.text('lodged_on').notNullable();
    table.text('due_on').notNullable();
    table.text('salt').notNullable();
    signed(table); traced(table);
    table.index(['round', 'subject']);
  });
  await knex.schema.createTable('answers', table => {
    table.text('id').primary();
    refers(table, 'objection', 'objections');
    table.text('outcome').notNullable();                    // upheld kept withdrawn
    table.text('words_sealed').notNullable();
    table.text('answered_on').notNullable();
    table.integer('revision_before');
    table.integer('revision_after');
    table.text('salt').notNullable();
    signed(table); traced(table);
    table.unique(['objection']);
  });
  await knex.schema.createTable('rolls', table => {
    table.text('id').primary();
    table.bigInteger('round').notNullable();
    refers(table, 'place_no', 'places', { of: 'no', number: true });
    table.text('published_on').notNullable();
    table.text('valid_until').notNullable();
    table.text('hash').notNullable();
    table.text('figures').notNullable();                    // JSON: counts by grade, shares; nothing about a person
    table.text('withdrawn_at');
    table.text('withdrawn_reason');
    signed(table); traced(table);
    table.unique(['round', 'place_no']);
  });
  await knex.schema.createTable('roll_entries', table => {  // only what may be shown to anyone
    refers(table, 'roll', 'rolls');
    table.integer('seq').notNullable();
    table.text('kind').notNullable();                       // household village township
    table.bigInteger('place_no').notNullable();
    table.text('group_name').notNullable();
    table.text('shown').notNullable();
    table.text('grade_code').notNullable();
    table.smallint('grade').notNullable();
    table.text('salt').notNullable();
    table.text('leaf').notNullable();
    table.primary(['roll', 'seq']);
  });
  await knex.schema.createTable('roll_subjects', table => { // who stands behind an entry: apart, so that public queries cannot reach it
    table.text('roll').notNullable();
    table.integer('seq').notNullable();
    table.bigInteger('subject').notNullable();
    table.primary(['roll', 'seq']);
    table.index(['subject']);
  });
  await knex.schema.createTable('certificates', table => {
    table.text('no').primary();
    table.bigInteger('round').notNullable();
    table.bigInteger('subject').notNullable();
    table.text('grade_code').notNullable();
    table.text('issued_on').notNullable();
    table.text('valid_until').notNullable();
    table.text('revoked_on');
    table.text('revoked_reason');                           // reopened unapproved roll gone checked
    table.text('replaced_by');                              // the number of the one with another grade that came in its place
    signed(table); traced(table);
  });
  await knex.raw('create unique index certificates_one on certificates (round, subject) where replaced_by is null');
  await knex.schema.createTable('reveals', table => {       // who looked at a full number or phone, and why
    table.text('id').primary();
    table.text('member').notNullable();
    table.text('field').notNullable();
    table.text('reason').notNullable();
    table.text('salt').notNullable();
    signed(table); traced(table);
    table.index(['member']);
  });
  await knex.schema.createTable('lookups', table => {       // every look of a bank at a household
    table.text('id').primary();
    refers(table, 'bank', 'banks');
    table.bigInteger('subject').notNullable();
    table.text('purpose').notNullable();
    yesNo(table, 'found');
    signed(table); traced(table);
    table.index(['subject']);
  });
}
