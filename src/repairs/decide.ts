import { actorId, type Actor } from '../access/actor.ts';
import { mustNameNoOther } from '../households/others-named.ts';
import { householdKey } from '../households/subject.ts';
import { newId } from '../kit/id.ts';
import { stageSpan } from '../observations/stage-span.ts';
import { worldOf } from '../observations/world.ts';
import type { Office } from '../office.ts';
import { inUnit, type Unit } from '../store/unit.ts';
import { repairById, roundOf, type Repair } from './queries.ts';
import { repairs } from './refusals.ts';
import { standingOf, type Step } from './repair.ts';
import { decideSubject } from './seat.ts';

/** Grants or refuses, with the reason. Granted, the thing counts and is shown no longer from this day on, in every round in which it stands. */
export async function decideRepair(office: Office, actor: Actor, given: { readonly id: string; readonly grants: boolean; readonly words: string }): Promise<void> {
  await settle(office, actor, given, { step: given.grants ? 'granted' : 'refused', from: 'accepted' });
}

/** The pledge turned out not to be true: the thing counts again, to the day on which it ends by itself. */
export async function recallRepair(office: Office, actor: Actor, given: { readonly id: string; readonly words: string }): Promise<void> {
  await settle(office, actor, given, { step: 'recalled', from: 'granted' });
}

async function settle(office: Office, actor: Actor, given: { readonly id: string; readonly words: string }, { step, from }: { readonly step: Extract<Step, 'granted' | 'refused' | 'recalled'>; readonly from: 'accepted' | 'granted' }): Promise<void> {
  const { household } = await repairById(office.read, given.id);
  await inUnit(office, actor, [`household:${household}`], async unit => {
    const repair = await repairById(unit.read, given.id);
    const subject = await decideSubject(unit.read, repair);
    unit.require('repair.decide', subject);
    if (standingOf(repair.steps) !== from) repairs.refuse('repair-settled');
    await mustNameNoOther(unit.read, await householdKey(unit.read, household), { words: given.words });
    unit.insert('repair_steps', { id: newId(), repair: given.id, step, day: unit.day, words: given.words, salt: newId(), at: unit.at, by: actorId(actor) });
    if (step !== 'refused') await turn(unit, repair, step === 'granted');
    unit.record({ act: `repair.${step}`, power: 'repair.decide', subject });
  });
}

async function turn(unit: Unit, { household, event }: Repair, isRepaired: boolean): Promise<void> {
  const { no } = await householdKey(unit.read, household);
  const round = await roundOf(unit.read, no, event) ?? repairs.refuse('repair-settled');
  const entry = (await worldOf(unit.read, Number(round.no), household)).picture.events.get(event)?.entry;
  const begins = entry?.span?.from ?? entry?.day ?? unit.day;
  await stageSpan(unit, { household, event, span: isRepaired ? { from: begins, until: unit.day } : { from: begins } });
}
