import { actorId, type Actor } from '../access/actor.ts';
import { limits } from '../kit/limits.ts';
import { assert } from '../kit/assert.ts';
import { newId } from '../kit/id.ts';
import type { Day } from '../kit/time.ts';
import type { Office } from '../office.ts';
import { ancestorNo } from '../places/place.ts';
import { placeByNo, placeSubject } from '../places/queries.ts';
import { householdKeys } from '../households/subject.ts';
import { adoptedStandards } from '../standards/queries.ts';
import { gradesOf } from '../panels/grades.ts';
import { keepYardsticks, yardstickNo, type Yardstick } from '../ratings/yardstick.ts';
import { inUnit, type Unit } from '../store/unit.ts';
import { exchange } from './refusals.ts';

/** A result of a year that was rated before this office had the system: what the old certificate says, nothing more. */
export interface FormerRating {
  readonly subject: number;
  /** Place in the grade table of the standard it is entered under; best 0. */
  readonly grade: number;
  readonly gradeCode: string;
  /** Hundredths; 0 where the old list has no points. */
  readonly points: number;
  readonly credit: boolean;
  readonly certificate: string | undefined;
  readonly issuedOn: Day;
  readonly validUntil: Day;
}

/** What marks a rating as entered from paper: it is never recomputed, and `verify` leaves it alone. */
export const formerEngine = 'paper';
const suffix = '（补录）';

/** The round that carries a former year of a township, and the standard its grades are named by. */
export interface FormerYear { readonly round: number | undefined; readonly standard: string; readonly village: string; readonly township: string; readonly grades: readonly { readonly code: string; readonly label: string; readonly credit: boolean }[] }

/** Where a former year of a township stands. Refuses a year that was rated here, and a county without adopted standards to name grades by. */
export async function formerYear(read: Unit['read'], given: { readonly township: number; readonly county: number; readonly year: number; readonly day: Day }): Promise<FormerYear> {
  const rows: { no: number; name: string; household_standard: string; village_standard: string; township_standard: string }[] = await read('rounds').where({ place_no: given.township, year: given.year }).select('no', 'name', 'household_standard', 'village_standard', 'township_standard');
  const [own] = rows;
  if (own !== undefined && !own.name.endsWith(suffix)) exchange.refuse('year-rated-here', { year: given.year });
  if (own !== undefined) return { round: own.no, standard: own.household_standard, village: own.village_standard, township: own.township_standard, grades: (await gradesOf(read, own.household_standard)).rows };
  const [household, village, township] = await Promise.all((['household', 'village', 'township'] as const).map(kind => adoptedStandards(read, { county: given.county, day: given.day, kind }).then(found => found[0]?.hash)));
  if (household === undefined || village === undefined || township === undefined) return exchange.refuse('standards-missing', {});
  return { round: undefined, standard: household, village, township, grades: (await gradesOf(read, household)).rows };
}

/** Enters results of one former year of one township. Who has a result of that year already is passed over. Answers how many are new. */
export async function keepFormer(office: Office, actor: Actor, given: { readonly township: number; readonly year: number; readonly ratings: readonly FormerRating[] }): Promise<number> {
  assert(given.ratings.length <= limits.householdsPerUnit, 'no more households than a unit bears');
  return inUnit(office, actor, ['rounds', `former:${given.township}:${given.year}`], async unit => {
    const place = await placeByNo(unit.read, given.township);
    const subject = placeSubject(place);
    unit.require('round.open', subject);
    if (given.year >= Number(unit.day.slice(0, 4))) exchange.refuse('year-not-over', { year: given.year });
    const year = await formerYear(unit.read, { township: place.no, county: ancestorNo(place.path, 'county') ?? place.no, year: given.year, day: unit.day });
    const rated: { subject: number }[] = year.round === undefined ? [] : await unit.read('current_ratings').where({ round: year.round }).whereIn('subject', given.ratings.map(one => one.subject)).select('subject');
    const have = new Set(rated.map(row => row.subject));
    const fresh = given.ratings.filter(one => !have.has(one.subject));
    if (fresh.length === 0) return unit.nothingNew(0);
    const no = year.round ?? await openFormer(unit, place.no, given.year, { ...year, until: fresh[0]?.validUntil ?? unit.day });
    const keys = new Map((await householdKeys(unit.read, fresh.map(one => one.subject))).map(key => [key.no, key]));
    const villageOf = (one: FormerRating): number => keys.get(one.subject)?.village_no ?? place.no;
    const score = (one: FormerRating) => ({ revision: 1, points: one.points, grade: one.grade, outcome: 'graded', credit: one.credit ? 1 : 0 });
    const yardstick = (one: FormerRating): Yardstick => ({ day: one.issuedOn, engine: formerEngine, standard: year.standard, bases: '' });
    keepYardsticks(unit, fresh.map(yardstick));
    unit.insert('ratings', fresh.map(one => ({ round: no, subject: one.subject, village: villageOf(one), ...score(one), run: 0, sheet: 0, yardstick: yardstickNo(yardstick(one)), former: null })));
    unit.insert('cases', fresh.map(one => {
      const key = keys.get(one.subject);
      return { round: no, subject: one.subject, village: villageOf(one), grid: key?.grid_no ?? null, group: key?.group_no ?? null, standing: one.credit ? 'published' : 'approved', held: 0, reason: null, mark_seq: 0, changed_at: unit.at, ...score(one) };
    }));
    unit.insert('certificates', fresh.filter(one => one.certificate !== undefined).map(one => ({
      no: one.certificate ?? '', round: no, subject: one.subject, grade_code: one.gradeCode, issued_on: one.issuedOn, valid_until: one.validUntil, revoked_on: null, revoked_reason: null, replaced_by: null, at: unit.at, by: actorId(actor), unit: unit.no,
    })));
    unit.record({ act: 'rating.former-kept', power: 'round.open', subject });
    return fresh.length;
  });
}

async function openFormer(unit: Unit, place: number, year: number, given: FormerYear & { readonly until: Day }): Promise<number> {
  const no = await unit.number('round');
  unit.insert('rounds', {
    no, id: newId(), place_no: place, year, name: `${year} 年度${suffix}`, household_standard: given.standard, village_standard: given.village, township_standard: given.township,
    previous_no: null, opened_on: `${year}-01-01`, collect_until: `${year}-12-31`, village_days: 0, township_days: 0, valid_until: given.until, closed_on: `${year}-12-31`,
    at: unit.at, by: actorId(unit.actor), unit: unit.no,
  });
  return no;
}
