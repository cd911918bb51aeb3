import type { Knex } from 'knex';
import { compact, refers, signed } from '../src/store/columns.ts';

export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('simulations', table => {   // what a standard would do: changes nothing, may be dropped
    table.bigInteger('no').primary();
    table.text('id').notNullable().unique();
    table.bigInteger('round').notNullable();
    refers(table, 'place_no', 'places', { of: 'no', number: true });
    refers(table, 'standard', 'standards', { of: 'hash' });
    table.text('day').notNullable();                        // the day both standards rate by
    table.text('note').notNullable();
    table.text('phase').notNullable();                      // counting done failed
    table.integer('total').notNullable();
    table.integer('done').notNullable();
    table.integer('changed').notNullable();                 // households with another result
    table.integer('apart').notNullable();                   // whose rating in force is another than their facts give today: moved by hand, or not rated since
    table.text('titles').notNullable();                     // JSON: villages and townships before and after; nothing about a person
    table.text('hash');
    table.text('beat_at').notNullable();
    table.text('finished_at');
    signed(table);
    table.index(['round']);
  });
  await compact(knex, 'simulation_cells', `simulation bigint not null, village bigint not null, "group" bigint not null, type smallint not null, elderly smallint not null, "before" smallint not null, "after" smallint not null,
    n int not null`, 'simulation, village, "group", type, elderly, "before", "after"');
  await compact(knex, 'simulation_flips', `simulation bigint not null, subject bigint not null, village bigint not null, "before" smallint not null, "after" smallint not null,
    points_before int not null, points_after int not null, clause text not null, salt text not null`, 'simulation, subject');
  await knex.raw('create index simulation_flips_subject on simulation_flips (subject)');
  await knex.raw('create index simulation_flips_village on simulation_flips (simulation, village, clause)');
}
