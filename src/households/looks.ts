import type { Knex } from 'knex';
import { limits } from '../kit/limits.ts';
import { dayOf } from '../kit/time.ts';
import { callOf, type MemberRow } from './household.ts';
import { purposes, type Purpose } from './purposes.ts';

/** Who looked at a household's numbers and results, newest first, in sentences: its people may ask (征信业管理条例 22). */
export async function looksAt(read: Knex, { no, members }: { readonly no: number; readonly members: readonly MemberRow[] }, most: number = limits.rowsPerPage): Promise<readonly string[]> {
  const names = new Map(members.map(member => [member.id, callOf(member)]));
  const [open, banks, reveals] = await Promise.all([
    read('objections').leftJoin('answers', 'answers.objection', 'objections.id').whereNull('answers.id').where('objections.subject', no).whereLike('objections.about', 'lookup:%').select<{ about: string }[]>('objections.about'),
    read('lookups').join('banks', 'banks.id', 'lookups.bank').leftJoin('officers', 'officers.id', 'lookups.by').where('lookups.subject', no).orderBy('lookups.at', 'desc').limit(most)
      .select<{ id: string; at: string; bank: string; who: string | null; purpose: string; found: number }[]>('lookups.id', 'lookups.at', 'banks.name as bank', 'officers.name as who', 'lookups.purpose', 'lookups.found'),
    read('reveals').leftJoin('officers', 'officers.id', 'reveals.by').whereIn('reveals.member', [...names.keys()]).orderBy('reveals.at', 'desc').limit(most)
      .select<{ at: string; member: string; field: string; reason: string; who: string | null }[]>('reveals.at', 'reveals.member', 'reveals.field', 'reveals.reason', 'officers.name as who'),
  ]);
  const disputed = new Set(open.map(one => one.about));
  return [
    ...banks.map(row => ({ at: row.at, words: `${row.bank} ${row.who ?? ''} 查评定结果：${purposes[row.purpose as Purpose] ?? row.purpose}${Number(row.found) === 1 ? '' : '（没有授权，没有给看）'}${disputed.has(`lookup:${row.id}`) ? '（有异议，核查中）' : ''}` })),
    ...reveals.map(row => ({ at: row.at, words: `${row.who ?? '命令行'} 看了${names.get(row.member) ?? ''}的${row.field === 'phone' ? '电话' : '证件号'}：${row.reason}` })),
  ].sort((one, other) => one.at < other.at ? 1 : -1).map(({ at, words }) => `${dayOf(at)} ${words}`);
}

export interface RoundLine { readonly id: string; readonly name: string; readonly grade: string | null; readonly certificate: string | null; readonly until: string | null; readonly revoked: string | null; readonly held: boolean; /** A result was made public that one can speak against. */ readonly disputable: boolean }

/** The rounds a household was in, newest first, with the certificate of each. */
export async function roundsOf(read: Knex, no: number): Promise<readonly RoundLine[]> {
  const rows: (Omit<RoundLine, 'disputable' | 'held'> & { closed_on: string | null; held: number; standing: string })[] = await read('cases').join('rounds', 'rounds.no', 'cases.round')
    .leftJoin('certificates', join => join.on('certificates.round', 'cases.round').andOn('certificates.subject', 'cases.subject').andOnNull('certificates.replaced_by')).where('cases.subject', no)
    .orderBy('rounds.year', 'desc').orderBy('rounds.no', 'desc').limit(10)
    .select('rounds.id', 'rounds.name', 'rounds.closed_on', 'cases.standing', 'cases.held', 'certificates.grade_code as grade', 'certificates.no as certificate', 'certificates.valid_until as until', 'certificates.revoked_on as revoked');
  return rows.map(({ closed_on, held, standing, ...row }) => ({ ...row, disputable: closed_on === null && !untold.includes(standing), held: held > 0 }));
}

/** Standings in which nobody has been told a result yet. */
const untold: readonly string[] = ['open', 'collected', 'excused', 'rated', 'preliminary'];
