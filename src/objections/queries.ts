import type { Knex } from 'knex';
import { bankGone } from './bank.ts';
import { common } from '../kit/refusals.ts';
import { below } from '../places/below.ts';
import type { Day } from '../kit/time.ts';
import type { DisputedKind } from './disputed.ts';
import type { Outcome, Way } from './objection.ts';

export interface OpenObjection { readonly id: string; readonly subject: number; readonly about: string; readonly lodged_on: Day; readonly due_on: Day }

/** Objections of some subjects that wait for an answer: the flag is shown wherever the grade, value or event is. */
export async function openObjections(read: Knex, round: number, subjects: readonly number[]): Promise<ReadonlyMap<number, readonly OpenObjection[]>> {
  const found = new Map<number, OpenObjection[]>();
  for (let at = 0; at < subjects.length; at += chunk) {
    const rows: OpenObjection[] = await read('objections').leftJoin('answers', 'answers.objection', 'objections.id').whereNull('answers.id').where('objections.round', round).whereIn('objections.subject', subjects.slice(at, at + chunk))
      .orderBy('objections.due_on').select('objections.id', 'objections.subject', 'objections.about', 'objections.lodged_on', 'objections.due_on');
    for (const row of rows) found.set(row.subject, [...found.get(row.subject) ?? [], row]);
  }
  return found;
}
const chunk = 5_000;

export interface ObjectionRow {
  readonly id: string; readonly receipt: string; readonly round: number; readonly subject: number; readonly notice: string | null; readonly seat_no: number; /** Of a value that a bank gave: the bank, which answers. */ readonly bank: string | null; readonly appeals: string | null; readonly about: string; readonly how: Way; readonly lodged_on: Day; readonly due_on: Day;
  readonly words_sealed: string; readonly name_sealed: string | null; readonly contact_sealed: string | null; readonly at: string;
  readonly outcome: Outcome | null; readonly answer_sealed: string | null; readonly answered_on: Day | null;
  /** What was looked into before the answer. */ readonly checked_on: Day | null; readonly looked_sealed: string | null; readonly asked: string | null; readonly found_sealed: string | null; readonly evidence: string | null;
}
const columns = ['objections.id', 'objections.receipt', 'objections.round', 'objections.subject', 'objections.notice', 'objections.seat_no', 'objections.bank', 'objections.appeals', 'objections.about', 'objections.how', 'objections.lodged_on', 'objections.due_on', 'objections.words_sealed', 'objections.name_sealed', 'objections.contact_sealed', 'objections.at',
  'answers.outcome', 'answers.words_sealed as answer_sealed', 'answers.answered_on', 'answers.checked_on', 'answers.looked_sealed', 'answers.asked', 'answers.found_sealed', 'answers.evidence'] as const;

const every = (read: Knex) => read('objections').leftJoin('answers', 'answers.objection', 'objections.id');

export async function objectionById(read: Knex, id: string): Promise<ObjectionRow> {
  const row: ObjectionRow | undefined = await every(read).where('objections.id', id).first(...columns);
  return row ?? common.refuse('not-found');
}

export async function objectionByReceipt(read: Knex, receipt: string): Promise<ObjectionRow | undefined> {
  return every(read).where('objections.receipt', receipt).first(...columns);
}

export interface Listed {
  readonly id: string; readonly round: number; readonly lodged_on: Day; readonly due_on: Day; readonly how: Way; readonly appeals: string | null; readonly outcome: Outcome | null; readonly answered_on: Day | null;
  readonly kind: DisputedKind; readonly place_no: number; /** Of a household alone. */ readonly head_name: string | null; readonly household_no: number | null;
}
const listed = (read: Knex) => every(read).join('subjects', 'subjects.no', 'objections.subject').leftJoin('households', 'households.no', 'objections.subject')
  .join('places', join => { join.on('places.no', read.raw('coalesce(households.village_no, subjects.place_no)')); });
const listedColumns = ['objections.id', 'objections.round', 'objections.lodged_on', 'objections.due_on', 'objections.how', 'objections.appeals', 'answers.outcome', 'answers.answered_on', 'subjects.kind', 'places.no as place_no', 'households.head_name', 'households.household_no'] as const;

/** Objections below some paths: those that wait by due day, or those answered, latest first. */
export async function objectionsBelow(read: Knex, paths: readonly string[], { answered, most, households = paths }: { readonly answered: boolean; readonly most: number; /** Below which those of households are read that have not come to the county. */ readonly households?: readonly string[] }): Promise<readonly Listed[]> {
  if (paths.length === 0) return [];
  const query = listed(read).where(any => { for (const path of paths) void any.orWhere('places.path', 'like', `${path}%`); });
  void query.where(any => { void any.whereNot('subjects.kind', 'household').orWhereExists(atCounty(read)); for (const path of households) void any.orWhere('places.path', 'like', `${path}%`); });
  if (answered) void query.whereNotNull('answers.id').orderBy('answers.answered_on', 'desc'); else void query.whereNull('answers.id').orderBy('objections.due_on');
  return query.orderBy('objections.id').limit(most).select(...listedColumns);
}

/** Of the same result something has been taken up to the county. */
const atCounty = (read: Knex) => read('objections as higher').join('places as tops', 'tops.no', 'higher.seat_no').whereRaw('higher.round = objections.round and higher.subject = objections.subject').where('tops.kind', 'county').select(read.raw('1'));
export async function cameToCounty(read: Knex, { round, subject }: Pick<ObjectionRow, 'round' | 'subject'>): Promise<boolean> {
  return await read('objections').where({ 'objections.round': round, 'objections.subject': subject }).whereExists(atCounty(read)).first('objections.id') !== undefined;
}

/** Objections that wait for an answer at the seats below some paths, by due day: those of villages and townships, and those that came up to the county. */
export async function objectionsAwaited(read: Knex, { answer, settle }: { readonly answer: readonly string[]; readonly settle: readonly string[] }, most: number): Promise<readonly Listed[]> {
  if (answer.length + settle.length === 0) return [];
  return listed(read).join('places as seats', 'seats.no', 'objections.seat_no').whereNull('answers.id').where(ours => { void ours.whereNull('objections.bank').orWhere(bankGone(read)); }).where(any => {
    for (const path of answer) void any.orWhere(at => { void at.whereNot('seats.kind', 'county').where('seats.path', 'like', `${path}%`); });
    for (const path of settle) void any.orWhere(at => { void at.where('seats.kind', 'county').where('seats.path', 'like', `${path}%`); });
  }).orderBy('objections.due_on').orderBy('objections.id').limit(most).select(...listedColumns);
}

/** Those that a bank answers, at its places: the open by due day, then the answered. */
export async function objectionsOfBank(read: Knex, bank: string, paths: readonly string[], most: number): Promise<readonly Listed[]> {
  return listed(read).join('places as seats', 'seats.no', 'objections.seat_no').where('objections.bank', bank).where(below(paths, 'seats.path'))
    .orderByRaw('case when answers.id is null then 0 else 1 end').orderBy('objections.due_on').orderBy('objections.id').limit(most).select(...listedColumns);
}

/** Who answers, in words: the bank whose value it is, or the place. */
export async function answererOf(read: Knex, { bank, seat_no }: Pick<ObjectionRow, 'bank' | 'seat_no'>): Promise<string> {
  const row: { name: string } | undefined = bank === null ? await read('places').where({ no: seat_no }).first('name') : await read('banks').where({ id: bank }).first('name');
  return (row ?? common.refuse('not-found')).name;
}

/** Whether the answer to an objection has been taken further up already, and by which objection. */
export async function appealOf(read: Knex, id: string): Promise<{ readonly id: string; readonly receipt: string } | undefined> {
  return read('objections').where({ appeals: id }).first('id', 'receipt');
}

export interface NoticeShown { readonly id: string; readonly round: number; readonly place_no: number; readonly stage: string; readonly posted_on: Day; readonly until: Day; readonly phone: string; readonly where_posted: string; readonly unposted_on: Day | null }
/** The notice a QR code on paper leads to. */
export async function noticeShown(read: Knex, id: string): Promise<NoticeShown> {
  const row: NoticeShown | undefined = await read('notices').where({ id }).first('id', 'round', 'place_no', 'stage', 'posted_on', 'until', 'phone', 'where_posted', 'unposted_on');
  return row ?? common.refuse('not-found');
}

export interface Line { readonly seq: number; readonly salt: string; readonly subject: number; readonly shown: string; readonly group_name: string; readonly grade: number }
/** What the notice lists; a line without a name is a household that is not named. */
export async function linesOf(read: Knex, notice: string): Promise<readonly Line[]> {
  return read('notice_entries').where({ notice }).orderBy('seq').select('seq', 'salt', 'subject', 'shown', 'group_name', 'grade');
}

/** Who took down the facts of a household in a round: they do not answer an objection to them. Whoever handed in a bank's file, or opened the round, did not. `indicator` narrows it to one value. */
export async function recordersOf(read: Knex, { round, subject, indicator }: { readonly round: number; readonly subject: number; readonly indicator?: string }): Promise<ReadonlySet<string>> {
  const query = read('sheets').where({ 'sheets.round': round, 'sheets.subject': subject }).whereIn('sheets.source', ['grid', 'village', 'paper']);
  if (indicator !== undefined) void query.whereIn('sheets.seq', read('current_values').join('indicators', 'indicators.no', 'current_values.indicator').where({ 'current_values.round': round, 'current_values.subject': subject, 'indicators.key': indicator }).select('current_values.sheet'));
  const rows: { by: string }[] = await query.distinct('sheets.by');
  return new Set(rows.map(row => row.by));
}

/** Who answered an objection. */
export async function answeredBy(read: Knex, objection: string): Promise<string | undefined> {
  const row: { by: string } | undefined = await read('answers').where({ objection }).first('by');
  return row?.by;
}

/** Objections to one household in a round, oldest first, for its pages. */
export async function objectionsOf(read: Knex, round: number, subject: number): Promise<readonly Pick<ObjectionRow, 'id' | 'lodged_on' | 'due_on' | 'outcome' | 'answered_on'>[]> {
  return every(read).where({ 'objections.round': round, 'objections.subject': subject }).orderBy('objections.lodged_on').select('objections.id', 'objections.lodged_on', 'objections.due_on', 'answers.outcome', 'answers.answered_on');
}
