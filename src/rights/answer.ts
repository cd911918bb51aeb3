import { actorId, type Actor } from '../access/actor.ts';
import { fault } from '../kit/faults.ts';
import { newId } from '../kit/id.ts';
import type { Office } from '../office.ts';
import { reopenIfSettled } from '../objections/answer.ts';
import { caseKeys } from '../ratings/run.ts';
import { mustNameNoOther } from '../households/others-named.ts';
import { householdKey } from '../households/subject.ts';
import { caseOf, roundById } from '../rounds/round.ts';
import { inUnit } from '../store/unit.ts';
import { rightById } from './queries.ts';
import { rights } from './refusals.ts';
import { answerPower, outcomesOf, standingOf, type Outcome } from './right.ts';
import { answerSubject } from './seat.ts';

export interface Answering { readonly id: string; readonly outcome: Outcome; readonly words: string }

/** Answers in writing what somebody asked for. A result found wrong by the second look goes back to be collected and rated anew; nothing else changes by an answer alone. */
export async function answerRight(office: Office, actor: Actor, given: Answering): Promise<void> {
  const asked = await rightById(office.read, given.id);
  const key = await householdKey(office.read, asked.household);
  const round = asked.kind === 'review' ? (await roundById(office.read, asked.about)).no : undefined;
  await inUnit(office, actor, round === undefined ? [`household:${key.id}`] : [...caseKeys(round, { subject: key.no, id: key.id }), `round:${round}`], async unit => {
    const right = await rightById(unit.read, given.id);
    const [subject, power] = [await answerSubject(unit.read, right), answerPower(right.kind)];
    unit.require(power, subject);
    if (standingOf(right) !== 'open') rights.refuse('right-settled');
    if (!outcomesOf(right.kind).some(one => one.key === given.outcome)) fault('outcome', 'unknown', '请从列出的答复里选一个。');
    await mustNameNoOther(unit.read, key, { words: given.words });
    unit.insert('rights_steps', { id: newId(), request: given.id, step: given.outcome, day: unit.day, words: given.words, salt: newId(), at: unit.at, by: actorId(actor) });
    if (round !== undefined && given.outcome === 'granted') await reopenIfSettled(unit, await caseOf(unit.read, round, key.no), 'household', '人工复核，重新核实');
    unit.record({ act: 'right.answered', power, subject });
  });
}
