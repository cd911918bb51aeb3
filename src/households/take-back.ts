import type { Actor } from '../access/actor.ts';
import { may } from '../access/may.ts';
import { limits } from '../kit/limits.ts';
import { common } from '../kit/refusals.ts';
import type { Office } from '../office.ts';
import { bury } from '../store/bury.ts';
import type { Row } from '../store/dialect.ts';
import { tableNames, tableOf, type TableName } from '../store/tables.ts';
import { inUnit, type Unit } from '../store/unit.ts';
import { householdsById, householdSubject, type HouseholdKey } from './subject.ts';

/** Households of one import that are no more, and how many stay because something was built on them. */
export interface TakenBack { readonly gone: number; readonly kept: number }

/**
 * Takes back the households that an import registered: they were never there, and their numbers are free for the file that is right.
 * One that was changed since, or that anything else speaks of, stays. Broken off, it goes on where it stopped.
 */
export async function takeBackHouseholds(office: Office, actor: Actor, importId: string): Promise<TakenBack> {
  const registered: { household: string }[] = await office.read('household_events').where({ batch: importId }).select('household');
  const ids = registered.map(row => row.household);
  const keys: HouseholdKey[] = [];
  for (let at = 0; at < ids.length; at += 5_000) keys.push(...await householdsById(office.read, ids.slice(at, at + 5_000)));
  // A case is made by the clock, household or not: no round may be admitting while one goes.
  const rounds: { no: number }[] = await office.read('rounds').whereNull('closed_on').select('no');
  if (keys.some(key => may(actor, 'household.keep', householdSubject(key)) !== true)) common.refuse('not-allowed', { why: '这次导入有您片区以外的户' });
  const sum = { gone: 0, kept: 0 };
  for (const own of Map.groupBy(keys, key => key.village_no).values()) {
    for (let at = 0; at < own.length; at += limits.householdsPerUnit) {
      const part = own.slice(at, at + limits.householdsPerUnit);
      const gone = await inUnit(office, actor, [...part.map(key => `household:${key.id}`), ...rounds.map(round => `round-cases:${round.no}`)], unit => takePart(unit, importId, part));
      sum.gone += gone;
      sum.kept += part.length - gone;
    }
  }
  return sum;
}

async function takePart(unit: Unit, importId: string, part: readonly HouseholdKey[]): Promise<number> {
  const subject = { id: importId, paths: [part[0]?.path ?? '/'] };
  for (const key of part) unit.require('household.keep', householdSubject(key));
  unit.require('import.load', subject);
  const used = await inUse(unit, part);
  const going = part.filter(key => !used.has(key.id));
  if (going.length === 0) return unit.nothingNew(0);
  const [ids, nos] = [going.map(key => key.id), going.map(key => key.no)];
  bury(unit, 'household_events', await unit.read('household_events').whereIn('household', ids).select<Row[]>('*'));
  bury(unit, 'cases', await unit.read('cases').whereIn('subject', nos).select<Row[]>('round', 'subject'));
  bury(unit, 'members', await unit.read('members').whereIn('household', ids).select<Row[]>('id'));
  bury(unit, 'households', ids.map(id => ({ id })));
  bury(unit, 'subjects', nos.map(no => ({ no })));
  unit.record({ act: 'household.taken-back', power: 'import.load', subject });
  return going.length;
}

/** What registering itself writes; a row in any other table is something that was built on it. */
const ownTables: readonly TableName[] = ['subjects', 'households', 'members', 'household_events', 'cases'];

/** Households that are not any more as the file brought them, by id. */
async function inUse(unit: Unit, part: readonly HouseholdKey[]): Promise<ReadonlySet<string>> {
  const [ids, nos] = [part.map(key => key.id), part.map(key => key.no)];
  const idOf = new Map(part.map(key => [key.no, key.id]));
  const used = new Set<string>();
  const note = (rows: readonly { readonly who: string | number }[]): void => { for (const { who } of rows) used.add(typeof who === 'string' ? who : idOf.get(Number(who)) ?? ''); };
  const { read } = unit;
  note(await read('households').whereIn('id', ids).where(any => { void any.whereNot('rev', 1).orWhereNotNull('closed_on'); }).select('id as who'));
  note(await read('household_events').whereIn('household', ids).groupBy('household').havingRaw('count(*) > 1').select('household as who'));
  note(await read('members').join('reveals', 'reveals.member', 'members.id').whereIn('members.household', ids).distinct('members.household as who'));
  note(await read('apart').whereIn('other', ids).distinct('other as who'));
  note(await read('cases').whereIn('subject', nos).where(any => { void any.whereNot('standing', 'open').orWhere('mark_seq', '>', 0); }).distinct('subject as who'));
  for (const table of tableNames) {
    const { subject } = tableOf(table);
    if (subject === undefined || ownTables.includes(table)) continue;
    const byId = idTables.includes(table);
    note(await read(table).whereIn(subject, byId ? ids : nos).distinct(`${subject} as who`));
  }
  return used;
}

/** Tables that name a household by its id; the others have its number. */
const idTables: readonly TableName[] = ['evidence', 'vacated_numbers', 'apart', 'consents'];
