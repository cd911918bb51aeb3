import { actorId, type Actor } from '../access/actor.ts';
import { may } from '../access/may.ts';
import type { Power } from '../access/rules.ts';
import { common } from '../kit/refusals.ts';
import { newId } from '../kit/id.ts';
import { limits } from '../kit/limits.ts';
import { mayRate } from '../consents/queries.ts';
import { householdKeys, householdSubject, type HouseholdKey } from '../households/subject.ts';
import type { Office } from '../office.ts';
import { caseColumns, mark, type Case } from '../rounds/mark.ts';
import { roundByNo } from '../rounds/round.ts';
import type { Compiled } from '../standards/compile.ts';
import { loadCoding, type Coding } from '../standards/dictionary.ts';
import type { WrittenFact } from '../standards/standard.ts';
import type { Row } from '../store/dialect.ts';
import { inUnit, type Unit } from '../store/unit.ts';
import { keptEvent, keptFact } from './codes.ts';
import { followCase, type SignOff } from './follow.ts';
import { emptyBody, isNotAsked, pictureOf, sameFact, type EventEntry, type Sheet, type SheetBody } from './observation.ts';
import { bodyText, sheetsOf, type SheetSource } from './sheet.ts';
import { stageSheet } from './stage.ts';
import { isComplete } from './wanted.ts';
import { closedByStanding, type Closed } from './world.ts';

/** One household of a file: facts already checked against the standard of the round. */
export interface Bulk { readonly subject: number; readonly values: Readonly<Record<string, WrittenFact>>; readonly events?: readonly EventEntry[] }
export interface Batch {
  readonly round: number;
  readonly source: SheetSource;
  /** Id of the import: one act that can be taken back as one. */
  readonly batch: string;
  readonly power?: Extract<Power, 'import.load' | 'observation.record'>;
  /** The households had signed the paper that was keyed in. */
  readonly signed?: { readonly how: 'paper' | 'drawn'; readonly reason: string };
}
export interface Left { readonly subject: number; readonly why: Closed | 'not-found' | 'not-allowed' }
export interface Loaded { readonly loaded: number; readonly left: readonly Left[] }

/** Takes down many households at once, a unit for each five hundred of one village. Households that take nothing are left out and told. */
export async function recordMany(office: Office, actor: Actor, list: readonly Bulk[], batch: Batch): Promise<Loaded> {
  const left: Left[] = [];
  let loaded = 0;
  for (let at = 0; at < list.length; at += limits.householdsPerUnit) {
    const part = await recordSome(office, actor, list.slice(at, at + limits.householdsPerUnit), batch);
    loaded += part.loaded;
    for (const one of part.left) left.push(one);
  }
  return { loaded, left };
}

async function recordSome(office: Office, actor: Actor, list: readonly Bulk[], batch: Batch): Promise<Loaded> {
  const keys = new Map((await householdKeys(office.read, list.map(one => one.subject))).map(key => [key.no, key]));
  const byVillage = new Map<number, { readonly key: HouseholdKey; readonly one: Bulk }[]>();
  const left: Left[] = [];
  for (const one of list) {
    const key = keys.get(one.subject);
    if (key === undefined) { left.push({ subject: one.subject, why: 'not-found' }); continue; }
    const some = byVillage.get(key.village_no);
    if (some === undefined) byVillage.set(key.village_no, [{ key, one }]); else some.push({ key, one });
  }
  let loaded = 0;
  for (const some of byVillage.values()) {
    const part = await inUnit(office, actor, some.map(({ key }) => `household:${key.id}`), unit => villagePart(unit, some, batch));
    loaded += part.loaded;
    for (const one of part.left) left.push(one);
  }
  return { loaded, left };
}

type Some = readonly { readonly key: HouseholdKey; readonly one: Bulk }[];

async function villagePart(unit: Unit, some: Some, batch: Batch): Promise<Loaded> {
  const power = batch.power ?? 'import.load';
  const round = await roundByNo(unit.read, batch.round);
  const { compiled, coding } = await loadCoding(unit.read, round.household_standard);
  const nos = some.map(({ one }) => one.subject);
  const [cases, sheets, mayBe] = await Promise.all([casesOf(unit, batch.round, nos), sheetsOf(unit.read, batch.round, nos), mayRate(unit.read, nos, unit.day)]);
  const left: Left[] = [];
  const open: { readonly one: Bulk; readonly standing: Case }[] = [];
  for (const { key, one } of some) {
    const standing = cases.get(one.subject);
    const why = standing === undefined ? 'not-found' as const
      : may(unit.actor, power, householdSubject(key)) !== true ? 'not-allowed' as const
        : closedByStanding(round, standing) ?? (mayBe.has(one.subject) ? undefined : 'consent-missing' as const);
    if (why !== undefined || standing === undefined) left.push({ subject: one.subject, why: why ?? 'not-found' }); else open.push({ one, standing });
  }
  if (open.length === 0) {
    if (left.some(one => one.why === 'not-allowed')) common.refuse('not-allowed', { why: '不在您的片区' });
    return unit.nothingNew({ loaded: 0, left });
  }
  const subject = { id: batch.batch, paths: pathsFor(some.map(({ key }) => key)) };
  unit.require(power, subject);
  const fresh = open.filter(({ one }) => !sheets.has(one.subject));
  if (fresh.length > 0) stageFresh(unit, fresh, { coding, compiled, batch });
  for (const { one, standing } of open) {
    const own = sheets.get(one.subject);
    if (own === undefined) continue;
    const staged = stageAgain(unit, { one, sheets: own, coding }, batch);
    if (staged === undefined) continue;
    followCase(unit, standing, { standard: compiled.standard, ...staged, signOffs: batch.signed === undefined ? [] : [signed(unit, batch, staged.seq)] });
  }
  unit.record({ act: 'observation.loaded', power, subject });
  return { loaded: open.length, left };
}

async function casesOf(unit: Unit, round: number, subjects: readonly number[]): Promise<ReadonlyMap<number, Case>> {
  const rows: Case[] = await unit.read('cases').where({ round }).whereIn('subject', [...subjects]).select(...caseColumns);
  return new Map(rows.map(row => [row.subject, row]));
}

/** The places an entry about the whole part speaks of: the village, and the grid when all of it is in one. */
function pathsFor(keys: readonly HouseholdKey[]): readonly string[] {
  const [first] = keys;
  if (first === undefined) return ['/'];
  return first.grid_no !== null && keys.every(key => key.grid_no === first.grid_no) ? [`${first.path}n${first.grid_no}/`, first.path] : [first.path];
}

interface With { readonly coding: Coding; readonly compiled: Compiled; readonly batch: Batch }

/** Households without any sheet yet: rows are written straight from the facts, without a picture for each. */
function stageFresh(unit: Unit, fresh: readonly { readonly one: Bulk; readonly standing: Case }[], { coding, compiled, batch }: With): void {
  const by = actorId(unit.actor);
  const slots = slotsOf(coding);
  const sheets: Row[] = [];
  const values: Row[] = [];
  const events: Row[] = [];
  const done: Case[] = [];
  for (const { one, standing } of fresh) {
    const body: SheetBody = { ...emptyBody, values: one.values, events: one.events ?? [] };
    sheets.push({ round: batch.round, subject: one.subject, seq: 1, id: newId(), source: batch.source, base_seq: 0, body: bodyText(body), batch: batch.batch, salt: newId(), at: unit.at, by });
    for (const key in one.values) {
      const fact = one.values[key];
      const kept = fact === undefined ? undefined : keptFact(coding, slots.get(key) ?? -1, fact);
      if (kept !== undefined) values.push({ round: batch.round, subject: one.subject, indicator: kept.indicator, value: kept.value, state: kept.state, sheet: 1 });
    }
    for (const entry of body.events) events.push({ round: batch.round, subject: one.subject, ...keptEvent(coding, entry), sheet: 1, voided: null });
    if (batch.signed !== undefined && standing.standing === 'open') {
      const sheet: Sheet = { ...body, seq: 1, base: 0, by, source: batch.source, at: unit.at };
      if (isComplete(compiled.standard, pictureOf([sheet]))) done.push(standing);
    }
  }
  unit.insert('sheets', sheets);
  if (values.length > 0) unit.insert('current_values', values);
  if (events.length > 0) unit.insert('events', events);
  if (batch.signed !== undefined) unit.insert('sign_offs', fresh.map(({ one }) => ({ round: batch.round, subject: one.subject, ...signed(unit, batch) })));
  if (done.length > 0) mark(unit, done, { mark: 'collected', track: 'household' });
}

const signed = (unit: Unit, batch: Batch, sheet = 1): SignOff => ({ sheet, how: batch.signed?.how ?? 'paper', reason: batch.signed?.reason ?? '', evidence: null, at: unit.at, by: actorId(unit.actor) });

/** A household that has sheets: only what differs is written, so that loading the same file twice changes nothing. */
function stageAgain(unit: Unit, { one, sheets, coding }: { readonly one: Bulk; readonly sheets: readonly Sheet[]; readonly coding: Coding }, batch: Batch): ReturnType<typeof stageSheet> | undefined {
  const picture = pictureOf(sheets);
  const values = Object.fromEntries(Object.entries(one.values).filter(([key, fact]) => { const field = picture.fields.get(key); return field?.kind === 'current' ? !sameFact(field.stand.fact, fact) : !isNotAsked(fact); }));
  const events = (one.events ?? []).filter(event => !picture.events.has(event.id));
  if (Object.keys(values).length === 0 && events.length === 0 && batch.signed === undefined) return undefined;
  const body: SheetBody = { ...emptyBody, values, events };
  const base = sheets.at(-1)?.seq ?? 0;
  const staged = stageSheet(unit, { round: batch.round, subject: one.subject, coding, sheets, picture }, { id: newId(), base, body, source: batch.source, batch: batch.batch });
  if (batch.signed !== undefined) unit.insert('sign_offs', { round: batch.round, subject: one.subject, ...signed(unit, batch, staged.seq) });
  return staged;
}

const slotsByStandard = new WeakMap<Coding, ReadonlyMap<string, number>>();
export function slotsOf(coding: Coding): ReadonlyMap<string, number> {
  const known = slotsByStandard.get(coding);
  if (known !== undefined) return known;
  const made = new Map(coding.standard.indicators.map((indicator, slot) => [indicator.key, slot]));
  slotsByStandard.set(coding, made);
  return made;
}
