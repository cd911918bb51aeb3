import type { Actor } from '../access/actor.ts';
import { Faults, fault } from '../kit/faults.ts';
import { newId } from '../kit/id.ts';
import type { Day } from '../kit/time.ts';
import type { Office } from '../office.ts';
import { inUnit } from '../store/unit.ts';
import { tell } from './event.ts';
import { callOf, type MemberRow, type Parting } from './household.ts';
import { changeable, loadHousehold, memberOf } from './load.ts';
import { keepNumber, memberRow, openNumbers, readMember, type NewMember } from './member.ts';
import { households } from './refusals.ts';
import { changed } from './revise.ts';
import { householdSubject } from './subject.ts';
import { summaryOf } from './summary.ts';
import { refuseTaken } from './taken.ts';

interface Given { readonly household: string; readonly rev: number; readonly member: NewMember; readonly despite?: boolean }

/** Somebody joins the household: a child is born, a daughter-in-law moves in. */
export async function join(office: Office, actor: Actor, given: Given): Promise<string> {
  const id = given.member.id ?? newId();
  return inUnit(office, actor, [`household:${given.household}`], async unit => {
    const loaded = await loadHousehold(unit.read, given.household);
    const subject = householdSubject(loaded.key);
    unit.require('household.keep', subject);
    if (loaded.members.some(member => member.id === id)) return unit.nothingNew(id);
    changeable(loaded, given.rev);
    const read = readMember({ ...given.member, id }, unit.day);
    const faults = [...read.faults];
    if (given.member.relation === 'head') faults.push({ field: 'relation', code: 'head', say: '这一户已经有户主。要换户主，请用“换户主”。' });
    if (faults.length > 0) throw new Faults(faults);
    const row = memberRow(read, await keepNumber(office.secrets, read), { household: given.household, sort: Math.max(-1, ...loaded.members.map(member => member.sort)) + 1 });
    if (given.despite !== true) await refuseTaken(unit.read, actor, [{ id, match: row.id_match as string | null }]);
    unit.insert('members', row);
    const made = { ...row, left_on: null } as unknown as MemberRow;
    unit.change('households', { id: given.household, ...summaryOf([...loaded.members, made]), rev: loaded.row.rev + 1 });
    tell(unit, 'joined', [{ household: given.household, body: { member: id, name: callOf(made), relation: made.relation, birth_year: made.birth_year } }]);
    unit.record({ act: 'household.joined', power: 'household.keep', subject });
    return id;
  });
}

interface Correction extends Given {
  readonly id: string;
  /** An empty number or phone on the form means "as it was"; to take one out, say so. */
  readonly dropIdNumber?: boolean;
  readonly dropPhone?: boolean;
}

/** Corrects a member. Numbers are written to the history as 'changed' only. */
export async function correct(office: Office, actor: Actor, given: Correction): Promise<void> {
  await inUnit(office, actor, [`household:${given.household}`], async unit => {
    const loaded = await loadHousehold(unit.read, given.household);
    const subject = householdSubject(loaded.key);
    unit.require('household.keep', subject);
    changeable(loaded, given.rev);
    const was = memberOf(loaded, given.id);
    const keepsId = was.id_match !== null && blank(given.member.idNumber) && given.dropIdNumber !== true;
    const keepsPhone = was.phone_match !== null && blank(given.member.phone) && given.dropPhone !== true;
    const { number, phone } = openNumbers(office.secrets, was.numbers_sealed);
    const whole: NewMember = {
      ...given.member, id: was.id, relation: was.relation === 'head' ? 'head' : given.member.relation,
      ...keepsId ? { idNumber: number } : {}, ...keepsPhone ? { phone } : {},
    };
    if (was.relation !== 'head' && whole.relation === 'head') fault('relation', 'head', '这一户已经有户主。要换户主，请用“换户主”。');
    const read = readMember(whole, unit.day);
    if (read.faults.length > 0) throw new Faults(read.faults);
    const made = memberRow(read, await keepNumber(office.secrets, read), { household: was.household, sort: was.sort });
    // Sealing the same numbers again gives other bytes; what did not change keeps its old ones.
    const row = made.id_match === was.id_match && made.phone_match === was.phone_match ? { ...made, numbers_sealed: was.numbers_sealed } : made;
    if (given.despite !== true && row.id_match !== was.id_match) await refuseTaken(unit.read, actor, [{ id: was.id, match: row.id_match as string | null }]);
    const plain = (one: { readonly [K in keyof MemberRow]: string | number | null }) => ({ name: one.name, relation: one.relation, sex: one.sex, birth_year: one.birth_year, away: one.away, id_missing: one.id_missing });
    const body = { ...changed(plain(was), plain(row)) as Record<string, never>, ...row.id_match === was.id_match ? {} : { id_number: 'changed' }, ...row.phone_match === was.phone_match ? {} : { phone: 'changed' } };
    if (Object.keys(body).length === 0) return unit.nothingNew(undefined);
    unit.change('members', row);
    const after = loaded.members.map(member => member.id === was.id ? { ...member, name: String(row.name), relation: row.relation as MemberRow['relation'] } : member);
    unit.change('households', { id: was.household, ...summaryOf(after), rev: loaded.row.rev + 1 });
    tell(unit, 'changed', [{ household: was.household, body: { member: was.id, who: callOf(was), ...body } }]);
    unit.record({ act: 'household.corrected', power: 'household.keep', subject });
    return undefined;
  });
}

const blank = (text: string | undefined): boolean => text === undefined || text.trim() === '';

/** Somebody is no longer a member: the row stays, with the day and why. The head cannot part before there is another. */
export async function part(office: Office, actor: Actor, given: { readonly household: string; readonly rev: number; readonly member: string; readonly reason: Parting; readonly on: Day }): Promise<void> {
  await inUnit(office, actor, [`household:${given.household}`], async unit => {
    const loaded = await loadHousehold(unit.read, given.household);
    const subject = householdSubject(loaded.key);
    unit.require('household.keep', subject);
    if (loaded.members.some(member => member.id === given.member && member.left_on !== null)) return unit.nothingNew(undefined);
    changeable(loaded, given.rev);
    const member = memberOf(loaded, given.member);
    if (member.relation === 'head') households.refuse('head-stays');
    if (given.on > unit.day) fault('on', 'late', '日期还没到，请核对。');
    unit.change('members', { id: member.id, left_on: given.on, left_reason: given.reason });
    unit.change('households', { id: given.household, ...summaryOf(loaded.members.map(one => one.id === member.id ? { ...one, left_on: given.on } : one)), rev: loaded.row.rev + 1 });
    tell(unit, 'parted', [{ household: given.household, day: given.on, body: { member: member.id, name: callOf(member), reason: given.reason } }]);
    unit.record({ act: 'household.parted', power: 'household.keep', subject });
    return undefined;
  });
}
