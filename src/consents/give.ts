import { actorId, type Actor } from '../access/actor.ts';
import { assert } from '../kit/assert.ts';
import { fault } from '../kit/faults.ts';
import { newId } from '../kit/id.ts';
import { limits } from '../kit/limits.ts';
import type { Day } from '../kit/time.ts';
import type { Office } from '../office.ts';
import { keepEvidence, type EvidenceSource } from '../households/evidence.ts';
import { callOf, isAdult, memberColumns, type MemberRow } from '../households/household.ts';
import { householdSubject, type HouseholdKey } from '../households/subject.ts';
import { inUnit, type Unit } from '../store/unit.ts';
import type { ConsentKind, ConsentWay } from './consent.ts';
import { consentsOf } from './queries.ts';
import { stands } from './consent.ts';
import { consents } from './refusals.ts';
import { currentText, textOf } from './texts.ts';

/** One person's consent for one purpose. */
export interface NewConsent {
  readonly id?: string;
  readonly member: string;
  readonly kind: ConsentKind;
  /** The bank's id; only for `share`. */
  readonly bank?: string;
  readonly givenOn: Day;
  readonly how: ConsentWay;
  /** Who signed for the person and by which paper; only for `mandate`. */
  readonly mandate?: string | undefined;
  /** Papers of earlier years name their own version. */
  readonly textVersion?: string | undefined;
}

interface Paper {
  /** A photo of the paper or the drawn signature; one sheet often carries several consents of one household. */
  readonly evidence?: EvidenceSource | undefined;
  /** The import that brings them, so that it can be taken back as one. */
  readonly batch?: string;
}

/** Takes down consents of one household, all or none. What stands already is left as it is, so a second press changes nothing. */
export async function give(office: Office, actor: Actor, given: readonly NewConsent[], paper: Paper = {}): Promise<number> {
  return giveMany(office, actor, given, paper);
}

/** The same for many households at once (papers keyed in, import, demonstration), at most `limits.householdsPerUnit` households a call. Answers how many are new. */
export async function giveMany(office: Office, actor: Actor, given: readonly NewConsent[], { evidence, batch }: Paper = {}): Promise<number> {
  const people: MemberRow[] = [];
  const ids = [...new Set(given.map(one => one.member))];
  for (let at = 0; at < ids.length; at += 5_000) people.push(...await office.read('members').whereIn('id', ids.slice(at, at + 5_000)).select<MemberRow[]>(...memberColumns));
  const byId = new Map(people.map(person => [person.id, person]));
  const of = [...new Set(people.map(person => person.household))];
  assert(of.length <= limits.householdsPerUnit, 'no more households than a unit bears');
  assert(evidence === undefined || of.length <= 1, 'one paper belongs to one household');
  return inUnit(office, actor, of.map(id => `household:${id}`), async unit => {
    const keys = await keysOf(unit, of);
    for (const key of keys.values()) unit.require('consent.keep', householdSubject(key));
    for (const one of given) check(unit, one, byId.get(one.member));
    await checkBanks(unit, given);
    const before = await consentsOf(unit.read, of);
    const fresh = given.filter(one => !before.some(old => old.id === one.id || (old.member === one.member && old.kind === one.kind && old.bank === (one.bank ?? '') && old.withdrawn_on === null && stands(old, one.givenOn))));
    if (fresh.length === 0) return unit.nothingNew(0);
    const [only] = of;
    const kept = evidence === undefined || only === undefined ? null : await keepEvidence(office, unit, { subject: only, kind: fresh[0]?.how === 'drawn' ? 'signature' : 'consent', source: evidence });
    unit.insert('consents', fresh.map(one => ({
      id: one.id ?? newId(), household: byId.get(one.member)?.household ?? '', member: one.member, kind: one.kind, bank: one.bank ?? '',
      text_version: one.textVersion ?? currentText(one.kind).version, given_on: one.givenOn, how: one.how, mandate: one.mandate ?? null, evidence: kept, batch: batch ?? null,
      salt: newId(), at: unit.at, by: actorId(actor),
    })));
    const touched = new Set(fresh.map(one => byId.get(one.member)?.household ?? ''));
    for (const id of touched) {
      const key = keys.get(id);
      if (key !== undefined) unit.record({ act: 'consent.given', power: 'consent.keep', subject: householdSubject(key) });
    }
    return fresh.length;
  });
}

function check(unit: Unit, one: NewConsent, member: MemberRow | undefined): void {
  if (member === undefined || member.left_on !== null) return consents.refuse('not-their-own', { field: 'members' });
  if (member.relation !== 'head' && !isAdult(member.birth_year, unit.day)) consents.refuse('consent-of-minor', { who: callOf(member), field: 'members' });
  if (one.givenOn > unit.day) fault('given_on', 'late', '签字的日期还没到，请核对。');
  if (one.how === 'mandate' && (one.mandate ?? '').trim() === '') consents.refuse('mandate-missing', { field: 'mandate' });
  if (one.textVersion !== undefined && textOf(one.textVersion)?.kind !== one.kind) fault('text_version', 'option', '没有这个版本的授权书，请核对。');
}

async function checkBanks(unit: Unit, given: readonly NewConsent[]): Promise<void> {
  for (const one of given) if ((one.kind === 'share') !== ((one.bank ?? '') !== '')) consents.refuse('bank-unknown', { field: 'bank' });
  const named = [...new Set(given.flatMap(one => one.bank === undefined || one.bank === '' ? [] : [one.bank]))];
  if (named.length === 0) return;
  const rows: { id: string }[] = await unit.read('banks').whereIn('id', named).select('id');
  if (rows.length < named.length) consents.refuse('bank-unknown', { field: 'bank' });
}

async function keysOf(unit: Unit, ids: readonly string[]): Promise<ReadonlyMap<string, HouseholdKey>> {
  const rows: HouseholdKey[] = await unit.read('households').join('places', 'places.no', 'households.village_no').whereIn('households.id', [...ids])
    .select('households.id', 'households.no', 'households.village_no', 'households.group_no', 'households.grid_no', 'places.path');
  return new Map(rows.map(row => [row.id, row]));
}
