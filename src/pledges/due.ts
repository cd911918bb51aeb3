import { numberText } from '../households/household.ts';
import { below } from '../places/below.ts';
import type { DueSource } from '../web/due.ts';

interface Row { readonly id: string; readonly kept_until: string; readonly household_no: number; readonly path: string; readonly village: string }

/** Pledges whose time is over and of which nobody has said whether they were kept. */
export const pledgeDues: readonly DueSource[] = [{
  name: 'pledge', says: '报承诺做到没有', icon: 'pen', power: 'pledge.keep',
  async list(read, { paths, until }) {
    const rows: Row[] = await read('pledges').join('members', 'members.id', 'pledges.member').join('households', 'households.id', 'members.household').join('places', 'places.no', 'households.village_no')
      .where('pledges.kept_until', '<=', until).where(below(paths, 'places.path')).whereNull('households.closed_on')
      .whereNotExists(read('pledge_steps').whereRaw('pledge_steps.pledge = pledges.id').whereIn('step', ['settled', 'reported']).select('id'))
      .orderBy('pledges.kept_until').orderBy('pledges.id').select('pledges.id', 'pledges.kept_until', 'households.household_no', 'places.path', 'places.name as village');
    return rows.map(row => ({ about: row.id, due: row.kept_until, path: row.path, href: `/pledges/${row.id}`, title: `承诺到期，看做到没有：${row.village} ${numberText(row.household_no)} 号户` }));
  },
}];
