import type { Knex } from 'knex';
import type { Day } from '../kit/time.ts';
import { adultBornBy } from '../households/household.ts';
import type { Consent, ConsentKind } from './consent.ts';

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
/** Those that may be named on notices and rolls: their grade speaks of all adults, so all of them consented. */
export const mayPublish = (read: Knex, subjectNos: readonly number[], day: Day): Promise<ReadonlySet<number>> => consenting(read, subjectNos, { kind: 'publish', bank: '' }, day);
/** Those whose grade may be shown to this bank. */
export const mayShare = (read: Knex, subjectNos: readonly number[], bank: string, day: Day): Promise<ReadonlySet<number>> => consenting(read, subjectNos, { kind: 'share', bank }, day);

interface Purpose { readonly kind: ConsentKind; readonly bank: string }

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
export const allConsented = (read: Knex, { kind, bank }: Purpose, day: Day) => (where: Knex.QueryBuilder): void => {
  const given = read('consents as c').whereRaw('c.member = m.id').where({ 'c.kind': kind, 'c.bank': bank }).where('c.given_on', '<=', day)
    .whereNotExists(read('withdrawals as w').whereRaw('w.consent = c.id').where('w.withdrawn_on', '<=', day).select(read.raw('1'))).select(read.raw('1'));
  void where
    .whereExists(read('members as h').whereRaw('h.household = households.id').where('h.relation', 'head').whereNull('h.left_on').select(read.raw('1')))
    .whereNotExists(read('members as m').whereRaw('m.household = households.id').whereNull('m.left_on')
      .where(counted => { void counted.where('m.relation', 'head').orWhere(adult => { void adult.where('m.away', 0).where('m.birth_year', '<=', adultBornBy(day)); }); })
      .whereNotExists(given).select(read.raw('1')));
};

export async function banksKnown(read: Knex): Promise<readonly { readonly id: string; readonly name: string; readonly short: string }[]> {
  return read('banks').orderBy('name').select('id', 'name', 'short');
}
