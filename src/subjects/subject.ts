import type { Knex } from 'knex';
import { common } from '../kit/refusals.ts';

/** Whatever can be rated is one idea: `id` is the name in URLs and ledger, `no` the small key of the compact tables. */
export const subjectKinds = ['household', 'person', 'village', 'township'] as const;
export type SubjectKind = (typeof subjectKinds)[number];
export interface SubjectRow { readonly no: number; readonly id: string; readonly kind: SubjectKind; readonly place_no: number }

/** The subject that stands for a village or township itself: it has the id of its place. */
export async function subjectOfPlace(read: Knex, placeNo: number): Promise<SubjectRow> {
  const row: SubjectRow | undefined = await read('subjects').where({ place_no: placeNo }).whereIn('kind', ['village', 'township']).first('no', 'id', 'kind', 'place_no');
  return row ?? common.refuse('not-found');
}
