import { actorId, type Actor } from '../access/actor.ts';
import type { Office } from '../office.ts';
import { placeByNo, placeSubject } from '../places/queries.ts';
import { inUnit } from '../store/unit.ts';
import { checkById, type Finding } from './queries.ts';
import { fairness } from './refusals.ts';

/** Says in words what was found. What is wrong is put right where it stands, by the acts that are there for it. */
export async function answerCheck(office: Office, actor: Actor, given: { readonly id: string; readonly finding: Finding; readonly words: string }): Promise<void> {
  const { round, village } = await checkById(office.read, given.id);
  await inUnit(office, actor, [`fair-checks:${round}:${village}`], async unit => {
    const check = await checkById(unit.read, given.id);
    const subject = placeSubject(await placeByNo(unit.read, check.village));
    unit.require('check.answer', { ...subject, barred: check.officer === '' ? [] : [{ officer: check.officer, why: '查的就是您办的事，请换一位同志' }] });
    if (check.assigned !== actorId(actor)) fairness.refuse('check-others', { who: check.assignee });
    if (check.finding !== null) fairness.refuse('check-settled');
    unit.insert('fair_findings', { check: check.id, finding: given.finding, words: given.words, day: unit.day, at: unit.at, by: actorId(actor) });
    unit.record({ act: 'fairness.check-answered', power: 'check.answer', subject });
  });
}
