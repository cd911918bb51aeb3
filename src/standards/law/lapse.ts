import type { Actor } from '../../access/actor.ts';
import { wholeOffice } from '../../access/subject.ts';
import { fault } from '../../kit/faults.ts';
import { common } from '../../kit/refusals.ts';
import { addDays, type Day } from '../../kit/time.ts';
import { inUnit, type Desk } from '../../store/unit.ts';
import { standards } from '../refusals.ts';
import { inForceOn, lawRegister } from './register.ts';
import { lawKey, writeVersion } from './write.ts';

/** `day` is the first on which the basis is no longer in force; `repealedBy` the rule that ended it. */
export interface Lapse { readonly id: string; readonly day: Day; readonly reason: string; readonly repealedBy: string }

/**
 * A legal basis ends. No standard changes by a byte, and no result by itself: what cites it alone gives its neutral points when somebody rates again
 * (《立法法》: a rule that was repealed binds nobody from that day on).
 */
export async function lapse(office: Desk, actor: Actor, given: Lapse): Promise<void> {
  await inUnit(office, actor, [lawKey], async unit => {
    unit.require('law.keep', wholeOffice);
    const versions = (await lawRegister(unit.read, [given.id])).get(given.id) ?? common.refuse('not-found');
    const before = inForceOn(versions, addDays(given.day, -1));
    if (before === undefined) {
      const earliest = versions.map(version => version.validFrom).sort()[0] ?? '';
      if (given.day <= earliest) fault('day', 'early', `它 ${earliest} 才施行，失效要在那以后。`);
      return standards.refuse('basis-not-in-force', { day: given.day });
    }
    if (before.kind === 'lapsed' && before.validTo === addDays(given.day, -1) && before.repealedBy === given.repealedBy && before.reason === given.reason) return unit.nothingNew(undefined);
    writeVersion(unit, { ...before, validTo: addDays(given.day, -1) }, { seq: versions.length + 1, kind: 'lapsed', repealedBy: given.repealedBy, reason: given.reason });
    unit.record({ act: 'law.lapsed', power: 'law.keep', subject: wholeOffice });
    return undefined;
  });
}
