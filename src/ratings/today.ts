import type { Knex } from 'knex';
import type { Day } from '../kit/time.ts';
import { sheetsOf } from '../observations/sheet.ts';
import type { Place } from '../places/place.ts';
import type { Round } from '../rounds/round.ts';
import { factsOf } from '../standards/facts.ts';
import { openBook } from './book.ts';
import { countedFacts } from './counted.ts';
import { titledOf, writtenFacts } from './titled.ts';
import { evaluate } from './evaluate.ts';
import { explain, type Explanation } from './explain.ts';
import { scoreOf } from './outcome.ts';

export interface Today extends Pick<Explanation, 'headline' | 'conditions'> { readonly isCredit: boolean }

/** How a village or township would be reckoned today: shown beside the figures that its application was made on, and changes nothing. */
export async function today(read: Knex, round: Round, place: Place, day: Day): Promise<Today | undefined> {
  const titled = await titledOf(read, round, [place]);
  const [own] = titled;
  if (own === undefined) return undefined;
  const { subject } = own.one;
  const book = await openBook(read, place.kind === 'village' ? round.village_standard : round.township_standard, day);
  const sheets = (await sheetsOf(read, round.no, [subject])).get(subject) ?? [];
  const facts = factsOf(book.standard, writtenFacts(book, sheets, (await countedFacts(read, round, titled, book)).get(subject) ?? {}));
  const told = explain(book.standard, evaluate(book.compiled, facts, book.scorer.context));
  return { headline: told.headline, conditions: told.conditions, isCredit: scoreOf(book.standard, book.scorer.score(facts)).credit === 1 };
}
