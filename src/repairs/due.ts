import { numberText } from '../households/household.ts';
import { below } from '../places/below.ts';
import type { DueSource } from '../web/due.ts';
import type { Step } from './repair.ts';

interface Row { readonly id: string; readonly accept_by: string; readonly decide_by: string; readonly accepted: string | null; readonly household_no: number; readonly path: string; readonly village: string }
const over: readonly Step[] = ['returned', 'granted', 'refused'];

/** Applications for repair: first to be taken up, then to be decided. */
export const repairDues: readonly DueSource[] = [{
  name: 'repair', says: '办理信用修复申请', icon: 'half', power: 'repair.decide',
  async list(read, { paths, until }) {
    const rows: Row[] = await read('repairs').join('households', 'households.id', 'repairs.household').join('places', 'places.no', 'households.village_no')
      .leftJoin('repair_steps as accepted', join => join.on('accepted.repair', 'repairs.id').andOnVal('accepted.step', 'accepted'))
      .whereNotExists(read('repair_steps').whereRaw('repair_steps.repair = repairs.id').whereIn('step', [...over]).select('id')).where(below(paths, 'places.path')).where('repairs.accept_by', '<=', until)
      .orderBy('repairs.accept_by').orderBy('repairs.id').select('repairs.id', 'repairs.accept_by', 'repairs.decide_by', 'accepted.id as accepted', 'households.household_no', 'places.path', 'places.name as village');
    return rows.map(row => ({ about: row.id, due: row.accepted === null ? row.accept_by : row.decide_by, path: row.path, href: `/repairs/${row.id}`, title: `${row.accepted === null ? '受理' : '决定'}信用修复：${row.village} ${numberText(row.household_no)} 号户` })).filter(one => one.due <= until);
  },
}];
