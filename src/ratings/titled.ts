import type { Knex } from 'knex';
import { factsIn, pictureOf, type Sheet } from '../observations/observation.ts';
import type { Place } from '../places/place.ts';
import { caseColumns, type Case } from '../rounds/mark.ts';
import type { Round } from '../rounds/round.ts';
import type { WrittenFact } from '../standards/standard.ts';
import type { Book } from './book.ts';

/** A village or township and its case for a title. */
export interface Titled { readonly place: Place; readonly one: Case; readonly id: string }

/** The subjects that villages and townships are, by number: each has the id of its place. Asked first, else the cases of all households are walked to find a few hundred. */
async function subjectsOf(read: Knex, places: readonly Place[]): Promise<ReadonlyMap<number, Place>> {
  const byId = new Map(places.map(place => [place.id, place]));
  const rows: { no: number; id: string }[] = await read('subjects').whereIn('id', [...byId.keys()]).select('no', 'id');
  return new Map(rows.flatMap(({ no, id }) => { const place = byId.get(id); return place === undefined ? [] : [[Number(no), place]]; }));
}

/** The cases of places for their titles. */
export async function titledOf(read: Knex, round: Round, places: readonly Place[]): Promise<readonly Titled[]> {
  const subjects = await subjectsOf(read, places);
  const rows: Case[] = await read('cases').where({ round: round.no }).whereIn('subject', [...subjects.keys()]).orderBy('subject').select(...caseColumns);
  return rows.flatMap(row => {
    const place = subjects.get(Number(row.subject));
    return place === undefined ? [] : [{ place, id: place.id, one: { ...row, round: Number(row.round), subject: Number(row.subject), village: Number(row.village) } }];
  });
}

/** Of what was counted, what the standard asks and nobody gave otherwise: a bank's own figure for a township is not overruled by a sum. */
export function ownedByCount(book: Pick<Book, 'compiled'>, sheets: readonly Sheet[], counted: Readonly<Record<string, WrittenFact>>): Readonly<Record<string, WrittenFact>> {
  const { fields } = pictureOf(sheets);
  const bySeq = new Map(sheets.map(sheet => [sheet.seq, sheet.source]));
  return Object.fromEntries(Object.entries(counted).filter(([key]) => {
    const field = fields.get(key);
    return book.compiled.slots.has(key) && (field === undefined || (field.kind === 'current' && bySeq.get(field.stand.seq) === 'computed'));
  }));
}

/** All that is known of a village or township by a standard: what its sheets say, and what is counted now. */
export function writtenFacts(book: Pick<Book, 'compiled'>, sheets: readonly Sheet[], counted: Readonly<Record<string, WrittenFact>>): Readonly<Record<string, WrittenFact>> {
  const written = { ...factsIn(pictureOf(sheets)), ...ownedByCount(book, sheets, counted) };
  return Object.fromEntries(Object.entries(written).filter(([key]) => book.compiled.slots.has(key)));
}
