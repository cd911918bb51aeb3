import type { Knex } from 'knex';
import { reach } from '../../access/may.ts';
import { within as pathWithin } from '../../access/subject.ts';
import { choice, day as dayField, text, wholeNumber, yesNo } from '../../kit/fields.ts';
import { form } from '../../kit/form.ts';
import { readIdCard } from '../../kit/id-card.ts';
import { tidy, tidyName } from '../../kit/text.ts';
import { idMissingReasons, numberText, relations, sexes, type IdMissing, type Relation, type Sex } from '../../households/household.ts';
import { idMatch, type NewMember } from '../../households/member.ts';
import { within } from '../../households/queries.ts';
import { householdFaults, registerMany, type NewHousehold } from '../../households/register.ts';
import { formFaults, loadEach, toldOf, type Asked, type Cargo, type Done, type Item, type Loader, type Taken, type Told } from '../cargo.ts';
import { allPlaces, isFound, villageColumns, type Places } from '../find-place.ts';
import type { FileRow, Values } from '../format.ts';

const options = <K extends string>(words: Readonly<Record<K, string>>) => (Object.keys(words) as K[]).map(key => ({ key, label: words[key] }));
const rowForm = form({
  household_no: wholeNumber('户号', { optional: true, least: 1, most: 99_999 }),
  address: text('住址', { optional: true, most: 80 }), registered_on: dayField('登记日期', { optional: true }),
  name: text('姓名', { optional: true, most: 60 }), relation: choice('与户主关系', options<Relation>(relations)), sex: choice('性别', options<Sex>(sexes)),
  birth_year: wholeNumber('出生年份', { optional: true, least: 1850, most: 2200 }), id_number: text('身份证号', { optional: true, most: 30 }),
  id_missing: choice('没有号码的原因', options<IdMissing>(idMissingReasons), { optional: true }), phone: text('电话', { optional: true, most: 30 }), away: yesNo('长期在外'),
});

const isHead = (row: FileRow): boolean => ['户主', 'head', '本人'].includes(tidy(row.cells['relation'] ?? ''));
const keyOf = (row: FileRow): string => ['township', 'village', 'village_code', 'household_no'].map(key => tidy(row.cells[key] ?? '')).join('|');

export const households: Cargo = {
  name: 'households', title: '农户和家庭成员', power: 'household.keep', reads: 'household.read',
  says: '一行一个人，同一户的几行连着写，户主写在第一行。已经登记的户不动。',
  columns: [
    ...villageColumns,
    { key: 'group', heading: '村民小组', alias: ['组', '小组'], says: '如“第3组”；可以不写' },
    { key: 'grid', heading: '网格', says: '可以不写，以后再分' },
    { key: 'household_no', heading: '户号', alias: ['编号', '门牌'], says: '村里原来的户号；不写就按顺序给' },
    { key: 'address', heading: '住址', alias: ['地址'], says: '写在户主那一行' },
    { key: 'registered_on', heading: '登记日期', says: '如 2026-11-23；不写就是今天' },
    { key: 'name', heading: '姓名', needed: true, says: '不满 14 岁的可以不写，也不会保存' },
    { key: 'relation', heading: '与户主关系', alias: ['关系', '与户主的关系'], needed: true, says: Object.values(relations).join('、') },
    { key: 'sex', heading: '性别', needed: true, says: '男、女' },
    { key: 'birth_year', heading: '出生年份', alias: ['出生年'], says: '四位年份；有身份证号的可以不写' },
    { key: 'id_number', heading: '身份证号', alias: ['身份证号码', '公民身份号码', '证件号码'], says: '18 位；这一列请设成文本格式' },
    { key: 'id_missing', heading: '没有号码的原因', says: Object.values(idMissingReasons).join('、') },
    { key: 'phone', heading: '电话', alias: ['手机', '手机号', '联系电话'], says: '可以不写' },
    { key: 'away', heading: '长期在外', says: '是、否' },
  ],
  begins: (row, before) => keyOf(row) !== keyOf(before) || isHead(row),
  async open(asked) { return new HouseholdLoader(asked, await allPlaces(asked.office.read)); },
  give,
};

interface Understood { readonly rows: readonly FileRow[]; readonly faults: readonly Told[]; readonly value: NewHousehold | undefined; /** Match keys of the members' ID numbers, in their order. */ readonly matches: readonly (string | undefined)[] }
interface Known { readonly numbers: ReadonlyMap<string, string>; readonly people: ReadonlyMap<string, { readonly village: number; readonly words: string; readonly relation: string; readonly number: number }>; readonly heads: ReadonlySet<string> }

class HouseholdLoader implements Loader {
  readonly #asked: Asked;
  readonly #places: Places;
  readonly #seen = new Map<string, number>();
  constructor(asked: Asked, places: Places) { this.#asked = asked; this.#places = places; }

  async check(groups: readonly (readonly FileRow[])[]): Promise<readonly Item[]> {
    const read = groups.map(rows => this.#understand(rows));
    const known = await this.#known(read);
    return read.map(one => this.#compare(one, known));
  }

  #understand(rows: readonly FileRow[]): Understood {
    const faults: Told[] = [];
    const members: NewMember[] = [];
    const [first] = rows;
    if (first === undefined) return { rows, faults, value: undefined, matches: [] };
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
      const birthYear = values.birth_year ?? birthYearOf(values.id_number, this.#asked.day);
      if (birthYear === undefined) { faults.push(toldOf(row, 'birth_year', '没有写出生年份', '填四位年份，或者填身份证号')); continue; }
      members.push({ name: values.name ?? '', relation: values.relation, sex: values.sex, birthYear, idNumber: values.id_number, idMissing: values.id_number === undefined ? values.id_missing : undefined, phone: values.phone, away: values.away });
    }
    if (faults.length > 0 || !isFound(village)) return { rows, faults, value: undefined, matches: [] };
    const value: NewHousehold = { villageNo: village.no, groupNo, gridNo, householdNo: own.household_no, address: own.address ?? '', registeredOn: own.registered_on, members };
    for (const fault of householdFaults(value, this.#asked.day, 'x.')) {
      const member = /members\.(\d+)\.(\w+)$/.exec(fault.field);
      const row = member === null ? first : rows[Number(member[1])] ?? first;
      faults.push(toldOf(row, member?.[2] ?? (fault.field.endsWith('members') ? 'relation' : fault.field.replace('x.', '')), fault.say.replace(/。$/, '')));
    }
    return { rows, faults, value, matches: members.map(member => matchOf(this.#asked.office.secrets, member.idNumber, this.#asked.day)) };
  }

  /** Does the office know the household or its people already? One query each for the whole batch. */
  async #known(understood: readonly Understood[]): Promise<Known> {
    const { read } = this.#asked.office;
    const list = understood.flatMap(one => one.value === undefined ? [] : [one.value]);
    const villages = [...new Set(list.map(one => one.villageNo))];
    const numbered: { village_no: number; household_no: number; head_name: string }[] = villages.length === 0 ? [] : await read('households').whereIn('village_no', villages).where(any => {
      void any.whereIn('household_no', list.flatMap(one => one.householdNo === undefined ? [] : [one.householdNo])).orWhereIn('head_name', list.flatMap(one => one.members.filter(member => member.relation === 'head').map(member => tidy(member.name))));
    }).whereNull('closed_on').select('village_no', 'household_no', 'head_name');
    const sees = reach(this.#asked.actor, 'household.read');
    const matches = understood.flatMap(one => one.matches.filter(match => match !== undefined));
    const people: { id_match: string; village_no: number; household_no: number; relation: string; name: string; path: string }[] = matches.length === 0 ? [] : await read('members').join('households', 'households.id', 'members.household').join('places', 'places.no', 'households.village_no')
      .whereIn('members.id_match', matches).whereNull('members.left_on').whereNull('households.closed_on').select('members.id_match', 'households.village_no', 'households.household_no', 'members.relation', 'places.name', 'places.path');
    return {
      numbers: new Map(numbered.map(row => [`${row.village_no} ${row.household_no}`, row.head_name])), heads: new Set(numbered.map(row => `${row.village_no} ${row.head_name}`)),
      people: new Map(people.map(row => [row.id_match, { village: row.village_no, words: sees.some(path => pathWithin(row.path, path)) ? `${row.name} ${numberText(row.household_no)} 号户` : '另一户', relation: row.relation, number: row.household_no }])),
    };
  }

  #compare({ rows, faults, value, matches }: Understood, known: Known): Item {
    if (value === undefined) return { rows, faults, value };
    const told: Told[] = [];
    const at = value.members.findIndex(member => member.relation === 'head');
    const head = value.members[at];
    const headMatch = matches[at];
    const there = headMatch === undefined ? undefined : known.people.get(headMatch);
    const numbered = value.householdNo === undefined ? undefined : known.numbers.get(`${value.villageNo} ${value.householdNo}`);
    const own = there !== undefined && there.village === value.villageNo && there.relation === 'head';
    const same = value.householdNo === undefined ? own || (headMatch === undefined && known.heads.has(`${value.villageNo} ${tidy(head?.name ?? '')}`))
      : numbered !== undefined && (tidyName(head?.name ?? '') === numbered || (own && there.number === value.householdNo));
    const [first] = rows;
    if (numbered !== undefined && !same && first !== undefined) told.push(toldOf(first, 'household_no', `这个户号已经是${numbered}家的`, '请核对户号；户主换过的，请先在系统里办理变更户主'));
    const keys = [...value.householdNo === undefined ? [] : [{ key: `no ${value.villageNo} ${value.householdNo}`, row: rows[0], column: 'household_no', words: '这个户号' }],
      ...matches.flatMap((match, index) => match === undefined ? [] : [{ key: `id ${match}`, row: rows[index], column: 'id_number', words: '这个身份证号' }])];
    for (const { key, row, column, words } of keys) {
      const before = this.#seen.get(key);
      if (before !== undefined && row !== undefined) told.push(toldOf(row, column, `${words}在第 ${before} 行已经写过`, column === 'household_no' ? '同一户的几行要连着写；不是同一户的请改户号' : '请核对哪一行抄错了'));
      else if (row !== undefined) this.#seen.set(key, row.row);
    }
    if (!same) for (const [index, match] of matches.entries()) {
      const other = match === undefined ? undefined : known.people.get(match);
      const row = rows[index];
      if (other !== undefined && row !== undefined) told.push(toldOf(row, 'id_number', `这个身份证号已经登记在${other.words}`, '同一个人只能在一户；已经分户的请先在原来那户办理分户'));
    }
    // What the office has stays as it is: gaps in a list that went out without numbers are no faults.
    return { rows, faults: same ? told : [...faults, ...told], value, same };
  }

  load(items: readonly Item[]): Promise<Done> {
    const { office, actor } = this.#asked;
    return loadEach(items, async some => (await registerMany(office, actor, some.map(item => item.value as NewHousehold))).length);
  }
}

function birthYearOf(number: string | undefined, today: string): number | undefined {
  const read = number === undefined ? undefined : readIdCard(number, today);
  return read !== undefined && 'card' in read ? Number(read.card.birth.slice(0, 4)) : undefined;
}

function matchOf(secrets: Asked['office']['secrets'], number: string | undefined, today: string): string | undefined {
  const read = number === undefined || number === '' ? undefined : readIdCard(number, today);
  return read !== undefined && 'card' in read ? idMatch(secrets, read.card.number) : undefined;
}

interface Out { no: number; village_no: number; household_no: number; address: string; registered_on: string; group_name: string | null; grid_name: string | null; id: string }
interface Person { household: string; name: string; relation: Relation; sex: Sex; birth_year: number; id_sealed: string | null; id_missing: IdMissing | null; phone_sealed: string | null; away: number }

/** Numbers and phones leave the office only when asked for, at the machine itself. */
async function* give({ office, actor, paths, settings }: Taken): AsyncGenerator<Values> {
  const read: Knex = office.jobs;
  const places = await allPlaces(read);
  const open = settings['numbers'] === 'yes' && actor.kind === 'console';
  for (let after = 0; ;) {
    const rows: Out[] = await read('households').join('places as v', 'v.no', 'households.village_no').leftJoin('places as g', 'g.no', 'households.group_no').leftJoin('places as n', 'n.no', 'households.grid_no')
      .where(within(read, paths)).whereNull('households.closed_on').where('households.no', '>', after).orderBy('households.no').limit(1_000)
      .select('households.id', 'households.no', 'households.village_no', 'households.household_no', 'households.address', 'households.registered_on', 'g.name as group_name', 'n.name as grid_name');
    const last = rows[rows.length - 1];
    if (last === undefined) return;
    after = last.no;
    const people: Person[] = await read('members').whereIn('household', rows.map(row => row.id)).whereNull('left_on').orderBy('household').orderBy('sort').select('household', 'name', 'relation', 'sex', 'birth_year', 'id_sealed', 'id_missing', 'phone_sealed', 'away');
    const byHousehold = Map.groupBy(people, person => person.household);
    for (const row of rows) {
      const village = places.no(row.village_no);
      for (const person of (byHousehold.get(row.id) ?? []).toSorted((a, b) => Number(b.relation === 'head') - Number(a.relation === 'head'))) yield {
        township: village === undefined ? undefined : places.above(village, 'township')?.name, village: village?.name, village_code: village?.code ?? undefined, group: row.group_name ?? undefined, grid: row.grid_name ?? undefined,
        household_no: row.household_no, address: row.address, registered_on: row.registered_on, name: person.name, relation: relations[person.relation], sex: sexes[person.sex], birth_year: person.birth_year,
        id_number: open && person.id_sealed !== null ? office.secrets.open(person.id_sealed) : undefined, id_missing: person.id_missing === null ? undefined : idMissingReasons[person.id_missing],
        phone: open && person.phone_sealed !== null ? office.secrets.open(person.phone_sealed) : undefined, away: person.away === 1 ? '是' : '否',
      };
    }
  }
}
