import type { Day } from './time.ts';
import { isDay } from './time.ts';
import { tidy } from './text.ts';

/** What a citizen's number says about its holder. The area is where it was first issued, never where the person lives. */
export interface IdCard {
  readonly number: string;
  readonly birth: Day;
  readonly sex: 'male' | 'female';
  /** False when the first digits belong to no province: worth a second look, but no fault, for codes change. */
  readonly areaKnown: boolean;
}

export type IdCardFault = 'empty' | 'old-number' | 'length' | 'characters' | 'birth' | 'future' | 'checksum';

const words: Readonly<Record<IdCardFault, string>> = {
  'empty': '请填身份证号；没有号码的，请选原因。',
  'old-number': '这是 15 位的老号码，请按现在的身份证填 18 位。',
  'length': '身份证号是 18 位，请数一数。',
  'characters': '身份证号只能是数字，最后一位可以是 X。',
  'birth': '第 7 到 14 位不是一个真实的出生日期，请核对。',
  'future': '第 7 到 14 位的出生日期还没到，请核对。',
  'checksum': '最后一位和前面的数字对不上，多半是抄错了一位，请核对。',
};

/** Reads a number as people write it (spaces, full-width digits, small x) by GB 11643-1999; `today` bounds the birth. */
export function readIdCard(text: string, today: Day): { readonly card: IdCard } | { readonly fault: IdCardFault; readonly say: string } {
  const number = wellFormed.test(text) ? text : tidy(text).replace(/[ \-']/g, '').toUpperCase();
  const birth = birthOf(number);
  const fault = faultOf(number, birth, today);
  if (fault !== undefined) return { fault, say: words[fault] };
  return { card: { number, birth, sex: Number(number[16]) % 2 === 1 ? 'male' : 'female', areaKnown: isKnownArea(number) } };
}

const wellFormed = /^\d{17}[\dX]$/;

function faultOf(number: string, birth: Day, today: Day): IdCardFault | undefined {
  if (number === '') return 'empty';
  if (/^\d{15}$/.test(number)) return 'old-number';
  if (number.length !== 18) return 'length';
  if (!wellFormed.test(number)) return 'characters';
  if (!isDay(birth) || birth < '1850-01-01') return 'birth';
  if (birth > today) return 'future';
  return checkDigit(number) === number[17] ? undefined : 'checksum';
}

const birthOf = (number: string): Day => `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`;

const zero = 48;
const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const;

/** ISO 7064 MOD 11-2 over the first seventeen digits. */
export function checkDigit(digits: string): string {
  let sum = 0;
  for (let at = 0; at < weights.length; at++) sum += (weights[at] ?? 0) * (digits.charCodeAt(at) - zero);
  return '10X98765432'.charAt(sum % 11);
}

// GB/T 2260, first two digits; 81-83 are residence permits of Hong Kong, Macao and Taiwan residents.
const provinces = new Set([
  '11', '12', '13', '14', '15', '21', '22', '23', '31', '32', '33', '34', '35', '36', '37', '41', '42', '43', '44', '45', '46',
  '50', '51', '52', '53', '54', '61', '62', '63', '64', '65', '71', '81', '82', '83',
]);

/** A number beginning with 9 is a foreigner's permanent residence card (2023 edition): its province stands second. */
function isKnownArea(number: string): boolean {
  return number[0] === '9' ? provinces.has(number.slice(1, 3)) : provinces.has(number.slice(0, 2));
}

/** No province and no kind of card begins like this, so a synthetic number can never be a living person's. */
export const syntheticArea = '990000';

/** A number for invented people: right in form and checksum, impossible in area. `sequence` 0 … 499 tells apart people of one birthday and sex. */
export function syntheticIdNumber(person: { readonly birth: Day; readonly sex: 'male' | 'female'; readonly sequence: number }): string {
  const odd = person.sex === 'male' ? 1 : 0;
  const digits = `${syntheticArea}${person.birth.replaceAll('-', '')}${String((person.sequence % 500) * 2 + odd).padStart(3, '0')}`;
  return digits + checkDigit(digits);
}
