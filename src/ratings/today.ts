import type { Knex } from 'knex';
import type { Day } from '../kit/time.ts';
import { sheetsOf } from '../observations/sheet.ts';
import type { Place } from '../places/place.ts';
import { formerGrades } from '../rounds/former.ts';
import type { Round } from '../rounds/round.ts';
import { factsOf } from '../standards/facts.ts';
import type { Standard } from '../standards/standard.ts';
import { openBook } from './book.ts';
import { countedFacts } from './counted.ts';
import { titledOf, writtenFacts } from './titled.ts';
import { evaluate, type Evaluation } from './evaluate.ts';
import { explain, type Explanation } from './explain.ts';
import type { Moment } from './household-sums.ts';
import { scoreOf } from './outcome.ts';

export interface Today extends Pick<Explanation, 'headline' | 'conditions'> { readonly standard: Standard; readonly evaluation: Evaluation; readonly isCredit: boolean }

/**
 * How a village or township would be reckoned on a day, its former grade with it, as a roll-up would: shown beside what its application was made on, and
 * changes nothing. `soFar`: as if everything rated by now were approved.
 */
export async function today(read: Knex, round: Round, place: Place, day: Day, moment: Moment = 'decided'): Promise<Today | undefined> {
  const titled = await titledOf(read, round, [place]);
  const [own] = titled;
  if (own === undefined) return undefined;
  const { subject } = own.one;
  const book = await openBook(read, place.kind === 'village' ? round.village_standard : round.township_standard, day);
  const { standard } = book;
  const [sheets, counted, former] = await Promise.all([sheetsOf(read, round.no, [subject]), countedFacts(read, round, titled, book, { moment }), formerGrades(read, round.no, [subject], standard)]);
  const facts = factsOf(standard, writtenFacts(book, sheets.get(subject) ?? [], counted.get(subject) ?? {}), [], former.get(subject));
  const evaluation = evaluate(book.compiled, facts, book.scorer.context);
  const told = explain(standard, evaluation);
  return { standard, evaluation, headline: told.headline, conditions: told.conditions, isCredit: scoreOf(standard, book.scorer.score(facts)).credit === 1 };
}
