import type { Knex } from 'knex';
import type { Actor } from '../access/actor.ts';
import { reach } from '../access/may.ts';
import type { Power } from '../access/rules.ts';
import { common } from '../kit/refusals.ts';
import type { Day } from '../kit/time.ts';
import { placeColumns } from '../places/queries.ts';
import type { Place } from '../places/place.ts';
import type { SubjectKind } from './standard.ts';

export interface StandardRow {
  readonly hash: string; readonly key: string; readonly version: string; readonly title: string; readonly kind: SubjectKind;
  readonly county_no: number; readonly year: number; readonly at: string; readonly by: string;
}
const columns = ['hash', 'key', 'version', 'title', 'kind', 'county_no', 'year', 'at', 'by'] as const;

export async function standardRow(read: Knex, hash: string): Promise<StandardRow> {
  const row: StandardRow | undefined = await read('standards').where({ hash }).first(...columns);
  return row ?? common.refuse('not-found');
}

/** Newest year and version first. */
export const standardRows = async (read: Knex): Promise<readonly StandardRow[]> =>
  read('standards').select(...columns).orderBy('kind').orderBy('year', 'desc').orderBy('at', 'desc');

export interface StandardEvent {
  readonly standard: string; readonly county_no: number; readonly kind: 'adopted' | 'retired'; readonly day: Day;
  readonly filing_no: string; readonly note: string; readonly basis: string; readonly simulation: string | null; readonly at: string; readonly by: string;
}

/** What counties decided, in the order they did. */
export const standardEvents = async (read: Knex, hash?: string): Promise<readonly StandardEvent[]> =>
  read('standard_events').modify(query => { if (hash !== undefined) void query.where({ standard: hash }); })
    .select('standard', 'county_no', 'kind', 'day', 'filing_no', 'note', 'basis', 'simulation', 'at', 'by').orderBy('at').orderBy('id');

export type Use = 'kept' | 'coming' | 'adopted' | 'retired';
export const useWords: Readonly<Record<Use, string>> = { kept: '还没采用', coming: '定了日子，还没到', adopted: '正在用', retired: '已停用' };

/** How a county stands to a standard on a day: its last decision counts. */
export function useOf(events: readonly StandardEvent[], { standard, county, day }: { readonly standard: string; readonly county: number; readonly day: Day }): Use {
  const last = events.filter(event => event.standard === standard && event.county_no === county).at(-1);
  if (last === undefined) return 'kept';
  if (last.kind === 'retired') return last.day <= day ? 'retired' : 'adopted';
  return last.day <= day ? 'adopted' : 'coming';
}

/** Standards a county may open a round with on a day, by kind. */
export async function adoptedStandards(read: Knex, given: { readonly county: number; readonly day: Day; readonly kind: SubjectKind }): Promise<readonly StandardRow[]> {
  const [rows, events] = await Promise.all([standardRows(read), standardEvents(read)]);
  return rows.filter(row => row.kind === given.kind && useOf(events, { standard: row.hash, county: given.county, day: given.day }) === 'adopted');
}

/** The counties a power reaches: a post above a county reaches it, a post inside one stands for it. */
export async function countiesOf(read: Knex, actor: Actor, power: Power): Promise<readonly Place[]> {
  const paths = reach(actor, power);
  const counties: Place[] = await read('places').select(...placeColumns).where({ kind: 'county' }).whereNull('until').orderBy('sort').orderBy('no');
  return counties.filter(county => paths.some(path => county.path.startsWith(path)));
}
