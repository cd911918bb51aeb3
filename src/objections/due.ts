import type { Knex } from 'knex';
import { numberText } from '../households/household.ts';
import { below } from '../places/below.ts';
import { titleKinds, type TitleKind } from '../titles/title.ts';
import { bankGone } from './bank.ts';
import type { Asked, Due, DueSource } from '../web/due.ts';

interface Row { readonly id: string; readonly due_on: string; readonly path: string; readonly kind: 'household' | TitleKind; readonly household_no: number | null; readonly place: string }

/** Objections that wait for an answer at their seat: villages and townships, those that came up to the county, or those that a bank answers for what it gave. */
async function waiting(read: Knex, { paths, until, officer }: Asked, at: 'place' | 'county' | 'bank'): Promise<readonly Due[]> {
  const rows: Row[] = await read('objections').leftJoin('answers', 'answers.objection', 'objections.id').join('places as seats', 'seats.no', 'objections.seat_no')
    .join('subjects', 'subjects.no', 'objections.subject').leftJoin('households', 'households.no', 'objections.subject').join('places', join => { join.on('places.no', read.raw('coalesce(households.village_no, subjects.place_no)')); })
    .whereNull('answers.id').modify(own => { void (at === 'bank' ? own.whereNotNull('objections.bank').whereNot(bankGone(read)) : own.where(ours => { void ours.whereNull('objections.bank').orWhere(bankGone(read)); }).where('seats.kind', at === 'county' ? '=' : '<>', 'county')); })
    .modify(own => { if (at === 'bank' && officer !== undefined) void own.whereIn('objections.bank', read('officers').where({ id: officer }).select('bank')); }).where('objections.due_on', '<=', until).where(below(paths, 'seats.path')).orderBy('objections.due_on').orderBy('objections.id')
    .select('objections.id', 'objections.due_on', 'seats.path', 'subjects.kind', 'households.household_no', 'places.name as place');
  return rows.map(row => ({ about: row.id, due: row.due_on, path: row.path, href: at === 'bank' ? `/coop/objections/${row.id}` : `/objections/${row.id}`, title: `${at === 'bank' ? '答复对本行数据的异议' : '答复异议'}：${row.place}${row.kind === 'household' ? ` ${numberText(row.household_no ?? 0)} 号户` : `申报${titleKinds[row.kind]}`}` }));
}

const common = { says: '书面答复异议', icon: 'flag' } as const;
export const objectionDues: readonly DueSource[] = [
  { ...common, name: 'objection', power: 'objection.answer', list: (read, asked) => waiting(read, asked, 'place') },
  { ...common, name: 'objection-county', power: 'objection.settle', list: (read, asked) => waiting(read, asked, 'county') },
  { ...common, name: 'objection-bank', power: 'objection.verify', list: (read, asked) => waiting(read, asked, 'bank') },
];
