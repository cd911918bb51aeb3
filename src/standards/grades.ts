import type { Knex } from 'knex';

export interface GradeRow { readonly code: string; readonly label: string; readonly credit: boolean }

const known = new Map<string, readonly GradeRow[]>();

/** The grade table of a kept standard, best first; a rating stores the rank in it. A kept standard never changes, so neither does this. */
export async function gradesOf(read: Knex, hash: string): Promise<readonly GradeRow[]> {
  const cached = known.get(hash);
  if (cached !== undefined) return cached;
  const row: { body: string } | undefined = await read('standards').where({ hash }).first('body');
  const body = JSON.parse(row?.body ?? '{"grades":[]}') as { grades: readonly GradeRow[] };
  const grades = body.grades.map(({ code, label, credit }) => ({ code, label, credit }));
  known.set(hash, grades);
  return grades;
}
