import type { Actor } from '../access/actor.ts';
import { may } from '../access/may.ts';
import { assert } from '../kit/assert.ts';
import { Faults } from '../kit/faults.ts';
import type { Fault } from '../kit/form.ts';
import { newId } from '../kit/id.ts';
import { limits } from '../kit/limits.ts';
import { common } from '../kit/refusals.ts';
import type { Day } from '../kit/time.ts';
import type { Office } from '../office.ts';
import { placeSubject, placeByNo } from '../places/queries.ts';
import { inUnit, type Unit } from '../store/unit.ts';
import { tell } from './event.ts';
import { memberFaults, memberRow, type NewMember } from './member.ts';
import { nextNumbers } from './numbers.ts';
import { standsIn } from './standing-place.ts';
import { householdSubject, type HouseholdKey } from './subject.ts';
import { summaryOf } from './summary.ts';
import { refuseTaken } from './taken.ts';

export interface NewHousehold {
  /** Given by forms (so that a second press is the same household), by tablets and by the demonstration. */
  readonly id?: string;
  readonly villageNo: number;
  readonly groupNo?: number | null;
  readonly gridNo?: number | null;
  /** Kept from an older register; without it the next free number of the village. */
  readonly householdNo?: number | undefined;
  readonly address: string;
  readonly registeredOn?: Day | undefined;
  /** Exactly one of them is the head. */
  readonly members: readonly NewMember[];
}

/** Registered: what the caller needs to go on. `no` keys the compact tables. */
export interface Registered { readonly id: string; readonly no: number; readonly householdNo: number; readonly members: readonly string[] }

interface Options {
  /** Register although an ID number stands in another household: left to duplicate screening. */
  readonly despite?: boolean;
}

export async function register(office: Office, actor: Actor, given: NewHousehold, options: Options = {}): Promise<Registered> {
  const [made] = await registerMany(office, actor, [given], options);
  assert(made !== undefined, 'one household was registered');
  return made;
}

/** One unit for up to `limits.householdsPerUnit` households, all or none. Faults name the row: `3.members.0.id_number`. Ids seen before answer as registered. */
export async function registerMany(office: Office, actor: Actor, given: readonly NewHousehold[], { despite = false }: Options = {}): Promise<readonly Registered[]> {
  assert(given.length <= limits.householdsPerUnit, 'no more households than a unit bears');
  const villages = [...new Set(given.map(one => one.villageNo))];
  return inUnit(office, actor, villages.map(no => `village-numbers:${no}`), async unit => {
    const list = given.map(one => ({ ...one, id: one.id ?? newId(), members: one.members.map(member => ({ ...member, id: member.id ?? newId() })) }));
    const known = await knownOf(unit, new Map(list.map(one => [one.id, one.villageNo])));
    const fresh = list.filter(one => !known.has(one.id));
    const places = new Map(await Promise.all(villages.map(async no => [no, await placeByNo(unit.read, no)] as const)));
    const pathOf = (no: number): string => places.get(no)?.path ?? '';
    const key = (one: (typeof list)[number], no: number): HouseholdKey => ({ id: one.id, no, village_no: one.villageNo, group_no: one.groupNo ?? null, grid_no: one.gridNo ?? null, path: pathOf(one.villageNo) });
    for (const one of list) unit.require('household.keep', householdSubject(key(one, 0)));
    if (fresh.length === 0) return unit.nothingNew(list.map(one => known.get(one.id) ?? { id: one.id, no: 0, householdNo: 0, members: [] }));
    const faults = fresh.flatMap((one, at) => householdFaults(one, unit.day, list.length === 1 ? '' : `${at}.`));
    if (faults.length > 0) throw new Faults(faults);
    await standsIn(unit.read, fresh.map(one => ({ village_no: one.villageNo, group_no: one.groupNo ?? null, grid_no: one.gridNo ?? null })));
    const first = await unit.number('subject', fresh.length);
    const numbers = await nextNumbers(unit.read, fresh.map(one => ({ villageNo: one.villageNo, wanted: one.householdNo })));
    const people = fresh.map(one => one.members.map((member, sort) => memberRow(office.secrets, member, { household: one.id, sort, day: unit.day })));
    if (!despite) await refuseTaken(unit.read, actor, people.flat().map(row => ({ id: String(row.id), match: row.id_match as string | null })));
    const rows = fresh.map((one, at) => ({ one, no: first + at, householdNo: numbers[at] ?? 0, people: people[at] ?? [] }));
    stage(unit, rows);
    for (const subject of notesOf(unit, rows.map(({ one, no }) => key(one, no)), [...places.values()])) unit.record({ act: 'household.registered', power: 'household.keep', subject });
    const made = new Map(rows.map(row => [row.one.id, { id: row.one.id, no: row.no, householdNo: row.householdNo, members: row.people.map(person => String(person.id)) }]));
    return list.map(one => made.get(one.id) ?? known.get(one.id) ?? { id: one.id, no: 0, householdNo: 0, members: [] });
  });
}

/** Everything wrong with one household before the database is asked: doors that check first use it row by row. */
export function householdFaults(one: NewHousehold, day: Day, prefix = ''): Fault[] {
  const heads = one.members.filter(member => member.relation === 'head').length;
  const faults = one.members.flatMap((member, at) => memberFaults(member, day, one.members.length === 1 && prefix === '' ? '' : `${prefix}members.${at}.`));
  if (heads !== 1) faults.push({ field: `${prefix}members`, code: 'head', say: heads === 0 ? '每一户要有一位户主。' : '一户只能有一位户主。' });
  if ([...one.address].length > 80) faults.push({ field: `${prefix}address`, code: 'long', say: '住址最多 80 个字。' });
  if (one.registeredOn !== undefined && one.registeredOn > day) faults.push({ field: `${prefix}registered_on`, code: 'late', say: '登记日期还没到，请核对。' });
  return faults;
}

interface Fresh { readonly one: NewHousehold & { readonly id: string }; readonly no: number; readonly householdNo: number; readonly people: readonly Record<string, string | number | null>[] }

function stage(unit: Unit, rows: readonly Fresh[]): void {
  unit.insert('subjects', rows.map(({ one, no }) => ({ no, id: one.id, kind: 'household', place_no: one.villageNo })));
  unit.insert('households', rows.map(({ one, no, householdNo, people }) => ({
    id: one.id, no, village_no: one.villageNo, group_no: one.groupNo ?? null, grid_no: one.gridNo ?? null, household_no: householdNo,
    ...summaryOf(people as never), address: one.address.trim(), photo: null, registered_on: one.registeredOn ?? unit.day,
    closed_on: null, closed_reason: null, into: null, rev: 1,
  })));
  unit.insert('members', rows.flatMap(({ people }) => people));
  tell(unit, 'registered', rows.map(({ one, householdNo, people }) => ({ household: one.id, day: one.registeredOn ?? unit.day, body: { household_no: householdNo, people: people.length } })));
}

/** A post that reaches the whole village leaves one entry for the village; a grid's leaves one for each household. */
function notesOf(unit: Unit, keys: readonly HouseholdKey[], villages: readonly { readonly no: number; readonly id: string; readonly path: string }[]): readonly HouseholdSubject[] {
  if (keys.length === 1) return keys.map(householdSubject);
  return villages.flatMap(village => {
    const subject = placeSubject(village);
    if (may(unit.actor, 'household.keep', subject) !== true) return keys.filter(key => key.village_no === village.no).map(householdSubject);
    unit.require('household.keep', subject);
    return [subject];
  });
}
type HouseholdSubject = ReturnType<typeof householdSubject>;

/** Those registered already; an id that stands for a household of another village is not answered with that one. */
async function knownOf(unit: Unit, wanted: ReadonlyMap<string, number>): Promise<ReadonlyMap<string, Registered>> {
  const rows: { id: string; no: number; household_no: number; village_no: number }[] = await unit.read('households').whereIn('id', [...wanted.keys()]).select('id', 'no', 'household_no', 'village_no');
  if (rows.length === 0) return new Map();
  if (rows.some(row => wanted.get(row.id) !== row.village_no)) common.refuse('not-allowed', { why: '这一户登记在别的村' });
  const people: { id: string; household: string }[] = await unit.read('members').whereIn('household', rows.map(row => row.id)).orderBy('sort').select('id', 'household');
  return new Map(rows.map(row => [row.id, { id: row.id, no: row.no, householdNo: row.household_no, members: people.filter(one => one.household === row.id).map(one => one.id) }]));
}
