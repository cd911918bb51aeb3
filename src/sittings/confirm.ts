import { actorId, type Actor } from '../access/actor.ts';
import type { Office } from '../office.ts';
import { pass, type Seen } from '../panels/pass.ts';
import { sendBack } from '../panels/return.ts';
import { isOwnPin } from '../people/pin.ts';
import { caseKeys } from '../ratings/run.ts';
import type { Unit } from '../store/unit.ts';
import { sendTitleBack, stepUp } from '../titles/decide.ts';
import { titleOf } from '../titles/queries.ts';
import { inSitting } from './in-sitting.ts';
import { unmoved, wholeSitting, type Whole } from './load.ts';
import { writeMinutes } from './minutes.ts';
import { sittings } from './refusals.ts';
import { kinds } from './sitting.ts';

/**
 * A member confirms what was decided, with the own PIN on the tablet that all share. With enough of them, the chair among them, it counts: the cases move by the same acts
 * as if one had pressed the button, and the minutes are written, all at once or not at all.
 */
export async function confirm(office: Office, actor: Actor, given: { readonly id: string; readonly officer: string; readonly pin: string }): Promise<'waits' | 'done' | 'refused'> {
  const { round, place, items } = await wholeSitting(office.read, given.id);
  const keys = [`officer:${given.officer}`, `round:${round.no}`, `household:${place.id}`, ...items.flatMap(item => item.cases.flatMap(one => caseKeys(round.no, one)))];
  return inSitting(office, actor, { id: given.id, from: ['confirming'], act: 'sitting.confirmed', keys }, async (unit: Unit, whole) => {
    const { sitting, present, confirmed } = whole;
    if (!present.some(seat => seat.officer === given.officer)) sittings.refuse('sitting-not-seated', { field: 'officer' });
    if (confirmed.includes(given.officer)) sittings.refuse('sitting-confirmed', { field: 'officer' });
    if (!await isOwnPin(office, unit, given.officer, given.pin)) return 'refused';
    unit.insert('sitting_confirmations', { sitting: sitting.id, officer: given.officer, version: sitting.version, at: unit.at, by: actorId(actor) });
    if (stillWanted(whole, [...confirmed, given.officer]).count > 0) return 'waits';
    await carryOut(unit, whole);
    await writeMinutes(unit, whole, given.officer);
    unit.change('sittings', { id: sitting.id, state: 'done', ended_at: unit.at });
    return 'done';
  });
}

/** How many more must confirm, and whether the chair is among them. */
export function stillWanted({ sitting, present }: Pick<Whole, 'sitting' | 'present'>, confirmed: readonly string[]): { readonly count: number; readonly chair: boolean } {
  const chair = !confirmed.includes(sitting.chair);
  return { count: Math.max(Math.min(sitting.confirms, present.length) - confirmed.length, chair ? 1 : 0), chair };
}

/** What moved since the members saw it is left out; the minutes say so. */
async function carryOut(unit: Unit, whole: Whole): Promise<void> {
  const { sitting, round, place, items } = whole;
  const { step } = kinds[sitting.stage];
  const decided = (outcome: string) => items.filter(item => item.outcome === outcome && unmoved(item).length > 0);
  if (step.of === 'title') {
    const title = await titleOf(unit.read, round.no, place.no);
    if (decided('pass').length > 0) await stepUp(unit, title, { round, place, mark_seq: title.mark_seq, step: step.step, sitting: sitting.id });
    for (const item of decided('return')) sendTitleBack(unit, title, { reason: item.words, sitting: sitting.id });
    return;
  }
  const at = { round, village: place, stage: step.stage, sitting: sitting.id };
  const passed = decided('pass').flatMap(item => unmoved(item)).map(seen);
  if (passed.length > 0) await pass(unit, { ...at, cases: passed });
  for (const item of decided('return')) await sendBack(unit, { ...at, cases: unmoved(item).map(seen), reason: item.words });
}

const seen = ({ subject, id, mark_seq }: Seen): Seen => ({ subject, id, mark_seq });
