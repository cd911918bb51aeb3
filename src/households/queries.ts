import type { Knex } from 'knex';
import { typedPinyin } from '../kit/pinyin.ts';
import { limits } from '../kit/limits.ts';
import { decodeCursor, sliceOf, type Slice } from '../kit/slice.ts';
import { tidy } from '../kit/text.ts';
import type { Dialect } from '../store/dialect.ts';

/** One line of the list. */
export interface HouseholdLine {
  readonly id: string; readonly no: number; readonly household_no: number; readonly head_name: string; readonly people: number; readonly address: string;
  readonly closed_reason: string | null; readonly village: string; readonly group: string | null; readonly grid: string | null;
  readonly village_no: number; readonly sort: string;
}

export interface Search {
  /** Where the person's post reaches: access/may `reach(actor, 'household.read')`. */
  readonly reach: readonly string[];
  /** A name, pinyin, initials, a number, a group as people say it (3组). */
  readonly q?: string | undefined;
  readonly village?: number | undefined;
  readonly group?: number | undefined;
  readonly grid?: number | undefined;
  readonly by?: 'number' | 'name';
  /** Closed households are left out unless asked for. */
  readonly closed?: boolean;
  readonly cursor?: string | undefined;
  readonly size?: number;
}

const shown = ['id', 'no', 'household_no', 'head_name', 'people', 'address', 'closed_reason', 'village', 'group_name', 'grid_name', 'village_no', 'sort'] as const;

/** A page of households. The rows cross the driver as one JSON text: measured six times faster than row objects. */
export async function findHouseholds({ read, dialect }: { readonly read: Knex; readonly dialect: Dialect }, search: Search): Promise<Slice<HouseholdLine>> {
  const size = search.size ?? limits.rowsPerPage;
  const byName = search.by === 'name';
  const cursor = decodeCursor(search.cursor, byName ? ['text', 'number'] : ['number', 'number']);
  const order = byName ? ['households.name_sort', 'households.no'] : ['households.village_no', 'households.household_no'];
  const back = cursor?.direction === 'prev';
  const wanted = read('households')
    .join('places as v', 'v.no', 'households.village_no').leftJoin('places as g', 'g.no', 'households.group_no').leftJoin('places as n', 'n.no', 'households.grid_no')
    .select('households.id', 'households.no', 'households.household_no', 'households.head_name', 'households.people', 'households.address', 'households.closed_reason',
      'v.name as village', 'g.name as group_name', 'n.name as grid_name', 'households.village_no', 'households.name_sort as sort')
    .where(within(read, search.reach)).modify(narrow, search);
  if (cursor !== undefined) void wanted.whereRaw(`(${order.join(', ')}) ${back ? '<' : '>'} (?, ?)`, [...cursor.key]);
  for (const column of order) void wanted.orderBy(column, back ? 'desc' : 'asc');
  const found: { rows: string } | undefined = await read.select(read.raw(`${dialect.asJsonArray(shown.map(column => `"r"."${column}"`))} as "rows"`)).from(wanted.limit(size + 1).as('r')).first();
  const rows = (JSON.parse(found?.rows ?? '[]') as LineArray[]).map(lineOf);
  return sliceOf(rows, { size, cursor, keyOf: row => byName ? [row.sort, row.no] : [row.village_no, row.household_no] });
}

type LineArray = readonly [string, number, number, string, number, string, string | null, string, string | null, string | null, number, string];
const lineOf = ([id, no, household_no, head_name, people, address, closed_reason, village, group, grid, village_no, sort]: LineArray): HouseholdLine =>
  ({ id, no, household_no, head_name, people, address, closed_reason, village, group, grid, village_no, sort });

/** A condition on `households` (joined with its village as `v`): somewhere below one of the paths. A grid's or group's path names its column. */
export const within = (read: Knex, paths: readonly string[]) => (where: Knex.QueryBuilder): void => {
  if (paths.includes('/')) return;
  if (paths.length === 0) { void where.whereRaw('1 = 0'); return; }
  for (const path of paths) {
    const own = /\/([vgn])(\d+)\/$/.exec(path);
    if (own === null) void where.orWhereIn('households.village_no', read('places').select('no').where('kind', 'village').where('path', 'like', `${path}%`));
    else void where.orWhere(own[1] === 'v' ? 'households.village_no' : own[1] === 'g' ? 'households.group_no' : 'households.grid_no', Number(own[2]));
  }
};

function narrow(query: Knex.QueryBuilder, search: Search): void {
  if (search.closed !== true) void query.whereNull('households.closed_on');
  if (search.village !== undefined) void query.where('households.village_no', search.village);
  if (search.group !== undefined) void query.where('households.group_no', search.group);
  if (search.grid !== undefined) void query.where('households.grid_no', search.grid);
  const typed = wordsOf(search.q);
  if (typed === undefined) return;
  if (typed.kind === 'number') void query.where('households.household_no', typed.number);
  else if (typed.kind === 'group') void query.where('g.name', 'like', `%${typed.text}%`);
  else void query.where('households.name_search', 'like', typed.kind === 'letters' ? `% ${typed.text}%` : `%${typed.text}%`);
}

/** What a person means by what they typed: 21 or 021号 a number, 3组 a group, zds letters, 大山 characters. */
export function wordsOf(q: string | undefined): { readonly kind: 'number'; readonly number: number } | { readonly kind: 'group' | 'letters' | 'characters'; readonly text: string } | undefined {
  const text = tidy(q ?? '').slice(0, limits.searchCharacters).replace(/[%_\\]/g, '');
  if (text === '') return undefined;
  const number = /^(\d{1,6})\s*号?户?$/.exec(text);
  if (number !== null) return { kind: 'number', number: Number(number[1]) };
  if (/^第?[\d一二三四五六七八九十]+组$/.test(text)) return { kind: 'group', text: text.replace(/^第/, '') };
  return /^[a-zü'’\s]+$/i.test(text) ? { kind: 'letters', text: typedPinyin(text) } : { kind: 'characters', text: text.toLowerCase() };
}

export interface Happened { readonly kind: string; readonly day: string; readonly body: string; readonly at: string; readonly by: string; readonly name: string | null }

/** What happened to a household, newest first, with the officer's name. */
export async function householdHistory(read: Knex, id: string): Promise<readonly Happened[]> {
  return read('household_events').leftJoin('officers', 'officers.id', 'household_events.by').where({ household: id })
    .select('household_events.kind', 'household_events.day', 'household_events.body', 'household_events.at', 'household_events.by', 'officers.name')
    .orderBy('household_events.at', 'desc').orderBy('household_events.id', 'desc').limit(limits.rowsPerPageMost);
}

export interface Face { readonly id: string; readonly no: number; readonly household_no: number; readonly head_name: string; readonly village_no: number; readonly group_no: number | null; readonly grid_no: number | null; readonly group: string | null }

/** Number, head and place of many households, by subject number; for other areas' lists. Chunked, never one query a row. */
export async function householdFaces(read: Knex, nos: readonly number[]): Promise<ReadonlyMap<number, Face>> {
  const faces = new Map<number, Face>();
  for (let at = 0; at < nos.length; at += chunk) {
    const rows: Face[] = await read('households').leftJoin('places', 'places.no', 'households.group_no').whereIn('households.no', nos.slice(at, at + chunk))
      .select('households.id', 'households.no', 'households.household_no', 'households.head_name', 'households.village_no', 'households.group_no', 'households.grid_no', 'places.name as group');
    for (const row of rows) faces.set(row.no, row);
  }
  return faces;
}

/** Bindings a statement may hold on every database, with room to spare. */
export const chunk = 5_000;
