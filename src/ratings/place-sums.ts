import type { Knex } from 'knex';
import { dayNumber, type Day } from '../kit/time.ts';
import { sheetsOf } from '../observations/sheet.ts';
import { ancestorNo, type Place } from '../places/place.ts';
import { placesBelow } from '../places/queries.ts';
import type { Round } from '../rounds/round.ts';
import { countingOf, looksAtFacts } from '../standards/aggregate.ts';
import { blankFacts, factsOf, type Facts } from '../standards/facts.ts';
import { measureOf, sumOf, type Member, type Sum } from '../standards/member.ts';
import type { Standard } from '../standards/standard.ts';
import { openBook, type Book } from './book.ts';
import { confirmed } from './shares.ts';
import { titledOf, writtenFacts, type Titled } from './titled.ts';

/** What a township's standard counts of its villages, by subject and key. Villages are few: they are held and measured one by one, derived figures and all. */
export async function placeSums(read: Knex, round: Round, { titled, standard, day }: { readonly titled: readonly Titled[]; readonly standard: Standard; readonly day: Day }): Promise<ReadonlyMap<number, ReadonlyMap<string, Sum>>> {
  const wanted = countingOf(standard, 'villages');
  const [first] = titled;
  if (wanted.size === 0 || first === undefined) return new Map();
  const villages = await placesBelow(read, titled.length === 1 ? first.place.path : round.path, 'village');
  const book = await openBook(read, round.village_standard, day);
  const members = await villageMembers(read, round, villages, { book, withFacts: [...wanted.values()].some(looksAtFacts) });
  const byTownship = Map.groupBy(members, ({ place }) => ancestorNo(place.path, 'township'));
  const below = { facts: book.standard, grades: book.standard, dayNumber: dayNumber(day) };
  const measures = [...wanted].map(([key, aggregate]) => [key, measureOf(aggregate, below)] as const);
  return new Map(titled.map(({ place, one }) => {
    const own = (byTownship.get(place.no) ?? []).map(({ member }) => member);
    return [one.subject, new Map(measures.map(([key, measure]) => [key, sumOf(own, measure)]))];
  }));
}

interface VillageMember { readonly place: Place; readonly member: Member }

/** Every village as those above see it: one without a case in the round is there too, with nothing known. */
async function villageMembers(read: Knex, round: Round, villages: readonly Place[], { book, withFacts }: { readonly book: Book; readonly withFacts: boolean }): Promise<readonly VillageMember[]> {
  const titled = new Map((await titledOf(read, round, villages)).map(one => [one.place.no, one]));
  const subjects = [...titled.values()].map(({ one }) => one.subject);
  const [rows, sheets] = await Promise.all([
    read('current_ratings').where({ round: round.no }).whereIn('subject', subjects).select<{ subject: number; points: number; grade: number; outcome: string; credit: number }[]>('subject', 'points', 'grade', 'outcome', 'credit'),
    withFacts ? sheetsOf(read, round.no, subjects) : new Map<number, never[]>(),
  ]);
  const ratings = new Map(rows.map(row => [Number(row.subject), row]));
  const blank = blankFacts(book.standard);
  return villages.map(place => {
    const own = titled.get(place.no)?.one;
    const rating = own !== undefined && (confirmed as readonly string[]).includes(own.standing) ? ratings.get(own.subject) : undefined;
    const facts = own !== undefined && withFacts ? heldFacts(book.scorer.score(factsOf(book.standard, writtenFacts(book, sheets.get(own.subject) ?? [], {}))).facts) : blank;
    return { place, member: { facts, takesPart: own !== undefined, objections: own?.held ?? 0, ...rating === undefined || rating.outcome === 'provisional' ? {} : { result: { points: Number(rating.points), grade: Number(rating.grade), credit: rating.credit === 1 } } } };
  });
}

/** Facts as they were scored, with everything that is derived, in a copy: the scorer's own are written over by the next. */
export const heldFacts = ({ values, states }: Facts): Facts => ({ values: values.slice(), states: states.slice(), events: [] });
