import { actorId, type Actor } from '../access/actor.ts';
import { may } from '../access/may.ts';
import type { Power } from '../access/rules.ts';
import { mayRate } from '../consents/queries.ts';
import { householdKeys, householdSubject, type HouseholdKey } from '../households/subject.ts';
import { newId } from '../kit/id.ts';
import { limits } from '../kit/limits.ts';
import { common } from '../kit/refusals.ts';
import type { Office } from '../office.ts';
import { caseColumns, mark, type Case } from '../rounds/mark.ts';
import { roundByNo } from '../rounds/round.ts';
import { loadCoding, type Coding } from '../standards/dictionary.ts';
import { householdStandard } from '../standards/village-items.ts';
import type { Row } from '../store/dialect.ts';
import { inUnit, type Unit } from '../store/unit.ts';
import { happeningOf } from './checks.ts';
import { keptEvent } from './codes.ts';
import { followCase, type SignOff } from './follow.ts';
import { emptyBody, isNotAsked, pictureOf, sameFact, type Sheet, type SheetBody } from './observation.ts';
import { isWhole, largeRows, prepare, waiting, type Bulk, type Prepared } from './prepared.ts';
import { sheetsOf, type SheetSource } from './sheet.ts';
import { stageSheet } from './stage.ts';
import { closedByStanding, type Closed } from './world.ts';

export interface Batch {
  readonly round: number;
  readonly source: SheetSource;
  /** Id of the import: one act that can be taken back as one. */
  readonly batch: string;
  readonly power?: Extract<Power, 'observation.load' | 'observation.record'>;
  /** The households had signed the paper that was keyed in. */
  readonly signed?: { readonly how: 'paper' | 'drawn'; readonly reason: string } | undefined;
}
export interface Left { readonly subject: number; readonly why: Closed | 'not-found' | 'not-allowed' | 'item-unknown' }
export interface Loaded { readonly loaded: number; readonly left: readonly Left[] }

/** Takes down many households at once, a unit for each five hundred of one village. Households that take nothing are left out and told. */
export async function recordMany(office: Office, actor: Actor, list: readonly Bulk[], batch: Batch): Promise<Loaded> {
  const { coding } = await loadCoding(office.read, (await roundByNo(office.read, batch.round)).household_standard);
  let loaded = 0;
  const left: Left[] = [];
  for (let at = 0; at < list.length; at += limits.householdsPerUnit) {
    const part = await recordPrepared(office, actor, list.slice(at, at + limits.householdsPerUnit).map(one => prepare(coding, one)), batch);
    loaded += part.loaded;
    for (const one of part.left) left.push(one);
  }
  return { loaded, left };
}

/** The same for facts that a loader has already made small. At most `householdsPerUnit` at a time, each household once. */
export async function recordPrepared(office: Office, actor: Actor, list: readonly Prepared[], batch: Batch): Promise<Loaded> {
  const keys = new Map((await householdKeys(office.read, list.map(one => one.subject))).map(key => [key.no, key]));
  const byVillage = new Map<number, Some[]>();
  const left: Left[] = [];
  for (const one of list) {
    const key = keys.get(one.subject);
    if (key === undefined) { left.push({ subject: one.subject, why: 'not-found' }); continue; }
    const some = byVillage.get(key.village_no);
    if (some === undefined) byVillage.set(key.village_no, [{ key, one }]); else some.push({ key, one });
  }
  let loaded = 0;
  // Units of several villages stand in one queue and share a commit; the first failure is told when all are through.
  const parts = await Promise.allSettled([...byVillage.values()].map(some => inUnit(office, actor, some.map(({ key }) => `household:${key.id}`), unit => villagePart(unit, some, batch))));
  for (const part of parts) {
    if (part.status === 'rejected') throw part.reason;
    loaded += part.value.loaded;
    for (const one of part.value.left) left.push(one);
  }
  return { loaded, left };
}

interface Some { readonly key: HouseholdKey; readonly one: Prepared }
interface Open { readonly one: Prepared; readonly standing: Case }

async function villagePart(unit: Unit, some: readonly Some[], batch: Batch): Promise<Loaded> {
  const power = batch.power ?? 'observation.load';
  const round = await roundByNo(unit.read, batch.round);
  const { coding } = await loadCoding(unit.read, await householdStandard(unit.read, round, some[0]?.key.village_no ?? -1));   // With what the village set for itself.
  const nos = some.map(({ one }) => one.subject);
  const [cases, sheets, consenting] = await Promise.all([casesOf(unit, batch.round, nos), sheetsOf(unit.read, batch.round, nos), mayRate(unit.read, nos, unit.day)]);
  const left: Left[] = [];
  const open: Open[] = [];
  for (const { key, one } of some) {
    const standing = cases.get(one.subject);
    if (standing === undefined) { left.push({ subject: one.subject, why: 'not-found' }); continue; }
    const why = may(unit.actor, power, householdSubject(key)) !== true ? 'not-allowed' : closedByStanding(round, standing, batch.source === 'bank') ?? (!consenting.has(one.subject) ? 'consent-missing' : one.events.some(event => happeningOf(coding.standard, event) === undefined) ? 'item-unknown' : undefined);
    if (why === undefined) open.push({ one: waiting(coding, one), standing }); else left.push({ subject: one.subject, why });
  }
  if (left.some(one => one.why === 'not-allowed') && open.length === 0) common.refuse('not-allowed', { why: '不在您的片区' });
  const fresh = open.filter(({ one }) => !sheets.has(one.subject));
  const again = open.filter(({ one }) => sheets.has(one.subject));
  const subject = { id: batch.batch, paths: pathsFor(some.map(({ key }) => key)) };
  unit.require(power, subject);
  if (fresh.length > 0) stageFresh(unit, fresh, coding, batch);
  const written = again.filter(each => stageAgain(unit, each, sheets.get(each.one.subject) ?? [], coding, batch));
  if (fresh.length + written.length === 0) return unit.nothingNew({ loaded: open.length, left });
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

/** Households without any sheet yet: rows are written straight from the facts, without a picture for each. */
function stageFresh(unit: Unit, fresh: readonly Open[], coding: Coding, batch: Batch): void {
  const by = actorId(unit.actor);
  const { round } = batch;
  unit.insert('sheets', fresh.map(({ one }) => ({ round, subject: one.subject, seq: 1, id: newId(), source: batch.source, base_seq: 0, body: one.body, batch: batch.batch, salt: newId(), at: unit.at, by })));
  unit.change('cases', fresh.map(({ one }) => ({ round, subject: one.subject, sheet: 1 })));
  unit.fill(round, fresh.filter(({ one }) => one.facts.length > 0).map(({ one }) => ({ subject: one.subject, sheet: 1, facts: one.facts })));
  const large = fresh.flatMap(({ one }) => largeRows(round, one));
  if (large.length > 0) unit.insert('current_values', large);
  const events: Row[] = fresh.flatMap(({ one }) => one.events.map(entry => ({ round, subject: one.subject, ...keptEvent(coding, entry), sheet: 1, voided: null })));
  if (events.length > 0) unit.insert('events', events);
  if (batch.signed === undefined) return;
  unit.insert('sign_offs', fresh.map(({ one }) => ({ round, subject: one.subject, ...signed(unit, batch, 1) })));
  const done = fresh.filter(({ one, standing }) => (standing.standing === 'open' || standing.standing === 'returned') && isWhole(coding, one));
  if (done.length > 0) mark(unit, done.map(({ standing }) => standing), { mark: 'collected', track: 'household' });
}

const signed = (unit: Unit, batch: Batch, sheet: number): SignOff => ({ sheet, how: batch.signed?.how ?? 'paper', reason: batch.signed?.reason ?? '', evidence: null, at: unit.at, by: actorId(unit.actor) });

/** A household that has sheets: only what differs is written, so that loading the same file twice changes nothing. */
function stageAgain(unit: Unit, { one, standing }: Open, sheets: readonly Sheet[], coding: Coding, batch: Batch): boolean {
  const picture = pictureOf(sheets);
  const told: SheetBody = { ...emptyBody, ...JSON.parse(one.body) as Partial<SheetBody> };
  const values = Object.fromEntries(Object.entries(told.values).filter(([key, fact]) => { const field = picture.fields.get(key); return field?.kind === 'current' ? !sameFact(field.stand.fact, fact) : !isNotAsked(fact); }));
  const events = told.events.filter(event => !picture.events.has(event.id));
  if (Object.keys(values).length === 0 && events.length === 0) return false;
  const where = { round: batch.round, subject: one.subject, coding, sheets, picture };
  const staged = stageSheet(unit, where, { id: newId(), base: sheets.at(-1)?.seq ?? 0, body: { ...told, values, events }, source: batch.source, batch: batch.batch });
  const signOffs = batch.signed === undefined ? [] : [signed(unit, batch, staged.seq)];
  if (signOffs.length > 0) unit.insert('sign_offs', signOffs.map(row => ({ round: batch.round, subject: one.subject, ...row })));
  followCase(unit, standing, { standard: coding.standard, ...staged, signOffs });
  return true;
}
