import type { DueSource } from '../web/due.ts';

interface Row { readonly id: string; readonly law: string; readonly article: string; readonly valid_to: string }

/** Legal bases that end: whatever rests on them counts no longer from the day after. */
export const basisDues: readonly DueSource[] = [{
  name: 'basis', says: '法律依据到期', icon: 'book', power: 'law.keep', byItself: true,
  async list(read, { day, until }) {
    const rows: Row[] = await read('legal_bases as now').whereNotNull('valid_to').where('valid_to', '>=', day).where('valid_to', '<=', until)
      .whereNotExists(read('legal_bases as later').whereRaw('later.id = now.id and later.seq > now.seq').select('later.id')).orderBy('valid_to').orderBy('id').select('id', 'law', 'article', 'valid_to');
    return rows.map(row => ({ about: row.id, due: row.valid_to, path: '/', href: '/law', title: `${row.law}${row.article}有效到这天` }));
  },
}];
