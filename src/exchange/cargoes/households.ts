import type { Knex } from 'knex';
import { limits } from '../../kit/limits.ts';
import { tidy } from '../../kit/text.ts';
import { idMissingReasons, relations, sexes, type IdMissing, type Relation, type Sex } from '../../households/household.ts';
import { openNumbers } from '../../households/member.ts';
import { within } from '../../households/queries.ts';
import { takeBackHouseholds } from '../../households/take-back.ts';
import type { Cargo, Taken } from '../cargo.ts';
import { allPlaces, villageColumns } from '../find-place.ts';
import type { FileRow, Values } from '../format.ts';
import { endTakeBack } from '../keep-import.ts';
import { HouseholdLoader } from './household-loader.ts';

const headWords: ReadonlySet<string> = new Set(['户主', 'head', '本人']);
const isHead = (row: FileRow): boolean => headWords.has(tidy(row.cells['relation'] ?? ''));
const placeCells = ['township', 'village', 'village_code'] as const;
const householdCells = [...placeCells, 'household_no'] as const;
const differ = (row: FileRow, before: FileRow, keys: readonly string[]): boolean => keys.some(key => row.cells[key] !== before.cells[key] && tidy(row.cells[key] ?? '') !== tidy(before.cells[key] ?? ''));

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
  begins: (row, before) => isHead(row) || differ(row, before, householdCells),
  apart: (row, before) => differ(row, before, placeCells),
  atOnce: limits.registeredPerUnit,
  ahead: true,
  async open(asked) { return new HouseholdLoader(asked, await allPlaces(asked.office.read)); },
  give,
  async takeBack({ office, actor, importId }) {
    const { gone, kept } = await takeBackHouseholds(office, actor, importId);
    await endTakeBack(office, actor, importId);
    return kept === 0 ? `已经撤回，${gone} 户不再登记，户号空出来了。` : `已经撤回，${gone} 户不再登记，户号空出来了；${kept} 户已经用上，没有动，列在下面，请逐户处理。`;
  },
};

interface Out { no: number; village_no: number; household_no: number; address: string; registered_on: string; group_name: string | null; grid_name: string | null; id: string }
interface Person { household: string; name: string; relation: Relation; sex: Sex; birth_year: number; numbers_sealed: string | null; id_missing: IdMissing | null; away: number }

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
    const people: Person[] = await read('members').whereIn('household', rows.map(row => row.id)).whereNull('left_on').orderBy('household').orderBy('sort').select('household', 'name', 'relation', 'sex', 'birth_year', 'numbers_sealed', 'id_missing', 'away');
    const byHousehold = Map.groupBy(people, person => person.household);
    for (const row of rows) {
      const village = places.no(row.village_no);
      for (const person of (byHousehold.get(row.id) ?? []).toSorted((a, b) => Number(b.relation === 'head') - Number(a.relation === 'head'))) {
        const { number, phone } = openNumbers(office.secrets, open ? person.numbers_sealed : null);
        yield {
          township: village === undefined ? undefined : places.above(village, 'township')?.name, village: village?.name, village_code: village?.code ?? undefined, group: row.group_name ?? undefined, grid: row.grid_name ?? undefined,
          household_no: row.household_no, address: row.address, registered_on: row.registered_on, name: person.name, relation: relations[person.relation], sex: sexes[person.sex], birth_year: person.birth_year,
          id_number: number, id_missing: person.id_missing === null ? undefined : idMissingReasons[person.id_missing],
          phone, away: person.away === 1 ? '是' : '否',
        };
      }
    }
  }
}
