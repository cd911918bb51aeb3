import type { Actor } from '../access/actor.ts';
import { inUnit, type Desk, type Unit } from '../store/unit.ts';
import { placeSubject } from '../places/queries.ts';
import { mark } from '../rounds/mark.ts';
import { casesSeen, keysOf, mustNotStandAside, type DocketAt, type Passed, type Seen } from './pass.ts';

type Given = Pick<DocketAt, 'round' | 'village'> & { readonly cases: readonly Seen[]; readonly reason: string };

/** The township sends households back to the village, saying why. */
export async function returnCases(desk: Desk, actor: Actor, given: Given): Promise<Passed> {
  return inUnit(desk, actor, keysOf(given), async unit => {
    const subject = placeSubject(given.village);
    unit.require('case.review', subject);
    mustNotStandAside(unit, 'case.review', given);
    const count = await sendBack(unit, given);
    unit.record({ act: 'panels.returned', power: 'case.review', subject });
    return { unit: unit.no, count };
  });
}

/** Unit-level: these households go back. `sitting` names the meeting that decided it. */
export async function sendBack(unit: Unit, given: Given & { readonly sitting?: string }): Promise<number> {
  const cases = await casesSeen(unit, given);
  mark(unit, cases, { mark: 'returned', track: 'household', words: given.reason, reason: given.reason, ...given.sitting === undefined ? {} : { body: { sitting: given.sitting } } });
  return cases.length;
}
