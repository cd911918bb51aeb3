import type { Knex } from 'knex';
import { common } from '../kit/refusals.ts';
import type { Day } from '../kit/time.ts';
import type { NoticeStage } from './notice.ts';

export interface Notice {
  readonly id: string; readonly round: number; readonly place_no: number; readonly stage: NoticeStage; readonly posted_on: Day; readonly until: Day; readonly where_posted: string; readonly phone: string;
  readonly photo: string | null; readonly ended_on: Day | null; readonly unposted_on: Day | null; readonly unposted_reason: string | null;
}
const columns = ['notices.id', 'notices.round', 'notices.place_no', 'notices.stage', 'notices.posted_on', 'notices.until', 'notices.where_posted', 'notices.phone', 'notices.photo', 'notices.ended_on', 'notices.unposted_on', 'notices.unposted_reason'] as const;

export async function noticeById(read: Knex, id: string): Promise<Notice> {
  const row: Notice | undefined = await read('notices').where({ id }).first(...columns);
  return row ?? common.refuse('not-found');
}

/** Notices below some paths, latest first. */
export async function noticesBelow(read: Knex, paths: readonly string[], most: number): Promise<readonly Notice[]> {
  if (paths.length === 0) return [];
  return read('notices').join('places', 'places.no', 'notices.place_no').where(any => { for (const path of paths) void any.orWhere('places.path', 'like', `${path}%`); })
    .orderBy('notices.posted_on', 'desc').orderBy('notices.id', 'desc').limit(most).select(...columns);
}

/** Notices that hang on a day: what anyone may read. */
export async function noticesInForce(read: Knex, day: Day, most = 500): Promise<readonly Notice[]> {
  return read('notices').whereNull('unposted_on').where('until', '>=', day).orderBy('until').orderBy('place_no').limit(most).select(...columns);
}

/** Notices whose last day is over and that still have something to end: never ended, or a case whose objection has been answered since. */
export async function runOut(read: Knex, day: Day): Promise<readonly string[]> {
  const rows: { id: string }[] = await read('notices').whereNull('unposted_on').where('until', '<', day).where(any => {
    void any.whereNull('ended_on').orWhereExists(read('notice_entries').join('cases', 'cases.subject', 'notice_entries.subject').whereRaw('notice_entries.notice = notices.id and cases.round = notices.round').where('cases.held', 0)
      .whereRaw(`cases.standing = case notices.stage when 'village' then 'village-notice' when 'township' then 'township-notice' else '' end`).select(read.raw('1')));
  }).orderBy('until').limit(1_000).select('id');
  return rows.map(row => row.id);
}

export interface NoticeEntry { readonly seq: number; readonly shown: string; readonly group_name: string; readonly grade: number; readonly corrects: string | null }
/** The lines that may be shown to anyone. */
export async function namedIn(read: Knex, notice: string): Promise<readonly NoticeEntry[]> {
  return read('notice_entries').where({ notice }).whereNot('shown', '').orderBy('seq').select('seq', 'shown', 'group_name', 'grade', 'corrects');
}

export async function countsOf(read: Knex, notices: readonly string[]): Promise<ReadonlyMap<string, { readonly named: number; readonly unnamed: number }>> {
  if (notices.length === 0) return new Map();
  const rows: { notice: string; n: number | string; named: number | string }[] = await read('notice_entries').whereIn('notice', [...notices]).groupBy('notice').select('notice', read.raw('count(*) as n'), read.raw(`sum(case when shown <> '' then 1 else 0 end) as named`));
  return new Map(rows.map(row => [row.notice, { named: Number(row.named), unnamed: Number(row.n) - Number(row.named) }]));
}

export interface Letter { readonly seq: number; readonly salt: string; readonly head_name: string; readonly group_name: string; readonly grade: number; readonly corrects: string | null }
/** Households whose result is told by letter, because they are not named: those still in the round, whose result still holds. */
export async function lettersOf(read: Knex, { id, round }: Pick<Notice, 'id' | 'round'>): Promise<readonly Letter[]> {
  return read('notice_entries').join('households', 'households.no', 'notice_entries.subject').join('cases', join => { join.on('cases.subject', 'notice_entries.subject').andOnVal('cases.round', round); })
    .where({ 'notice_entries.notice': id, 'notice_entries.shown': '' }).whereNot('cases.standing', 'excused').whereNull('households.closed_on').where(holds => { void holds.whereNull('notice_entries.withdrawn_for').orWhere('notice_entries.withdrawn_for', 'consent'); })
    .orderBy('notice_entries.seq').select('notice_entries.seq', 'notice_entries.salt', 'households.head_name', 'notice_entries.group_name', 'notice_entries.grade', 'notice_entries.corrects');
}

/** The days on which the announcements hung that some lines correct, by notice. */
export async function correctedBy(read: Knex, lines: readonly { readonly corrects: string | null }[]): Promise<ReadonlyMap<string, Day>> {
  const ids = [...new Set(lines.flatMap(line => line.corrects ?? []))];
  const rows: { id: string; posted_on: Day }[] = ids.length === 0 ? [] : await read('notices').whereIn('id', ids).orderBy('posted_on').select('id', 'posted_on');
  return new Map(rows.map(row => [row.id, row.posted_on]));
}

/** How many households under a notice an open objection holds. */
export async function heldUnder(read: Knex, { id, round }: Pick<Notice, 'id' | 'round'>): Promise<number> {
  const row: { n?: number | string } | undefined = await read('cases').where({ round }).where('held', '>', 0).whereIn('subject', read('notice_entries').where({ notice: id }).select('subject')).count({ n: '*' }).first();
  return Number(row?.n ?? 0);
}

export interface RoundShown { readonly no: number; readonly id: string; readonly name: string; readonly year: number; readonly household_standard: string; readonly village_days: number; readonly township_days: number }
/** Name, year, days and household standard of some rounds, by number. */
export async function roundsShown(read: Knex, nos: readonly number[]): Promise<ReadonlyMap<number, RoundShown>> {
  const rows: RoundShown[] = nos.length === 0 ? [] : await read('rounds').whereIn('no', [...new Set(nos)]).select('no', 'id', 'name', 'year', 'household_standard', 'village_days', 'township_days');
  return new Map(rows.map(row => [row.no, row]));
}
