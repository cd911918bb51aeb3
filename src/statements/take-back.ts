import type { Actor } from '../access/actor.ts';
import { householdKey, householdSubject } from '../households/subject.ts';
import { common } from '../kit/refusals.ts';
import type { Office } from '../office.ts';
import { bury } from '../store/bury.ts';
import type { Row } from '../store/dialect.ts';
import { inUnit } from '../store/unit.ts';

/** The person takes it back: the words go for good, and stand beside nothing any more; the ledger keeps that there were some. */
export async function takeBackStatement(office: Office, actor: Actor, given: { readonly household: string; readonly id: string }): Promise<void> {
  await inUnit(office, actor, [`household:${given.household}`], async unit => {
    const household = await householdKey(unit.read, given.household);
    const subject = householdSubject(household);
    unit.require('statement.keep', subject);
    const rows: Row[] = await unit.read('statements').where({ id: given.id, subject: household.no }).select('*');
    if (rows.length === 0) common.refuse('not-found');
    bury(unit, 'statements', rows);
    unit.record({ act: 'statement.taken-back', power: 'statement.keep', subject });
  });
}
