import type { Knex } from 'knex';
import { numberText } from '../households/household.ts';
import { below } from '../places/below.ts';
import type { Asked, Due, DueSource } from '../web/due.ts';
import { answerPower, rightKinds, type RightKind, type Step } from './right.ts';

interface Row { readonly id: string; readonly kind: RightKind; readonly due_on: string; readonly household_no: number; readonly path: string; readonly village: string }
const over: readonly Step[] = ['granted', 'partly', 'refused', 'dropped'];

/** Requests that wait for an answer: what only the township may do falls to the township, the rest to the village. */
async function waiting(read: Knex, { paths, until }: Asked, ofTownship: boolean): Promise<readonly Due[]> {
  const rows: Row[] = await read('rights_requests').join('members', 'members.id', 'rights_requests.member').join('households', 'households.id', 'members.household').join('places as villages', 'villages.no', 'households.village_no')
    .join('places as seats', 'seats.no', ofTownship ? 'villages.parent_no' : 'villages.no')
    .where('rights_requests.due_on', '<=', until).where(below(paths, 'seats.path')).whereNotExists(read('rights_steps').whereRaw('rights_steps.request = rights_requests.id').whereIn('step', [...over]).select('id'))
    .orderBy('rights_requests.due_on').orderBy('rights_requests.id').select('rights_requests.id', 'rights_requests.kind', 'rights_requests.due_on', 'households.household_no', 'seats.path', 'villages.name as village');
  return rows.filter(row => (answerPower(row.kind) !== 'right.answer') === ofTownship).map(row => ({ about: row.id, due: row.due_on, path: row.path, href: `/rights/${row.id}`, title: `权益窗口，${rightKinds[row.kind]}：${row.village} ${numberText(row.household_no)} 号户` }));
}

const common = { says: '答复权益窗口的请求', icon: 'file' } as const;
export const rightDues: readonly DueSource[] = [
  { ...common, name: 'right', power: 'right.answer', list: (read, asked) => waiting(read, asked, false) },
  { ...common, name: 'right-township', power: 'household.forget', list: (read, asked) => waiting(read, asked, true) },
];
