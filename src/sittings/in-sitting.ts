import type { Actor } from '../access/actor.ts';
import { inUnit, type Desk, type Unit } from '../store/unit.ts';
import { sittingSubject } from './bench.ts';
import { wholeSitting, type Whole } from './load.ts';
import { sittings } from './refusals.ts';
import { kinds, states, type State } from './sitting.ts';

/**
 * One act of a sitting: nobody else acts on it meanwhile, the actor holds the power of what is decided, and the sitting stands where the page showed it.
 * What two people press at once is done once; the other is told how the sitting stands now. `refused`: the act has staged its own refusal.
 */
export async function inSitting<T>(desk: Desk, actor: Actor, given: { readonly id: string; readonly from: readonly State[]; readonly act: string; readonly keys?: readonly string[] }, act: (unit: Unit, whole: Whole) => Promise<T> | T): Promise<T> {
  return inUnit(desk, actor, [`sitting:${given.id}`, ...given.keys ?? []], async unit => {
    const whole = await wholeSitting(unit.read, given.id);
    const { stage, state } = whole.sitting;
    const subject = sittingSubject(stage, whole.place);
    unit.require(kinds[stage].power, subject);
    if (!given.from.includes(state)) sittings.refuse('sitting-moved-on', { state: states[state] });
    const outcome = await act(unit, whole);
    if (outcome !== 'refused') unit.record({ act: given.act, power: kinds[stage].power, subject });
    return outcome;
  });
}
