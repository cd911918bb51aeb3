import type { Knex } from 'knex';
import type { Loaded } from '../households/load.ts';
import { looksAt } from '../households/looks.ts';
import { dayOf } from '../kit/time.ts';
import { identities, opensFile } from './right.ts';
import { rightsOf } from './queries.ts';
import { officerNames } from '../people/queries.ts';

/** Everybody who opened something of a household that is not open to every officer who looks after it: numbers, results shown to a bank, what is no longer shown, its own report. Latest first. */
export async function whoLooked(read: Knex, { row, members }: Pick<Loaded, 'row' | 'members'>): Promise<readonly string[]> {
  const [looks, back, asked] = await Promise.all([
    looksAt(read, { no: row.no, members }, 5_000),
    read('lookbacks').leftJoin('officers', 'officers.id', 'lookbacks.by').where({ household: row.id }).select<{ at: string; reason: string; who: string | null }[]>('lookbacks.at', 'lookbacks.reason', 'officers.name as who'),
    rightsOf(read, row.id),
  ]);
  const opened = asked.filter(one => opensFile(one.kind));
  const names = await officerNames(read, opened.map(one => one.by));
  return [
    ...looks, ...back.map(one => `${dayOf(one.at)} ${one.who ?? '命令行'} 看了不再显示的记录：${one.reason}`),
    ...opened.map(one => `${one.lodged_on} ${names.get(one.by) ?? '命令行'} 替本人打开这份报告（${identities[one.identified]}）`),
  ].sort((a, b) => a.slice(0, 10) < b.slice(0, 10) ? 1 : -1);
}
