import type { Knex } from 'knex';
import type { Actor } from '../access/actor.ts';
import type { Power } from '../access/rules.ts';
import type { Excuse } from '../households/excuse.ts';
import { householdSubject, householdsById, type HouseholdKey } from '../households/subject.ts';
import { assert } from '../kit/assert.ts';
import { fault } from '../kit/faults.ts';
import { limits } from '../kit/limits.ts';
import { common } from '../kit/refusals.ts';
import { inUnit, type Desk, type Unit } from '../store/unit.ts';
import { isRated, type Standing } from './case.ts';
import { left } from './follow-cases.ts';
import { caseColumns, mark, type Case } from './mark.ts';
import { rounds } from './refusals.ts';
import { roundStillOpen } from './round.ts';

export interface Excusing { readonly round: number; readonly households: readonly string[]; readonly reason: Excuse; /** Asked for once there is a result that somebody might want to be rid of. */ readonly words?: string | undefined }

/** Whoever collects excuses a household before it is rated; afterwards the committee does before which its case lies. A published result is reopened first. */
export function excusePower(standing: Standing): Power {
  if (!isRated(standing)) return 'case.excuse';
  return ['rated', 'returned', 'preliminary', 'village-notice'].includes(standing) ? 'case.prelim' : 'case.review';
}

/**
 * 未参评: not in the round, for a reason that is a fact and no judgement (domain 3.1), one of a list. After the rating the committee says in words why.
 * Households already so are left alone. `households` are ids.
 */
export async function excuse(office: Desk, actor: Actor, { reason, words, ...given }: Excusing): Promise<void> {
  await moveMany(office, actor, { ...given, act: 'case.excused' }, async (unit, cases, from) => {
    if (cases.some(one => one.standing === 'published')) rounds.refuse('excuse-published');
    const others = cases.filter(one => one.standing !== 'excused' || one.reason !== reason);
    const [fresh, known] = [others.filter(one => one.standing !== 'excused'), others.filter(one => one.standing === 'excused')];
    const rated = fresh.filter(one => isRated(one.standing));
    if (rated.length > 0 && words === undefined) fault('words', 'missing', '已经算过分，请写明为什么这一轮不评。');
    // Another reason is a return and a new excuse, so that both stay to be read.
    const back = mark(unit, known, { mark: 'readmitted', track: 'household', reason: null });
    const excused = { mark: 'excused', track: 'household', reason, body: (one: Case) => ({ reason, from: from.get(one.subject) }) } as const;
    mark(unit, [...fresh.filter(one => !isRated(one.standing)), ...back], excused);
    mark(unit, rated, { ...excused, words: words ?? '' });
    await left(unit, others);
    return others;
  });
}

/** Back into the round: its values, if it had any, are still there. Whoever could excuse it, readmits it. */
export async function readmit(office: Desk, actor: Actor, given: Pick<Excusing, 'round' | 'households'>): Promise<void> {
  await moveMany(office, actor, { ...given, act: 'case.readmitted' }, async (unit, cases) => mark(unit, cases, { mark: 'readmitted', track: 'household', reason: null }));
}

async function moveMany(office: Desk, actor: Actor, given: Pick<Excusing, 'round' | 'households'> & { readonly act: string }, move: (unit: Unit, cases: readonly Case[], from: ReadonlyMap<number, Standing>) => Promise<readonly Case[]>): Promise<void> {
  assert(given.households.length <= limits.householdsPerUnit, 'households of one unit');
  await inUnit(office, actor, [...given.households.map(id => `household:${id}`), `round:${given.round}`], async unit => {
    const found: readonly HouseholdKey[] = await householdsById(unit.read, given.households);
    if (found.length < given.households.length) common.refuse('not-found');
    const cases: Case[] = await unit.read('cases').where({ round: given.round }).whereIn('subject', found.map(household => household.no)).select(...caseColumns);
    if (cases.length < found.length) common.refuse('not-found');
    const from = await stoodAt(unit.read, cases);
    const subjects = found.map(household => ({ no: household.no, power: excusePower(from.get(household.no) ?? 'open'), subject: householdSubject(household) }));
    for (const { power, subject } of subjects) unit.require(power, subject);
    await roundStillOpen(unit.read, given.round);
    const moved = new Set((await move(unit, cases, from)).map(one => one.subject));
    if (moved.size === 0) return unit.nothingNew(undefined);
    for (const { no, power, subject } of subjects) if (moved.has(no)) unit.record({ act: given.act, power, subject });
    return undefined;
  });
}

/** How far each case has come; an excused one, how far it had come. */
export async function stoodAt(read: Knex, cases: readonly Case[]): Promise<ReadonlyMap<number, Standing>> {
  const excused = cases.filter(one => one.standing === 'excused');
  const rows: { subject: number; body: string }[] = excused.length === 0 ? [] : await read('marks').where({ round: excused[0]?.round, mark: 'excused' }).whereIn('subject', excused.map(one => one.subject)).orderBy('seq').select('subject', 'body');
  const before = new Map(rows.map(row => [row.subject, (JSON.parse(row.body) as { readonly from?: Standing }).from ?? 'open']));
  return new Map(cases.map(one => [one.subject, one.standing === 'excused' ? before.get(one.subject) ?? 'open' : one.standing]));
}
