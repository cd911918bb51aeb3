import type { Knex } from 'knex';
import { limits } from '../kit/limits.ts';
import { decodeCursor, sliceOf, type Slice } from '../kit/slice.ts';
import type { Day } from '../kit/time.ts';
import { adultBornBy, counts, type MemberRow } from '../households/household.ts';
import { within } from '../households/queries.ts';
import { together } from '../store/together.ts';
import type { Consent, ConsentKind } from './consent.ts';
import { textsWithReasons } from './texts.ts';

/** All consents given by the people who are or were in these households, with the day they were withdrawn. */
export async function consentsOf(read: Knex, households: readonly string[]): Promise<readonly Consent[]> {
  const found: Consent[] = [];
  for (let at = 0; at < households.length; at += chunk) {
    found.push(...await read('consents').join('members', 'members.id', 'consents.member').leftJoin('withdrawals', 'withdrawals.consent', 'consents.id')
      .whereIn('members.household', households.slice(at, at + chunk)).orderBy('consents.given_on').orderBy('consents.id')
      .select<Consent[]>('consents.id', 'consents.member', 'consents.kind', 'consents.bank', 'consents.given_on', 'consents.how', 'consents.text_version', 'consents.evidence', 'consents.mandate', 'withdrawals.withdrawn_on'));
  }
  return found;
}

const chunk = 5_000;

/** Of these subjects, those whose head and every adult living there consented to be rated. */
export const mayRate = (read: Knex, subjectNos: readonly number[], day: Day): Promise<ReadonlySet<number>> => consenting(read, subjectNos, { kind: 'rate', bank: '' }, day);
/** The same asked of one household, by its id. */
export const mayBeRated = async (read: Knex, household: string, day: Day): Promise<boolean> => await ratable(read, day, household) === true;
const ratable = together(async (read, day: Day, ids: readonly string[]) => {
  const rows: { id: string }[] = await read('households').whereIn('households.id', [...ids]).where(allConsented(read, { kind: 'rate', bank: '' }, day)).select('households.id');
  return new Map(rows.map(row => [row.id, true]));
});
/** Those that may be named on notices and rolls: their grade speaks of all adults, so all of them consented. */
export const mayPublish = (read: Knex, subjectNos: readonly number[], day: Day): Promise<ReadonlySet<number>> => consenting(read, subjectNos, { kind: 'publish', bank: '' }, day);
/** Those whose grade may be shown to this bank. */
export const mayShare = (read: Knex, subjectNos: readonly number[], bank: string, day: Day): Promise<ReadonlySet<number>> => consenting(read, subjectNos, { kind: 'share', bank }, day);
/** Those of whom it may also be told what raised and lowered the grade: everybody who counts signed a text that says so. */
export const mayShareReasons = (read: Knex, subjectNos: readonly number[], bank: string, day: Day): Promise<ReadonlySet<number>> => consenting(read, subjectNos, { kind: 'share', bank, texts: textsWithReasons }, day);

/** `texts`: only consents to one of these versions count. */
interface Purpose { readonly kind: ConsentKind; readonly bank: string; readonly texts?: readonly string[] }

/** One query for each five thousand subjects; the rule is `counts` in households/household.ts with `stands` in consent.ts, said in SQL. */
async function consenting(read: Knex, subjectNos: readonly number[], purpose: Purpose, day: Day): Promise<ReadonlySet<number>> {
  const granted = new Set<number>();
  for (let at = 0; at < subjectNos.length; at += chunk) {
    const rows: { no: number }[] = await read('households').whereIn('households.no', subjectNos.slice(at, at + chunk)).where(allConsented(read, purpose, day)).select('households.no');
    for (const row of rows) granted.add(row.no);
  }
  return granted;
}

/** A condition on `households`: has a head, and nobody who counts is without a standing consent. */
export const allConsented = (read: Knex, { kind, bank, texts }: Purpose, day: Day) => (where: Knex.QueryBuilder): void => {
  const given = read('consents as c').whereRaw('c.member = m.id').where({ 'c.kind': kind, 'c.bank': bank }).where('c.given_on', '<=', day)
    .whereNotExists(read('withdrawals as w').whereRaw('w.consent = c.id').where('w.withdrawn_on', '<=', day).select(read.raw('1'))).select(read.raw('1'));
  if (texts !== undefined) void given.whereIn('c.text_version', [...texts]);
  // One walk over the members of a household, for a run asks it of a hundred thousand.
  void where.whereRaw('?', [read('members as m').whereRaw('m.household = households.id').whereNull('m.left_on')
    .where(counted => { void counted.where('m.relation', 'head').orWhere(adult => { void adult.where('m.away', 0).where('m.birth_year', '<=', adultBornBy(day)); }); })
    .select(read.raw("count(case when m.relation = 'head' then 1 end) > 0 and count(case when not exists ? then 1 end) = 0", [given]))]);
};

/** Ids of the households in which somebody who still belongs to them took this consent back, and gave none again. Few, so they are listed once and not asked of each household. */
export const takenBack = (read: Knex, kind: 'rate' | 'publish', day: Day): Knex.QueryBuilder => read('withdrawals as w').join('consents as c', 'c.id', 'w.consent').join('members as m', 'm.id', 'c.member')
  .where('c.kind', kind).where('w.withdrawn_on', '<=', day).whereNull('m.left_on')
  .whereNotExists(read('consents as o').whereRaw('o.member = m.id').where('o.kind', kind).where('o.given_on', '<=', day)
    .whereNotExists(read('withdrawals as x').whereRaw('x.consent = o.id').where('x.withdrawn_on', '<=', day).select(read.raw('1'))).select(read.raw('1')))
  .select('m.household');

export async function banksKnown(read: Knex): Promise<readonly { readonly id: string; readonly name: string; readonly short: string }[]> {
  return read('banks').orderBy('name').select('id', 'name', 'short');
}

export interface LackingSearch { readonly reach: readonly string[]; readonly kind: 'rate' | 'publish'; readonly village?: number | undefined; readonly group?: number | undefined; readonly cursor?: string | undefined; readonly day: Day }
export interface LackingLine { readonly id: string; readonly no: number; readonly household_no: number; readonly head_name: string; readonly village_no: number; readonly village: string; readonly group: string | null }

/** Open households in which somebody who counts has not consented, in the register's order. */
export async function lackingHouseholds(read: Knex, search: LackingSearch): Promise<Slice<LackingLine>> {
  const cursor = decodeCursor(search.cursor, ['number', 'number']);
  const back = cursor?.direction === 'prev';
  const query = openWithin(read, search).join('places as v', 'v.no', 'households.village_no').leftJoin('places as g', 'g.no', 'households.group_no')
    .whereNot(allConsented(read, { kind: search.kind, bank: '' }, search.day))
    .select('households.id', 'households.no', 'households.household_no', 'households.head_name', 'households.village_no', 'v.name as village', 'g.name as group');
  if (cursor !== undefined) void query.whereRaw(`(households.village_no, households.household_no) ${back ? '<' : '>'} (?, ?)`, [...cursor.key]);
  const rows: LackingLine[] = await query.orderBy('households.village_no', back ? 'desc' : 'asc').orderBy('households.household_no', back ? 'desc' : 'asc').limit(limits.rowsPerPage + 1);
  return sliceOf(rows, { size: limits.rowsPerPage, cursor, keyOf: row => [row.village_no, row.household_no] });
}

/** Of the open households in reach, how many there are and how many lack the consent. */
export async function consentCounts(read: Knex, search: LackingSearch): Promise<{ readonly all: number; readonly lacking: number }> {
  const [all]: { n: number | string }[] = await openWithin(read, search).count({ n: '*' });
  const [lack]: { n: number | string }[] = await openWithin(read, search).whereNot(allConsented(read, { kind: search.kind, bank: '' }, search.day)).count({ n: '*' });
  return { all: Number(all?.n ?? 0), lacking: Number(lack?.n ?? 0) };
}

function openWithin(read: Knex, { reach, village, group }: LackingSearch): Knex.QueryBuilder {
  const query = read('households').where(within(read, reach)).whereNull('households.closed_on');
  if (village !== undefined) void query.where('households.village_no', village);
  if (group !== undefined) void query.where('households.group_no', group);
  return query;
}

/** The people whose data count, by household. */
export async function countedPeople(read: Knex, households: readonly string[], day: Day): Promise<readonly Pick<MemberRow, 'id' | 'household' | 'name' | 'relation' | 'birth_year' | 'away' | 'left_on'>[]> {
  const rows: Pick<MemberRow, 'id' | 'household' | 'name' | 'relation' | 'birth_year' | 'away' | 'left_on'>[] = [];
  for (let at = 0; at < households.length; at += chunk) {
    rows.push(...await read('members').whereIn('household', households.slice(at, at + chunk)).whereNull('left_on').orderBy('sort').select('id', 'household', 'name', 'relation', 'birth_year', 'away', 'left_on'));
  }
  return rows.filter(member => counts(member, day));
}
