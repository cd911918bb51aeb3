import type { Knex } from 'knex';
import { refers, signed, traced, yesNo } from '../src/store/columns.ts';

export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('pledges', table => {       // 信用承诺
    table.text('id').primary();
    refers(table, 'household', 'households');
    table.text('member').notNullable();
    table.text('purpose').notNullable();
    table.text('text_version').notNullable();
    table.text('event').notNullable();                      // what is to be put right, of a pledge for repair; else ''
    table.text('signed_on').notNullable();
    table.text('kept_until').notNullable();                 // the last day it is about
    table.text('how').notNullable();                        // paper drawn
    yesNo(table, 'open');                                   // the person wants it shown to everybody
    table.text('evidence').notNullable();
    table.text('salt').notNullable();
    signed(table); traced(table);
    table.index(['member']);
  });
  await knex.schema.createTable('pledge_steps', table => {
    table.text('id').primary();
    refers(table, 'pledge', 'pledges');
    table.text('step').notNullable();                       // hidden reported settled dropped
    table.text('outcome').notNullable();                    // of a report and its settling: kept broken; else ''
    table.text('day').notNullable();
    table.text('words').notNullable();
    table.text('evidence');
    table.text('salt').notNullable();
    signed(table); traced(table);
  });
}
