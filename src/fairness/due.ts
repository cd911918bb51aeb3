import type { Knex } from 'knex';
import { rules } from '../access/rules.ts';
import { below } from '../places/below.ts';
import type { Asked, Due, DueSource } from '../web/due.ts';

interface Row { readonly id: string; readonly due_on: string; readonly village: string; readonly under: string; readonly path: string }

/** Checks that wait for an answer, at the place of whoever was asked. */
async function waiting(read: Knex, { paths, day, until }: Asked): Promise<readonly Due[]> {
  const rows: Row[] = await read('fair_checks').leftJoin('fair_findings', 'fair_findings.check', 'fair_checks.id').join('places as villages', 'villages.no', 'fair_checks.village')
    .join('posts', 'posts.officer', 'fair_checks.assigned').join('places as seats', 'seats.no', 'posts.place_no').whereNull('fair_findings.finding').where('fair_checks.due_on', '<=', until)
    .whereIn('posts.role', [...rules['check.answer'].roles]).where('posts.since', '<=', day).where(open => { void open.whereNull('posts.until').orWhere('posts.until', '>', day); }).where(below(paths, 'seats.path'))
    .orderBy('fair_checks.due_on').orderBy('fair_checks.id').distinct('fair_checks.id', 'fair_checks.due_on', 'villages.name as village', 'villages.path as under', 'seats.path');
  return rows.filter(row => row.under.startsWith(row.path)).map(row => ({ about: row.id, due: row.due_on, path: row.path, href: `/checks/${row.id}`, title: `公平核查：${row.village}` }));
}

export const checkDues: readonly DueSource[] = [{ name: 'check', says: '写公平核查的结论', icon: 'eye', power: 'check.answer', list: waiting }];
