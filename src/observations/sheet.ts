import type { Knex } from 'knex';
import { canonical, type Json } from '../kit/canonical.ts';
import { emptyBody, type Sheet, type SheetBody } from './observation.ts';

/** Where facts come from. */
export const sheetSources = { grid: '网格员入户', village: '村里', paper: '纸质表', bank: '银行', bureau: '部门名单', taken: '撤回', carried: '上一轮记的', computed: '系统汇总', reviewers: '背靠背评议', process: '告知和修复', demo: '示例' } as const;
export type SheetSource = keyof typeof sheetSources;

export interface SheetRow { readonly round: number; readonly subject: number; readonly seq: number; readonly id: string; readonly source: SheetSource; readonly base_seq: number; readonly body: string; readonly batch: string | null; readonly at: string; readonly by: string }
const columns = ['round', 'subject', 'seq', 'id', 'source', 'base_seq', 'body', 'batch', 'at', 'by'] as const;

/** Canonical, without the members that say nothing: most sheets hold values alone. */
export function bodyText(body: SheetBody): string {
  const told: Record<string, Json | undefined> = {
    values: body.values as unknown as Json,
    events: body.events.length === 0 ? undefined : body.events as unknown as Json,
    voided: body.voided.length === 0 ? undefined : body.voided as unknown as Json,
    restored: body.restored.length === 0 ? undefined : body.restored,
    cured: body.cured.length === 0 ? undefined : body.cured as unknown as Json,
    uncured: body.uncured.length === 0 ? undefined : body.uncured,
    spans: body.spans.length === 0 ? undefined : body.spans as unknown as Json,
    evidence: Object.keys(body.evidence).length === 0 ? undefined : body.evidence,
    removed: body.removed.length === 0 ? undefined : body.removed,
    settles: body.settles.length === 0 ? undefined : body.settles,
    contests: Object.keys(body.contests).length === 0 ? undefined : body.contests,
  };
  return canonical(told);
}

/** An erased one (`''`) says nothing. */
export const sheetOf = (row: Pick<SheetRow, 'seq' | 'base_seq' | 'by' | 'source' | 'at' | 'body'>): Sheet =>
  ({ ...emptyBody, ...row.body === '' ? {} : JSON.parse(row.body) as Partial<SheetBody>, seq: row.seq, base: row.base_seq, by: row.by, source: row.source, at: row.at });

/** All sheets of subjects in a round, in the order they were written. */
export async function sheetsOf(read: Knex, round: number, subjects: readonly number[]): Promise<ReadonlyMap<number, readonly Sheet[]>> {
  const bySubject = new Map<number, Sheet[]>();
  for (let at = 0; at < subjects.length; at += 5_000) {
    const rows: SheetRow[] = await read('sheets').where({ round }).whereIn('subject', subjects.slice(at, at + 5_000)).orderBy('subject').orderBy('seq').select(...columns);
    for (const row of rows) {
      const sheet = sheetOf(row);
      const list = bySubject.get(row.subject);
      if (list === undefined) bySubject.set(row.subject, [sheet]); else list.push(sheet);
    }
  }
  return bySubject;
}

/** The sheet that a tablet or form already sent under this id. */
export async function sheetById(read: Knex, round: number, id: string): Promise<SheetRow | undefined> {
  return read('sheets').where({ round, id }).first(...columns);
}
