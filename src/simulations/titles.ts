import type { Knex } from 'knex';
import { dayNumber, type Day } from '../kit/time.ts';
import type { Sheet } from '../observations/observation.ts';
import { sheetsOf } from '../observations/sheet.ts';
import { ancestorNo, type Place } from '../places/place.ts';
import type { Book } from '../ratings/book.ts';
import { figures, sumsOfHouseholds } from '../ratings/counted.ts';
import type { VillageSums } from '../ratings/household-sums.ts';
import { scoreOf } from '../ratings/outcome.ts';
import { heldFacts } from '../ratings/place-sums.ts';
import { titledOf, writtenFacts, type Titled } from '../ratings/titled.ts';
import type { Round } from '../rounds/round.ts';
import { countingOf, levelOf } from '../standards/aggregate.ts';
import { factsOf } from '../standards/facts.ts';
import { measureOf, sumOf, sumOver, type Member, type Sum } from '../standards/member.ts';
import type { Indicator, Standard, WrittenFact } from '../standards/standard.ts';
import { valueOf } from '../standards/values.ts';
import { resultOf } from './change.ts';
import { countsResults, sideAt, type Moment, type RatedSums, type TitleKind } from './rated-sums.ts';
import { placesOfRound } from './round-places.ts';
import type { Sides } from './sides.ts';
import type { TitleChange } from './simulation.ts';

/** What villages and townships are reckoned from besides the results of their households: read once, reckoned as often as a slider moves. */
export interface TitleFacts {
  readonly villages: readonly Titled[]; readonly townships: readonly Titled[];
  readonly sheets: ReadonlyMap<number, readonly Sheet[]>;
  /** What a standard counts of households whatever their results are. */
  readonly sums: (standard: Standard) => Promise<VillageSums>;
}

/** Villages below a path, and its townships where it holds them whole. */
export async function titleFacts(read: Knex, round: Round, { path, day }: { readonly path: string; readonly day: Day }): Promise<TitleFacts> {
  const villages = await titledOf(read, round, await placesOfRound(read, round, path, 'village'));
  const townships = await titledOf(read, round, await placesOfRound(read, round, path, 'township'));
  const known = new Map<string, Promise<VillageSums>>();
  const sums = (standard: Standard): Promise<VillageSums> => {
    const own = countingOf(standard, 'households');
    const name = JSON.stringify([...own]);
    const counted = known.get(name) ?? sumsOfHouseholds(read, round, { standard, day, moment: 'soFar', villages: villages.map(({ place }) => place.no) });
    known.set(name, counted);
    return counted;
  };
  return { villages, townships, sums, sheets: await sheetsOf(read, round.no, [...villages, ...townships].map(({ one }) => one.subject)) };
}

/** Villages from the results their households would have, townships from villages as they would be; as if all that is rated were approved. */
export async function titleChanges(facts: TitleFacts, sides: Sides, rated: RatedSums): Promise<readonly TitleChange[]> {
  const [before, after] = [await reckoned(facts, sides, rated, 'before'), await reckoned(facts, sides, rated, 'after')];
  return before.map((was, at) => {
    const is = after[at] ?? was;
    return { place: was.place.no, kind: was.kind, before: was.result, after: is.result, creditBefore: was.credit, creditAfter: is.credit };
  });
}

interface Reckoned { readonly place: Place; readonly kind: TitleKind; readonly result: number; readonly credit: number; readonly member: Member }

async function reckoned({ villages, townships, sheets, sums }: TitleFacts, sides: Sides, rated: RatedSums, moment: Moment): Promise<readonly Reckoned[]> {
  const side = { village: sideAt(sides, moment, 'village'), township: sideAt(sides, moment, 'township') };
  const fixed = { village: await sums(side.village.standard), township: await sums(side.township.standard) };
  const ofHouseholds = (kind: TitleKind, key: string, isRated: boolean, nos: readonly number[]): Sum => {
    const from = isRated ? rated.of(kind, key, moment) : undefined;
    return sumOver(nos, no => from === undefined ? fixed[kind].get(no)?.get(key) : from.get(no));
  };
  const below = villages.map(titled => {
    const counted = figures(side.village.standard, (key, aggregate) => ofHouseholds('village', key, countsResults(aggregate), [titled.place.no]));
    return reckon(sides, 'village', titled, { moment, counted, sheets });
  });
  const ofVillages = { facts: side.village.standard, grades: side.village.standard, dayNumber: dayNumber(sides.books.village.day) };
  const above = townships.map(titled => {
    const own = below.filter(({ place }) => ancestorNo(place.path, 'township') === titled.place.no);
    const counted = figures(side.township.standard, (key, aggregate) => levelOf(aggregate) === 'villages' ? sumOf(own.map(({ member }) => member), measureOf(aggregate, ofVillages))
      : ofHouseholds('township', key, countsResults(aggregate), own.map(({ place }) => place.no)));
    return reckon(sides, 'township', titled, { moment, counted, sheets });
  });
  return [...below, ...above];
}

function reckon(sides: Sides, kind: TitleKind, { place, one }: Titled, { moment, counted, sheets }: { readonly moment: Moment; readonly counted: Readonly<Record<string, WrittenFact>>; readonly sheets: TitleFacts['sheets'] }): Reckoned {
  const side = sideAt(sides, moment, kind);
  const book: Pick<Book, 'compiled'> = side.standard === sides.tried.standard ? { compiled: sides.tried } : sides.books[kind];
  const facts = factsOf(side.standard, sameTypes(side.standard, sides.books[kind].standard, writtenFacts(book, sheets.get(one.subject) ?? [], counted)));
  const trace = side.scorer.score(facts);
  const { credit, points, grade } = scoreOf(side.standard, trace);
  const result = resultOf(trace);
  return { place, kind, result, credit, member: { facts: heldFacts(trace.facts), takesPart: true, objections: one.held, ...result < -1 ? {} : { result: { points, grade, credit: credit === 1 } } } };
}

/** A key that means another type of value in the standard tried is another question, and an option it does not offer is no answer. */
function sameTypes(standard: Standard, inForce: Standard, written: Readonly<Record<string, WrittenFact>>): Readonly<Record<string, WrittenFact>> {
  if (standard === inForce) return written;
  const asked = (one: Standard, key: string): Indicator | undefined => one.indicators.find(indicator => indicator.key === key);
  return Object.fromEntries(Object.entries(written).filter(([key, fact]) => {
    const [was, is] = [asked(inForce, key), asked(standard, key)];
    return is !== undefined && (was === undefined || was.type === is.type) && (typeof fact === 'object' || valueOf(is, fact) !== undefined);
  }));
}
