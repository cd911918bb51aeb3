import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.schema.alterTable('objections', table => {
    table.text('bank');                                     // whose value it is about, where that bank answers
  });
  await knex.schema.alterTable('answers', table => {        // 核查记录: what was looked into before the answer
    table.text('checked_on');
    table.text('looked_sealed');                            // where
    table.text('asked');                                    // whom, by their part: JSON
    table.text('found_sealed');
    table.text('evidence');
  });
}
