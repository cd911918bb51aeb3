import type { Knex } from 'knex';
import { actorId, type Actor } from '../access/actor.ts';
import { fault } from '../kit/faults.ts';
import { newId } from '../kit/id.ts';
import { addMonths, type Day } from '../kit/time.ts';
import { ancestorNo, type Place } from '../places/place.ts';
import { placeByNo, placeSubject } from '../places/queries.ts';
import { loadStandard } from '../standards/load.ts';
import { unmetBelow } from '../standards/meet.ts';
import { adoptedStandards } from '../standards/queries.ts';
import type { SubjectKind } from '../standards/standard.ts';
import { inUnit } from '../store/unit.ts';
import type { Office } from '../office.ts';
import { admit } from './admit.ts';
import { rounds } from './refusals.ts';
import { roundsOver, type Round } from './round.ts';

export interface Opening {
  /** Given by the command line and the demonstration, so that a second run finds the first. */
  readonly id?: string;
  readonly place: number;
  readonly year: number;
  readonly name: string;
  readonly household_standard: string;
  readonly village_standard: string;
  readonly township_standard: string;
  readonly collect_until: Day;
  /** Working days of the notice in the village, and of the one by the township. */
  readonly village_days: number;
  readonly township_days: number;
  /** Last day of the grades that the round names. */
  readonly valid_until: Day;
}

/**
 * Opens a round at a county or township with three adopted standards, frozen by their hash, and admits every living household below,
 * every village and township. The admission is done in pieces; if it is interrupted, `admit` goes on where it stopped.
 */
export async function open(office: Office, actor: Actor, given: Opening): Promise<{ readonly no: number; readonly id: string }> {
  const opened = await inUnit(office, actor, ['rounds'], async unit => {
    const place = await placeByNo(unit.read, given.place);
    const subject = placeSubject(place);
    unit.require('round.open', subject);
    const first: { no: number; id: string } | undefined = given.id === undefined ? undefined : await unit.read('rounds').where({ id: given.id }).first('no', 'id');
    if (first !== undefined) return unit.nothingNew({ no: first.no, id: first.id });
    const county = place.until === null && (place.kind === 'county' || place.kind === 'township') ? ancestorNo(place.path, 'county') : undefined;
    if (county === undefined) return rounds.refuse('round-place');
    if (given.collect_until < unit.day) fault('collect_until', 'early', '采集截止日不能早于今天。');
    if (given.valid_until <= given.collect_until) fault('valid_until', 'early', '有效期要到采集截止以后。');
    const around = await roundsOver(unit.read, place.path);
    if (around.some(round => round.year === given.year)) rounds.refuse('round-open-already', { place: place.name, year: given.year });
    await mustBeAdopted(unit.read, { county, day: unit.day }, given);
    await mustStayValid(unit.read, unit.day, given);
    await mustMeet(unit.read, given);
    await mustBeOfItsYear(unit.read, given);
    const round = { no: await unit.number('round'), id: given.id ?? newId() };
    unit.insert('rounds', {
      ...round, place_no: place.no, year: given.year, name: given.name,
      household_standard: given.household_standard, village_standard: given.village_standard, township_standard: given.township_standard,
      previous_no: previousOf(around, place, given.year)?.no ?? null, opened_on: unit.day, collect_until: given.collect_until,
      village_days: given.village_days, township_days: given.township_days, valid_until: given.valid_until, closed_on: null,
      at: unit.at, by: actorId(actor), unit: unit.no,
    });
    unit.record({ act: 'round.opened', power: 'round.open', subject });
    return round;
  });
  await admit(office, actor, opened.no);
  return opened;
}

/** Last year's round of the same place, else of one that holds it, so that its values can be offered again. */
export function previousOf(around: readonly Round[], place: Pick<Place, 'path'>, year: number): Round | undefined {
  const before = around.filter(round => round.year < year && place.path.startsWith(round.path));
  return before.toSorted((a, b) => b.year - a.year || b.path.length - a.path.length)[0];
}

async function mustBeAdopted(read: Knex, { county, day }: { readonly county: number; readonly day: Day }, given: Opening): Promise<void> {
  const wanted: readonly (readonly ['household_standard' | 'village_standard' | 'township_standard', SubjectKind])[] =
    [['household_standard', 'household'], ['village_standard', 'village'], ['township_standard', 'township']];
  for (const [field, kind] of wanted) {
    const adopted = await adoptedStandards(read, { county, day, kind });
    if (!adopted.some(row => row.hash === given[field])) rounds.refuse('standard-not-adopted', { field });
  }
}

/** What the standards of villages and townships count must be there below. */
async function mustMeet(read: Knex, given: Opening): Promise<void> {
  const [households, villages, townships] = await Promise.all([given.household_standard, given.village_standard, given.township_standard].map(async hash => (await loadStandard(read, hash)).standard));
  if (households === undefined || villages === undefined || townships === undefined) return;
  for (const [field, standard] of [['village_standard', villages], ['township_standard', townships]] as const) {
    const [unmet] = unmetBelow(standard, { households, villages });
    if (unmet !== undefined) fault(field, 'apart', `这几份标准合不到一起：${unmet}。`);
  }
}

/** What counts in its round alone counts in the year that its standard is written for: in another year it would count what it must not, and miss what it must. */
async function mustBeOfItsYear(read: Knex, given: Pick<Opening, 'household_standard' | 'year'>): Promise<void> {
  const { standard } = await loadStandard(read, given.household_standard);
  const item = standard.indicators.flatMap(({ scoring }) => scoring?.kind === 'events' ? scoring.items : []).find(({ window }) => window === 'round');
  if (item !== undefined && standard.year !== given.year) fault('household_standard', 'year', `“${item.label}”只算本批次的，这份标准写的是 ${standard.year} 年。评 ${given.year} 年，请另做一版，年度写 ${given.year}。`);
}

/** What is taken down must not grow older than its standard allows while its round goes on: every round asks anew, so it is enough that none lasts longer. A roll hangs as long as its grades hold, and no longer than the standard lets it. */
async function mustStayValid(read: Knex, day: Day, given: Pick<Opening, 'household_standard' | 'collect_until' | 'valid_until'>): Promise<void> {
  const { standard } = await loadStandard(read, given.household_standard);
  const hanging = standard.publication?.find(rule => rule.board === 'roll')?.months;
  const taken = hanging === undefined ? undefined : addMonths(given.collect_until, hanging);
  if (taken !== undefined && given.valid_until > taken) fault('valid_until', 'late', `评定标准写了光荣榜最多挂 ${hanging ?? 0} 个月，有效期不能晚于 ${taken}。`);
  const [shortest] = standard.indicators.filter(indicator => indicator.validityMonths !== undefined).toSorted((a, b) => (a.validityMonths ?? 0) - (b.validityMonths ?? 0));
  if (shortest?.validityMonths === undefined) return;
  const last = addMonths(day, shortest.validityMonths);
  if (given.collect_until > last) fault('collect_until', 'late', `“${shortest.title}”只管 ${shortest.validityMonths} 个月，采集截止日不能晚于 ${last}。`);
}
