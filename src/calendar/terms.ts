import type { Knex } from 'knex';

/** Working days that the office grants or gives itself; what is not set is as usual. */
export interface Terms {
  /** In which somebody may answer before something that takes points counts. */
  readonly answer: number;
  /** In which an application for repair is taken up, and then decided on (the state's own procedure: three and about ten). */
  readonly accept: number;
  readonly decide: number;
  /** In which somebody who asks about the own data is answered in writing (PIPL 50: in time; the state's guide to personal data says thirty days). */
  readonly reply: number;
}
export const usualTerms: Terms = { answer: 5, accept: 3, decide: 10, reply: 15 };
/** The person's days may not be cut below three; the office's own not stretched beyond these. */
export const termBounds = { answer: { least: 3, most: 20 }, accept: { least: 1, most: 5 }, decide: { least: 3, most: 20 }, reply: { least: 3, most: 20 } } as const;
export const termSetting = 'days.terms';

export async function termsNow(read: Knex): Promise<Terms> {
  const row: { value: string } | undefined = await read('settings').where({ name: termSetting }).first('value');
  return row === undefined ? usualTerms : { ...usualTerms, ...JSON.parse(row.value) as Partial<Terms> };
}
