import type { Knex } from 'knex';
import type { Day } from '../kit/time.ts';
import { villageStandards } from '../standards/village-items.ts';
import { openBook, type Book } from './book.ts';

/** The standards by which the households of a round are rated: the county's, and with what they added, those of the villages that set items of their own. All ask the same, in the same order. */
export interface Books { readonly county: Book; readonly of: (village: number) => Book }

/** Each opened once, however many households are rated by it. */
export async function openBooks(read: Knex, round: { readonly no: number; readonly household_standard: string }, day: Day): Promise<Books> {
  const [county, own] = await Promise.all([openBook(read, round.household_standard, day), villageStandards(read, round.no)]);
  const books = new Map<number, Book>();
  for (const [village, hash] of own) if (hash !== county.hash) books.set(village, await openBook(read, hash, day));
  return { county, of: village => books.get(village) ?? county };
}
