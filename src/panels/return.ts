import type { Actor } from '../access/actor.ts';
import { inUnit, type Desk } from '../store/unit.ts';
import { placeSubject } from '../places/queries.ts';
import { mark } from '../rounds/mark.ts';
import { casesSeen, keysOf, type Passed, type Seen, type Sitting } from './pass.ts';

/** The township sends households back to the village, saying why. */
export async function returnCases(desk: Desk, actor: Actor, given: Pick<Sitting, 'round' | 'village'> & { readonly cases: readonly Seen[]; readonly reason: string }): Promise<Passed> {
  return inUnit(desk, actor, keysOf(given), async unit => {
    const subject = placeSubject(given.village);
    unit.require('case.review', subject);
    const cases = await casesSeen(unit, 'case.review', given);
    mark(unit, cases, { mark: 'returned', track: 'household', words: given.reason, reason: given.reason });
    unit.record({ act: 'panels.returned', power: 'case.review', subject });
    return { unit: unit.no, count: cases.length };
  });
}
