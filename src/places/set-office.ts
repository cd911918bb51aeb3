import type { Actor } from '../access/actor.ts';
import { wholeOffice } from '../access/subject.ts';
import type { Office } from '../office.ts';
import { inUnit } from '../store/unit.ts';
import { placeByNo } from './queries.ts';
import { places } from './refusals.ts';

/** What the office covers (a township, a county or a city) and what it calls itself. */
export async function setOffice(office: Office, actor: Actor, given: { readonly placeNo: number; readonly title: string }): Promise<void> {
  await inUnit(office, actor, ['settings'], async unit => {
    unit.require('settings.keep', wholeOffice);
    const place = await placeByNo(unit.read, given.placeNo);
    if (!['township', 'county', 'city'].includes(place.kind)) places.refuse('office-place-kind', { field: 'place' });
    unit.put('settings', [{ name: 'office.place', value: String(place.no) }, { name: 'office.title', value: given.title }]);
    unit.record({ act: 'office.set', power: 'settings.keep', subject: wholeOffice });
  });
}
