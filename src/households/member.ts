import { assert } from '../kit/assert.ts';
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

/** A person read once, for whoever asks next: the name tidied, the numbers as digits alone. */
export interface ReadMember {
  readonly given: NewMember;
  /** Of a child under 14 only relation, sex and birth year are kept (PIPL 31). */
  readonly isChild: boolean;
  readonly name: string;
  readonly number: string | undefined;
  readonly phone: string | undefined;
  /** Everything wrong, each at its field. */
  readonly faults: readonly Fault[];
}

/** Understands a person; `prefix` tells rows of a list apart. */
export function readMember(member: NewMember, day: Day, prefix = ''): ReadMember {
  const faults: Fault[] = [];
  const say = (field: string, code: string, words: string): void => { faults.push({ field: prefix + field, code, say: words }); };
  const year = Number(day.slice(0, 4));
  if (member.birthYear > year) say('birth_year', 'late', `${member.birthYear} 年还没到，可能是按错了。`);
  else if (member.birthYear < year - 130) say('birth_year', 'early', '出生年份太早了，请核对。');
  if (isChild(member.birthYear, day)) return { given: member, isChild: true, name: '', number: undefined, phone: undefined, faults };
  const name = tidyName(member.name);
  if (name === '') say('name', 'missing', '请填写姓名。');
  else if (characterCount(name) > 30) say('name', 'long', '姓名最多 30 个字。');
  const card = blank(member.idNumber) ? undefined : readIdCard(member.idNumber, day);
  if (card === undefined) { if (member.idMissing === undefined) say('id_number', 'missing', '请填身份证号；没有号码的，请选原因。'); }
  else if ('fault' in card) say('id_number', card.fault, card.say);
  else {
    const born = card.card.birth.slice(0, 4);
    if (Number(born) !== member.birthYear) say('birth_year', 'differs', `身份证号上是 ${born} 年出生，和填的 ${member.birthYear} 年不一样，请核对。`);
    if (card.card.sex !== member.sex) say('sex', 'differs', '性别和身份证号对不上，请核对。');
  }
  const phone = blank(member.phone) ? undefined : readPhone(member.phone);
  if (phone !== undefined && 'fault' in phone) say('phone', phone.fault, phone.say);
  const number = card !== undefined && 'card' in card ? card.card.number : undefined;
  return { given: member, isChild: false, name, number, phone: phone !== undefined && 'phone' in phone ? phone.phone : undefined, faults };
}

const blank = (text: string | undefined): text is undefined | '' => text === undefined || text === '';

/** The row of a person without faults. */
export function memberRow({ given, isChild: child, name, number }: ReadMember, kept: KeptNumbers, where: { readonly household: string; readonly sort: number }): Record<keyof MemberRow, string | number | null> {
  return {
    id: given.id ?? newId(), household: where.household, sort: where.sort, name, relation: given.relation, sex: given.sex, birth_year: given.birthYear,
    numbers_sealed: kept.sealed, id_match: kept.idMatch, id_missing: number !== undefined || child ? null : given.idMissing ?? 'unwilling',
    phone_match: kept.phoneMatch, away: given.away === true ? 1 : 0, left_on: null, left_reason: null,
  };
}

/** What is sealed of a person: ID number and phone, in one, for sealing is what a register's import spends most on. */
interface Numbers { readonly number: string | undefined; readonly phone: string | undefined }

/** How the numbers of a person are kept. */
export interface KeptNumbers { readonly sealed: string | null; readonly idMatch: string | null; readonly phoneMatch: string | null }

/** Of many people at once: of a register this is half the work. */
export async function keepNumbers(secrets: Pick<Secrets, 'keep'>, people: readonly Numbers[]): Promise<readonly KeptNumbers[]> {
  const { seal, match } = await secrets.keep({
    seal: people.map(({ number, phone }) => number === undefined && phone === undefined ? null : `${number ?? ''} ${phone ?? ''}`),
    match: { id: people.map(({ number }) => number ?? null), phone: people.map(({ phone }) => phone ?? null) },
  });
  return people.map((_, at) => ({ sealed: seal[at] ?? null, idMatch: match['id']?.[at] ?? null, phoneMatch: match['phone']?.[at] ?? null }));
}

export function openNumbers(secrets: Pick<Secrets, 'open'>, sealed: string | null): Numbers {
  const [number = '', phone = ''] = sealed === null ? [] : secrets.open(sealed).split(' ');
  return { number: number === '' ? undefined : number, phone: phone === '' ? undefined : phone };
}

export async function keepNumber(secrets: Pick<Secrets, 'keep'>, person: Numbers): Promise<KeptNumbers> {
  const [kept] = await keepNumbers(secrets, [person]);
  assert(kept !== undefined, 'one person, one answer');
  return kept;
}

/** Equal numbers give equal keys; nobody without the office's secrets can go back from the key. `number` as read by kit/id-card. */
export const idMatch = (secrets: Pick<Secrets, 'matchKey'>, number: string): string => secrets.matchKey('id', number);
