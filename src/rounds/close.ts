import type { Actor } from '../access/actor.ts';
import type { Office } from '../office.ts';
import { placeByNo, placeSubject } from '../places/queries.ts';
import { inUnit } from '../store/unit.ts';
import { rounds } from './refusals.ts';
import { roundByNo } from './round.ts';

/** Ends a round: nothing in it changes any more. What stands open stays as it is and counts for nothing. */
export async function close(office: Office, actor: Actor, roundNo: number): Promise<void> {
  await turn(office, actor, roundNo, true);
}

/** Takes the ending back. */
export async function reopen(office: Office, actor: Actor, roundNo: number): Promise<void> {
  await turn(office, actor, roundNo, false);
}

async function turn(office: Office, actor: Actor, roundNo: number, isEnding: boolean): Promise<void> {
  await inUnit(office, actor, [`round:${roundNo}`], async unit => {
    const round = await roundByNo(unit.read, roundNo);
    const subject = placeSubject(await placeByNo(unit.read, round.place_no));
    unit.require('round.open', subject);
    if (isEnding === (round.closed_on !== null)) return isEnding ? unit.nothingNew(undefined) : rounds.refuse('round-not-closed');
    unit.change('rounds', { no: round.no, closed_on: isEnding ? unit.day : null });
    unit.record({ act: isEnding ? 'round.closed' : 'round.reopened', power: 'round.open', subject });
    return undefined;
  });
}
