import type { Fault } from '../kit/form.ts';
import { readIdCard } from '../kit/id-card.ts';
import { newId } from '../kit/id.ts';
import { readPhone } from '../kit/phone.ts';
import { characterCount, tidyName } from '../kit/text.ts';
import type { Day } from '../kit/time.ts';
import type { Secrets } from '../store/secrets.ts';
import { isChild, type IdMissing, type MemberRow, type Relation, type Sex } from './household.ts';

/** A person as typed, imported or made up. `idNumber` and `phone` in the clear: they are sealed before they are stored. */
export interface NewMember {
  readonly id?: string;
  readonly name: string;
  readonly relation: Relation;
  readonly sex: Sex;
  readonly birthYear: number;
  readonly idNumber?: string | undefined;
  readonly idMissing?: IdMissing | undefined;
  readonly phone?: string | undefined;
  readonly away?: boolean | undefined;
}

/** Everything wrong with one person, each at its field; `prefix` tells rows of a list apart. */
export function memberFaults(member: NewMember, day: Day, prefix = ''): Fault[] {
  const faults: Fault[] = [];
  const say = (field: string, code: string, words: string): void => { faults.push({ field: prefix + field, code, say: words }); };
  const year = Number(day.slice(0, 4));
  if (member.birthYear > year) say('birth_year', 'late', `${member.birthYear} 年还没到，可能是按错了。`);
  else if (member.birthYear < year - 130) say('birth_year', 'early', '出生年份太早了，请核对。');
  if (isChild(member.birthYear, day)) return faults;
  const name = tidyName(member.name);
  if (name === '') say('name', 'missing', '请填写姓名。');
  else if (characterCount(name) > 30) say('name', 'long', '姓名最多 30 个字。');
  if (member.idNumber !== undefined && member.idNumber !== '') {
    const read = readIdCard(member.idNumber, day);
    if ('fault' in read) say('id_number', read.fault, read.say);
    else {
      if (Number(read.card.birth.slice(0, 4)) !== member.birthYear) say('birth_year', 'differs', `身份证号上是 ${read.card.birth.slice(0, 4)} 年出生，和填的 ${member.birthYear} 年不一样，请核对。`);
      if (read.card.sex !== member.sex) say('sex', 'differs', '性别和身份证号对不上，请核对。');
    }
  } else if (member.idMissing === undefined) say('id_number', 'missing', '请填身份证号；没有号码的，请选原因。');
  if (member.phone !== undefined && member.phone !== '') {
    const read = readPhone(member.phone);
    if ('fault' in read) say('phone', read.fault, read.say);
  }
  return faults;
}

type Sealing = Pick<Secrets, 'seal' | 'matchKey'>;

/** The row of a person without faults. Of a child under 14 only relation, sex and birth year are kept (PIPL 31). */
export function memberRow(secrets: Sealing, member: NewMember, where: { readonly household: string; readonly sort: number; readonly day: Day }): Record<keyof MemberRow, string | number | null> {
  const child = isChild(member.birthYear, where.day);
  const card = child || member.idNumber === undefined || member.idNumber === '' ? undefined : readIdCard(member.idNumber, where.day);
  const number = card !== undefined && 'card' in card ? card.card.number : undefined;
  const read = child || member.phone === undefined || member.phone === '' ? undefined : readPhone(member.phone);
  const phone = read !== undefined && 'phone' in read ? read.phone : undefined;
  return {
    id: member.id ?? newId(), household: where.household, sort: where.sort, name: child ? '' : tidyName(member.name), relation: member.relation, sex: member.sex, birth_year: member.birthYear,
    id_sealed: number === undefined ? null : secrets.seal(number), id_match: number === undefined ? null : idMatch(secrets, number),
    id_missing: number !== undefined || child ? null : member.idMissing ?? 'unwilling',
    phone_sealed: phone === undefined ? null : secrets.seal(phone), phone_match: phone === undefined ? null : phoneMatch(secrets, phone),
    away: member.away === true ? 1 : 0, left_on: null, left_reason: null,
  };
}

/** Equal numbers give equal keys; nobody without the office's secrets can go back from the key. `number` as read by kit/id-card. */
export const idMatch = (secrets: Pick<Secrets, 'matchKey'>, number: string): string => secrets.matchKey('id', number);
export const phoneMatch = (secrets: Pick<Secrets, 'matchKey'>, phone: string): string => secrets.matchKey('phone', phone);
