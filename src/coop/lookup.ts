import { actorId, type Actor } from '../access/actor.ts';
import { mayShare, mayShareReasons } from '../consents/queries.ts';
import { newId } from '../kit/id.ts';
import type { Office } from '../office.ts';
import type { Purpose } from '../households/purposes.ts';
import { householdKey, householdSubject } from '../households/subject.ts';
import { isLook } from '../objections/look.ts';
import { disputedIn } from '../rounds/disputed.ts';
import { saidIn, type Statement } from '../rounds/statements.ts';
import { loadStandard } from '../standards/load.ts';
import { inUnit } from '../store/unit.ts';
import { bankOf } from '../people/queries.ts';
import { reasonsFor, saidWith, type Reason } from '../ratings/reasons.ts';
import { gradeInForce, type Result } from './queries.ts';
import { coop } from './refusals.ts';
export type { Purpose };

/** The grade in force, with the reasons that everybody concerned agreed to have told. */
export interface Seen extends Result { readonly reasons: readonly Reason[]; /** Somebody objects to the result or to something in it, and nobody has answered yet. */ readonly isDisputed: boolean; /** What the person says to what is told here. */ readonly said: readonly Statement[] }

/**
 * A look of a bank at one household (征信业管理条例 18, 20, 22): the purpose is said first, and the look is kept whether or not it found anything.
 * Without a standing consent to this very bank the answer is the same as for nobody.
 */
export async function lookUp(office: Office, actor: Actor, { household, purpose }: { readonly household: string; readonly purpose: Purpose }): Promise<Seen | undefined> {
  return inUnit(office, actor, [`lookup:${actorId(actor)}`], async unit => {
    const bank = await bankOf(unit.read, actorId(actor)) ?? coop.refuse('no-bank');
    const key = await householdKey(unit.read, household);
    const subject = householdSubject(key);
    unit.require('coop.lookup', subject);
    const isShared = (await mayShare(unit.read, [key.no], bank.id, unit.day)).has(key.no);
    unit.insert('lookups', { id: newId(), bank: bank.id, subject: key.no, purpose, found: isShared ? 1 : 0, at: unit.at, by: actorId(actor) });
    unit.record({ act: isShared ? 'coop.looked-up' : 'coop.look-denied', power: 'coop.lookup', subject });
    if (!isShared) { unit.refuseAfter(coop.refusal('not-shared')); return undefined; }
    const result = await gradeInForce(unit.read, key.no, unit.day);
    if (result === undefined) return undefined;
    const withReasons = (await mayShareReasons(unit.read, [key.no], bank.id, unit.day)).has(key.no);
    const reasons = withReasons ? await reasonsFor(unit.read, { round: Number(result.round), subject: key.no, grade: result.grade_code }) : [];
    const said = await saidIn(unit.read, Number(result.round), key.no);
    const isDisputed = [...await disputedIn(unit.read, Number(result.round), key.no)].some(about => !isLook(about));
    return { ...result, reasons, isDisputed, said: said.size === 0 ? [] : saidWith((await loadStandard(unit.read, result.standard)).standard, said, reasons) };
  });
}
