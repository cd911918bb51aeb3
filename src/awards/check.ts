import type { Knex } from 'knex';
import { actorId, type Actor } from '../access/actor.ts';
import { fault } from '../kit/faults.ts';
import { newId } from '../kit/id.ts';
import { common } from '../kit/refusals.ts';
import { addMonths, type Day } from '../kit/time.ts';
import { loadStandard } from '../standards/load.ts';
import type { Office } from '../office.ts';
import { placeByNo, placeSubject } from '../places/queries.ts';
import { roundStillOpen } from '../rounds/round.ts';
import { inUnit } from '../store/unit.ts';
import { annualById } from './queries.ts';
import { awards } from './refusals.ts';

export interface Checking { readonly round: number; readonly place: number; readonly until: Day; readonly valid_until: Day }

/** Where the standard says nothing of how long a roll hangs: three years are the longest validity of any scheme (domain 2.1, stage 12). */
const mostMonths = 36;

/** Opens the annual check of a township's certificates of a round: once a calendar year. */
export async function openCheck(office: Office, actor: Actor, given: Checking): Promise<string> {
  return inUnit(office, actor, [`round:${given.round}`], async unit => {
    const place = await placeByNo(unit.read, given.place);
    const subject = placeSubject(place);
    unit.require('award.check', subject);
    const round = await roundStillOpen(unit.read, given.round);
    if (place.kind !== 'township' || !place.path.startsWith(round.path) && !round.path.startsWith(place.path)) common.refuse('not-found');
    if (given.until < unit.day) fault('until', 'early', '办完的日子不能早于今天。');
    if (given.valid_until <= given.until) fault('valid_until', 'early', '有效期要到办完以后。');
    const months = (await loadStandard(unit.read, round.household_standard)).standard.publication?.find(rule => rule.board === 'roll')?.months ?? mostMonths;
    if (given.valid_until > addMonths(given.until, months)) fault('valid_until', 'late', `从办完那天起最多 ${months} 个月，不能晚于 ${addMonths(given.until, months)}。`);
    const year = Number(unit.day.slice(0, 4));
    if (await unit.read('annual_checks').where({ round: round.no, place_no: place.no, year }).first('id') !== undefined) awards.refuse('annual-open');
    if (await unit.read('certificates').where({ round: round.no }).whereNull('revoked_on').first('no') === undefined) awards.refuse('award-none');
    const id = newId();
    unit.insert('annual_checks', { id, round: round.no, place_no: place.no, year, opened_on: unit.day, until: given.until, valid_until: given.valid_until, at: unit.at, by: actorId(actor) });
    unit.record({ act: 'award.check-opened', power: 'award.check', subject });
    return id;
  });
}

/** Nothing has been put forward in it yet. */
export const isUntouched = async (read: Knex, id: string): Promise<boolean> => await read('award_changes').where({ annual: id }).first('id') === undefined;

/** A check opened with wrong days is taken back as long as nobody has put anything forward. */
export async function takeBackCheck(office: Office, actor: Actor, id: string): Promise<void> {
  const { round } = await annualById(office.read, id);
  await inUnit(office, actor, [`round:${round}`], async unit => {
    const annual = await annualById(unit.read, id);
    const subject = placeSubject(await placeByNo(unit.read, annual.place_no));
    unit.require('award.check', subject);
    if (!await isUntouched(unit.read, id)) awards.refuse('annual-begun');
    unit.remove('annual_checks', { id });
    unit.record({ act: 'award.check-dropped', power: 'award.check', subject });
  });
}
