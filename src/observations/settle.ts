import type { Actor } from '../access/actor.ts';
import { mayBeRated } from '../consents/queries.ts';
import { householdSubject } from '../households/subject.ts';
import type { Office } from '../office.ts';
import { inUnit } from '../store/unit.ts';
import { followCase } from './follow.ts';
import { emptyBody } from './observation.ts';
import { observations } from './refusals.ts';
import { stageSheet } from './stage.ts';
import { isSinceAward } from './since-award.ts';
import { lastSeq, openForFacts, worldOf } from './world.ts';

export interface Settling { readonly id: string; readonly round: number; readonly household: string; readonly indicator: string; readonly side: 'theirs' | 'ours' }

/** The village decides between two different answers to one question; both stay in the history. */
export async function settleContest(office: Office, actor: Actor, given: Settling): Promise<{ readonly seq: number }> {
  return inUnit(office, actor, [`household:${given.household}`], async unit => {
    const world = await worldOf(unit.read, given.round, given.household);
    const subject = householdSubject(world.household);
    unit.require('observation.settle', subject);
    const sent = world.saved.get(given.id);
    if (sent !== undefined) return unit.nothingNew({ seq: sent });
    const field = world.picture.fields.get(given.indicator);
    openForFacts(world, await mayBeRated(unit.read, given.household, unit.day), field?.kind === 'contested' && await isSinceAward(unit.read, world, [Math.max(field.theirs.seq, field.ours.seq)]));
    if (field?.kind !== 'contested') return observations.refuse('contest-settled');
    const body = { ...emptyBody, values: { [given.indicator]: field[given.side].fact }, settles: [given.indicator] };
    const staged = stageSheet(unit, { ...world, round: given.round, subject: world.household.no }, { id: given.id, base: lastSeq(world), body, source: 'village', batch: null });
    followCase(unit, world.standing, { standard: world.compiled.standard, ...staged, signOffs: world.signOffs });
    unit.record({ act: 'observation.settled', power: 'observation.settle', subject });
    return { seq: staged.seq };
  });
}
