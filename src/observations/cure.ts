import { may } from '../access/may.ts';
import { actorId, type Actor } from '../access/actor.ts';
import type { Subject } from '../access/subject.ts';
import { mayBeRated } from '../consents/queries.ts';
import { keepEvidence, type EvidenceSource } from '../households/evidence.ts';
import { householdSubject } from '../households/subject.ts';
import { fault } from '../kit/faults.ts';
import { common } from '../kit/refusals.ts';
import type { Day } from '../kit/time.ts';
import type { Office } from '../office.ts';
import { inUnit } from '../store/unit.ts';
import { happeningOf } from './checks.ts';
import { followCase } from './follow.ts';
import { emptyBody, type EventState } from './observation.ts';
import type { Outcome } from './record.ts';
import { observations } from './refusals.ts';
import type { SheetSource } from './sheet.ts';
import { stageSheet } from './stage.ts';
import { lastSeq, openForFacts, worldOf, wroteDown, type World } from './world.ts';

export interface Curing {
  /** Minted by the form: the same one sent twice is taken once. */
  readonly id: string;
  readonly round: number;
  readonly household: string;
  readonly event: string;
  readonly on: Day;
  readonly note: string;
  readonly photos: readonly EvidenceSource[];
  readonly source: Extract<SheetSource, 'grid' | 'village'>;
}

/** Whether this person's word alone is enough: the village committee's is; who only takes facts down, or wrote this very thing down, shows a photo. So nobody lets off alone what he wrote down himself. */
export const needsNoProof = (actor: Actor, subject: Subject): boolean => may(actor, 'observation.settle', subject) === true;

/** Writes down that something that took points was put right, from which day on: what that changes the standard says. It needs no signature, for it takes nothing from the household. */
export async function cureEvent(office: Office, actor: Actor, given: Curing): Promise<Outcome> {
  return inUnit(office, actor, [`household:${given.household}`], async unit => {
    const [world, isRatable] = await Promise.all([worldOf(unit.read, given.round, given.household), mayBeRated(unit.read, given.household, unit.day)]);
    const { standard } = world.compiled;
    const subject = householdSubject(world.household);
    unit.require('observation.record', subject);
    const sent = world.saved.get(given.id);
    if (sent !== undefined) return unit.nothingNew<Outcome>({ outcome: 'repeated', seq: sent, contested: [], picture: world.picture, standard });
    openForFacts(world, isRatable, true);
    const { entry } = curable(world, given.event);
    if (given.on < entry.day) fault('on', 'early', '改正的日子不能早于这件事发生的日子。');
    if (given.on > unit.day) fault('on', 'late', '这一天还没到，可能是按错了。');
    if (given.photos.length === 0 && (wroteDown(world, given.event, actorId(actor)) || !needsNoProof(actor, subject))) observations.refuse('cure-unproved', { field: 'photo' });
    const evidence: string[] = [];
    for (const source of given.photos) evidence.push(await keepEvidence(office, unit, { subject: given.household, kind: 'photo', source }));
    const cure = { id: given.event, on: given.on, note: given.note, ...evidence.length === 0 ? {} : { evidence } };
    const staged = stageSheet(unit, { ...world, round: given.round, subject: world.household.no }, { id: given.id, base: lastSeq(world), body: { ...emptyBody, cured: [cure] }, source: given.source, batch: null });
    followCase(unit, world.standing, { standard, ...staged, signOffs: world.signOffs });
    unit.record({ act: 'observation.cured', power: 'observation.record', subject });
    return { outcome: 'current', seq: staged.seq, contested: [], picture: staged.picture, standard };
  });
}

/** The event, if it stands, takes points and is not put right yet. */
export function curable({ picture, compiled }: Pick<World, 'picture' | 'compiled'>, id: string): EventState {
  const event = picture.events.get(id);
  if (event === undefined) return observations.refuse('event-unknown');
  if (event.voided !== undefined) observations.refuse('event-voided');
  if (event.cured !== undefined) observations.refuse('event-cured');
  if (happeningOf(compiled.standard, event.entry)?.isNegative !== true) common.refuse('bad-request', { say: '这件事不减分，没有什么要改正的。' });
  return event;
}
