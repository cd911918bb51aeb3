import type { Knex } from 'knex';
import type { Day } from '../kit/time.ts';
import { allConsented } from '../consents/queries.ts';

export interface Shared { readonly id: string; readonly no: number; readonly household_no: number; readonly head_name: string; readonly village: string; readonly group_name: string | null; readonly path: string }

/** Households that agreed to share with this bank, below the officer's places. Nothing about anybody else can be asked. */
export async function sharedWith(read: Knex, { bank, paths, day, search, most, id }: { readonly bank: string; readonly paths: readonly string[]; readonly day: Day; readonly search: string; readonly most: number; readonly id?: string }): Promise<readonly Shared[]> {
  return read('households').join('places', 'places.no', 'households.village_no').leftJoin('places as groups', 'groups.no', 'households.group_no')
    .where(allConsented(read, { kind: 'share', bank }, day)).whereNull('households.closed_on').where(id === undefined ? {} : { 'households.id': id })
    .where(below => { for (const path of paths) void below.orWhere('places.path', 'like', `${path}%`); if (paths.length === 0) void below.whereRaw('1 = 0'); })
    .where(found => { if (search !== '') void (/^\d+$/.test(search) ? found.where('households.household_no', Number(search)) : found.where('households.name_search', 'like', `%${search.toLowerCase().replace(/[%_]/g, '')}%`)); })
    .orderBy('places.sort').orderBy('households.household_no').limit(most)
    .select('households.id', 'households.no', 'households.household_no', 'households.head_name', 'places.name as village', 'groups.name as group_name', 'places.path');
}

export interface Result { readonly year: number; readonly grade_code: string; readonly issued_on: Day; readonly valid_until: Day; readonly standard: string; readonly round: number }

/** The grade in force: that of the newest certificate that is neither revoked nor past its day; none where that was cancelled, whatever an older one says. No score, no asset, no gossip. */
export async function gradeInForce(read: Knex, subject: number, day: Day): Promise<Result | undefined> {
  const rows: (Result & { readonly revoked_on: Day | null; readonly revoked_reason: string | null })[] = await read('certificates').join('rounds', 'rounds.no', 'certificates.round').where({ subject }).whereNull('certificates.replaced_by').orderBy('rounds.year', 'desc')
    .select('rounds.year', 'certificates.grade_code', 'certificates.issued_on', 'certificates.valid_until', 'rounds.household_standard as standard', 'certificates.round', 'certificates.revoked_on', 'certificates.revoked_reason');
  if (rows[0]?.revoked_reason === 'checked') return undefined;
  const found = rows.find(row => row.revoked_on === null && row.valid_until >= day);
  if (found === undefined) return undefined;
  const { revoked_on: _on, revoked_reason: _reason, ...result } = found;
  return result;
}

export interface LookedUp { readonly at: string; readonly head_name: string; readonly household_no: number; readonly purpose: string; readonly found: number }

export async function lookupsBy(read: Knex, officer: string, most: number): Promise<readonly LookedUp[]> {
  return read('lookups').join('households', 'households.no', 'lookups.subject').where({ 'lookups.by': officer }).orderBy('lookups.at', 'desc').limit(most)
    .select('lookups.at', 'households.head_name', 'households.household_no', 'lookups.purpose', 'lookups.found');
}
