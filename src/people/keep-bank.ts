import { actorId, type Actor } from '../access/actor.ts';
import { wholeOffice } from '../access/subject.ts';
import { newId } from '../kit/id.ts';
import type { Office } from '../office.ts';
import { inUnit } from '../store/unit.ts';
import { banks } from './queries.ts';
import { people } from './refusals.ts';

/** Adds a bank that villagers may share their result with, or corrects its names. */
export async function keepBank(office: Office, actor: Actor, given: { readonly id?: string; readonly name: string; readonly short: string }): Promise<string> {
  return inUnit(office, actor, ['banks'], async unit => {
    unit.require('settings.keep', wholeOffice);
    const id = given.id ?? newId();
    const known = await banks(unit.read);
    if (known.some(bank => bank.name === given.name && bank.id !== id)) people.refuse('bank-taken', { field: 'name' });
    if (known.some(bank => bank.id === id && bank.name === given.name && bank.short === given.short)) return unit.nothingNew(id);
    unit.put('banks', { id, name: given.name, short: given.short, at: unit.at, by: actorId(actor) });
    unit.record({ act: 'bank.kept', power: 'settings.keep', subject: wholeOffice });
    return id;
  });
}
