import type { Actor } from '../access/actor.ts';
import { inUnit, type Desk } from '../store/unit.ts';
import { placeSubject } from '../places/queries.ts';
import { recalled } from '../rounds/follow-cases.ts';
import { caseColumns, mark, type Case } from '../rounds/mark.ts';
import { roundStillOpen } from '../rounds/round.ts';
import { keysOf, mustNotStandAside, type Passed, type DocketAt } from './pass.ts';
import { panels } from './refusals.ts';
import { stages } from './stage.ts';

/** Takes back what one act passed, as long as nothing came after it: all that it moved and that still stand there. Nobody who stands aside from one of them does so. */
export async function undoPass(desk: Desk, actor: Actor, given: DocketAt & { readonly unit: number }): Promise<Passed> {
  const { round, village, stage } = given;
  const { power, undo, done, mark: step } = stages[stage];
  const households: { id: string; subject: number }[] = await desk.read('marks').join('households', 'households.no', 'marks.subject').where({ 'marks.round': round.no, 'marks.unit': given.unit, 'marks.mark': step }).whereIn('marks.subject', desk.read('cases').where({ round: round.no, village: village.no }).select('subject')).select('households.id', 'marks.subject');
  return inUnit(desk, actor, keysOf({ round, cases: households }), async unit => {
    const subject = placeSubject(village);
    unit.require(power, subject);
    await roundStillOpen(unit.read, round.no);
    const cases: Case[] = await unit.read('cases').where({ round: round.no, village: village.no, standing: done }).whereIn('subject', households.map(one => one.subject))
      .whereExists(unit.read('marks').whereRaw('marks.round = cases.round and marks.subject = cases.subject and marks.seq = cases.mark_seq').where('marks.unit', given.unit).select(unit.read.raw('1')))
      .select(...caseColumns);
    if (cases.length === 0) panels.refuse('nothing-to-undo');
    const moving = new Set(cases.map(one => one.subject));
    mustNotStandAside(unit, power, { village, cases: households.filter(one => moving.has(Number(one.subject))) });
    if (undo === 'unapproved') await recalled(unit, cases, 'unapproved');
    mark(unit, cases, { mark: undo, track: 'household' });
    unit.record({ act: `panels.${undo}`, power, subject });
    return { unit: unit.no, count: cases.length };
  });
}
