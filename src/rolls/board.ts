import type { Knex } from 'knex';
import { common } from '../kit/refusals.ts';
import type { Place } from '../places/place.ts';
import { entriesOf, noticesInForce, placeAbove, publicPlace, rollsAt, titlesOf, type NoticeInForce, type Roll } from './queries.ts';
import { creditOf, sections, totals, type Entry, type Section, type VillageFigures } from './roll.ts';

/** A village's roll of one year, ready to be drawn on a page, a wall or a poster. */
export interface VillageBoard {
  readonly place: Place;
  readonly above: string;
  readonly roll: Roll;
  readonly years: readonly number[];
  readonly figures: VillageFigures;
  readonly named: number;
  readonly sections: readonly Section[];
  readonly isCreditVillage: boolean;
  readonly isCreditTownship: boolean;
}

export async function placeOr404(read: Knex, id: string | undefined): Promise<Place> {
  const place = await publicPlace(read, id ?? '');
  return place ?? common.refuse('not-found');
}

/** The roll of a year, or the newest; rolls taken down are found too, so that their page can say why. */
export const rollOf = (rolls: readonly Roll[], year: string | undefined): Roll | undefined =>
  year === undefined ? rolls.find(roll => roll.withdrawn_reason === null) ?? rolls[0] : rolls.find(roll => String(roll.year) === year);

export async function villageBoard(read: Knex, place: Place, year: string | undefined): Promise<VillageBoard | undefined> {
  const all = await rollsAt(read, place);
  const rolls = all.filter(roll => roll.figures.villages.some(village => village.no === place.no));
  const roll = rollOf(rolls, year);
  if (roll === undefined) return undefined;
  const figures = roll.figures.villages.find(village => village.no === place.no) ?? { no: place.no, all: 0, rated: 0, byGrade: [] };
  const sameRound = all.filter(one => one.round === roll.round && one.withdrawn_reason === null);
  // The county adds to a township's roll what is approved later, its titles among it: all of a round stands together.
  const [entries, titles] = await Promise.all([Promise.all(sameRound.toReversed().map(one => entriesOf(read, one.id, place.no))), titlesOf(read, sameRound.map(one => one.id))]);
  const shown = roll.withdrawn_reason === null ? entries.flat() : [];
  return {
    place, above: await placeAbove(read, place), roll, figures, named: shown.filter(entry => entry.kind === 'household').length, sections: sections(shown, roll.figures.grades, figures.byGrade),
    years: [...new Set(rolls.map(one => one.year))], isCreditVillage: titles.some(entry => entry.place_no === place.no && entry.kind === 'village'),
    isCreditTownship: titles.some(entry => entry.kind === 'township' && place.path.includes(`t${entry.place_no}/`)),
  };
}

export interface TownshipBoard { readonly place: Place; readonly above: string; readonly rolls: readonly Roll[]; readonly year: number | undefined; readonly years: readonly number[]; /** Some villages still stand on the roll of a year before. */ readonly isMixed: boolean; readonly figures: ReturnType<typeof totals>; readonly grades: Roll['figures']['grades']; readonly villages: readonly OnRoll[]; readonly titles: readonly (Entry & { readonly year: number })[]; readonly credit: number; readonly notices: readonly NoticeInForce[] }

/** A village's numbers, and the year of the roll they stand on. */
export interface OnRoll extends VillageFigures { readonly year: number }

/** A township's or county's page: numbers and shares by village, and the titles. */
export async function townshipBoard(read: Knex, place: Place, year: string | undefined, day: string): Promise<TownshipBoard> {
  const all = (await rollsAt(read, place)).filter(roll => roll.withdrawn_reason === null);
  const chosen = year === undefined ? all[0]?.year : Number(year);
  const rolls = year === undefined ? all : all.filter(roll => roll.year === chosen);
  const grades = rolls[0]?.figures.grades ?? [];
  const below = rolls.flatMap(roll => roll.figures.villages.map(village => ({ ...village, year: roll.year })));
  const villages = below.filter((village, at) => below.findIndex(other => other.no === village.no) === at);
  const figures = totals(villages, grades.length);
  return {
    place, above: await placeAbove(read, place), rolls, year: chosen, years: [...new Set(all.map(roll => roll.year))], isMixed: villages.some(village => village.year !== chosen), grades, villages, figures,
    credit: creditOf(figures), titles: await titlesInForce(read, rolls, villages), notices: await noticesInForce(read, place, day),
  };
}

/** A village's title is that of the year it stands on; a township's the newest it was given. */
async function titlesInForce(read: Knex, rolls: readonly Roll[], villages: readonly OnRoll[]): Promise<readonly (Entry & { readonly year: number })[]> {
  const entries: (Entry & { readonly year: number })[] = [];
  for (const year of [...new Set(rolls.map(roll => roll.year))]) {
    for (const entry of await titlesOf(read, rolls.filter(roll => roll.year === year).map(roll => roll.id))) {
      const isInForce = entry.kind === 'village' ? villages.some(village => village.no === entry.place_no && village.year === year) : !entries.some(other => other.kind === 'township' && other.place_no === entry.place_no);
      if (isInForce) entries.push({ ...entry, year });
    }
  }
  return entries;
}
