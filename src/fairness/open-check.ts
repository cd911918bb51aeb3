import { actorId, type Actor } from '../access/actor.ts';
import { calendarNow } from '../calendar/queries.ts';
import { termsNow } from '../calendar/terms.ts';
import { addWorkingDays } from '../kit/calendar.ts';
import { fault } from '../kit/faults.ts';
import type { Office } from '../office.ts';
import { placeByNo, placeSubject } from '../places/queries.ts';
import { othersFor } from '../recusals/queries.ts';
import { roundByNo } from '../rounds/round.ts';
import { inUnit } from '../store/unit.ts';
import { checksOf } from './queries.ts';
import { fairness } from './refusals.ts';
import { pictureOf } from './picture.ts';
import { signalsIn } from './signals.ts';

export interface Opening { /** Minted by the form. */ readonly id: string; readonly round: number; readonly village: number; readonly signal: string; readonly assigned: string }

/** Asks somebody to look into a signal, whom it is not about. The figures are kept as they stand; no grade changes by it. */
export async function openCheck(office: Office, actor: Actor, given: Opening): Promise<void> {
  await inUnit(office, actor, [`fair-checks:${given.round}:${given.village}`], async unit => {
    const [round, village] = [await roundByNo(unit.read, given.round), await placeByNo(unit.read, given.village)];
    const subject = placeSubject(village);
    unit.require('fairness.check', subject);
    const before = await checksOf(unit.read, round.no, village.no);
    if (before.some(one => one.id === given.id)) return unit.nothingNew(undefined);
    if (before.some(one => one.signal === given.signal && one.finding === null)) fairness.refuse('check-open');
    const signal = signalsIn(await pictureOf(unit.read, round, village.no)).find(one => one.key === given.signal) ?? fairness.refuse('signal-gone');
    const able = await othersFor(unit.read, 'check.answer', subject, { day: unit.day, but: signal.officer ?? '' });
    if (!able.some(one => one.id === given.assigned)) fault('assigned', 'unknown', '请选一位管得到这个村、这件事又和他无关的同志。');
    unit.insert('fair_checks', {
      id: given.id, round: round.no, village: village.no, signal: signal.key, officer: signal.officer ?? '', figures: signal.words, assigned: given.assigned,
      due_on: addWorkingDays(unit.day, (await termsNow(unit.read)).reply, await calendarNow(unit.read)), at: unit.at, by: actorId(actor),
    });
    unit.record({ act: 'fairness.check-opened', power: 'fairness.check', subject });
    return undefined;
  });
}
