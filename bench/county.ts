import type { Office } from '../src/office.ts';
import { standardHash, standardText } from '../src/standards/hash.ts';
import type { Indicator, Standard } from '../src/standards/standard.ts';
import { examine } from '../src/standards/examine.ts';
import { presetSource } from '../src/standards/presets.ts';
import type { Row } from '../src/store/dialect.ts';
import type { TableName } from '../src/store/tables.ts';
import { hash } from 'node:crypto';

/** How large an invented county is: one township, so that a township role covers it, and `villages × households` households. */
export interface Size { readonly villages: number; readonly households: number; readonly values: number; /** Nothing is taken down yet: what an import finds. */ readonly untaken?: boolean }
export interface County { readonly round: number; readonly id: string; readonly households: number; readonly values: number }

const at = '2026-11-01T00:00:00.000Z';
const day = '2026-11-01';
const signed = { at, by: 'console' };
export const idOf = (no: number): string => `00000000-0000-7000-8000-${String(no).padStart(12, '0')}`;

/** The number of the first household; those of a village follow each other. */
export const firstHousehold = 1_000_000;

/** A standard of `values` indicators: choices, counts in bands and flags in turn. */
export function flatStandard(values: number): Standard {
  const asked = { source: 'grid', purpose: '比速度', sensitivity: 'ordinary', retentionMonths: 12, legalBasis: ['law'], category: 'all', neutral: 0, missing: { notAsked: 'ask', dontKnow: 1, refused: 0, noDealings: 2 } } as const;
  const indicators = Array.from({ length: values }, (_, at_): Indicator => {
    const own = { ...asked, key: `item${at_}`, title: `第 ${at_} 项` };
    if (at_ % 3 === 0) return { ...own, type: 'choice', options: ['a', 'b', 'c', 'd'].map((key, index) => ({ key, label: key, points: index })), scoring: { kind: 'choice' } };
    if (at_ % 3 === 1) return { ...own, type: 'whole', least: 0, most: 1_000, scoring: { kind: 'bands', bands: [{ below: 100, points: 0 }, { atLeast: 100, below: 500, points: 2 }, { atLeast: 500, points: 3 }] } };
    return { ...own, type: 'flag', scoring: { kind: 'flag', yes: 3, no: 0 } };
  });
  return {
    format: 1, key: 'flat', title: '比速度的标准', place: { code: '320899', name: '样板县' }, year: 2026, version: 1, subject: 'household', base: 0, rounding: 'half-up', ungraded: { label: '暂未达标' },
    legalBases: [{ id: 'law', law: '某法', article: '第一条', level: 'law', validFrom: '2020-01-01' }], categories: [{ key: 'all', title: '全部' }], indicators, vetoes: [], preconditions: [],
    grades: [{ code: 'AAA', label: '优', atLeast: 60, credit: true }, { code: 'AA', label: '良', atLeast: 45, below: 60, credit: true }, { code: 'A', label: '中', atLeast: 30, below: 45, credit: true }], examples: [],
  };
}

/** Fills an empty office with an invented county whose households are all taken down and consented. Straight into the tables: what is measured comes later. */
export async function fillCounty(office: Office, { villages, households, values, untaken = false }: Size): Promise<County> {
  const { dialect, write } = office.store;
  const put = (table: TableName, rows: readonly Row[]): Promise<void> => rows.length === 0 ? Promise.resolve() : dialect.insertRows(write, table, Object.keys(rows[0] ?? {}), rows);
  const [village, township] = ['village-share', 'township-share'].map(name => { const found = examine(presetSource(name)); if ('faults' in found) throw new Error(`preset ${name}`); return found; });
  if (village === undefined || township === undefined) throw new Error('two presets');
  const flat = flatStandard(values);
  const flatHash = standardHash(flat, bytes => hash('sha256', bytes, 'hex'));
  await put('places', placesOf(villages));
  await put('standards', [{ hash: flatHash, body: standardText(flat), standard: flat }, { hash: village.hash, body: village.body, standard: village.standard }, { hash: township.hash, body: township.body, standard: township.standard }]
    .map(({ hash: own, body, standard }) => ({ hash: own, key: standard.key, version: '1', title: standard.title, kind: standard.subject, county_no: 3, year: 2026, body, source: '', ...signed, unit: 0 })));
  const keys = [...new Set([flat, village.standard, township.standard].flatMap(standard => standard.indicators.map(indicator => indicator.key)))];
  await put('indicators', keys.map((key, no) => ({ no: no + 1, key })));
  await put('indicator_options', flat.indicators.flatMap((indicator, no) => (indicator.options ?? []).map((option, index) => ({ indicator: no + 1, no: index + 1, key: option.key }))));
  await put('rounds', [{
    no: 1, id: idOf(1), place_no: 10, year: 2026, name: '2026年度', household_standard: flatHash, village_standard: village.hash, township_standard: township.hash, previous_no: null,
    opened_on: day, collect_until: '2026-12-31', village_days: 5, township_days: 5, valid_until: '2027-12-31', closed_on: null, ...signed, unit: 0,
  }]);
  await put('subjects', [10, ...Array.from({ length: villages }, (_, n) => 100 + n)].map(no => ({ no, id: idOf(no), kind: no === 10 ? 'township' : 'village', place_no: no })));
  await put('cases', [10, ...Array.from({ length: villages }, (_, n) => 100 + n)].map(no => caseOf(no, no === 10 ? 3 : 10, 'open')));
  const random = randomOf(7);
  for (let n = 0; n < villages; n++) await fillVillage(put, { village: 100 + n, first: firstHousehold + n * households, households, values: untaken ? 0 : values, random });
  await put('counters', [{ name: 'subject', next: 9_000_000 }, { name: 'place', next: 9_000_000 }, { name: 'round', next: 2 }]);
  return { round: 1, id: idOf(1), households: villages * households, values };
}

function placesOf(villages: number): readonly Row[] {
  const place = (no: number, kind: string, name: string, parent: number | null, path: string): Row => ({ no, id: idOf(no), kind, code: null, name, parent_no: parent, path, sort: no, since: '2020-01-01', until: null, successor_no: null, hidden: 0 });
  return [
    place(1, 'province', '某省', null, '/p1/'), place(2, 'city', '某市', 1, '/p1/c2/'), place(3, 'county', '某县', 2, '/p1/c2/x3/'), place(10, 'township', '某镇', 3, '/p1/c2/x3/t10/'),
    ...Array.from({ length: villages }, (_, n) => place(100 + n, 'village', `${n + 1} 村`, 10, `/p1/c2/x3/t10/v${100 + n}/`)),
  ];
}

const caseOf = (subject: number, village: number, standing: string): Row =>
  ({ round: 1, subject, village, grid: null, group: null, standing, held: 0, reason: null, mark_seq: 1, changed_at: at });

interface Filling { readonly village: number; readonly first: number; readonly households: number; readonly values: number; readonly random: () => number }

async function fillVillage(put: (table: TableName, rows: readonly Row[]) => Promise<void>, { village, first, households, values, random }: Filling): Promise<void> {
  const nos = Array.from({ length: households }, (_, n) => first + n);
  if (households === 0) return;
  await put('subjects', nos.map(no => ({ no, id: idOf(no), kind: 'household', place_no: village })));
  await put('households', nos.map((no, n) => ({
    id: idOf(no), no, village_no: village, group_no: null, grid_no: null, household_no: n + 1, head_name: `某${no}`, name_sort: `m${no}`, name_search: ` 某${no} `, people: 3, address: '', photo: null,
    registered_on: '2025-01-01', closed_on: null, closed_reason: null, into: null, rev: 1,
  })));
  await put('members', nos.map(no => ({ id: idOf(no + 500_000_000), household: idOf(no), sort: 0, name: `某${no}`, relation: 'head', sex: 'male', birth_year: 1970, numbers_sealed: null, id_match: null, id_missing: 'applying', phone_match: null, away: 0, left_on: null, left_reason: null })));
  await put('consents', nos.map(no => ({ id: idOf(no + 700_000_000), household: idOf(no), member: idOf(no + 500_000_000), kind: 'rate', bank: '', text_version: '1', given_on: '2026-10-01', how: 'paper', mandate: null, evidence: null, salt: '', ...signed, unit: 0 })));
  await put('cases', nos.map(no => ({ ...caseOf(no, village, values === 0 ? 'open' : 'collected'), sheet: values === 0 ? 0 : 1 })));
  if (values === 0) return;
  const told: Row[] = [];
  const sheets: Row[] = [];
  for (const subject of nos) {
    const written: Record<string, number | string | boolean> = {};
    for (let n = 0; n < values; n++) {
      const value = n % 3 === 0 ? Math.floor(random() * 4) + 1 : n % 3 === 1 ? Math.floor(random() * 1_000) : Math.floor(random() * 2);
      told.push({ round: 1, subject, indicator: n + 1, value, state: 0, sheet: 1 });
      written[`item${n}`] = n % 3 === 0 ? 'abcd'.charAt(value - 1) : n % 3 === 1 ? value : value === 1;
    }
    sheets.push({ round: 1, subject, seq: 1, id: idOf(subject), source: 'demo', base_seq: 0, body: JSON.stringify({ values: written }), batch: null, salt: '', ...signed, unit: 0 });
  }
  await put('current_values', told);
  await put('sheets', sheets);
}

/** Mulberry32: the same county on every machine. */
export function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
