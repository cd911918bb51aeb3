import { inTurns } from '../../kit/turns.ts';
import { reach } from '../../access/may.ts';
import { choice, day as dayField, text, wholeNumber, yesNo } from '../../kit/fields.ts';
import { form } from '../../kit/form.ts';
import { tidy } from '../../kit/text.ts';
import { idMissingReasons, relations, sexes, type IdMissing, type Relation, type Sex } from '../../households/household.ts';
import type { NewMember } from '../../households/member.ts';
import { keepHouseholds, readHousehold, registerRead, type KeptHousehold, type ReadHousehold } from '../../households/register.ts';
import { holdersOf, whereFor, type Holder } from '../../households/taken.ts';
import { formFaults, loadEach, toldOf, type Asked, type Done, type Item, type Loader, type Told } from '../cargo.ts';
import { isFound, type Places } from '../find-place.ts';
import type { FileRow } from '../format.ts';

const options = <K extends string>(words: Readonly<Record<K, string>>) => (Object.keys(words) as K[]).map(key => ({ key, label: words[key] }));
const rowForm = form({
  household_no: wholeNumber('户号', { optional: true, least: 1, most: 99_999 }),
  address: text('住址', { optional: true, most: 80 }), registered_on: dayField('登记日期', { optional: true }),
  name: text('姓名', { optional: true, most: 60 }), relation: choice('与户主关系', options<Relation>(relations)), sex: choice('性别', options<Sex>(sexes)),
  birth_year: wholeNumber('出生年份', { optional: true, least: 1850, most: 2200 }), id_number: text('身份证号', { optional: true, most: 30 }),
  id_missing: choice('没有号码的原因', options<IdMissing>(idMissingReasons), { optional: true }), phone: text('电话', { optional: true, most: 30 }), away: yesNo('长期在外'),
});

interface Understood { readonly rows: readonly FileRow[]; readonly faults: readonly Told[]; readonly value: ReadHousehold | undefined }
interface Kept extends Omit<Understood, 'value'> { readonly value: KeptHousehold | undefined }
interface Known { readonly numbers: ReadonlyMap<string, string>; readonly people: ReadonlyMap<string, Holder>; readonly heads: ReadonlySet<string> }

/**
 * Reads a register of households. A part of the file is looked at while the one before is still being written, so what the
 * file itself said before is remembered here and never asked of the office.
 */
export class HouseholdLoader implements Loader {
  readonly #asked: Asked;
  readonly #places: Places;
  /** The row at which the file named a household's number, or a person's, by match key. */
  readonly #numbers = new Map<string, number>();
  readonly #people = new Map<string, number>();
  /** Heads that this file brings and nothing but their name tells apart: two of one name are two households. */
  readonly #heads = new Set<string>();
  constructor(asked: Asked, places: Places) { this.#asked = asked; this.#places = places; }

  async check(groups: readonly (readonly FileRow[])[]): Promise<readonly Item[]> {
    const read = await inTurns(groups, rows => this.#understand(rows));
    const values = read.flatMap(one => one.value ?? []);
    const kept = await keepHouseholds(this.#asked.office.secrets, values);
    const known = await this.#known(kept);
    const keptOf = new Map(values.map((value, at) => [value, kept[at]]));
    return read.map(({ rows, faults, value }) => this.#compare({ rows, faults, value: value === undefined ? undefined : keptOf.get(value) }, known));
  }

  #understand(rows: readonly FileRow[]): Understood {
    const faults: Told[] = [];
    const members: NewMember[] = [];
    const [first] = rows;
    if (first === undefined) return { rows, faults, value: undefined };
    const village = this.#places.ownVillage(first.cells, reach(this.#asked.actor, 'household.keep'));
    if (!isFound(village)) faults.push(toldOf(first, village.wrong.column, village.wrong.say, village.wrong.remedy));
    const below = (kind: 'group' | 'grid'): number | null => {
      const name = first.cells[kind] ?? '';
      if (tidy(name) === '' || !isFound(village)) return null;
      const found = this.#places.below(village, kind, name);
      if (isFound(found)) return found.no;
      faults.push(toldOf(first, found.wrong.column, found.wrong.say, found.wrong.remedy));
      return null;
    };
    const [groupNo, gridNo] = [below('group'), below('grid')];
    let own: { household_no?: number | undefined; address?: string | undefined; registered_on?: string | undefined } = {};
    for (const row of rows) {
      const parsed = rowForm.parse(row.cells);
      if (!parsed.ok) { faults.push(...formFaults(row, parsed.faults)); continue; }
      const { values } = parsed;
      if (row === first) own = values;
      const birthYear = values.birth_year ?? birthYearIn(values.id_number ?? '');
      if (birthYear === undefined) { faults.push(toldOf(row, 'birth_year', '没有写出生年份', '填四位年份，或者填身份证号')); continue; }
      members.push({ name: values.name ?? '', relation: values.relation, sex: values.sex, birthYear, idNumber: values.id_number, idMissing: values.id_number === undefined ? values.id_missing : undefined, phone: values.phone, away: values.away });
    }
    if (faults.length > 0 || !isFound(village)) return { rows, faults, value: undefined };
    const value = readHousehold({ villageNo: village.no, groupNo, gridNo, householdNo: own.household_no, address: own.address ?? '', registeredOn: own.registered_on, members }, this.#asked.day, 'x.');
    for (const fault of value.faults) {
      const member = /members\.(\d+)\.(\w+)$/.exec(fault.field);
      const row = member === null ? first : rows[Number(member[1])] ?? first;
      faults.push(toldOf(row, member?.[2] ?? (fault.field.endsWith('members') ? 'relation' : fault.field.replace('x.', '')), fault.say.replace(/。$/, '')));
    }
    return { rows, faults, value };
  }

  /** Does the office know the household or its people already? One query each for the whole batch. */
  async #known(list: readonly KeptHousehold[]): Promise<Known> {
    const { read } = this.#asked.office;
    const given = list.map(one => one.given);
    const villages = [...new Set(given.map(one => one.villageNo))];
    const numbered: { village_no: number; household_no: number; head_name: string }[] = villages.length === 0 ? [] : await read('households').whereIn('village_no', villages).where(any => {
      void any.whereIn('household_no', given.flatMap(one => one.householdNo ?? [])).orWhereIn('head_name', list.flatMap(one => one.given.householdNo === undefined ? headOf(one).name ?? [] : []));
    }).whereNull('closed_on').select('village_no', 'household_no', 'head_name');
    const holders = await holdersOf(read, list.flatMap(one => one.kept.flatMap(person => person.idMatch ?? [])));
    return {
      numbers: new Map(numbered.map(row => [`${row.village_no} ${row.household_no}`, row.head_name])), heads: new Set(numbered.map(row => `${row.village_no} ${row.head_name}`)),
      people: new Map(holders.map(holder => [holder.id_match, holder])),
    };
  }

  #compare({ rows, faults, value }: Kept, known: Known): Item {
    const [first] = rows;
    if (value === undefined || first === undefined) return { rows, faults, value };
    const { villageNo, householdNo } = value.given;
    const told: Told[] = [];
    const numbered = householdNo === undefined ? undefined : known.numbers.get(`${villageNo} ${householdNo}`);
    const same = this.#isSame(value, known, numbered);
    const numberedAt = householdNo === undefined ? undefined : before(this.#numbers, `${villageNo} ${householdNo}`, first.row);
    if (numberedAt !== undefined) told.push(toldOf(first, 'household_no', `这个户号在第 ${numberedAt} 行已经写过`, '同一户的几行要连着写；不是同一户的请改户号'));
    else if (numbered !== undefined && !same) told.push(toldOf(first, 'household_no', `这个户号已经是${numbered}家的`, '请核对户号；户主换过的，请先在系统里办理变更户主'));
    for (const [index, { idMatch }] of value.kept.entries()) {
      const row = rows[index];
      if (idMatch === null || row === undefined) continue;
      const at = before(this.#people, idMatch, row.row);
      const other = known.people.get(idMatch);
      if (at !== undefined) told.push(toldOf(row, 'id_number', `这个身份证号在第 ${at} 行已经写过`, '请核对哪一行抄错了'));
      else if (!same && other !== undefined) told.push(toldOf(row, 'id_number', `这个身份证号已经登记在${whereFor(this.#asked.actor, other)}`, '同一个人只能在一户；已经分户的请先在原来那户办理分户'));
    }
    // What the office has stays as it is: gaps in a list that went out without numbers are no faults.
    return { rows, faults: same ? told : [...faults, ...told], value, same };
  }

  #isSame(value: KeptHousehold, known: Known, numbered: string | undefined): boolean {
    const { villageNo, householdNo } = value.given;
    const head = headOf(value);
    const there = head.idMatch === null ? undefined : known.people.get(head.idMatch);
    const own = there !== undefined && there.village_no === villageNo && there.relation === 'head';
    if (householdNo !== undefined) return numbered !== undefined && (head.name === numbered || (own && there.household_no === householdNo));
    if (head.name === undefined || head.idMatch !== null) return own;
    const name = `${villageNo} ${head.name}`;
    if (known.heads.has(name) && !this.#heads.has(name)) return true;
    this.#heads.add(name);
    return false;
  }

  load(items: readonly Item[]): Promise<Done> {
    const { office, actor, importId } = this.#asked;
    return loadEach(items, async some => (await registerRead(office, actor, some.map(item => item.value as KeptHousehold), { batch: importId })).length);
  }
}

function headOf({ people, kept }: KeptHousehold): { readonly name: string | undefined; readonly idMatch: string | null } {
  const at = people.findIndex(person => person.given.relation === 'head');
  return { name: people[at]?.name, idMatch: kept[at]?.idMatch ?? null };
}

/** The row where the file had this before; the first time, remembers the row. */
function before(seen: Map<string, number>, key: string, row: number): number | undefined {
  const at = seen.get(key);
  if (at === undefined) seen.set(key, row);
  return at;
}

/** Digits 7 to 10 of a citizen's number; whether it is a right one, the reading of the person tells. */
function birthYearIn(number: string): number | undefined {
  const digits = tidy(number).replace(/[ \-']/g, '');
  return /^\d{17}[\dXx]$/.test(digits) ? Number(digits.slice(6, 10)) : undefined;
}
