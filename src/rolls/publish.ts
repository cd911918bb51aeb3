import { actorId, type Actor } from '../access/actor.ts';
import { mayPublish } from '../consents/queries.ts';
import { canonical, type Json } from '../kit/canonical.ts';
import { newId } from '../kit/id.ts';
import { maskName } from '../kit/mask.ts';
import type { Office } from '../office.ts';
import { placeSubject } from '../places/queries.ts';
import type { Place } from '../places/place.ts';
import { caseKeys } from '../ratings/run.ts';
import { mark, type Case } from '../rounds/mark.ts';
import { roundStillOpen, type Round } from '../rounds/round.ts';
import { gradesOf } from '../panels/grades.ts';
import { inUnit, type Unit } from '../store/unit.ts';
import { leavesDigest } from '../store/trace.ts';
import { certify } from './certify.ts';
import { figuresOf, publishable, type Approved } from './approved.ts';
import { lineOf } from './line.ts';
import { rolls } from './refusals.ts';
import type { Entry } from './roll.ts';

export interface Published { readonly roll: string; readonly named: number; readonly unnamed: number }

/**
 * Publishes the roll of a round in a township: a frozen copy of those approved who consented to be named; the others are counted only.
 * Called again, it adds whoever was approved since. Titles of villages and townships go out with the roll of the county or of the township itself.
 */
export async function publish(office: Office, actor: Actor, { round, place }: { readonly round: Round; readonly place: Place }): Promise<Published> {
  const grades = (await gradesOf(office.read, round.household_standard)).rows;
  // Nobody withdraws a consent or objects while the names are copied; who is approved in this very moment goes out next time.
  const settled = new Map((await publishable(office.read, round, place)).map(one => [one.subject, one] as const));
  return inUnit(office, actor, [`round:${round.no}`, `roll:${round.no}:${place.no}`, ...[...settled.values()].flatMap(one => caseKeys(round.no, one))], async unit => {
    const subject = placeSubject(place);
    unit.require('roll.publish', subject);
    await roundStillOpen(unit.read, round.no);
    const approved = (await publishable(unit.read, round, place)).filter(one => settled.has(one.subject));
    if (approved.length === 0) rolls.refuse('nothing-to-publish');
    const before: { id: string; withdrawn_at: string | null } | undefined = await unit.read('rolls').where({ round: round.no, place_no: place.no }).first('id', 'withdrawn_at');
    const isRevived = before !== undefined && before.withdrawn_at !== null;
    const roll = before?.id ?? newId(Date.parse(unit.at));
    const consented = await mayPublish(unit.read, approved.filter(one => one.kind === 'household').map(one => one.subject), unit.day);
    const fullNames = await showsFullNames(unit);
    const named = approved.filter(one => one.kind !== 'household' || consented.has(one.subject));

    const standing: { seq: number; leaf: string }[] = await unit.read('roll_entries').where({ roll }).select('seq', 'leaf').orderBy('seq');
    if (isRevived) clear(unit, roll, standing);
    const old = isRevived ? [] : standing;
    const entries = named.map((one, at) => entryOf(one, old.length + at + 1, grades[one.grade]?.code ?? '', fullNames));
    const leaves = entries.map(entry => lineOf(roll, entry));
    const row = {
      hash: leavesDigest([...old.map(entry => entry.leaf), ...leaves.map(entry => entry.leaf)]),
      figures: canonical(await figuresOf(unit.read, { round, place, grades }) as unknown as Json),
      published_on: unit.day, at: unit.at, by: actorId(actor), unit: unit.no,
    };
    if (before === undefined) unit.put('rolls', { id: roll, round: round.no, place_no: place.no, valid_until: round.valid_until, withdrawn_at: null, withdrawn_reason: null, ...row });
    else unit.change('rolls', { id: roll, withdrawn_at: null, withdrawn_reason: null, ...row });
    unit.insert('roll_entries', leaves);
    unit.insert('roll_subjects', named.map((one, at) => ({ roll, seq: old.length + at + 1, subject: one.subject })));
    await certify(unit, actor, { round, place, results: approved.map(one => ({ subject: one.subject, code: one.kind === 'household' ? grades[one.grade]?.code ?? '' : '' })) });
    markPublished(unit, approved);
    unit.record({ act: 'roll.published', power: 'roll.publish', subject });
    return { roll, named: named.length, unnamed: approved.length - named.length };
  });
}

/** A roll that was taken down is published anew from nothing: whoever was on it stands among the approved again. */
function clear(unit: Unit, roll: string, entries: readonly { readonly seq: number }[]): void {
  unit.remove('roll_entries', entries.map(({ seq }) => ({ roll, seq })));
  unit.remove('roll_subjects', entries.map(({ seq }) => ({ roll, seq })));
}

function entryOf(one: Approved, seq: number, code: string, fullNames: boolean): Entry {
  const isHousehold = one.kind === 'household';
  return { seq, kind: one.kind, place_no: one.place_no, group_name: one.group_name, shown: isHousehold && !fullNames ? maskName(one.name) : one.name, grade_code: isHousehold ? code : '', grade: isHousehold ? one.grade : 0 };
}

function markPublished(unit: Unit, approved: readonly Approved[]): void {
  const cases = (of: readonly Approved[]): readonly Case[] => of.map(one => one.case);
  mark(unit, cases(approved.filter(one => one.kind === 'household')), { mark: 'published', track: 'household' });
  mark(unit, cases(approved.filter(one => one.kind !== 'household')), { mark: 'published', track: 'title' });
}

async function showsFullNames(unit: Unit): Promise<boolean> {
  const row: { value: string } | undefined = await unit.read('settings').where({ name: 'roll.names' }).first('value');
  return row?.value === 'full';
}
