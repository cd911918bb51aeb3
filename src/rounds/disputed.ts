import type { Knex } from 'knex';

/** What an objection or a statement is about when it is about the result as a whole, and not about one value (`value:<indicator>`) or one thing written down (`event:<id>`). */
export const ratingTopic = 'rating';

/** What open objections to one result are about. Pages mark these wherever they show them. */
export async function disputedIn(read: Knex, round: number, subject: number): Promise<ReadonlySet<string>> {
  const rows: { about: string }[] = await read('objections').leftJoin('answers', 'answers.objection', 'objections.id').where({ 'objections.round': round, 'objections.subject': subject }).whereNull('answers.id').distinct('objections.about');
  return new Set(rows.map(row => row.about));
}
