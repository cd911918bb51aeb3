import { reach } from '../../access/may.ts';
import { checks, choice, day as dayField, text, wholeNumber } from '../../kit/fields.ts';
import { form } from '../../kit/form.ts';
import { readIdCard } from '../../kit/id-card.ts';
import { tidyName } from '../../kit/text.ts';
import { limits } from '../../kit/limits.ts';
import { consentKindNames, consentWays, stands, type Consent, type ConsentKind, type ConsentWay } from '../../consents/consent.ts';
import { giveMany, type NewConsent } from '../../consents/give.ts';
import { banksKnown, consentsOf } from '../../consents/queries.ts';
import { takeBackConsents } from '../../consents/take-back.ts';
import { textOf } from '../../consents/texts.ts';
import { idMatch } from '../../households/member.ts';
import { isAdult, relations, type Relation } from '../../households/household.ts';
import { within } from '../../households/queries.ts';
import { formFaults, loadEach, toldOf, type Asked, type Cargo, type Done, type Item, type Loader, type Taken, type Told } from '../cargo.ts';
import { allPlaces, isFound, villageColumns, type Places } from '../find-place.ts';
import type { FileRow, Values } from '../format.ts';
import { endTakeBack } from '../keep-import.ts';

const kindWords: Readonly<Record<ConsentKind, string>> = { rate: '评定', publish: '公示', share: '给银行' };
const rowForm = form({
  household_no: wholeNumber('户号', { least: 1, most: 99_999 }), name: text('姓名', { optional: true, most: 60 }), id_number: text('身份证号', { optional: true, most: 30 }),
  relation: choice('与户主关系', (Object.keys(relations) as Relation[]).map(key => ({ key, label: relations[key] })), { optional: true }), birth_year: wholeNumber('出生年份', { optional: true, least: 1850, most: 2200 }),
  kinds: checks('同意什么', consentKindNames.map(key => ({ key, label: kindWords[key] })), { optional: false }), bank: text('银行', { optional: true, most: 60 }),
  given_on: dayField('签字日期'), how: choice('怎么给的', (Object.keys(consentWays) as ConsentWay[]).map(key => ({ key, label: consentWays[key] })), { optional: true }),
  mandate: text('受托人和委托书', { optional: true, most: limits.textCharacters }), text_version: text('授权书版本', { optional: true, most: 40 }),
});

export const consents: Cargo = {
  name: 'consents', title: '授权', power: 'consent.keep', reads: 'household.read', atOnce: 400,
  says: '纸上签的授权集中录入：一行一个人，可以同时写几项。已经有的不重复登记。',
  columns: [
    ...villageColumns,
    { key: 'household_no', heading: '户号', needed: true, says: '村里的户号' },
    { key: 'name', heading: '姓名', says: '签字的人；不写就是户主' },
    { key: 'relation', heading: '与户主关系', alias: ['关系', '与户主的关系'], says: '同一户里有两个人同名时才要写' },
    { key: 'birth_year', heading: '出生年份', alias: ['出生年'], says: '同一户里有两个人同名时才要写' },
    { key: 'id_number', heading: '身份证号', says: '上面几样还分不清是谁时才要写' },
    { key: 'kinds', heading: '同意什么', needed: true, says: `${Object.values(kindWords).join('、')}，几项用顿号隔开` },
    { key: 'bank', heading: '银行', says: '同意给银行的，写银行名称' },
    { key: 'given_on', heading: '签字日期', alias: ['日期'], needed: true, says: '纸上写的日期' },
    { key: 'how', heading: '怎么给的', says: `${Object.values(consentWays).join('、')}；不写就是纸上签字` },
    { key: 'mandate', heading: '受托人和委托书', says: '凭书面委托代签的要写' },
    { key: 'text_version', heading: '授权书版本', says: '印在授权书下方；不写就是现在用的版本' },
  ],
  async open(asked) { return new ConsentLoader(asked, await allPlaces(asked.office.read), new Map((await banksKnown(asked.office.read)).flatMap(bank => [[bank.name, bank.id], [bank.short, bank.id]]))); },
  give,
  async takeBack({ office, actor, importId }) {
    const { gone, kept } = await takeBackConsents(office, actor, importId);
    await endTakeBack(office, actor, importId);
    return kept === 0 ? `已经撤回 ${gone} 项授权。` : `已经撤回 ${gone} 项授权；${kept} 项已经用上或者撤过，没有动。用上的列在下面，不该有的请逐户登记撤回。`;
  },
};

interface Member { readonly id: string; readonly household: string; readonly village_no: number; readonly household_no: number; readonly name: string; readonly relation: string; readonly birth_year: number; readonly id_match: string | null }

class ConsentLoader implements Loader {
  readonly #asked: Asked;
  readonly #places: Places;
  readonly #banks: ReadonlyMap<string, string>;
  constructor(asked: Asked, places: Places, banks: ReadonlyMap<string, string>) { this.#asked = asked; this.#places = places; this.#banks = banks; }

  async check(groups: readonly (readonly FileRow[])[]): Promise<readonly Item[]> {
    const read = groups.flat().map(row => ({ row, parsed: rowForm.parse(row.cells), village: this.#places.ownVillage(row.cells, reach(this.#asked.actor, 'consent.keep')) }));
    const members = await this.#members(read.flatMap(({ parsed, village }) => parsed.ok && isFound(village) ? [[village.no, parsed.values.household_no] as const] : []));
    const before = await consentsOf(this.#asked.office.read, [...new Set([...members.values()].flat().map(member => member.household))]);
    return read.map(({ row, parsed, village }): Item => {
      const rows = [row];
      const faults: Told[] = parsed.ok ? [] : [...formFaults(row, parsed.faults)];
      if (!isFound(village)) faults.push(toldOf(row, village.wrong.column, village.wrong.say, village.wrong.remedy));
      if (!parsed.ok || !isFound(village)) return { rows, faults, value: undefined };
      const { values } = parsed;
      const member = this.#who(members.get(`${village.no} ${values.household_no}`) ?? [], values);
      if ('say' in member) return { rows, value: undefined, faults: [...faults, toldOf(row, member.column, member.say, member.remedy)] };
      const bank = values.bank === undefined ? undefined : this.#banks.get(values.bank);
      if (values.kinds.includes('share') !== (values.bank !== undefined)) faults.push(toldOf(row, 'bank', values.bank === undefined ? '同意给银行的要写是哪家银行' : '没有写同意给银行，却写了银行', '两格要一致'));
      else if (values.bank !== undefined && bank === undefined) faults.push(toldOf(row, 'bank', `银行名册里没有“${values.bank}”`, '请先在系统设置里登记这家银行'));
      if (values.given_on > this.#asked.day) faults.push(toldOf(row, 'given_on', '签字的日期还没到', '请核对年份'));
      if (values.how === 'mandate' && values.mandate === undefined) faults.push(toldOf(row, 'mandate', '代签的要写受托人和委托书', '如“儿子周小山，2026-11-01 委托书”'));
      for (const kind of values.kinds) if (values.text_version !== undefined && textOf(values.text_version)?.kind !== kind) faults.push(toldOf(row, 'text_version', `没有“${values.text_version}”这个版本的授权书`, '请照授权书下方印的写，或者空着'));
      if (member.relation !== 'head' && !isAdult(member.birth_year, this.#asked.day)) faults.push(toldOf(row, 'name', '未成年人不用授权', '请删掉这一行'));
      const given = values.kinds.map((kind): NewConsent => ({ member: member.id, kind: kind as ConsentKind, ...kind === 'share' && bank !== undefined ? { bank } : {}, givenOn: values.given_on, how: values.how ?? 'paper', mandate: values.mandate, textVersion: values.text_version }));
      const fresh = given.filter(one => !before.some(old => isSame(old, one)));
      return { rows, faults, value: fresh, same: fresh.length === 0 };
    });
  }

  async #members(wanted: readonly (readonly [number, number])[]): Promise<ReadonlyMap<string, Member[]>> {
    if (wanted.length === 0) return new Map();
    const rows: Member[] = await this.#asked.office.read('members').join('households', 'households.id', 'members.household')
      .whereIn('households.village_no', [...new Set(wanted.map(([village]) => village))]).whereIn('households.household_no', [...new Set(wanted.map(([, no]) => no))])
      .whereNull('households.closed_on').whereNull('members.left_on')
      .select('members.id', 'members.household', 'households.village_no', 'households.household_no', 'members.name', 'members.relation', 'members.birth_year', 'members.id_match');
    return Map.groupBy(rows, row => `${row.village_no} ${row.household_no}`);
  }

  #who(members: readonly Member[], values: { readonly name: string | undefined; readonly id_number: string | undefined; readonly relation: Relation | undefined; readonly birth_year: number | undefined; readonly household_no: number }): Member | { readonly column: string; readonly say: string; readonly remedy: string } {
    if (members.length === 0) return { column: 'household_no', say: `这个村没有 ${values.household_no} 号户`, remedy: '请先登记农户，或者核对户号' };
    const card = values.id_number === undefined ? undefined : readIdCard(values.id_number, this.#asked.day);
    if (card !== undefined && 'fault' in card) return { column: 'id_number', say: card.say, remedy: '请核对号码' };
    const match = card === undefined ? undefined : idMatch(this.#asked.office.secrets, card.card.number);
    const named = match !== undefined ? members.filter(member => member.id_match === match) : values.name === undefined ? members.filter(member => member.relation === 'head') : members.filter(member => member.name === tidyName(values.name ?? ''));
    // Relation and birth year only tell people of one name apart: a list that is right about the name may be old about the rest.
    const found = [(member: Member) => member.relation === values.relation, (member: Member) => member.birth_year === values.birth_year].reduce((left, fits) => left.length > 1 && left.some(fits) ? left.filter(fits) : left, named);
    const [first] = found;
    if (first === undefined) return { column: 'name', say: `${values.household_no} 号户里没有${values.name ?? '这个人'}`, remedy: '姓名要和登记的一样；刚改过名的请先更正农户' };
    return found.length > 1 ? { column: 'name', say: '这一户有两个人同名', remedy: '请写上与户主关系或者出生年份；还是一样的，再写身份证号' } : first;
  }

  load(items: readonly Item[]): Promise<Done> {
    const { office, actor, importId } = this.#asked;
    return loadEach(items, async some => { await giveMany(office, actor, some.flatMap(item => item.value as readonly NewConsent[]), { batch: importId }); return some.length; });
  }
}

const isSame = (old: Consent, one: NewConsent): boolean => old.member === one.member && old.kind === one.kind && old.bank === (one.bank ?? '') && (old.given_on === one.givenOn || (old.withdrawn_on === null && stands(old, one.givenOn)));

async function* give({ office, paths }: Taken): AsyncGenerator<Values> {
  const read = office.jobs;
  const places = await allPlaces(read);
  for (let after = ''; ;) {
    const rows: { id: string; village_no: number; household_no: number; name: string; relation: Relation; birth_year: number; kind: ConsentKind; bank: string | null; given_on: string; how: ConsentWay; mandate: string | null; text_version: string }[] = await read('consents')
      .join('members', 'members.id', 'consents.member').join('households', 'households.id', 'members.household').join('places as v', 'v.no', 'households.village_no').leftJoin('banks', 'banks.id', 'consents.bank').leftJoin('withdrawals', 'withdrawals.consent', 'consents.id')
      .where(within(read, paths)).whereNull('withdrawals.id').where('consents.id', '>', after).orderBy('consents.id').limit(2_000)
      .select('consents.id', 'households.village_no', 'households.household_no', 'members.name', 'members.relation', 'members.birth_year', 'consents.kind', 'banks.name as bank', 'consents.given_on', 'consents.how', 'consents.mandate', 'consents.text_version');
    const last = rows[rows.length - 1];
    if (last === undefined) return;
    after = last.id;
    for (const row of rows) {
      const village = places.no(row.village_no);
      yield { township: village === undefined ? undefined : places.above(village, 'township')?.name, village: village?.name, village_code: village?.code ?? undefined, household_no: row.household_no, name: row.name, relation: relations[row.relation], birth_year: row.birth_year, kinds: kindWords[row.kind], bank: row.bank ?? undefined, given_on: row.given_on, how: consentWays[row.how], mandate: row.mandate ?? undefined, text_version: row.text_version };
    }
  }
}

