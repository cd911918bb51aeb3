import type { Knex } from 'knex';
import { roles, type Role } from '../../access/actor.ts';
import { choice, day as dayField, text } from '../../kit/fields.ts';
import { form } from '../../kit/form.ts';
import { readPhone } from '../../kit/phone.ts';
import { tidy } from '../../kit/text.ts';
import type { Day } from '../../kit/time.ts';
import { appoint } from '../../people/appoint.ts';
import { clash, roleKinds } from '../../people/officer.ts';
import { banks } from '../../people/queries.ts';
import { registerOfficers } from '../../people/register-officers.ts';
import { placeKinds, type Place, type PlaceKind } from '../../places/place.ts';
import { formFaults, loadEach, toldOf, type Asked, type Cargo, type Done, type Item, type Loader, type Taken, type Told } from '../cargo.ts';
import { allPlaces, isFound, villageColumns, type FoundPlace, type Places } from '../find-place.ts';
import type { FileRow, Values } from '../format.ts';

const rowForm = form({
  login: text('登录名', { most: 40, pattern: /^[A-Za-z][A-Za-z0-9._-]{1,39}$/, say: '登录名用字母开头，只用字母、数字、点、横线。' }), name: text('姓名', { most: 40 }), phone: text('电话', { optional: true, most: 30 }),
  bank: text('银行', { optional: true, most: 60 }), role: choice('岗位', (Object.keys(roles) as Role[]).map(key => ({ key, label: roles[key] }))), since: dayField('从哪天起', { optional: true }),
});

export const officers: Cargo = {
  name: 'officers', title: '人员和岗位', power: 'officer.appoint', reads: 'officer.read',
  says: '一行一个岗位，同一个人的几行连着写。新账号的口令只在导入结果里给一次。',
  columns: [
    { key: 'login', heading: '登录名', alias: ['账号'], needed: true, says: '字母开头，字母、数字、点、横线' },
    { key: 'name', heading: '姓名', needed: true, says: '真实姓名' },
    { key: 'phone', heading: '电话', says: '可以不写' },
    { key: 'bank', heading: '银行', says: '只有银行的人要写，和银行名册里的名称一样' },
    { key: 'role', heading: '岗位', needed: true, says: Object.values(roles).join('、') },
    { key: 'place', heading: '市县乡镇', says: '岗位在市、县、乡镇的写在这里：名称或区划代码' },
    ...villageColumns.map(column => ({ ...column, says: `岗位在村、小组、网格的写${column.heading}` })),
    { key: 'group', heading: '村民小组', says: '岗位只管一个小组的写' },
    { key: 'grid', heading: '网格', says: '岗位只管一个网格的写' },
    { key: 'since', heading: '从哪天起', says: '不写就是今天' },
  ],
  begins: (row, before) => tidy(row.cells['login'] ?? '').toLowerCase() !== tidy(before.cells['login'] ?? '').toLowerCase(),
  async open(asked) { return new OfficerLoader(asked, await allPlaces(asked.office.read), new Map((await banks(asked.office.read)).flatMap(bank => [[bank.name, bank.id], [bank.short, bank.id]]))); },
  give,
};

interface Wanted { readonly role: Role; readonly placeNo: number; readonly since: Day }
interface Person { readonly login: string; readonly name: string; readonly phone: string | undefined; readonly bank: string | undefined; readonly posts: readonly Wanted[]; readonly known: string | undefined }

class OfficerLoader implements Loader {
  readonly #asked: Asked;
  readonly #places: Places;
  readonly #banks: ReadonlyMap<string, string>;
  readonly #seen = new Set<string>();
  constructor(asked: Asked, places: Places, known: ReadonlyMap<string, string>) { this.#asked = asked; this.#places = places; this.#banks = known; }

  async check(groups: readonly (readonly FileRow[])[]): Promise<readonly Item[]> {
    const { read } = this.#asked.office;
    const logins = groups.map(rows => tidy(rows[0]?.cells['login'] ?? '').toLowerCase());
    const accounts: { id: string; login: string }[] = await read('officers').whereIn('login', logins).select('id', 'login');
    const posts: { officer: string; role: Role; place_no: number }[] = await read('posts').whereIn('officer', accounts.map(row => row.id)).whereNull('until').select('officer', 'role', 'place_no');
    return groups.map(rows => this.#understand(rows, accounts, posts));
  }

  #understand(rows: readonly FileRow[], accounts: readonly { id: string; login: string }[], held: readonly { officer: string; role: Role; place_no: number }[]): Item {
    const faults: Told[] = [];
    const wanted: Wanted[] = [];
    let person: { login: string; name: string; phone?: string | undefined; bank?: string | undefined } | undefined;
    for (const row of rows) {
      const parsed = rowForm.parse(row.cells);
      if (!parsed.ok) { faults.push(...formFaults(row, parsed.faults)); continue; }
      const { values } = parsed;
      person ??= { ...values, login: values.login.toLowerCase() };
      const phone = values.phone === undefined ? undefined : readPhone(values.phone);
      if (phone !== undefined && 'fault' in phone) faults.push(toldOf(row, 'phone', phone.say));
      if (values.bank !== undefined && !this.#banks.has(values.bank)) faults.push(toldOf(row, 'bank', `银行名册里没有“${values.bank}”`, '请先在系统设置里登记这家银行'));
      if (values.role === 'coopOfficer' && values.bank === undefined) faults.push(toldOf(row, 'bank', '信贷员要写是哪家银行', '填银行名册里的名称'));
      const place = this.#place(row, values.role);
      if (!isFound(place)) faults.push(toldOf(row, place.wrong.column, place.wrong.say, place.wrong.remedy));
      else if (!roleKinds[values.role].includes(place.kind)) faults.push(toldOf(row, 'role', `${roles[values.role]}不能放在${placeKinds[place.kind]}`, `要放在：${roleKinds[values.role].map(kind => placeKinds[kind]).join('、')}`));
      else wanted.push({ role: values.role, placeNo: place.no, since: values.since ?? this.#asked.day });
    }
    const [first] = rows;
    if (person !== undefined && first !== undefined) {
      if (this.#seen.has(person.login)) faults.push(toldOf(first, 'login', '这个登录名前面已经写过', '同一个人的几行要连着写'));
      this.#seen.add(person.login);
    }
    const known = accounts.find(row => row.login === person?.login)?.id;
    const own = held.filter(post => post.officer === known);
    const fresh = wanted.filter(post => !own.some(other => other.role === post.role && other.place_no === post.placeNo));
    const both = clash([...own.map(post => ({ role: post.role, since: '0000-01-01', until: null })), ...fresh.map(post => ({ ...post, until: null }))]);
    if (both !== undefined && first !== undefined) faults.push(toldOf(first, 'role', `${both.one}和${both.other}不能由同一个人担任`, '请换一个人，或者先免去原来的岗位'));
    const value: Person | undefined = person === undefined ? undefined : { login: person.login, name: person.name, phone: person.phone, bank: person.bank === undefined ? undefined : this.#banks.get(person.bank), posts: fresh, known };
    return { rows, faults, value, same: known !== undefined && fresh.length === 0 };
  }

  #place(row: FileRow, role: Role): FoundPlace {
    const named = tidy(row.cells['place'] ?? '');
    if (named !== '') {
      const kinds = roleKinds[role].filter((kind): kind is PlaceKind => ['city', 'county', 'township'].includes(kind));
      const found = kinds.map(kind => this.#places.any(kind, named));
      return found.find(isFound) ?? found[0] ?? { wrong: { column: 'place', say: `${roles[role]}不在市县乡镇一级`, remedy: '请填村、小组或网格' } };
    }
    const village = this.#places.village(row.cells);
    if (!isFound(village)) return village;
    const small = (['grid', 'group'] as const).find(kind => tidy(row.cells[kind] ?? '') !== '');
    return small === undefined ? village : this.#places.below(village, small, row.cells[small] ?? '');
  }

  async load(items: readonly Item[]): Promise<Done> {
    const { office, actor } = this.#asked;
    const told: Values[] = [];
    const people = (some: readonly Item[]): Person[] => some.map(item => item.value as Person);
    const fresh = await loadEach(items.filter(item => (item.value as Person).known === undefined), async some => {
      const made = await registerOfficers(office, actor, people(some).map(one => ({ login: one.login, name: one.name, phone: one.phone, bank: one.bank, posts: one.posts })));
      told.push(...made.map((one, at) => ({ login: one.login, name: people(some)[at]?.name, password: one.password })));
      return made.length;
    });
    const more = await loadEach(items.filter(item => (item.value as Person).known !== undefined), async some => {
      for (const one of people(some)) for (const post of one.posts) await appoint(office, actor, { officer: one.known ?? '', ...post, bank: one.bank });
      return some.length;
    });
    return { loaded: fresh.loaded + more.loaded, left: [...fresh.left, ...more.left], told };
  }
}

async function* give({ office, paths, day }: Taken): AsyncGenerator<Values> {
  const places = await allPlaces(office.jobs);
  const rows = await postsBelow(office.jobs, paths, day);
  for (const row of rows) {
    const place = places.no(row.place_no);
    yield { login: row.login, name: row.name, bank: row.bank ?? undefined, role: roles[row.role], since: row.since, ...whereOf(places, place) };
  }
}

function whereOf(places: Places, place: Place | undefined): Values {
  if (place === undefined) return {};
  const village = places.above(place, 'village');
  if (village === undefined) return { place: place.code ?? place.name };
  return { township: places.above(village, 'township')?.name, village: village.name, village_code: village.code ?? undefined, ...place.kind === 'group' || place.kind === 'grid' ? { [place.kind]: place.name } : {} };
}

const postsBelow = (read: Knex, paths: readonly string[], day: Day): Promise<{ login: string; name: string; bank: string | null; role: Role; place_no: number; since: string }[]> =>
  read('posts').join('officers', 'officers.id', 'posts.officer').join('places', 'places.no', 'posts.place_no').leftJoin('banks', 'banks.id', 'officers.bank')
    .whereNull('officers.closed_on').where(open => { void open.whereNull('posts.until').orWhere('posts.until', '>', day); })
    .where(any => { for (const path of paths) void any.orWhere('places.path', 'like', `${path}%`); })
    .orderBy('officers.login').orderBy('posts.since').select('officers.login', 'officers.name', 'banks.name as bank', 'posts.role', 'posts.place_no', 'posts.since');
