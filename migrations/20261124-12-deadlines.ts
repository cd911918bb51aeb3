import type { Knex } from 'knex';
import { signed, traced } from '../src/store/columns.ts';

export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('reminders', table => {     // what was told of a due day; the things themselves stand where they belong
    table.text('source').notNullable();                     // kind of thing, as its area names it
    table.text('about').notNullable();
    table.text('due').notNullable();
    table.text('step').notNullable();                       // soon today late raised
    table.text('day').notNullable();
    table.text('path').notNullable();                       // place it falls to
    table.text('above').notNullable();                      // place that hears of it when it stays undone
    signed(table); traced(table);
    table.primary(['source', 'about', 'due', 'step']);
  });
  await knex.raw("create index reminders_raised on reminders (above) where step = 'raised'");
}
