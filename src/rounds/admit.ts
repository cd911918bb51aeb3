import type { Knex } from 'knex';
import { clockwork, type Actor } from '../access/actor.ts';
import type { HouseholdKey } from '../households/subject.ts';
import type { Office } from '../office.ts';
import { placeByNo, placesBelow, placeSubject } from '../places/queries.ts';
import { inUnit, type Unit } from '../store/unit.ts';
import { admitted } from './follow-cases.ts';
import { caseColumns, type Case } from './mark.ts';
import { roundByNo, type Round } from './round.ts';

/** Cases made in one unit: short enough that pages are answered meanwhile. */
const casesPerUnit = 5_000;

interface Candidate { readonly subject: number; readonly village: number; readonly grid: number | null; readonly group: number | null }

/**
 * Makes the cases that are missing: living households below the round's place that have none, and one for each village and township.
 * May be called as often as one likes, and goes on where an interrupted call stopped. Returns how many were made.
 */
export async function admit(office: Office, actor: Actor, roundNo: number): Promise<number> {
  let made = 0;
  let after = 0;
  for (;;) {
    const { count, last } = await inUnit(office, actor, [`round-cases:${roundNo}`], async unit => {
      const round = await roundByNo(unit.read, roundNo);
      const subject = placeSubject(await placeByNo(unit.read, round.place_no));
      unit.require('case.admit', subject);
      if (round.closed_on !== null) return unit.nothingNew({ count: 0, last: undefined });
      const titles = after === 0 ? await titlesLacking(unit.read, round) : [];
      const households = await householdsLacking(office.jobs, round, after);
      const found = [...titles, ...households];
      const next = households.length === casesPerUnit ? households.at(-1)?.subject : undefined;
      if (found.length === 0) return unit.nothingNew({ count: 0, last: next });
      stageCases(unit, round, found);
      await admitted(unit, round, households.map(one => one.subject));
      unit.record({ act: 'round.admitted', power: 'case.admit', subject });
      return { count: found.length, last: next };
    });
    made += count;
    if (last === undefined) return made;
    after = last;
  }
}

/** Unit-level: the case of one household, made if it was registered after the round was opened. For acts that need a case now. */
export async function admitHousehold(unit: Unit, round: Pick<Round, 'no'>, household: HouseholdKey): Promise<Case> {
  const found: Case | undefined = await unit.read('cases').where({ round: round.no, subject: household.no }).first(...caseColumns);
  if (found !== undefined) return found;
  const place = { village: household.village_no, grid: household.grid_no, group: household.group_no };
  stageCases(unit, round, [{ subject: household.no, ...place }]);
  return { round: round.no, subject: household.no, ...place, standing: 'open', held: 0, reason: null, mark_seq: 0 };
}

/** Unit-level: cases that begin open. */
export function stageCases(unit: Unit, round: Pick<Round, 'no'>, found: readonly Candidate[]): void {
  unit.insert('cases', found.map(one => ({
    round: round.no, subject: one.subject, village: one.village, grid: one.grid, group: one.group,
    standing: 'open', held: 0, reason: null, mark_seq: 0, changed_at: unit.at,
  })));
}

async function householdsLacking(read: Knex, round: Round, after: number): Promise<readonly Candidate[]> {
  const villages: { no: number }[] = await read('places').where('path', 'like', `${round.path}%`).where({ kind: 'village' }).select('no');
  if (villages.length === 0) return [];
  return read('households').whereIn('households.village_no', villages.map(village => village.no)).whereNull('households.closed_on').where('households.no', '>', after)
    .whereNotExists(read('cases').where('cases.round', round.no).whereRaw('cases.subject = households.no').select('cases.subject'))
    .orderBy('households.no').limit(casesPerUnit)
    .select('households.no as subject', 'households.village_no as village', 'households.grid_no as grid', 'households.group_no as group');
}

/** A title's case stands at the place above, which decides it; so counts by village are counts of households. */
async function titlesLacking(read: Knex, round: Round): Promise<readonly Candidate[]> {
  const [villages, townships] = await Promise.all([placesBelow(read, round.path, 'village'), placesBelow(read, round.path, 'township')]);
  const places = new Map([...villages, ...townships].map(place => [place.no, place]));
  if (places.size === 0) return [];
  const subjects: { no: number; place_no: number }[] = await read('subjects').whereIn('kind', ['village', 'township']).whereIn('place_no', [...places.keys()]).orderBy('no').select('no', 'place_no');
  const held: { subject: number }[] = await read('cases').where({ round: round.no }).whereIn('subject', subjects.map(one => one.no)).select('subject');
  const known = new Set(held.map(row => row.subject));
  return subjects.filter(one => !known.has(one.no)).map(one => ({ subject: one.no, village: places.get(one.place_no)?.parent_no ?? one.place_no, grid: null, group: null }));
}

/** Every night: households registered since get their case in the rounds under way. */
export async function admitAll(office: Office): Promise<void> {
  const open: { no: number }[] = await office.read('rounds').whereNull('closed_on').select('no');
  for (const round of open) await admit(office, clockwork, round.no);
}
