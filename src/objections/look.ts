import type { Knex } from 'knex';
import { purposes, type Purpose } from '../households/purposes.ts';
import { common } from '../kit/refusals.ts';
import { dayOf } from '../kit/time.ts';
import type { Topic } from '../observations/topics.ts';

/** A bank's look at the household can be objected to as well: it is that bank's own record, and holds nothing of the result. */
export const isLook = (about: string): boolean => about.startsWith('lookup:');

interface Row { readonly id: string; readonly at: string; readonly bank: string; readonly name: string; readonly purpose: string }
const looks = (read: Knex, subject: number) => read('lookups').join('banks', 'banks.id', 'lookups.bank').where('lookups.subject', subject).select<Row[]>('lookups.id', 'lookups.at', 'lookups.bank', 'banks.name', 'lookups.purpose');
const labelOf = ({ at, name, purpose }: Row): string => `${dayOf(at)} ${name}查看（${purposes[purpose as Purpose] ?? purpose}）`;

/** The latest looks at a household, for whoever takes an objection down. */
export const lookTopics = async (read: Knex, subject: number): Promise<readonly Topic[]> =>
  (await looks(read, subject).orderBy('lookups.at', 'desc').limit(20)).map(row => ({ key: `lookup:${row.id}`, label: labelOf(row), indicator: '' }));

/** The look that an objection is about: the bank that answers for it, and how pages name it. */
export async function lookOf(read: Knex, about: string, subject: number): Promise<{ readonly bank: string; readonly label: string }> {
  const [row] = await looks(read, subject).where('lookups.id', about.slice('lookup:'.length));
  return row === undefined ? common.refuse('not-found') : { bank: row.bank, label: labelOf(row) };
}
