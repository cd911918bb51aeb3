import type { Actor } from '../access/actor.ts';
import { actorId } from '../access/actor.ts';
import type { Subject } from '../access/subject.ts';
import { keepEvidence, type EvidenceSource } from '../households/evidence.ts';
import { householdSubject } from '../households/subject.ts';
import { newId } from '../kit/id.ts';
import type { Knex } from 'knex';
import { emptyBody, type EventEntry } from '../observations/observation.ts';
import { observations } from '../observations/refusals.ts';
import { isWaiting } from '../observations/span.ts';
import { followCase } from '../observations/follow.ts';
import { stageSheet } from '../observations/stage.ts';
import { lastSeq, worldOf, type World } from '../observations/world.ts';
import type { Office } from '../office.ts';
import { inUnit } from '../store/unit.ts';
import { recorderOf, tellingsOf } from './queries.ts';
import { tellings } from './refusals.ts';

export interface Confirming { readonly round: number; readonly household: string; readonly event: string; /** Whether what was found bears it out. */ readonly holds: boolean; readonly words: string; readonly photos: readonly EvidenceSource[] }

/** A second pair of eyes: somebody other than who wrote it down says that it is so, on evidence, or that it is not; then it is struck and counts nothing. */
export async function confirmEvent(office: Office, actor: Actor, given: Confirming): Promise<void> {
  await inUnit(office, actor, [`household:${given.household}`], async unit => {
    const world = await worldOf(unit.read, given.round, given.household);
    const subject = await confirmSubject(unit.read, world, given.event);
    unit.require('telling.confirm', subject);
    const entry = waitingEvent(world, given.event);
    if ((await tellingsOf(unit.read, given.event)).some(one => one.step === 'confirmed')) tellings.refuse('telling-settled');
    if (given.holds && (entry.evidence ?? []).length === 0 && given.photos.length === 0) tellings.refuse('telling-unproved', { field: 'photo' });
    const [evidence = null] = await Promise.all(given.photos.slice(0, 1).map(source => keepEvidence(office, unit, { subject: given.household, kind: 'photo', source })));
    if (given.holds) unit.insert('tellings', { id: newId(), household: given.household, event: given.event, step: 'confirmed', day: unit.day, how: '', words: given.words, counts_from: null, evidence, salt: newId(), at: unit.at, by: actorId(actor) });
    else {
      const staged = stageSheet(unit, { ...world, round: given.round, subject: world.household.no }, { id: newId(), base: lastSeq(world), body: { ...emptyBody, voided: [{ id: given.event, why: `核实不成立：${given.words}` }] }, source: 'process', batch: null });
      followCase(unit, world.standing, { standard: world.compiled.standard, ...staged, signOffs: world.signOffs });
    }
    unit.record({ act: given.holds ? 'telling.confirmed' : 'telling.struck', power: 'telling.confirm', subject });
  });
}

/** The household, closed to whoever wrote the thing down. */
export async function confirmSubject(read: Knex, { household }: Pick<World, 'household'>, event: string): Promise<Subject> {
  const recorder = await recorderOf(read, household.no, event);
  return { ...householdSubject(household), barred: recorder === undefined ? [] : [{ officer: recorder, why: '这件事是您记的，请换一位同志核实' }] };
}

/** What takes points and has not been told yet. */
export function waitingEvent({ picture }: Pick<World, 'picture'>, id: string): EventEntry {
  const event = picture.events.get(id);
  if (event === undefined) return observations.refuse('event-unknown');
  if (event.voided !== undefined) observations.refuse('event-voided');
  if (!isWaiting(event.entry)) tellings.refuse('telling-settled');
  return event.entry;
}
