import type { ExecutionContext } from 'ava';
import type { Actor, Officer, Role } from '../../src/access/actor.ts';
import type { Config } from '../../src/config.ts';
import { hashPassword } from '../../src/people/password.ts';
import { asideOf, postsOn } from '../../src/people/sessions.ts';
import { pathOf, type PlaceKind } from '../../src/places/place.ts';
import { openStore } from '../../src/store/open.ts';
import type { Row } from '../../src/store/dialect.ts';
import type { TableName } from '../../src/store/tables.ts';
import { openOffice as open } from '../../src/office.ts';
import { setClock } from './clock.ts';
import { openOffice, type Filling, type TestOffice } from './office.ts';

/**
 * One story for all tests: township 安和镇 with the villages 清河村 and 水口村; next to it 平山镇 with 清河村 (names repeat).
 * Mei records in grid 清河一, Bo in 清河二; Sun chairs the village panel of Qinghe, Tan that of Shuikou; Lin and Gao sit on the township committee, Gao in the chair.
 */
export const placeNos = { province: 1, city: 2, county: 3, anhe: 10, pingshan: 11, qinghe: 20, shuikou: 21, qingheOfPingshan: 22, group1: 30, group2: 31, group3: 32, grid1: 40, grid2: 41, grid3: 42 } as const;
const P = placeNos;
const placeRows: readonly [number, PlaceKind, string, string | null, number | null][] = [
  [P.province, 'province', '江苏省', '32', null], [P.city, 'city', '淮安市', '3208', P.province], [P.county, 'county', '样板县', '320899', P.city],
  [P.anhe, 'township', '安和镇', '320899101', P.county], [P.pingshan, 'township', '平山镇', '320899102', P.county],
  [P.qinghe, 'village', '清河村', '320899101201', P.anhe], [P.shuikou, 'village', '水口村', '320899101202', P.anhe], [P.qingheOfPingshan, 'village', '清河村', '320899102201', P.pingshan],
  [P.group1, 'group', '第1组', null, P.qinghe], [P.group2, 'group', '第2组', null, P.qinghe], [P.group3, 'group', '第1组', null, P.shuikou],
  [P.grid1, 'grid', '清河一网格', null, P.qinghe], [P.grid2, 'grid', '清河二网格', null, P.qinghe], [P.grid3, 'grid', '水口网格', null, P.shuikou],
];

export const cast = {
  mei: { name: '梅小兰', role: 'gridWorker', place: P.grid1 },
  bo: { name: '薄建国', role: 'gridWorker', place: P.grid2 },
  sun: { name: '孙德明', role: 'villageCommittee', place: P.qinghe },
  tan: { name: '谭玉珍', role: 'villageCommittee', place: P.shuikou },
  su: { name: '苏长贵', role: 'villageSupervisor', place: P.qinghe },
  pi: { name: '皮友福', role: 'peerReviewer', place: P.group1 },
  hua: { name: '华秀英', role: 'hallDesk', place: P.anhe },
  lin: { name: '林志远', role: 'townshipMember', place: P.anhe },
  gao: { name: '高文斌', role: 'townshipChair', place: P.anhe },
  ping: { name: '平小山', role: 'townshipChair', place: P.pingshan },
  wei: { name: '魏建平', role: 'coopOfficer', place: P.anhe },
  xian: { name: '咸国强', role: 'standardsAdmin', place: P.county },
  ling: { name: '凌云霞', role: 'leadingMember', place: P.county },
  zhang: { name: '章海涛', role: 'leadingChair', place: P.county },
  guan: { name: '关晓军', role: 'systemAdmin', place: P.county },
  an: { name: '安志刚', role: 'securityAdmin', place: P.county },
  shen: { name: '沈慧敏', role: 'auditor', place: P.county },
} as const satisfies Record<string, { name: string; role: Role; place: number }>;
export type Person = keyof typeof cast;
export const password = 'Xiangxin-2026';

/** Sequence numbers for households begin after these; tests register their own by the act, or use those of `households`. */
export const households = {
  zhou: { id: '00000000-0000-7000-8000-000000000101', no: 101, household_no: 1, head: '周大山', village: P.qinghe, group: P.group1, grid: P.grid1 },
  wu: { id: '00000000-0000-7000-8000-000000000102', no: 102, household_no: 2, head: '吴秀兰', village: P.qinghe, group: P.group1, grid: P.grid1 },
  zheng: { id: '00000000-0000-7000-8000-000000000103', no: 103, household_no: 3, head: '郑𬭼', village: P.qinghe, group: P.group2, grid: P.grid2 },
  wang: { id: '00000000-0000-7000-8000-000000000104', no: 104, household_no: 1, head: '王小川', village: P.shuikou, group: P.group3, grid: P.grid3 },
} as const;

export const officerId = (who: Person): string => `00000000-0000-7000-8000-0000000009${String(Object.keys(cast).indexOf(who)).padStart(2, '0')}`;
export const memberId = (household: keyof typeof households, at = 0): string => `${households[household].id.slice(0, -6)}5${households[household].no}${at}0`.slice(0, 36);
export const placeId = (no: number): string => `00000000-0000-7000-8000-0000000008${String(no).padStart(2, '0')}`;

const filling: Filling = { name: 'village', fill };

async function fill(config: Config): Promise<void> {
  const store = openStore(config);
  const put = (table: TableName, rows: readonly Row[]): Promise<void> => store.dialect.insertRows(store.write, table, Object.keys(rows[0] ?? {}), rows);
  const paths = new Map<number, string>();
  const places = placeRows.map(([no, kind, name, code, parent]) => {
    const path = pathOf(parent === null ? '/' : paths.get(parent) ?? '/', kind, no);
    paths.set(no, path);
    return { no, id: placeId(no), kind, code, name, parent_no: parent, path, sort: no, since: '2020-01-01', until: null, successor_no: null, hidden: 0 };
  });
  await put('places', places);
  await put('subjects', places.filter(place => place.kind === 'village' || place.kind === 'township').map(place => ({ no: place.no, id: place.id, kind: place.kind, place_no: place.no })));
  const hash = await hashPassword(password);
  await put('banks', [{ id: 'bank-1', name: '样板农村商业银行', short: '样板农商行', at: '2026-01-01T00:00:00.000Z', by: 'console' }]);
  await put('officers', Object.entries(cast).map(([who, one]) => ({
    id: officerId(who as Person), login: who, name: one.name, phone_sealed: null, password_hash: hash, must_change: 0,
    bank: one.role === 'coopOfficer' ? 'bank-1' : null, closed_on: null, fails: 0, locked_until: null, changed_at: '2026-01-01T00:00:00.000Z', large: 0,
  })));
  await put('posts', Object.entries(cast).map(([who, one]) => ({
    id: `${officerId(who as Person).slice(0, -3)}7${officerId(who as Person).slice(-2)}`, officer: officerId(who as Person), role: one.role, place_no: one.place, since: '2025-01-01', until: null, at: '2025-01-01T00:00:00.000Z', by: 'console',
  })));
  const all = Object.entries(households) as [keyof typeof households, (typeof households)[keyof typeof households]][];
  await put('subjects', all.map(([, one]) => ({ no: one.no, id: one.id, kind: 'household', place_no: one.village })));
  await put('households', all.map(([, one]) => ({
    id: one.id, no: one.no, village_no: one.village, group_no: one.group, grid_no: one.grid, household_no: one.household_no, head_name: one.head,
    name_sort: one.head, name_search: one.head, people: 1, address: '庄台路 1 号', photo: null, registered_on: '2025-01-01', closed_on: null, closed_reason: null, into: null, rev: 1,
  })));
  await put('members', all.map(([key, one]) => ({
    id: memberId(key), household: one.id, sort: 0, name: one.head, relation: 'head', sex: 'male', birth_year: 1970,
    numbers_sealed: null, id_match: null, id_missing: '正在补办', phone_match: null, away: 0, left_on: null, left_reason: null,
  })));
  await put('counters', [{ name: 'place', next: 1_000 }, { name: 'subject', next: 1_000 }, { name: 'round', next: 1 }]);
  await store.close();
}

export interface Village extends TestOffice {
  /** An officer of the cast with the posts of the day. */
  actor(who: Person): Promise<Officer>;
  /** How many entries the ledger holds. */
  traces(): Promise<number>;
}

export const openVillage = async (t: Pick<ExecutionContext, 'teardown'>): Promise<Village> => villageIn(await openOffice(t, filling));

/** The same, gone on from: what `go` does is done once a run, and every test has a copy of its own. */
export async function openVillageAfter(t: Pick<ExecutionContext, 'teardown'>, name: string, go: (village: Village) => Promise<unknown>): Promise<Village> {
  return villageIn(await openOffice(t, { name, async fill(config) {
    await fill(config);
    const clock = setClock();
    const office = open(config, clock);
    try { await go(villageIn({ office, clock, dataDir: config.dataDir })); } finally { await office.close(); }
  } }));
}

function villageIn(opened: TestOffice): Village {
  const { office } = opened;
  return {
    ...opened,
    actor: async who => ({ kind: 'officer', id: officerId(who), name: cast[who].name, posts: await postsOn(office.read, officerId(who), '2026-11-23'), aside: await asideOf(office.read, officerId(who)) }),
    async traces() {
      const row: { n?: number | string } | undefined = await office.read('ledger').count({ n: '*' }).first();
      return Number(row?.n ?? 0);
    },
  };
}

export type { Actor };
