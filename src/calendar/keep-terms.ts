import type { Actor } from '../access/actor.ts';
import { wholeOffice } from '../access/subject.ts';
import type { Office } from '../office.ts';
import { inUnit } from '../store/unit.ts';
import { termSetting, termsNow, type Terms } from './terms.ts';

/** Sets the days that are granted from now on; a day that somebody was told already stays. */
export async function keepTerms(office: Office, actor: Actor, terms: Terms): Promise<void> {
  await inUnit(office, actor, ['settings'], async unit => {
    unit.require('calendar.keep', wholeOffice);
    const now = await termsNow(unit.read);
    if (now.answer === terms.answer && now.accept === terms.accept && now.decide === terms.decide && now.reply === terms.reply) return unit.nothingNew(undefined);
    unit.put('settings', [{ name: termSetting, value: JSON.stringify(terms) }]);
    unit.record({ act: 'calendar.terms-kept', power: 'calendar.keep', subject: wholeOffice });
    return undefined;
  });
}
