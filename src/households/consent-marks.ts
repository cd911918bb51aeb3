import type { Knex } from 'knex';
import type { Day } from '../kit/time.ts';

/** Which purposes each person has agreed to on the day, for the household's own page; the rule itself lives with the consents. */
export async function consentMarks(read: Knex, members: readonly string[], day: Day): Promise<ReadonlyMap<string, readonly string[]>> {
  const rows: { member: string; kind: string }[] = await read('consents').leftJoin('withdrawals', 'withdrawals.consent', 'consents.id').whereIn('consents.member', [...members])
    .where('consents.given_on', '<=', day).where(open => { void open.whereNull('withdrawals.withdrawn_on').orWhere('withdrawals.withdrawn_on', '>', day); })
    .groupBy('consents.member', 'consents.kind').orderBy('consents.kind', 'desc').select('consents.member', 'consents.kind');
  const marks = new Map<string, string[]>();
  for (const row of rows) marks.set(row.member, [...marks.get(row.member) ?? [], row.kind]);
  return new Map([...marks].map(([member, kinds]) => [member, kinds.sort((a, b) => order.indexOf(a) - order.indexOf(b))]));
}
const order = ['rate', 'publish', 'share'];
