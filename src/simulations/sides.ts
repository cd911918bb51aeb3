import type { Knex } from 'knex';
import { openBook, type Book } from '../ratings/book.ts';
import type { Round } from '../rounds/round.ts';
import { compile, type Compiled, type Context } from '../standards/compile.ts';
import { basesOfDay } from '../standards/law/register.ts';
import { loadStandard } from '../standards/load.ts';
import type { Standard, SubjectKind } from '../standards/standard.ts';
import { comparer, type Side } from './change.ts';
import { translation } from './translate.ts';

export const triedKinds = ['household', 'village', 'township'] as const;
export type TriedKind = (typeof triedKinds)[number];
export const isTried = (kind: SubjectKind): kind is TriedKind => (triedKinds as readonly SubjectKind[]).includes(kind);

/** The standards of a round on one day, and the one that is tried in the place of one of them. */
export interface Sides {
  readonly books: Readonly<Record<TriedKind, Book>>;
  readonly tried: Compiled;
  readonly before: (kind: TriedKind) => Side;
  readonly after: (kind: TriedKind) => Side;
  readonly compare: ReturnType<typeof comparer>;
}

export async function openSides(read: Knex, round: Round, tried: Standard, day: string): Promise<Sides> {
  const [household, village, township] = await Promise.all([round.household_standard, round.village_standard, round.township_standard].map(hash => openBook(read, hash, day)));
  if (household === undefined || village === undefined || township === undefined) throw new Error('a round has three standards');
  const books = { household, village, township };
  const compiled = compile(tried);
  // Each side has a scorer of its own: a trace is overwritten by the next scoring, even where both sides are one standard.
  const sideOf = ({ standard }: Compiled, context: Context): Side => ({ standard, scorer: compile(standard).at(context) });
  const sideOfBook = (book: Book): Side => sideOf(book.compiled, book.scorer.context);
  const before = { household: sideOfBook(household), village: sideOfBook(village), township: sideOfBook(township) };
  const after = { ...before, [tried.subject]: sideOf(compiled, { day, bases: await basesOfDay(read, tried, day) }) };
  return {
    books, tried: compiled, before: kind => before[kind], after: kind => after[kind],
    compare: comparer(before.household, after.household === before.household ? sideOfBook(household) : after.household, translation(household.standard, after.household.standard)),
  };
}

export const keptStandard = async (read: Knex, hash: string): Promise<Standard> => (await loadStandard(read, hash)).standard;
