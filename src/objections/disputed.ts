import type { Knex } from 'knex';
import type { Power } from '../access/rules.ts';
import type { Subject } from '../access/subject.ts';
import { common } from '../kit/refusals.ts';
import { householdKeys, householdSubject } from '../households/subject.ts';
import { ancestorNo, type PlaceKind } from '../places/place.ts';
import { placeByNo, placeNames, placeSubject } from '../places/queries.ts';
import type { Track } from '../rounds/case.ts';
import { titleKinds } from '../titles/title.ts';

/** What can be objected to: the result of a household, or the title of a village or township. */
export type DisputedKind = 'household' | 'village' | 'township';
export interface Disputed {
  readonly no: number; readonly id: string; readonly kind: DisputedKind; readonly track: Track;
  /** For whoever reads or takes down the objection. */
  readonly subject: Subject;
  /** Of the village a household stands in, or of the place itself. */
  readonly placeNo: number; readonly path: string;
  /** Whose result it is, for officers: the head of the household, or the place and its title. */
  readonly name: string;
}

export async function disputedByNo(read: Knex, no: number): Promise<Disputed> {
  const row: { no: number; id: string; kind: string; place_no: number } | undefined = await read('subjects').where({ no }).first('no', 'id', 'kind', 'place_no');
  if (row?.kind === 'village' || row?.kind === 'township') {
    const place = await placeByNo(read, row.place_no);
    return { no: row.no, id: row.id, kind: row.kind, track: 'title', subject: placeSubject(place), placeNo: place.no, path: place.path, name: `${place.name}${titleKinds[row.kind]}` };
  }
  const household = (await householdKeys(read, [no]))[0] ?? common.refuse('not-found');
  const told: { head_name: string } | undefined = await read('households').where({ id: household.id }).first('head_name');
  return { no: household.no, id: household.id, kind: 'household', track: 'household', subject: householdSubject(household), placeNo: household.village_no, path: household.path, name: `${told?.head_name ?? ''}户` };
}

export async function disputedById(read: Knex, id: string): Promise<Disputed> {
  const row: { no: number } | undefined = await read('subjects').where({ id }).first('no');
  return disputedByNo(read, (row ?? common.refuse('not-found')).no);
}

/** The full name of where it stands. */
export const placeOf = async (read: Knex, { placeNo }: Disputed): Promise<string> => (await placeNames(read, [placeNo])).get(placeNo)?.full ?? '';

const ladder = ['village', 'township', 'county'] as const satisfies readonly PlaceKind[];
type SeatKind = (typeof ladder)[number];
/** A household's objection is answered in its village; a title's one level above, because the place itself applied. */
const firstSeat: Readonly<Record<DisputedKind, SeatKind>> = { household: 'village', village: 'township', township: 'county' };

/** The number of the place whose posts answer: first, or one above the seat of the answer that is appealed against. Undefined above the county. */
export function seatFor({ kind, path }: Pick<Disputed, 'kind' | 'path'>, answered?: PlaceKind): number | undefined {
  const seat = answered === undefined ? firstSeat[kind] : ladder[ladder.findIndex(each => each === answered) + 1];
  return seat === undefined ? undefined : ancestorNo(path, seat);
}

/** What it takes to answer at a seat. */
export const answerPower = (seat: PlaceKind): Power => seat === 'county' ? 'objection.settle' : 'objection.answer';
