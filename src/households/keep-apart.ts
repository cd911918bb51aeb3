import { actorId, type Actor } from '../access/actor.ts';
import type { Office } from '../office.ts';
import { inUnit } from '../store/unit.ts';
import { loadHousehold } from './load.ts';
import { households } from './refusals.ts';
import { householdSubject } from './subject.ts';

/** Two households were looked at side by side and are two: the screening does not ask again. */
export async function keepApart(office: Office, actor: Actor, given: { readonly one: string; readonly other: string }): Promise<void> {
  if (given.one === given.other) households.refuse('same-household');
  const [one, other] = [given.one, given.other].sort() as [string, string];
  await inUnit(office, actor, [`household:${one}`, `household:${other}`], async unit => {
    const [left, right] = [await loadHousehold(unit.read, one), await loadHousehold(unit.read, other)];
    unit.require('household.reshape', householdSubject(left.key));
    unit.require('household.reshape', householdSubject(right.key));
    if (await unit.read('apart').where({ one, other }).first('one') !== undefined) return unit.nothingNew(undefined);
    unit.insert('apart', { one, other, at: unit.at, by: actorId(actor) });
    unit.record({ act: 'household.kept-apart', power: 'household.reshape', subject: householdSubject(left.key) });
    return undefined;
  });
}
