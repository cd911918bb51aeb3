import type { Knex } from 'knex';
import { numberText } from '../households/household.ts';
import type { Day } from '../kit/time.ts';
import { objectionsOf } from '../objections/queries.ts';
import { roundReport } from '../rights/own-round.ts';
import { standingWords, type Standing } from '../rounds/case.ts';
import { excuseWords } from '../rounds/reason.ts';
import type { Round } from '../rounds/round.ts';

interface Row { readonly no: number; readonly id: string; readonly household_no: number; readonly head_name: string; readonly standing: Standing; readonly reason: string | null; readonly grade: string | null; readonly certificate: string | null; readonly until: string | null; readonly revoked: string | null }
export interface Entry { readonly number: string; readonly head: string; readonly group: string; readonly standing: string; readonly report: Awaited<ReturnType<typeof roundReport>> | undefined; readonly objections: readonly string[] }

/** Every household of a village in a round: what was written, what it was worth, who decided, what was objected to. One who asked to be forgotten is a number. */
export async function villageBook(read: Knex, round: Round, village: number, day: Day, each: () => void): Promise<readonly Entry[]> {
  const rows: (Row & { group: string | null })[] = await read('cases').join('households', 'households.no', 'cases.subject').leftJoin('places as groups', 'groups.no', 'households.group_no')
    .leftJoin('certificates', join => join.on('certificates.round', 'cases.round').andOn('certificates.subject', 'cases.subject').andOnNull('certificates.replaced_by'))
    .where({ 'cases.round': round.no, 'cases.village': village }).orderBy('households.household_no').orderBy('households.no')
    .select('households.no', 'households.id', 'households.household_no', 'households.head_name', 'groups.name as group', 'cases.standing', 'cases.reason', 'certificates.grade_code as grade', 'certificates.no as certificate', 'certificates.valid_until as until', 'certificates.revoked_on as revoked');
  const entries: Entry[] = [];
  for (const row of rows) {
    const isGone = row.head_name === '';
    const report = isGone ? undefined : await roundReport(read, { no: Number(row.no), id: row.id }, { id: round.id, name: round.name, grade: row.grade, certificate: row.certificate, until: row.until, revoked: row.revoked, held: false, disputable: false }, day);
    const objections = isGone ? [] : (await objectionsOf(read, round.no, Number(row.no))).map(one => `${one.lodged_on} 提出，${one.outcome === null ? `没有答复（应在 ${one.due_on} 前）` : `${one.answered_on ?? ''} 答复：${outcomes[one.outcome] ?? one.outcome}`}`);
    entries.push({ number: numberText(row.household_no), head: isGone ? '（已按要求删除）' : row.head_name, group: row.group ?? '', standing: row.standing === 'excused' ? `未参评：${excuseWords(row.reason)}` : standingWords[row.standing], report, objections });
    each();
  }
  return entries;
}
const outcomes: Readonly<Record<string, string>> = { upheld: '成立', kept: '不成立', withdrawn: '本人撤回' };
