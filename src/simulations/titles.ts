import type { Knex } from 'knex';
import { factsIn, pictureOf, type Sheet } from '../observations/observation.ts';
import { sheetsOf } from '../observations/sheet.ts';
import { ancestorNo, type Place } from '../places/place.ts';
import { placesBelow } from '../places/queries.ts';
import type { Book } from '../ratings/book.ts';
import { bankSums, titledOf, writtenFacts, type Titled } from '../ratings/counted.ts';
import { scoreOf } from '../ratings/outcome.ts';
import { villageCounts, villageFactsSoFar, type VillageCount } from '../ratings/shares.ts';
import type { Round } from '../rounds/round.ts';
import { factsOf } from '../standards/facts.ts';
import type { Indicator, Standard, WrittenFact } from '../standards/standard.ts';
import { valueOf } from '../standards/values.ts';
import type { Cell } from './cell.ts';
import { resultOf, without, type Side } from './change.ts';
import type { Sides } from './sides.ts';
import type { TitleChange } from './simulation.ts';

/** What villages and townships are reckoned from besides their households: read once, reckoned as often as a slider moves. */
export interface TitleFacts {
  readonly villages: readonly Titled[]; readonly townships: readonly Titled[];
  readonly sheets: ReadonlyMap<number, readonly Sheet[]>; readonly counts: ReadonlyMap<number, VillageCount>;
}

/** Villages below a path, and its townships where it holds them whole. */
export async function titleFacts(read: Knex, round: Round, path: string): Promise<TitleFacts> {
  const villages = await titledOf(read, round, await placesBelow(read, path, 'village'));
  const townships = await titledOf(read, round, await placesBelow(read, path, 'township'));
  return {
    villages, townships, counts: await villageCounts(read, round.no, villages.map(({ place }) => place.no)),
    sheets: await sheetsOf(read, round.no, [...villages, ...townships].map(({ one }) => one.subject)),
  };
}

/** Villages from the households that would be credit households, townships from the villages that would be credit villages; as if all that is rated were approved. */
export function titleChanges(facts: TitleFacts, sides: Sides, cells: readonly Cell[]): readonly TitleChange[] {
  const households = { before: creditBy(cells, sides.before('household'), 'before'), after: creditBy(cells, sides.after('household'), 'after') };
  const villages = facts.villages.map(titled => changeOf(sides, 'village', titled, moment => {
    const count = facts.counts.get(titled.place.no);
    const own = households[moment].get(titled.place.no) ?? { rated: 0, credit: 0 };
    return count === undefined ? {} : villageFactsSoFar({ ...count, ratedSoFar: own.rated, creditSoFar: own.credit });
  }, facts.sheets));
  const townships = facts.townships.map(titled => {
    const below = facts.villages.map((village, at) => ({ village, change: villages[at] })).filter(({ village }) => isIn(village.place, titled.place));
    const told = below.map(({ village }) => factsIn(pictureOf(facts.sheets.get(village.one.subject) ?? [])));
    return changeOf(sides, 'township', titled, (moment, book) => ({
      ...bankSums(book, told), villages: below.length, creditVillages: below.filter(({ change }) => (moment === 'before' ? change?.creditBefore : change?.creditAfter) === 1).length,
    }), facts.sheets);
  });
  return [...villages, ...townships];
}

type Moment = 'before' | 'after';
const isIn = (village: Place, township: Place): boolean => ancestorNo(village.path, 'township') === township.no;

function changeOf(sides: Sides, kind: 'village' | 'township', { place, one }: Titled, counted: (moment: Moment, book: Book) => Readonly<Record<string, WrittenFact>>, sheets: TitleFacts['sheets']): TitleChange {
  const reckoned = (moment: Moment): { readonly result: number; readonly credit: number } => {
    const side: Side = moment === 'before' ? sides.before(kind) : sides.after(kind);
    const book: Book = side.standard === sides.tried.standard ? { ...sides.books[kind], compiled: sides.tried, standard: side.standard } : sides.books[kind];
    const trace = side.scorer.score(factsOf(side.standard, sameTypes(side.standard, sides.books[kind].standard, writtenFacts(book, sheets.get(one.subject) ?? [], counted(moment, book)))));
    return { result: resultOf(trace), credit: scoreOf(side.standard, trace).credit };
  };
  const [before, after] = [reckoned('before'), reckoned('after')];
  return { place: place.no, kind, before: before.result, after: after.result, creditBefore: before.credit, creditAfter: after.credit };
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

/** Households of each village whose result is firm, and how many of them are credit households. */
function creditBy(cells: readonly Cell[], { standard }: Side, moment: Moment): ReadonlyMap<number, { rated: number; credit: number }> {
  const sums = new Map<number, { rated: number; credit: number }>();
  for (const cell of cells) {
    if (cell[moment] === without.provisional) continue;
    const own = sums.get(cell.village) ?? { rated: 0, credit: 0 };
    sums.set(cell.village, { rated: own.rated + cell.n, credit: own.credit + (standard.grades[cell[moment]]?.credit === true ? cell.n : 0) });
  }
  return sums;
}
