import { actorId, type Actor } from '../access/actor.ts';
import { fault } from '../kit/faults.ts';
import { newId } from '../kit/id.ts';
import { common } from '../kit/refusals.ts';
import type { Day } from '../kit/time.ts';
import { committeeRules } from '../panels/committee-rules.ts';
import type { Place } from '../places/place.ts';
import { roundStillOpen, type Round } from '../rounds/round.ts';
import { inUnit, type Desk } from '../store/unit.ts';
import { benchFor, sittingSubject } from './bench.ts';
import { sittingsAt } from './load.ts';
import { sittings } from './refusals.ts';
import { isUnderWay, kinds, type Ballot, type SittingStage } from './sitting.ts';

export interface Convening { readonly round: Round; readonly place: Place; readonly stage: SittingStage; readonly day: Day; readonly venue: string; readonly chair: string; readonly ballot: Ballot }

/** Calls a committee together. Everybody with a post in it has a seat; the rules of the office at this moment hold for this sitting. One at a time for each docket. */
export async function convene(desk: Desk, actor: Actor, given: Convening): Promise<string> {
  const { round, place, stage } = given;
  const { power, decided, step } = kinds[stage];
  if ((step.of === 'households') !== (place.kind === 'village') && !(step.of === 'title' && place.kind === 'village')) common.refuse('not-found');
  return inUnit(desk, actor, [`round:${round.no}`, `sittings:${round.no}:${place.no}:${stage}`], async unit => {
    const subject = sittingSubject(stage, place);
    unit.require(power, subject);
    await roundStillOpen(unit.read, round.no);
    const open = (await sittingsAt(unit.read, { round: round.no, places: [place.no] })).find(one => one.stage === stage && isUnderWay(one.state));
    if (open !== undefined) sittings.refuse('sitting-open-already', { href: `/sittings/${open.id}` });
    const { members } = await benchFor(unit.read, { stage, place, day: unit.day });
    if (!members.some(member => member.officer === given.chair)) fault('chair', 'option', '主持人要是这个会的成员。');
    const rule = (await committeeRules(unit.read))[decided];
    const id = newId();
    unit.insert('sittings', {
      id, round: round.no, place_no: place.no, stage, day: given.day, venue: given.venue, ballot: given.ballot, chair: given.chair, share: rule.share, confirms: rule.confirms,
      state: 'called', version: 1, opened_at: null, ended_at: null, at: unit.at, by: actorId(actor),
    });
    unit.insert('sitting_seats', members.map(member => ({ sitting: id, officer: member.officer, present: 0, voted: 0 })));
    unit.record({ act: 'sitting.convened', power, subject });
    return id;
  });
}
