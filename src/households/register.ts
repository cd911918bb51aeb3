import type { Actor } from '../access/actor.ts';
import { may } from '../access/may.ts';
import { assert } from '../kit/assert.ts';
import { Faults } from '../kit/faults.ts';
import type { Fault } from '../kit/form.ts';
import { newId } from '../kit/id.ts';
import { inTurns } from '../kit/turns.ts';
import { limits } from '../kit/limits.ts';
import { common } from '../kit/refusals.ts';
import { today, type Day } from '../kit/time.ts';
import type { Office } from '../office.ts';
import { placeSubject, placeByNo } from '../places/queries.ts';
import type { Secrets } from '../store/secrets.ts';
import { inUnit, type Unit } from '../store/unit.ts';
import { tell } from './event.ts';
import { keepNumbers, memberRow, readMember, type KeptNumbers, type NewMember, type ReadMember } from './member.ts';
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
  /** The import that brings them, so that it can be taken back as one. */
  readonly batch?: string;
}

export async function register(office: Office, actor: Actor, given: NewHousehold, options: Options = {}): Promise<Registered> {
  const [made] = await registerMany(office, actor, [given], options);
  assert(made !== undefined, 'one household was registered');
  return made;
}

/** One unit for up to `limits.registeredPerUnit` households, all or none. Faults name the row: `3.members.0.id_number`. Ids seen before answer as registered. */
export async function registerMany(office: Office, actor: Actor, given: readonly NewHousehold[], options: Options = {}): Promise<readonly Registered[]> {
  const day = today(office.clock);
  return registerRead(office, actor, await keepHouseholds(office.secrets, given.map((one, at) => readHousehold(one, day, given.length === 1 ? '' : `${at}.`))), options);
}

/** The same for households that a door has already read, so that nothing is understood twice. */
export async function registerRead(office: Office, actor: Actor, given: readonly KeptHousehold[], { despite = false, batch }: Options = {}): Promise<readonly Registered[]> {
  assert(given.length <= limits.registeredPerUnit, 'no more households than a unit bears');
  // Spelling takes time: done before the unit waits for its turn, while the one before is being written.
  const list = await inTurns(given, written);
  const villages = [...new Set(list.map(one => one.given.villageNo))];
  return inUnit(office, actor, villages.map(no => `village-numbers:${no}`), async unit => {
    const known = await knownOf(unit, new Map(list.flatMap(one => one.given.id === undefined ? [] : [[one.id, one.given.villageNo] as const])));
    const fresh = list.filter(one => !known.has(one.id));
    const places = new Map(await Promise.all(villages.map(async no => [no, await placeByNo(unit.read, no)] as const)));
    const key = ({ id, given: { villageNo, groupNo, gridNo } }: Written, no: number): HouseholdKey => ({ id, no, village_no: villageNo, group_no: groupNo ?? null, grid_no: gridNo ?? null, path: places.get(villageNo)?.path ?? '' });
    for (const one of list) unit.require('household.keep', householdSubject(key(one, 0)));
    if (fresh.length === 0) return unit.nothingNew(list.map(one => known.get(one.id) ?? { id: one.id, no: 0, householdNo: 0, members: [] }));
    const faults = fresh.flatMap(one => one.faults);
    if (faults.length > 0) throw new Faults(faults);
    await standsIn(unit.read, fresh.map(one => ({ village_no: one.given.villageNo, group_no: one.given.groupNo ?? null, grid_no: one.given.gridNo ?? null })));
    const first = await unit.number('subject', fresh.length);
    const numbers = await nextNumbers(unit.read, fresh.map(one => ({ villageNo: one.given.villageNo, wanted: one.given.householdNo })));
    if (!despite) await refuseTaken(unit.read, actor, fresh.flatMap(one => one.people).map(row => ({ id: String(row.id), match: row.id_match as string | null })));
    const rows = fresh.map((one, at) => ({ one, no: first + at, householdNo: numbers[at] ?? 0 }));
    stage(unit, rows, batch);
    for (const subject of notesOf(unit, rows.map(({ one, no }) => key(one, no)), [...places.values()])) unit.record({ act: 'household.registered', power: 'household.keep', subject });
    const made = new Map(rows.map(({ one, no, householdNo }) => [one.id, { id: one.id, no, householdNo, members: one.people.map(person => String(person.id)) }]));
    return list.map(one => made.get(one.id) ?? known.get(one.id) ?? { id: one.id, no: 0, householdNo: 0, members: [] });
  });
}

/** A household understood, with everything wrong with it before the database is asked. */
export interface ReadHousehold { readonly given: NewHousehold; readonly people: readonly ReadMember[]; readonly faults: readonly Fault[] }

export function readHousehold(given: NewHousehold, day: Day, prefix = ''): ReadHousehold {
  const people = given.members.map((member, at) => readMember(member, day, given.members.length === 1 && prefix === '' ? '' : `${prefix}members.${at}.`));
  const faults = people.flatMap(person => person.faults);
  const heads = given.members.filter(member => member.relation === 'head').length;
  if (heads !== 1) faults.push({ field: `${prefix}members`, code: 'head', say: heads === 0 ? '每一户要有一位户主。' : '一户只能有一位户主。' });
  if ([...given.address].length > 80) faults.push({ field: `${prefix}address`, code: 'long', say: '住址最多 80 个字。' });
  if (given.registeredOn !== undefined && given.registeredOn > day) faults.push({ field: `${prefix}registered_on`, code: 'late', say: '登记日期还没到，请核对。' });
  return { given, people, faults };
}

/** And how its people's numbers are kept, in their order. */
export interface KeptHousehold extends ReadHousehold { readonly kept: readonly KeptNumbers[] }

export async function keepHouseholds(secrets: Pick<Secrets, 'keep'>, list: readonly ReadHousehold[]): Promise<readonly KeptHousehold[]> {
  const kept = await keepNumbers(secrets, list.flatMap(one => one.people));
  let at = 0;
  return list.map(({ given, people, faults }) => ({ given, people, faults, kept: kept.slice(at, at += people.length) }));
}

type MemberRow = ReturnType<typeof memberRow>;
interface Written { readonly id: string; readonly given: NewHousehold; readonly faults: readonly Fault[]; readonly people: readonly MemberRow[]; readonly summary: ReturnType<typeof summaryOf> }

/** A household as its rows will be. */
function written({ given, people: read, faults, kept }: KeptHousehold): Written {
  const id = given.id ?? newId();
  const people = faults.length > 0 ? [] : read.flatMap((member, sort) => { const own = kept[sort]; return own === undefined ? [] : [memberRow(member, own, { household: id, sort })]; });
  return { id, given, faults, people, summary: summaryOf(people as never) };
}

interface Fresh { readonly one: Written; readonly no: number; readonly householdNo: number }

function stage(unit: Unit, rows: readonly Fresh[], batch: string | undefined): void {
  unit.insert('subjects', rows.map(({ one, no }) => ({ no, id: one.id, kind: 'household', place_no: one.given.villageNo })));
  unit.insert('households', rows.map(({ one: { id, given, summary }, no, householdNo }) => ({
    id, no, village_no: given.villageNo, group_no: given.groupNo ?? null, grid_no: given.gridNo ?? null, household_no: householdNo,
    ...summary, address: given.address.trim(), photo: null, registered_on: given.registeredOn ?? unit.day, closed_on: null, closed_reason: null, into: null, rev: 1,
  })));
  unit.insert('members', rows.flatMap(({ one }) => one.people));
  tell(unit, 'registered', rows.map(({ one, householdNo }) => ({ household: one.id, day: one.given.registeredOn ?? unit.day, body: { household_no: householdNo, people: one.people.length } })), batch);
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

/** Those registered already, of the ids that were given: a new one nobody has. An id that stands for a household of another village is not answered with that one. */
async function knownOf(unit: Unit, wanted: ReadonlyMap<string, number>): Promise<ReadonlyMap<string, Registered>> {
  const rows: { id: string; no: number; household_no: number; village_no: number }[] = wanted.size === 0 ? [] : await unit.read('households').whereIn('id', [...wanted.keys()]).select('id', 'no', 'household_no', 'village_no');
  if (rows.length === 0) return new Map();
  if (rows.some(row => wanted.get(row.id) !== row.village_no)) common.refuse('not-allowed', { why: '这一户登记在别的村' });
  const people: { id: string; household: string }[] = await unit.read('members').whereIn('household', rows.map(row => row.id)).orderBy('sort').select('id', 'household');
  return new Map(rows.map(row => [row.id, { id: row.id, no: row.no, householdNo: row.household_no, members: people.filter(one => one.household === row.id).map(one => one.id) }]));
}
