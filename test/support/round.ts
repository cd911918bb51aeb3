import type { Office } from '../../src/office.ts';
import type { Standing } from '../../src/rounds/case.ts';
import type { Row } from '../../src/store/dialect.ts';
import type { TableName } from '../../src/store/tables.ts';
import { households, memberId, placeNos } from './village.ts';

export type Who = keyof typeof households;
export interface Placed { readonly standing: Standing; readonly grade?: number; readonly points?: number; readonly publish?: boolean; readonly rate?: boolean; readonly held?: number }

const body = JSON.stringify({ ungraded: { label: '暂未达标' }, indicators: [{ key: 'labourCount', title: '能干活的人数' }], grades: [{ code: 'AAA', label: '优秀', atLeast: 90, credit: true }, { code: 'AA', label: '良好', atLeast: 80, credit: true }, { code: 'A', label: '较好', atLeast: 70, credit: true }, { code: 'B', label: '一般', atLeast: 60, credit: false }] });
export const roundId = '00000000-0000-7000-8000-000000000701';
export const roundNo = 900;

const unrated = { revision: null, points: null, grade: null, outcome: null, credit: null };

/** Puts a round of 安和镇 under way, each household at the standing asked for: the past of a story, written down without walking it. */
export async function roundUnderWay(office: Office, cases: Partial<Record<Who, Placed>>): Promise<void> {
  const put = (table: TableName, rows: readonly Row[]): Promise<void> => rows.length === 0 ? Promise.resolve() : office.store.dialect.insertRows(office.store.write, table, Object.keys(rows[0] ?? {}), rows);
  const at = '2026-11-01T01:00:00.000Z';
  const standard = (hash: string, kind: string): Row => ({ hash, key: kind, version: '1', title: kind, kind, county_no: placeNos.county, year: 2026, body, source: '', at, by: 'console', unit: 0 });
  await put('standards', [standard('h-household', 'household'), standard('h-village', 'village'), standard('h-township', 'township')]);
  await put('rounds', [{
    no: roundNo, id: roundId, place_no: placeNos.anhe, year: 2026, name: '2026年度', household_standard: 'h-household', village_standard: 'h-village', township_standard: 'h-township', previous_no: null,
    opened_on: '2026-10-01', collect_until: '2026-12-01', village_days: 5, township_days: 5, valid_until: '2027-12-31', closed_on: null, at, by: 'console', unit: 0,
  }]);
  const list = Object.entries(cases) as [Who, Placed][];
  await put('cases', list.map(([who, one]) => ({
    round: roundNo, subject: households[who].no, village: households[who].village, grid: households[who].grid, group: households[who].group, standing: one.standing, held: one.held ?? 0, reason: null, mark_seq: 1, changed_at: at,
    ...one.grade === undefined ? unrated : { revision: 1, points: one.points ?? 8_500, grade: one.grade, outcome: 'graded', credit: one.grade <= 2 ? 1 : 0 },
  })));
  const consent = (who: Who, kind: string): Row => ({
    id: `consent-${who}-${kind}`, household: households[who].id, member: memberId(who), kind, bank: '', text_version: '1', given_on: '2026-10-01', how: 'paper', mandate: null, evidence: null, salt: 's', at, by: 'console', unit: 0,
  });
  await put('consents', list.flatMap(([who, one]) => [...one.rate === false ? [] : [consent(who, 'rate')], ...one.publish === false ? [] : [consent(who, 'publish')]]));
}
