import { actorId, type Actor } from '../access/actor.ts';
import { newId } from '../kit/id.ts';
import { mayBeRated } from '../consents/queries.ts';
import { householdSubject } from '../households/subject.ts';
import type { Office } from '../office.ts';
import { inUnit } from '../store/unit.ts';
import { followCase } from './follow.ts';
import { undoing } from './observation.ts';
import { observations } from './refusals.ts';
import type { SheetSource } from './sheet.ts';
import { isSinceAward } from './since-award.ts';
import { stageSheet } from './stage.ts';
import { lastSeq, openForFacts, worldOf } from './world.ts';

/** Takes back the actor's last save of a household: another sheet that restores what stood before. Late once somebody wrote after it. */
export async function undoSheet(office: Office, actor: Actor, given: { readonly round: number; readonly household: string; readonly seq: number }): Promise<{ readonly seq: number }> {
  return inUnit(office, actor, [`household:${given.household}`], async unit => {
    const world = await worldOf(unit.read, given.round, given.household);
    const subject = householdSubject(world.household);
    unit.require('observation.record', subject);
    openForFacts(world, await mayBeRated(unit.read, given.household, unit.day), await isSinceAward(unit.read, world, [given.seq]));
    const last = world.sheets.at(-1);
    if (last === undefined || last.seq !== given.seq || last.by !== actorId(actor) || last.spans.length > 0) return observations.refuse('undo-late');
    const staged = stageSheet(unit, { ...world, round: given.round, subject: world.household.no }, { id: newId(), base: lastSeq(world), body: undoing(world.sheets, [given.seq], '撤回刚才的保存'), source: last.source as SheetSource, batch: null });
    followCase(unit, world.standing, { standard: world.compiled.standard, ...staged, signOffs: world.signOffs });
    unit.record({ act: 'observation.undone', power: 'observation.record', subject });
    return { seq: staged.seq };
  });
}
