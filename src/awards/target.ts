import type { Knex } from 'knex';
import type { Power } from '../access/rules.ts';
import type { Subject } from '../access/subject.ts';
import { mustHoldNoNumber, mustNameNoOther, type Written } from '../households/others-named.ts';
import { common } from '../kit/refusals.ts';
import type { Place } from '../places/place.ts';
import { placeById, placeByNo } from '../places/queries.ts';
import { titleSubject } from '../titles/decide.ts';

/** Whose certificate it is: a household in its village, or the place that bears the title. */
export interface Target { readonly no: number; readonly id: string; readonly kind: 'household' | 'village' | 'township'; readonly path: string; readonly place: Place }

/** A household is looked at where its case of the round lies, wherever it lives since. */
export async function targetByNo(read: Knex, round: number, no: number): Promise<Target> {
  const row: { kind: Target['kind']; place_no: number; village: number | null; household: string | null } | undefined = await read('subjects').leftJoin('households', 'households.no', 'subjects.no')
    .leftJoin('cases', join => join.on('cases.subject', 'subjects.no').andOnVal('cases.round', round)).where('subjects.no', no).first('subjects.kind', 'subjects.place_no', 'cases.village', 'households.id as household');
  if (row === undefined) return common.refuse('not-found');
  const place = await placeByNo(read, row.kind === 'household' ? row.village ?? row.place_no : row.place_no);
  return { no, id: row.household ?? place.id, kind: row.kind, path: place.path, place };
}

/** By the id of a household, or of a village or township. */
export async function targetById(read: Knex, round: number, id: string): Promise<Target> {
  const household: { no: number } | undefined = await read('households').where({ id }).first('no');
  if (household !== undefined) return targetByNo(read, round, Number(household.no));
  const place = await placeById(read, id);
  const row: { no: number } | undefined = await read('subjects').where({ place_no: place.no, kind: place.kind }).whereIn('kind', ['village', 'township']).first('no');
  return row === undefined ? common.refuse('not-found') : { no: Number(row.no), id: place.id, kind: place.kind === 'village' ? 'village' : 'township', path: place.path, place };
}

/** What is written here goes onto a letter: no number of a card or a mobile, nobody of another household. */
export async function mayBePrinted(read: Knex, target: Target, written: Written): Promise<void> {
  if (target.kind === 'household') await mustNameNoOther(read, { id: target.id, village_no: target.place.no }, written); else mustHoldNoNumber(written);
}

/** A title is looked at again where it was reviewed and decided where it was named: take-down stands at the level of the award (domain 2.2). */
export function powerTo(act: 'propose' | 'hear' | 'decide', target: Pick<Target, 'kind' | 'id' | 'path'>): { readonly power: Power; readonly subject: Subject } {
  if (target.kind === 'household') return { power: act === 'propose' ? 'award.propose' : act === 'hear' ? 'award.hear' : 'case.approve', subject: { id: target.id, paths: [target.path] } };
  return act === 'decide' ? { power: 'title.approve', subject: titleSubject(target, 'approve') } : { power: 'title.review', subject: titleSubject(target, 'review') };
}
