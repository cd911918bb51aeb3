import type { Knex } from 'knex';
import { factsIn, pictureOf, type Sheet } from '../observations/observation.ts';
import { sheetsOf } from '../observations/sheet.ts';
import type { Place } from '../places/place.ts';
import { placesBelow } from '../places/queries.ts';
import { caseColumns, type Case } from '../rounds/mark.ts';
import type { Round } from '../rounds/round.ts';
import type { WrittenFact } from '../standards/standard.ts';
import type { Book } from './book.ts';
import { confirmed, decidedCounts, villageFacts } from './shares.ts';

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

/** What is counted from below, by subject. */
export type Counted = ReadonlyMap<number, Readonly<Record<string, WrittenFact>>>;

export const countedFacts = async (read: Knex, round: Round, titled: readonly Titled[], book: Book): Promise<Counted> =>
  titled[0]?.place.kind === 'village' ? countedVillages(read, round, titled) : countedTownships(read, round, titled, book);

async function countedVillages(read: Knex, round: Round, titled: readonly Titled[]): Promise<Counted> {
  const counts = await decidedCounts(read, round.no, titled.map(({ place }) => place.no));
  return new Map(titled.flatMap(({ place, one }) => { const count = counts.get(place.no); return count === undefined ? [] : [[one.subject, villageFacts(count)]]; }));
}

/** Villages and named villages below; what the bank told village by village is added up where it gave no figure for the township itself. */
async function countedTownships(read: Knex, round: Round, titled: readonly Titled[], book: Book): Promise<Counted> {
  const found = new Map<number, Readonly<Record<string, WrittenFact>>>();
  for (const { place, one } of titled) {
    const villages = await placesBelow(read, place.path, 'village');
    const rows: { subject: number; standing: string; credit: number | null }[] = await read('cases as c')
      .leftJoin('current_ratings as k', join => join.on('k.round', 'c.round').andOn('k.subject', 'c.subject'))
      .where('c.round', round.no).whereIn('c.subject', [...(await subjectsOf(read, villages)).keys()]).select('c.subject', 'c.standing', 'k.credit');
    const credit = rows.filter(row => row.credit === 1 && (confirmed as readonly string[]).includes(row.standing)).length;
    const below = [...(await sheetsOf(read, round.no, rows.map(row => Number(row.subject)))).values()].map(sheets => factsIn(pictureOf(sheets)));
    found.set(one.subject, { ...bankSums(book, below), villages: villages.length, creditVillages: credit });
  }
  return found;
}

export function bankSums(book: Book, below: readonly Readonly<Record<string, WrittenFact>>[]): Readonly<Record<string, number>> {
  return Object.fromEntries(book.standard.indicators.filter(indicator => indicator.source === 'bank' && (indicator.type === 'whole' || indicator.type === 'money')).flatMap(({ key }) => {
    const told = below.map(facts => facts[key]).filter(fact => typeof fact === 'number');
    // Cents are added as whole numbers, so that no sum drifts.
    return told.length === 0 ? [] : [[key, told.reduce((sum, fact) => sum + Math.round(fact * 100), 0) / 100]];
  }));
}

/** Of what was counted, what the standard asks and nobody gave otherwise: a bank's own figure for a township is not overruled by a sum. */
export function ownedByCount(book: Book, sheets: readonly Sheet[], counted: Readonly<Record<string, WrittenFact>>): Readonly<Record<string, WrittenFact>> {
  const { fields } = pictureOf(sheets);
  const bySeq = new Map(sheets.map(sheet => [sheet.seq, sheet.source]));
  return Object.fromEntries(Object.entries(counted).filter(([key]) => {
    const field = fields.get(key);
    return book.compiled.slots.has(key) && (field === undefined || (field.kind === 'current' && bySeq.get(field.stand.seq) === 'computed'));
  }));
}


/** All that is known of a village or township by a standard: what its sheets say, and what is counted now. */
export function writtenFacts(book: Book, sheets: readonly Sheet[], counted: Readonly<Record<string, WrittenFact>>): Readonly<Record<string, WrittenFact>> {
  const written = { ...factsIn(pictureOf(sheets)), ...ownedByCount(book, sheets, counted) };
  return Object.fromEntries(Object.entries(written).filter(([key]) => book.compiled.slots.has(key)));
}
