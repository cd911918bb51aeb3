import { limits } from '../kit/limits.ts';
import { page, type Reply } from '../web/reply.ts';
import { get, type Route } from '../web/route.ts';
import type { Visit } from '../web/visit.ts';

interface Row { readonly no: string; readonly kind: 'household' | 'village' | 'township'; readonly replaced_by: string | null }
const kinds = { household: '信用户证', village: '信用村证书', township: '信用乡镇证书' } as const;

/** Certificates that hold no longer, by number and nothing else, not even the day: whoever holds the paper finds it, and nobody finds a household. Why is between the office and them. */
async function showVoid(visit: Visit): Promise<Reply> {
  const { read } = visit.office;
  const asked = (visit.query['no'] ?? '').trim().slice(0, limits.searchCharacters);
  const after = visit.query['after'] ?? '';
  const rows: Row[] = await read('certificates').join('subjects', 'subjects.no', 'certificates.subject').whereNotNull('certificates.revoked_on').modify(query => {
    if (asked !== '') void query.where('certificates.no', asked);
    if (after !== '') void query.where('certificates.no', '<', after);
  }).orderBy('certificates.no', 'desc').limit(limits.rowsPerPage + 1).select('certificates.no', 'subjects.kind', 'certificates.replaced_by');
  const shown = rows.slice(0, limits.rowsPerPage);
  return page('rolls/void', {
    title: '不再有效的证书', asked, rows: shown.map(row => ({ no: row.no, what: kinds[row.kind], replaced: row.replaced_by !== null })), next: rows.length > shown.length ? `/certificates/void?after=${shown.at(-1)?.no ?? ''}` : undefined,
  }, asked === '' ? { cache: 'public' } : {});
}

export const voidRoutes: readonly Route[] = [get('/certificates/void', { power: 'anyone', open: true, handle: showVoid })];
