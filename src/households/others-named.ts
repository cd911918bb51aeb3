import type { Knex } from 'knex';
import { fault } from '../kit/faults.ts';
import { privateNumberIn, type PrivateNumber } from '../kit/private-numbers.ts';
import type { HouseholdKey } from './subject.ts';

/** What officers write for a letter, by its field. */
export type Written = Readonly<Record<string, string | undefined>>;

const says: Readonly<Record<PrivateNumber, string>> = { id: '不要写身份证号，请删掉那串号码。', phone: '不要写手机号，请删掉那串号码；办公室的座机可以写。' };

/** Whatever goes out on paper carries nobody's ID number or mobile. */
export function mustHoldNoNumber(written: Written): void {
  for (const [field, text = ''] of Object.entries(written)) {
    const found = privateNumberIn(text);
    if (found !== undefined) fault(field, 'number', says[found]);
  }
}

/** Neither does a household's letter name people of other households of the village: a neighbour is “邻居” there. Names that its own people bear as well may stand. */
export async function mustNameNoOther(read: Knex, { id, village_no }: Pick<HouseholdKey, 'id' | 'village_no'>, written: Written): Promise<void> {
  mustHoldNoNumber(written);
  const people: { name: string; household: string }[] = await read('members').join('households', 'households.id', 'members.household').where('households.village_no', village_no).whereNull('households.closed_on').whereNull('members.left_on').select('members.name', 'members.household');
  const own = new Set(people.filter(one => one.household === id).map(one => one.name));
  // A neighbour 李明 is not named by the own 李明华.
  const stands = (name: string, text: string): boolean => text.includes(name) && [...own].filter(longer => longer.includes(name)).reduce((left, longer) => left.replaceAll(longer, ' '), text).includes(name);
  for (const [field, text = ''] of Object.entries(written)) {
    const named = people.find(({ name }) => [...name].length > 1 && !own.has(name) && stands(name, text));
    if (named !== undefined) fault(field, 'named', `不要写别人家的名字：“${named.name}”。请写“邻居”“另一户”，或者换个说法。`);
  }
}
