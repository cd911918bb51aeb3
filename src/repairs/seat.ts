import type { Knex } from 'knex';
import type { Subject } from '../access/subject.ts';
import { householdKey, householdSubject } from '../households/subject.ts';
import { recorderOf, tellingsOf } from '../tellings/queries.ts';
import type { Repair } from './queries.ts';

/** Who decides: nobody who wrote the thing down, confirmed it, or handed the application in. */
export async function decideSubject(read: Knex, repair: Pick<Repair, 'household' | 'event' | 'by'>): Promise<Subject> {
  const key = await householdKey(read, repair.household);
  const [recorder, done] = [await recorderOf(read, key.no, repair.event), await tellingsOf(read, repair.event)];
  return {
    ...householdSubject(key), barred: [
      ...recorder === undefined ? [] : [{ officer: recorder, why: '这件事是您记的，请换一位同志决定' }],
      ...done.filter(one => one.step === 'confirmed').map(one => ({ officer: one.by, why: '这件事是您核实的，请换一位同志决定' })),
      { officer: repair.by, why: '申请是您登记的，请换一位同志决定' },
    ],
  };
}
