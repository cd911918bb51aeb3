import { actorId, type Actor } from '../access/actor.ts';
import { mayBeRated } from '../consents/queries.ts';
import { householdSubject } from '../households/subject.ts';
import { keepEvidence, type EvidenceSource } from '../households/evidence.ts';
import type { Office } from '../office.ts';
import { inUnit } from '../store/unit.ts';
import { contestedIn } from './observation.ts';
import { followCase, isSigned } from './follow.ts';
import { observations } from './refusals.ts';
import { lackingIn } from './wanted.ts';
import { lastSeq, openForFacts, worldOf } from './world.ts';

/** How the household confirmed its sheet, or why it did not. */
export const signWays = { drawn: '在平板上签名', paper: '签在纸上', refused: '不愿签字', absent: '签不了字' } as const;
export type SignWay = keyof typeof signWays;

export interface Signing { readonly round: number; readonly household: string; readonly how: SignWay; readonly reason: string; readonly drawing?: EvidenceSource }

/** The household checked the sheet as it now stands. Whole and signed, the case is collected. */
export async function signSheet(office: Office, actor: Actor, given: Signing): Promise<{ readonly collected: boolean }> {
  return inUnit(office, actor, [`household:${given.household}`], async unit => {
    const world = await worldOf(unit.read, given.round, given.household);
    const subject = householdSubject(world.household);
    unit.require('observation.record', subject);
    openForFacts(world, await mayBeRated(unit.read, given.household, unit.day));
    const { standard } = world.compiled;
    const count = lackingIn(standard, world.picture).length + contestedIn(world.picture).filter(key => !lackingIn(standard, world.picture).some(each => each.key === key)).length;
    if (count > 0 || world.sheets.length === 0) observations.refuse('sheet-incomplete', { count });
    const signed = world.signOffs;
    if (isSigned(world.sheets, signed) && signed.some(each => each.sheet === lastSeq(world))) observations.refuse('signed-already');
    if (given.how === 'drawn' && given.drawing === undefined) observations.refuse('signature-missing', { field: 'drawing' });
    const evidence = given.drawing === undefined ? null : await keepEvidence(office, unit, { subject: given.household, kind: 'signature', source: given.drawing });
    const row = { round: given.round, subject: world.household.no, sheet: lastSeq(world), how: given.how, reason: given.reason, evidence, at: unit.at, by: actorId(actor) };
    unit.insert('sign_offs', row);
    const after = followCase(unit, world.standing, { standard, picture: world.picture, sheets: world.sheets, signOffs: [...signed, row], changed: false });
    unit.record({ act: 'observation.signed', power: 'observation.record', subject });
    return { collected: after.standing === 'collected' };
  });
}
