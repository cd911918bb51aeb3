import type { Knex } from 'knex';
import { openBook, type Book } from '../ratings/book.ts';
import type { Books } from '../ratings/books.ts';
import type { Round } from '../rounds/round.ts';
import { compile, type Compiled, type Context } from '../standards/compile.ts';
import type { Facts } from '../standards/facts.ts';
import { basesOfDay } from '../standards/law/register.ts';
import { loadStandard } from '../standards/load.ts';
import type { RoundKind, Standard } from '../standards/standard.ts';
import { fitted } from '../standards/village-items.ts';
import { comparer, type Change, type Side } from './change.ts';
import { agreedIn } from './own-items.ts';
import { translation } from './translate.ts';

/** The standards of a round on one day, and the one that is tried in the place of one of them. */
export interface Sides {
  readonly books: Readonly<Record<RoundKind, Book>>;
  readonly tried: Compiled;
  readonly before: (kind: RoundKind) => Side;
  readonly after: (kind: RoundKind) => Side;
  /** A household of a village by what is in force there and by the standard tried, each with the village's own items as far as it leaves room for them. */
  readonly compare: (facts: Facts, village: number) => Change;
}

/** `households`: by what they are rated now, the county's standard and, with what they added, those of villages. */
export async function openSides(read: Knex, round: Round, tried: Standard, households: Books): Promise<Sides> {
  const { day } = households.county;
  const [village, township, agreed, triedBases] = await Promise.all([
    openBook(read, round.village_standard, day), openBook(read, round.township_standard, day), agreedIn(read, round), basesOfDay(read, tried, day),
  ]);
  const books = { household: households.county, village, township };
  const compiled = compile(tried);
  const context = { day, bases: triedBases };
  // Each side has a scorer of its own: a trace is overwritten by the next scoring, even where both sides are one standard.
  const sideOf = ({ standard }: Pick<Compiled, 'standard'>, own: Context): Side => ({ standard, scorer: compile(standard).at(own) });
  const sideOfBook = (book: Book): Side => sideOf(book.compiled, book.scorer.context);
  const before = { household: sideOfBook(books.household), village: sideOfBook(village), township: sideOfBook(township) };
  const after = { ...before, [tried.subject]: sideOf(compiled, context) };
  const known = new Map<string, ReturnType<typeof comparer>>();

  /** One for the county, and one for each list of own items: villages with the same list share it. */
  function comparerOf(no: number): ReturnType<typeof comparer> {
    const book = households.of(no);
    const made = known.get(book.hash);
    if (made !== undefined) return made;
    const was = sideOfBook(book);
    const is = tried.subject === 'household' ? sideOf(fitted(tried, agreed.get(no) ?? []), context) : sideOfBook(book);
    const fresh = comparer(was, is, translation(was.standard, is.standard));
    known.set(book.hash, fresh);
    return fresh;
  }
  return { books, tried: compiled, before: kind => before[kind], after: kind => after[kind], compare: (facts, no) => comparerOf(no)(facts) };
}

export const keptStandard = async (read: Knex, hash: string): Promise<Standard> => (await loadStandard(read, hash)).standard;
