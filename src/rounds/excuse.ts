import type { Actor } from '../access/actor.ts';
import type { Excuse } from '../households/excuse.ts';
import { householdSubject, householdsById, type HouseholdKey } from '../households/subject.ts';
import { assert } from '../kit/assert.ts';
import { limits } from '../kit/limits.ts';
import { common } from '../kit/refusals.ts';
import { inUnit, type Desk, type Unit } from '../store/unit.ts';
import { left, recalled } from './follow-cases.ts';
import { caseColumns, mark, type Case } from './mark.ts';
import { rounds } from './refusals.ts';
import { roundByNo } from './round.ts';

/**
 * 未参评: not in the round, for a reason that is a fact and no judgement (domain 3.1). The reason is one of a list and never free text: marks cannot be erased.
 * Households already so are left alone. `households` are ids.
 */
export async function excuse(office: Desk, actor: Actor, given: { readonly round: number; readonly households: readonly string[]; readonly reason: Excuse }): Promise<void> {
  await moveMany(office, actor, given, (unit, cases) => {
    const others = cases.filter(one => one.standing !== 'excused' || one.reason !== given.reason);
    const known = others.filter(one => one.standing === 'excused');
    // Another reason is a return and a new excuse, so that both stay to be read.
    const back = mark(unit, known, { mark: 'readmitted', track: 'household', reason: null });
    mark(unit, [...others.filter(one => one.standing !== 'excused'), ...back], { mark: 'excused', track: 'household', reason: given.reason, body: () => ({ reason: given.reason }) });
    return others;
  }, 'case.excused');
}

/** Back into the round: its values, if it had any, are still there. */
export async function readmit(office: Desk, actor: Actor, given: { readonly round: number; readonly households: readonly string[] }): Promise<void> {
  await moveMany(office, actor, given, (unit, cases) => mark(unit, cases, { mark: 'readmitted', track: 'household', reason: null }), 'case.readmitted');
}

async function moveMany(office: Desk, actor: Actor, given: { readonly round: number; readonly households: readonly string[] }, move: (unit: Unit, cases: readonly Case[]) => readonly Case[], act: string): Promise<void> {
  assert(given.households.length <= limits.householdsPerUnit, 'households of one unit');
  const keys = given.households.map(id => `household:${id}`);
  await inUnit(office, actor, keys, async unit => {
    const found: readonly HouseholdKey[] = await householdsById(unit.read, given.households);
    if (found.length < given.households.length) common.refuse('not-found');
    for (const household of found) unit.require('case.excuse', householdSubject(household));
    const round = await roundByNo(unit.read, given.round);
    if (round.closed_on !== null) rounds.refuse('round-closed');
    const cases: Case[] = await unit.read('cases').where({ round: round.no }).whereIn('subject', found.map(household => household.no)).select(...caseColumns);
    if (cases.length < found.length) common.refuse('not-found');
    await recalled(unit, cases);
    const moved = new Set(move(unit, cases).map(one => one.subject));
    if (moved.size === 0) return unit.nothingNew(undefined);
    if (act === 'case.excused') await left(unit, cases.filter(one => moved.has(one.subject)));
    for (const household of found) if (moved.has(household.no)) unit.record({ act, power: 'case.excuse', subject: householdSubject(household) });
    return undefined;
  });
}
