import type { Knex } from 'knex';

/** What open objections to one result are about: `rating`, `value:<indicator>` or `event:<id>`. Pages mark these wherever they show them. */
export async function disputedIn(read: Knex, round: number, subject: number): Promise<ReadonlySet<string>> {
  const rows: { about: string }[] = await read('objections').leftJoin('answers', 'answers.objection', 'objections.id').where({ 'objections.round': round, 'objections.subject': subject }).whereNull('answers.id').distinct('objections.about');
  return new Set(rows.map(row => row.about));
}
