import type { Actor } from '../access/actor.ts';
import { fault } from '../kit/faults.ts';
import type { Office } from '../office.ts';
import { inUnit } from '../store/unit.ts';
import { tell } from './event.ts';
import { isAdult, type Relation } from './household.ts';
import { changeable, loadHousehold, memberOf } from './load.ts';
import { householdSubject } from './subject.ts';
import { summaryOf } from './summary.ts';

/** Another member becomes head; everybody's relation is to the new head, so those given replace the old ones (`other` when not said). */
export async function changeHead(office: Office, actor: Actor, given: { readonly household: string; readonly rev: number; readonly head: string; readonly relations: Readonly<Record<string, Relation>> }): Promise<void> {
  await inUnit(office, actor, [`household:${given.household}`], async unit => {
    const loaded = await loadHousehold(unit.read, given.household);
    const subject = householdSubject(loaded.key);
    unit.require('household.keep', subject);
    const was = loaded.living.find(member => member.relation === 'head');
    if (was?.id === given.head) return unit.nothingNew(undefined);
    changeable(loaded, given.rev);
    const head = memberOf(loaded, given.head);
    if (!isAdult(head.birth_year, unit.day)) fault('head', 'minor', '户主要是成年人。家里只有未成年人的，请登记为未参评。');
    const after = loaded.living.map(member => {
      const relation: Relation = member.id === head.id ? 'head' : given.relations[member.id] ?? 'other';
      return { ...member, relation: member.id !== head.id && relation === 'head' ? 'other' as const : relation, sort: member.id === head.id ? 0 : member.sort + 1 };
    });
    unit.change('members', after.map(member => ({ id: member.id, relation: member.relation, sort: member.sort })));
    unit.change('households', { id: given.household, ...summaryOf(after), rev: loaded.row.rev + 1 });
    tell(unit, 'head', [{ household: given.household, body: { head: { was: was?.name ?? null, is: head.name } } }]);
    unit.record({ act: 'household.head-changed', power: 'household.keep', subject });
    return undefined;
  });
}
