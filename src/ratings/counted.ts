import type { Knex } from 'knex';
import type { Day } from '../kit/time.ts';
import { factsIn, pictureOf } from '../observations/observation.ts';
import { sheetsOf } from '../observations/sheet.ts';
import { ancestorNo } from '../places/place.ts';
import { placesBelow } from '../places/queries.ts';
import type { Round } from '../rounds/round.ts';
import { countedIndicators, countingOf, isCounting, levelOf, type Counting } from '../standards/aggregate.ts';
import { loadCoding } from '../standards/dictionary.ts';
import { loadStandard } from '../standards/load.ts';
import { sumOver, writtenFigure, type Sum } from '../standards/member.ts';
import type { Standard, WrittenFact } from '../standards/standard.ts';
import type { Book } from './book.ts';
import { householdSums, type Moment, type VillageSums } from './household-sums.ts';
import { placeSums } from './place-sums.ts';
import type { Titled } from './titled.ts';

/** What is counted from below, by subject. */
export type Counted = ReadonlyMap<number, Readonly<Record<string, WrittenFact>>>;

interface Ways { readonly moment?: Moment; /** Of the households of these places and maybe others, where they were counted before. */ readonly below?: VillageSums }

/** Every figure that the standard of these places counts, of all of them at once. */
export async function countedFacts(read: Knex, round: Round, titled: readonly Titled[], { standard, day }: Pick<Book, 'standard' | 'day'>, { moment = 'decided', below }: Ways = {}): Promise<Counted> {
  const villages = await villagesOf(read, round, titled);
  const [households, places, former] = await Promise.all([
    below ?? sumsOfHouseholds(read, round, { standard, day, moment, villages: [...new Set([...villages.values()].flat())] }),
    placeSums(read, round, { titled, standard, day }),
    formerFacts(read, round, titled, standard),
  ]);
  return new Map(titled.map(({ place, one }) => [one.subject, { ...former.get(one.subject), ...figures(standard, (key, aggregate) =>
    levelOf(aggregate) === 'households' ? sumOver(villages.get(place.no) ?? [], no => households.get(no)?.get(key)) : places.get(one.subject)?.get(key)) }]));
}

/** The figures of one place as facts; `sumOf` gives the sum for an indicator, undefined where there is none. */
export function figures(standard: Standard, sumOf: (key: string, aggregate: Counting) => Sum | undefined): Readonly<Record<string, WrittenFact>> {
  return Object.fromEntries(countedIndicators(standard).flatMap(indicator => {
    const { aggregate, key } = indicator;
    const sum = isCounting(aggregate) ? sumOf(key, aggregate) : undefined;
    const figure = sum === undefined ? undefined : writtenFigure(aggregate, indicator, sum);
    return figure === undefined ? [] : [[key, figure]];
  }));
}

/** Of the households: what a standard counts of them, village by village. */
export async function sumsOfHouseholds(read: Knex, round: Round, { standard, day, moment, villages }: { readonly standard: Standard; readonly day: Day; readonly moment: Moment; readonly villages: readonly number[] }): Promise<VillageSums> {
  const wanted = countingOf(standard, 'households');
  if (wanted.size === 0) return new Map();
  const { coding } = await loadCoding(read, round.household_standard);
  return householdSums(read, { round: round.no, villages, coding, day, moment }, wanted);
}

/** What the standards of a round count of the households below a place: of each village, by that of villages and by that of townships. */
export type Below = Readonly<Record<'village' | 'township', VillageSums>>;

/** Looks at each household once for both. */
export async function countBelow(read: Knex, round: Round, { scope, day }: { readonly scope: string; readonly day: Day }): Promise<Below> {
  const [village, township] = await Promise.all([wantedBy(read, round.village_standard), wantedBy(read, round.township_standard)]);
  const { coding } = await loadCoding(read, round.household_standard);
  const villages = (await placesBelow(read, scope, 'village')).map(one => one.no);
  const sums = await householdSums(read, { round: round.no, villages, coding, day, moment: 'decided' }, new Map([...named('village', village), ...named('township', township)]));
  const sumsOf = (kind: keyof Below, own: ReadonlyMap<string, Counting>): VillageSums =>
    new Map([...sums].map(([no, all]) => [no, new Map([...own.keys()].flatMap(key => { const sum = all.get(`${kind} ${key}`); return sum === undefined ? [] : [[key, sum]]; }))]));
  return { village: sumsOf('village', village), township: sumsOf('township', township) };
}

const wantedBy = async (read: Knex, hash: string): Promise<ReadonlyMap<string, Counting>> => countingOf((await loadStandard(read, hash)).standard, 'households');
const named = (kind: keyof Below, own: ReadonlyMap<string, Counting>) => [...own].map(([key, aggregate]) => [`${kind} ${key}`, aggregate] as const);

/** Numbers of the living villages in each of some places. */
async function villagesOf(read: Knex, round: Round, titled: readonly Titled[]): Promise<ReadonlyMap<number, readonly number[]>> {
  const [first] = titled;
  if (first === undefined || first.place.kind === 'village') return new Map(titled.map(({ place }) => [place.no, [place.no]]));
  const villages = await placesBelow(read, titled.length === 1 ? first.place.path : round.path, 'village');
  const byTownship = Map.groupBy(villages, village => ancestorNo(village.path, 'township'));
  return new Map(titled.map(({ place }) => [place.no, (byTownship.get(place.no) ?? []).map(village => village.no)]));
}

/** Figures of the round before, where the standard wants some and there was one. */
async function formerFacts(read: Knex, round: Round, titled: readonly Titled[], standard: Standard): Promise<Counted> {
  const wanted = countedIndicators(standard).flatMap(({ key, aggregate }) => 'former' in aggregate ? [{ key, from: aggregate.former }] : []);
  if (wanted.length === 0 || round.previous_no === null) return new Map();
  const sheets = await sheetsOf(read, Number(round.previous_no), titled.map(({ one }) => one.subject));
  return new Map([...sheets].map(([subject, own]) => {
    const known = factsIn(pictureOf(own));
    return [subject, Object.fromEntries(wanted.flatMap(({ key, from }) => { const fact = known[from]; return fact === undefined ? [] : [[key, fact]]; }))];
  }));
}
