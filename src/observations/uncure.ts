import { actorId, type Actor } from '../access/actor.ts';
import { mayBeRated } from '../consents/queries.ts';
import { householdSubject } from '../households/subject.ts';
import { common } from '../kit/refusals.ts';
import type { Office } from '../office.ts';
import { inUnit } from '../store/unit.ts';
import { needsNoProof } from './cure.ts';
import { followCase } from './follow.ts';
import { emptyBody } from './observation.ts';
import { observations } from './refusals.ts';
import type { SheetSource } from './sheet.ts';
import { isSinceAward } from './since-award.ts';
import { stageSheet } from './stage.ts';
import { lastSeq, openForFacts, worldOf } from './world.ts';

export interface Uncuring { readonly id: string; readonly round: number; readonly household: string; readonly event: string; readonly source: Extract<SheetSource, 'grid' | 'village'> }

/** Takes back that something was put right, because it was not. Whoever said so may, and the village committee. */
export async function uncureEvent(office: Office, actor: Actor, given: Uncuring): Promise<void> {
  await inUnit(office, actor, [`household:${given.household}`], async unit => {
    const [world, isRatable] = await Promise.all([worldOf(unit.read, given.round, given.household), mayBeRated(unit.read, given.household, unit.day)]);
    const { standard } = world.compiled;
    const subject = householdSubject(world.household);
    unit.require('observation.record', subject);
    if (world.saved.has(given.id)) return unit.nothingNew(undefined);
    openForFacts(world, isRatable, await isSinceAward(unit.read, world, [world.picture.events.get(given.event)?.cured?.seq ?? 0]));
    const event = world.picture.events.get(given.event);
    if (event === undefined || event.voided !== undefined) return observations.refuse('event-unknown');
    const { cured } = event;
    if (cured === undefined) return observations.refuse('event-not-cured');
    const isOwn = world.sheets.find(sheet => sheet.seq === cured.seq)?.by === actorId(actor);
    if (!isOwn && !needsNoProof(actor, subject)) common.refuse('not-allowed', { why: '别人记的改正，由村里来改' });
    const staged = stageSheet(unit, { ...world, round: given.round, subject: world.household.no }, { id: given.id, base: lastSeq(world), body: { ...emptyBody, uncured: [given.event] }, source: given.source, batch: null });
    followCase(unit, world.standing, { standard, ...staged, signOffs: world.signOffs });
    unit.record({ act: 'observation.uncured', power: 'observation.record', subject });
    return undefined;
  });
}
