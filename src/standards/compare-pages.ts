import { page, type Reply } from '../web/reply.ts';
import type { Visit } from '../web/visit.ts';
import { differences } from './compare.ts';
import { loadStandard } from './load.ts';
import { standardRow, standardRows, type StandardRow } from './queries.ts';

export const versionWords = (row: Pick<StandardRow, 'title' | 'year' | 'version'>): string => `${row.title}，${row.year} 年第 ${row.version} 版`;

/** Two kept standards side by side, in words: the other one first, this one after. */
export async function compareStandards(visit: Visit): Promise<Reply> {
  const { read } = visit.office;
  const [now, old] = await Promise.all([standardRow(read, visit.params['hash'] ?? ''), standardRow(read, visit.params['other'] ?? '')]);
  const [after, before] = await Promise.all([loadStandard(read, now.hash), loadStandard(read, old.hash)]);
  const found = differences(before.standard, after.standard);
  const places = [...new Set(found.map(each => each.where))];
  return page('standards/compare', {
    title: '哪里不一样', now: { words: versionWords(now), href: `/standards/${now.hash}` }, old: { words: versionWords(old), href: `/standards/${old.hash}` }, turn: `/standards/${old.hash}/compare/${now.hash}`,
    count: found.length, parts: places.map(where => ({ where, rows: found.filter(each => each.where === where) })),
    crumbs: [{ label: '评定标准', href: '/standards' }, { label: now.title, href: `/standards/${now.hash}` }, { label: '哪里不一样' }],
  });
}

/** What a standard may be compared with: every other kept one that rates the same, newest first; among them the version before it. */
export async function comparable(read: Visit['office']['read'], row: Pick<StandardRow, 'hash' | 'kind'>): Promise<readonly { readonly words: string; readonly href: string; readonly isFormer: boolean }[]> {
  const rows = await standardRows(read);
  const own = rows.find(each => each.hash === row.hash);
  const [former] = rows.filter(other => other.key === own?.key && Number(other.version) < Number(own.version)).toSorted((a, b) => Number(b.version) - Number(a.version));
  return rows.filter(other => other.kind === row.kind && other.hash !== row.hash).map(other => ({ words: versionWords(other), href: `/standards/${row.hash}/compare/${other.hash}`, isFormer: other === former }));
}
